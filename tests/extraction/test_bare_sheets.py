"""Lists of goods without a row of heads, as kitchens and workshops send them."""

from __future__ import annotations

import io
from collections.abc import Sequence

import openpyxl
import pytest

from core.inbound.values import Message, Part
from extraction.context import Context
from extraction.extract import extract
from tests.extraction.reading import lines

Row = Sequence[object]


def listed(*rows: Row) -> list[dict[str, str]]:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    target = io.BytesIO()
    made.save(target)
    part = Part(1, "attachment", "application/octet-stream", "list.xlsx", target.getvalue())
    found = extract(Message("upload", parts=(part,)), Context())
    return [line for order in found.orders for line in lines(order)]


def test_goods_quantity_unit() -> None:
    found = listed(
        ("Order of the boat shed, Thursday",), (), ("Sail twine", 6, "rolls"), ("Shackle 8 mm", 24, "pcs"), ("Cleat", 2, "pcs")
    )  # fmt: skip
    assert [(x["description"], x["quantity"], x["uom"]) for x in found] == [
        ("Sail twine", "6", "rolls"),
        ("Shackle 8 mm", "24", "pcs"),
        ("Cleat", "2", "pcs"),
    ]


def test_codes_prices_and_amounts_by_their_product() -> None:
    found = listed(
        ("BX-100", "Sail twine", 6, 2.5, 15), ("BX-210", "Shackle", 24, 1.25, 30), ("BX-300", "Cleat", 2, 8, 16)
    )  # fmt: skip
    assert [(x["quantity"], x["unit_price"], x["amount"]) for x in found] == [
        ("6", "2.5", "15"),
        ("24", "1.25", "30"),
        ("2", "8", "16"),
    ]
    assert {x.get("buyer_sku") or x.get("supplier_sku") for x in found} == {
        "BX-100",
        "BX-210",
        "BX-300",
    }


def test_quantity_with_its_unit_in_one_cell_and_numbered_rows() -> None:
    found = listed((1, "Sail twine", "6 rolls"), (2, "Shackle", "24 pcs"), (3, "Cleat", "2 pcs"))
    assert [(x["quantity"], x["uom"]) for x in found] == [
        ("6", "rolls"),
        ("24", "pcs"),
        ("2", "pcs"),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [("Contact", "Anna Berg"), ("Phone", "0171 5550100"), ("Town", "Kiel")],
        [
            ("Shackle", 24, 7),
            ("Cleat", 2, 9),
            ("Twine", 6, 5),
        ],  # two columns of figures that say nothing
        [("Shackle", 10421, "A"), ("Cleat", 10422, "B"), ("Twine", 10423, "C")],  # item numbers
        [("Sail twine", 6)],
    ],
)
def test_what_does_not_tell_is_not_guessed(rows: list[Row]) -> None:
    assert listed(*rows) == []
