"""Captions as forms print them: numbered boxes, two languages, two values, and numbers and days of other papers."""

from __future__ import annotations

import pytest

from core.inbound.reading import ReadOrder
from core.inbound.values import Message, Part
from extraction.context import Context
from extraction.extract import extract
from tests.extraction.reading import fields, pdf, read_pdf
from tests.extraction.test_item_tables import HEAD, row


def read(*pieces: tuple[float, float, str]) -> dict[str, str]:
    return fields(read_pdf(pdf(list(pieces))).orders[0])


def with_lines(*pieces: tuple[float, float, str]) -> ReadOrder:
    heads = [(x, 300.0, text) for x, _, text in HEAD]
    first = row(320, "1", "7-1", "Bolt M8", "10", "pcs", "2.00", "20.00")
    second = row(360, "2", "7-2", "Nut M8", "30", "pcs", "1.00", "30.00")
    return read_pdf(pdf([*heads, *first, *second, *pieces])).orders[0]


def test_boxes_that_a_form_numbers() -> None:
    found = read(
        (40, 60, "1. DATE OF ORDER"),
        (200, 60, "2. OFFICE USE"),
        (40, 72, "03/09/2026"),
        (200, 72, "K-118"),
        (40, 100, "3. ORDER NO."),
        (200, 100, "4. OFFICE USE"),
        (40, 112, "V26P0077"),
        (200, 112, "PR-9"),
    )
    assert (found["order_date"], found["po_number"]) == ("2026-03-09", "V26P0077")


def test_captions_in_two_languages_or_for_two_values() -> None:
    found = read(
        (40, 60, "N° de commande / Order No."),
        (40, 72, "A26-118"),
        (300, 60, "Ansprechpartner/in/Telefon"),
        (300, 72, "Frau Ehlers / 0251 555-31"),
    )
    assert (found["po_number"], found["buyer_contact"]) == ("A26-118", "Frau Ehlers")


@pytest.mark.parametrize("other", ["Quote Q-88 dated 2 March 2026", "Angebot 4410 vom 02.03.2026"])
def test_the_day_of_another_paper_is_not_the_orders(other: str) -> None:
    found = read(
        (40, 60, "Purchase Order No: 4711"), (40, 80, other), (40, 100, "Date: 9 March 2026")
    )
    assert found["order_date"] == "2026-03-09"


def test_a_figure_in_an_address_is_no_order_number() -> None:
    found = read((40, 40, "Purchase Order"), (40, 60, "Norrby Works Ltd"), (40, 72, "PO Box 910"))
    assert "po_number" not in found


def test_a_number_in_groups_is_an_order_number_where_a_label_says_so() -> None:
    assert read((40, 60, "Bestellschein-Nr.: 40-2026-0317"))["po_number"] == "40-2026-0317"
    assert "po_number" not in read((40, 60, "Order: 555-310-4422"), (40, 80, "Date: 9 March 2026"))


def test_sums_that_repeat_one_line_are_not_the_orders() -> None:
    order = with_lines(
        (400, 340, "Item total"), (520, 340, "20.00"), (400, 380, "Item total"),
        (520, 380, "30.00"), (400, 420, "Total PO Amount"), (520, 420, "50.00"),
    )  # fmt: skip
    assert order.fields["total"].value == "50.00"
    assert "subtotal" not in order.fields or order.fields["subtotal"].value == "50.00"


@pytest.mark.parametrize(
    ("name", "printed", "number"),
    [("Order 147_2026 v2.pdf", "Order no: 147/A", "147/A"), ("Order 4471-B.pdf", "", "4471-B")],
)
def test_what_is_printed_counts_before_the_name_of_the_file(
    name: str, printed: str, number: str
) -> None:
    content = pdf([(40, 40, "Norrby Works Ltd"), (40, 60, printed)])
    part = Part(1, "attachment", "application/pdf", name, content)
    found = extract(Message("upload", name, parts=(part,)), Context())
    assert found.orders[0].fields["po_number"].value == number


def test_words_that_head_fields_elsewhere_are_values_in_a_row_of_captions() -> None:
    captions = ["Payment Terms", "Freight Terms", "FOB", "Ship Via"]
    values = ["Net 45", "Prepaid", "Destination", "Best way"]
    pieces = [(40.0 + 110 * n, 60.0, text) for n, text in enumerate(captions)]
    found = read(*pieces, *((40.0 + 110 * n, 74.0, text) for n, text in enumerate(values)))
    assert (found["incoterms"], found["ship_via"]) == ("Destination", "Best way")


def test_a_town_called_mobile_is_no_telephone() -> None:
    place = ["Norrby Works Ltd", "915 Harbor Blvd", "Mobile AL 36602"]
    rows = [(40.0, 112.0 + 12 * n, text) for n, text in enumerate(place)]
    assert read((40, 100, "Ship To:"), *rows)["ship_to"] == ", ".join(place)


def test_a_rate_names_a_tax_and_a_registration_none() -> None:
    order = with_lines(
        (40, 60, "VAT GB 118 2244 71"), (400, 400, "Sub Total"), (520, 400, "50.00"),
        (400, 416, "Standard Rate (20%)"), (520, 416, "10.00"), (400, 432, "Total"), (520, 432, "60.00"),
    )  # fmt: skip
    assert (order.fields["tax"].value, order.fields["total"].value) == ("10.00", "60.00")
    assert "freight" not in order.fields
