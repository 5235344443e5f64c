"""Values that no known label tells: stems of words, titles, signatures, sentences, captions, part numbers with owners."""

from __future__ import annotations

import pytest

from core.inbound.reading import ReadOrder
from extraction.code_labels import code_label
from tests.extraction.reading import lines, pdf, read_pdf
from tests.extraction.test_item_tables import HEAD, row


def read(*pieces: tuple[float, float, str]) -> ReadOrder:
    return read_pdf(pdf(list(pieces))).orders[0]


def value(order: ReadOrder, name: str) -> str:
    return order.fields[name].value if name in order.fields else ""


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Supplier Item: HQ-300", "supplier_sku"),
        ("Ihre Art.-Nr.: 912.10.40", "supplier_sku"),
        ("Vs. Cod. 7204", "supplier_sku"),
        ("Catalogue No", "supplier_sku"),
        ("Our stock no.", "buyer_sku"),
        ("Mfr part #", "manufacturer_sku"),
        ("Supplier: Acme", ""),
        ("Part No", ""),
        ("Customer Account No.", ""),
    ],
)
def test_labels_of_part_numbers_are_put_together_from_parts(label: str, role: str) -> None:
    found = code_label(label)
    assert (found.role if found else "") == role


def test_stems_tell_labels_that_no_list_knows() -> None:
    order = read(
        (40, 60, "Latest shipment to leave: 20 April 2026"),
        (40, 76, "Person to ask: Mr. K. Hoshino"),
    )
    assert value(order, "requested_date") == "2026-04-20"
    assert value(order, "buyer_contact") == "Mr. K. Hoshino"


def test_a_day_alone_at_the_head_dates_the_order() -> None:
    order = read((40, 40, "Norrby Works Ltd"), (400, 60, "Leeds, 9th June 2026"))
    assert value(order, "order_date") == "2026-06-09"


def test_number_and_day_in_a_title() -> None:
    order = read((40, 40, "Purchase memorandum FS-26-117 of 6 April 2026"))
    assert (value(order, "po_number"), value(order, "order_date")) == ("FS-26-117", "2026-04-06")


def test_who_signs_is_the_contact() -> None:
    order = read(
        (40, 60, "PO Number: 4711"), (40, 500, "Yours sincerely,"), (40, 540, "Margaret Trelawney")
    )
    assert value(order, "buyer_contact") == "Margaret Trelawney"


def test_a_place_and_a_day_said_in_a_sentence() -> None:
    order = read(
        (40, 60, "Could these please be delivered to Hill School, 4 Mill Lane, Ayton YO2 6TT by"),
        (40, 74, "Friday 17th July 2026, before we break up."),
    )
    assert value(order, "requested_date") == "2026-07-17"


def test_captions_stand_under_their_values() -> None:
    order = read(
        (40, 60, "88-2207"), (240, 60, "03/17/2026"),
        (40, 72, "P.O. number"), (240, 72, "Date of order"),
        (40, 140, "Net 30"), (240, 140, "UPS Ground"),
        (40, 152, "Terms"), (240, 152, "Ship via"),
    )  # fmt: skip
    assert value(order, "po_number") == "88-2207"
    assert value(order, "order_date") == "2026-03-17"


def test_number_and_day_joined_by_a_stroke() -> None:
    order = read((40, 60, "PO number/date"), (40, 74, "4500917733/03/23/2026"))
    assert value(order, "po_number") == "4500917733"
    assert value(order, "order_date") == "2026-03-23"


def test_a_mail_address_broken_by_a_narrow_column_is_joined() -> None:
    order = read((40, 60, "E-mail"), (140, 60, "m.luettich@hagen-"), (140, 72, "foerder.example"))
    assert value(order, "buyer_email") == "m.luettich@hagen-foerder.example"


def test_an_address_in_one_row_ends_with_it() -> None:
    order = read(
        (40, 60, "Deliver to: Norrby Works Ltd, Gate 3, 12 Dock Road, Hull HU1 0XX."),
        (40, 73, "Goods are taken in from Monday to Thursday."),
    )
    assert value(order, "ship_to") == "Norrby Works Ltd, Gate 3, 12 Dock Road, Hull HU1 0XX."


def test_heads_staggered_over_rows_are_one_head() -> None:
    page = [
        (40.0, 206.0, "Ref"), (120.0, 206.0, "Description"), (300.0, 206.0, "Qty"),
        (360.0, 200.0, "U.P."), (430.0, 200.0, "Amount"), (360.0, 212.0, "net"), (430.0, 212.0, "net"),
        (40.0, 230.0, "EM-417"), (120.0, 230.0, "Stretch film"), (300.0, 230.0, "18"),
        (360.0, 230.0, "61.60"), (430.0, 230.0, "1108.80"),
    ]  # fmt: skip
    (line,) = lines(read_pdf(pdf(page)).orders[0])
    assert (line["quantity"], line["unit_price"], line["amount"]) == ("18", "61.60", "1108.80")


def test_rows_of_conditions_under_the_total_are_no_lines() -> None:
    page = [
        *HEAD,
        *row(216, "1", "4711", "Hose", "10", "m", "3.20", "32.00"),
        (380.0, 240.0, "Grand total"), (460.0, 240.0, "32.00"),
        (40.0, 270.0, "4"), (90.0, 270.0, "Packing in bags of"), (260.0, 270.0, "500"), (380.0, 270.0, "9.30"),
    ]  # fmt: skip
    assert len(read_pdf(pdf(page)).orders[0].lines) == 1


def test_a_block_whose_rows_have_captions_of_their_own() -> None:
    order = read(
        (40, 60, "PO Number: 4711"),
        (40, 90, "Shipped To:"),
        (40, 104, "Contact Name: Ada Berg"),
        (40, 118, "Company Name: Norrby Works"),
        (40, 132, "Address: 12 Dock Road"),
        (85, 146, "Hull, HU1 0XX Phone: 01482 555 010"),
        (40, 172, "Shipped From:"),
        (40, 186, "Company Name: Tide Supply"),
        (40, 200, "Address: 9 Quay Lane"),
    )
    assert value(order, "ship_to") == "Norrby Works, 12 Dock Road, Hull, HU1 0XX"
