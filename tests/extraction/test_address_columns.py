"""Address blocks side by side, stacked and with a person first, among blocks and labels that no list knows."""

from __future__ import annotations

from core.inbound.reading import ReadOrder
from tests.extraction.reading import Piece, pdf, read_pdf


def value(order: ReadOrder, name: str) -> str:
    return order.fields[name].value if name in order.fields else ""


def read(*pieces: Piece) -> ReadOrder:
    return read_pdf(pdf([(40, 30, "PO No: 4711-22"), *pieces])).orders[0]


def test_an_address_without_a_label_stands_beside_a_label_with_its_own_address_below() -> None:
    order = read(
        (40, 60, "Bill to:"), (220, 60, "Northgate Bolts Ltd"), (400, 60, "Ship to:"),
        (40, 72, "Osterby Farms Inc"), (220, 72, "7 Mill Road"), (400, 72, "Osterby Farms Inc"),
        (40, 84, "PO Box 12"), (220, 84, "Leeds 90210"), (400, 84, "4 Dock Lane"),
        (40, 96, "Holm 90211"), (400, 96, "Holm 90212"),
    )  # fmt: skip
    assert value(order, "bill_to") == "Osterby Farms Inc, PO Box 12, Holm 90211"
    assert value(order, "ship_to") == "Osterby Farms Inc, 4 Dock Lane, Holm 90212"


def test_an_unknown_label_with_a_colon_is_no_address() -> None:
    order = read(
        (40, 60, "Ship to"), (220, 60, "Zu Händen unserer:"),
        (40, 72, "Osterby Farms Inc"), (220, 72, "Lundby Works Ltd"),
        (40, 84, "4 Dock Lane, Holm 90212"), (220, 84, "9 Quay, Holm 90213"),
    )  # fmt: skip
    assert value(order, "ship_to") == "Osterby Farms Inc, 4 Dock Lane, Holm 90212"


def test_a_person_may_stand_first_in_an_address() -> None:
    order = read(
        (40, 60, "Deliver to:"), (40, 72, "Attn: Hanne Lund"), (40, 84, "4 Dock Lane"), (40, 96, "Holm 90212")
    )  # fmt: skip
    assert value(order, "ship_to").endswith("4 Dock Lane, Holm 90212")


def test_a_company_behind_a_wider_gap_begins_an_address_of_its_own() -> None:
    order = read(
        (40, 60, "Deliver to"), (140, 60, "Osterby Farms Inc"), (140, 71, "4 Dock Lane"), (140, 82, "Holm 90212"),
        (140, 100, "Northgate Bolts Ltd"), (140, 111, "7 Mill Road"),
    )  # fmt: skip
    assert value(order, "ship_to") == "Osterby Farms Inc, 4 Dock Lane, Holm 90212"


def test_a_customer_number_is_no_buyer() -> None:
    order = read(
        (40, 60, "Kunde nr."), (140, 60, "10552"), (40, 74, "EAN-nr."), (140, 74, "57980001")
    )
    assert value(order, "buyer_name") == ""


def test_the_store_of_a_firm_is_a_row_of_its_address() -> None:
    order = read(
        (40, 60, "Ship to"), (40, 72, "Osterby Farms Inc"), (40, 84, "Magasin"), (40, 96, "4 Dock Lane"), (40, 108, "Holm 90212")
    )  # fmt: skip
    assert value(order, "ship_to") == "Osterby Farms Inc, Magasin, 4 Dock Lane, Holm 90212"
