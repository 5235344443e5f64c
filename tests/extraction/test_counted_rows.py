"""Rows that are items though they bear no mark."""

from __future__ import annotations

import pytest

from extraction.page.layout import TextLine
from extraction.prose.counted import rows


def items(*texts: str) -> set[str]:
    at, lines = 0, []
    for text in texts:
        lines.append(TextLine(text, at))
        at += len(text) + 1
    return set(rows(lines))


def test_counts_behind_the_goods_in_any_of_the_forms_that_people_write() -> None:
    told = (
        "Frying oil 35 lb x 6",
        "Straws wrapped (2)",
        "Foil heavy 1 roll",
        "Salt 25 kg - 3 bags",
    )
    assert items("Good morning,", *told, "Thanks") == set(told)


@pytest.mark.parametrize(
    "text", ["Brake pads    1 set", "Syringes 5 ml: 6 boxes of 100", "Bin bags 110 l (2 rolls)"]
)
def test_two_rows_of_one_form_are_enough(text: str) -> None:
    other = text.replace("a", "o", 1)
    assert items(text, other) == {text, other}
    assert items(text) == set()


@pytest.mark.parametrize(
    "texts",
    [
        ("Mill Road 12", "Unit 4 Brook Lane"),
        ("Bore 20 mm", "Length 30 cm"),
        ("PO number: 4711", "Account: 2210"),
        ("Delivery on 3 March 2026", "Invoice by 31 March 2026"),
    ],
)
def test_streets_sizes_labels_and_days_are_no_items(texts: tuple[str, ...]) -> None:
    assert items(*texts) == set()
