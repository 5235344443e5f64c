"""What kind of paper a page says it is: titles, denials, and words that only name other papers."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from core.inbound.reading import Extraction
from tests.extraction.reading import pdf, read_pdf

TABLE = [
    (40.0, 300.0, "Item"), (160.0, 300.0, "Description"), (360.0, 300.0, "Qty"), (420.0, 300.0, "Price"), (500.0, 300.0, "Amount"),
    (40.0, 316.0, "K-118"), (160.0, 316.0, "Hex bolt M8 zinc"), (360.0, 316.0, "10"), (420.0, 316.0, "2.00"), (500.0, 316.0, "20.00"),
]  # fmt: skip
NAMES = [(40.0, 40.0, "Norrby Works Ltd"), (40.0, 120.0, "Northgate Bolts Ltd")]


def read(*pieces: tuple[float, float, str]) -> Extraction:
    return read_pdf(pdf([*NAMES, *pieces, *TABLE]))


def titled(text: str, size: float) -> Extraction:
    stream = io.BytesIO()
    pen = Canvas(stream, pagesize=(595, 842), invariant=1)
    for x, top, words in [*NAMES, *TABLE]:
        pen.setFont("Helvetica", 9)
        pen.drawString(x, 842 - top - 9, words)
    pen.setFont("Helvetica-Bold", size)
    pen.drawString(40, 842 - 80, text)
    pen.save()
    return read_pdf(stream.getvalue())


@pytest.mark.parametrize(
    ("title", "lane"),
    [
        ("Request for Quotation No. 77-B", "quote_request"),
        ("Angebotsanfrage", "quote_request"),
        ("Quotation", "other"),
        ("Angebot Nr. 4411", "other"),
        ("Statement of account", "other"),
        ("Purchase Requisition", "other"),
        ("Proforma Invoice No. PI 26-118", "other"),
        ("Order acknowledgement", "other"),
        ("Purchase Order 4471", "order"),
        ("Official Order", "order"),
    ],
)
def test_the_title_says_what_a_paper_is(title: str, lane: str) -> None:
    assert titled(title, 14).lane == lane


def test_a_title_of_usual_size_counts_where_it_stands_alone() -> None:
    assert read((480, 40, "INVOICE"), (480, 52, "INV-20418")).lane == "other"


@pytest.mark.parametrize(
    "pieces",
    [
        [(460.0, 40.0, "PURCHASE ORDER"), (40.0, 110.0, "Vendor"), (220.0, 110.0, "Ship"), (400.0, 110.0, "Invoice")],
        [(460.0, 40.0, "Bestellung"), (360.0, 70.0, "Angebot"), (460.0, 70.0, "A-4411")],
        [(460.0, 40.0, "Bestelbon 26-031"), (460.0, 70.0, "Offerte: 2026-0442")],
        [(460.0, 40.0, "PO No. 4471"), (40.0, 700.0, "Betaling"), (220.0, 700.0, "Levering"), (400.0, 700.0, "Factuur")],
    ],
)  # fmt: skip
def test_words_for_other_papers_in_captions_make_no_other_paper(
    pieces: list[tuple[float, float, str]],
) -> None:
    assert read(*pieces).lane == "order"


def test_a_paper_that_denies_to_be_an_order() -> None:
    found = read((480, 40, "Order form"), (40, 600, "This is NOT a purchase order. Do not ship."))
    assert found.lane == "other"
    assert "NOT a purchase order" in found.lane_reasons[0]


def test_a_block_that_only_sellers_print() -> None:
    assert (
        read((300, 60, "Order # SO-118"), (40, 108, "Invoicing and shipping address:")).lane
        == "other"
    )


def test_a_form_that_nobody_filled_in_is_no_order() -> None:
    captions = [
        "PO Number:",
        "Date:",
        "Vendor:",
        "Ship to:",
        "Ship via:",
        "Terms:",
        "Buyer:",
        "Phone:",
    ]
    rows = [(40.0, 60.0 + 14 * n, text) for n, text in enumerate([*captions, *captions])]
    assert read_pdf(pdf([(400.0, 40.0, "PURCHASE ORDER"), *rows])).lane == "other"
