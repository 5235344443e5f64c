"""Transport and terms of delivery whose values are words that head fields elsewhere."""

from __future__ import annotations

import pytest

from core.inbound.reading import ReadOrder
from tests.extraction.reading import pdf, read_pdf

Piece = tuple[float, float, str]


def read(*pieces: Piece) -> ReadOrder:
    return read_pdf(
        pdf([(40, 30, "PO No: 4711-22"), (240, 30, "Date: 2026-03-04"), *pieces])
    ).orders[0]


def value(order: ReadOrder, name: str) -> str:
    return order.fields[name].value if name in order.fields else ""


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Transporte: ", "Spedition"),
        ("Deliver Via: ", "Carrier"),
        ("Carrier . . . . . . . ", "Prepaid & Add"),
    ],
)
def test_a_word_for_a_carrier_is_the_value_behind_a_label_for_it(label: str, said: str) -> None:
    assert value(read((40, 60, label + said)), "ship_via") == said


def test_a_word_for_a_carrier_beside_its_label() -> None:
    pairs = ((40, 60, "Ship via"), (160, 60, "Corriere"), (40, 74, "Our ref."), (160, 74, "77-12"))
    assert value(read(*pairs), "ship_via") == "Corriere"


def test_side_by_side_two_labels_head_their_values() -> None:
    order = read(
        (40, 60, "Ship via"), (160, 60, "Carrier"), (280, 60, "Terms"),
        (40, 72, "Air"), (160, 72, "Northwind"), (280, 72, "Net 30"),
    )  # fmt: skip
    assert value(order, "ship_via") in ("Air", "Northwind")


@pytest.mark.parametrize("said", ["FOB Leeds", "FOB Destination", "Door delivery", "franco"])
def test_terms_of_delivery_in_words(said: str) -> None:
    order = read((40, 60, "Freight terms"), (200, 60, said), (40, 74, "Our ref."), (200, 74, "7-2"))
    assert value(order, "incoterms") == said


def test_a_row_of_labels_has_its_values_below_though_one_is_unknown() -> None:
    order = read(
        (40, 60, "Payment terms"), (160, 60, "Incoterms"), (230, 60, "Uw kenmerk"), (330, 60, "Currency"),
        (40, 72, "Net 30"), (160, 72, "EXW Holm"), (230, 72, "77-120"), (330, 72, "EUR"),
    )  # fmt: skip
    assert value(order, "incoterms") == "EXW Holm"


def test_a_charge_for_transport_is_no_carrier() -> None:
    order = read((300, 600, "Transport"), (400, 600, "12,50"), (300, 614, "SUM 408 PCS"))
    assert value(order, "ship_via") == ""


@pytest.mark.parametrize("said", ["Prepaid", "COD", "Credit card"])
def test_terms_of_payment_in_a_word(said: str) -> None:
    pairs = (
        (40, 60, "Payment conditions"),
        (200, 60, said),
        (40, 74, "Our ref."),
        (200, 74, "7-2"),
    )
    assert value(read(*pairs), "payment_terms") == said
