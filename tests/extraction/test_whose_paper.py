"""Who buys, told by how a paper opens, what stands at its foot, and in whose name it is signed."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from core.inbound.reading import ReadOrder
from core.inbound.values import Mailbox, Message, Part
from extraction.context import Context
from extraction.extract import extract
from extraction.fields.companies import COMPANY, as_name, is_street, same_company
from tests.extraction.reading import pdf, read_pdf
from tests.extraction.test_item_tables import HEAD, row

SUPPLIER = ((300, 120, "Vendor:"), (300, 132, "Northgate Bolts Ltd"), (300, 144, "7 Mill Rd"))


def buyer(*pieces: tuple[float, float, str]) -> str:
    heads = [(x, 300.0, text) for x, _, text in HEAD]
    lines = [*heads, *row(320, "1", "7-1", "Bolt M8", "10", "pcs", "2.00", "20.00")]
    return named(read_pdf(pdf([*pieces, *lines])).orders[0])


def named(order: ReadOrder) -> str:
    return order.fields["buyer_name"].value if "buyer_name" in order.fields else ""


def test_a_plain_name_over_an_address_heads_the_paper() -> None:
    assert (
        buyer(
            (40, 40, "Ayuntamiento de Valdoro"),
            (40, 54, "Plaza Mayor 1"),
            (40, 66, "37010 Valdoro"),
            (400, 40, "PEDIDO"),
            (40, 180, "Talleres Ibarra S.A."),
            (40, 192, "Calle Luna 4"),
        )
        == "Ayuntamiento de Valdoro"
    )


def test_a_name_and_address_at_the_foot() -> None:
    foot = (40, 800, "Osterby Group   12 Quay Street, 4711 AB Holm   Reg. 123456")
    assert buyer((40, 40, "PURCHASE ORDER"), *SUPPLIER, foot) == "Osterby Group"


@pytest.mark.parametrize(
    ("signed", "name"),
    [
        ("For and on behalf of Osterby & Daughters", "Osterby & Daughters"),
        ("Im Auftrag der Bäckerei Lund", "Bäckerei Lund"),
        ("Authorized by Osterby Engineers Pvt Ltd", "Osterby Engineers Pvt Ltd"),
        ("Per conto di Officine Bassi", "Officine Bassi"),
        ("Authorized by Hanne Lund", ""),
    ],
)
def test_in_whose_name_it_is_signed(signed: str, name: str) -> None:
    assert buyer((40, 40, "PURCHASE ORDER"), *SUPPLIER, (300, 600, signed)) == name


def test_a_style_before_a_name_is_no_label_of_the_supplier() -> None:
    name = "M/s Osterby Enterprises"
    assert buyer((40, 40, name), (40, 54, "Plot 7, Sector 4"), *SUPPLIER) == name


def test_beside_the_place_of_delivery_a_name_without_a_label_is_the_supplier() -> None:
    assert (
        buyer(
            (40, 40, "PURCHASE ORDER"),
            (40, 70, "Northgate Bolts Ltd"), (300, 70, "Ship To:"),
            (40, 82, "7 Mill Rd"), (300, 82, "4 Dock Lane"),
            (40, 94, "Leeds 90210"), (300, 94, "Holm 90211"),
            (300, 600, "For Osterby Farms Inc"),
        )
        == "Osterby Farms Inc"
    )  # fmt: skip


def test_the_domain_of_the_sender_spells_the_name() -> None:
    text = (
        "<p>Morning,</p><p><b>Osterby-Lund</b></p><p>PO No: 4711</p><p>Ship to<br>Harbour Works Ltd"
        "<br>4 Dock Lane<br>Holm 90211</p>"
    )
    body = Part(1, "body-html", "text/html", "", text.encode(), text)
    sender = Mailbox("Hanne Bakke", "orders@osterbylund.example")
    read = extract(Message("mail", "Order", sender, parts=(body,)), Context())
    assert named(read.orders[0]) == "Osterby-Lund"


@pytest.mark.parametrize(
    "text", ["No. 456", "Unit 7, Norby Industrial Estate", "Industrieweg 663", "C/ Luna, 9"]
)
def test_streets_are_no_names(text: str) -> None:
    assert is_street(text) and not as_name(text)


def test_two_firms_of_one_trade_are_not_one() -> None:
    assert not same_company("Galby Tool & Die", "Tanby Tool & Die")
    assert same_company("Galby Tool & Die Inc.", "Galby Tool and Die")


def test_a_name_in_large_letters_over_two_rows() -> None:
    stream = io.BytesIO()
    pen = Canvas(stream, pagesize=(595, 842), invariant=1)
    for size, x, top, text in (
        (16, 40, 40, "Harbour Lights"),
        (16, 40, 57, "Theatre"),
        (9, 40, 80, "The Front, Osterby OS1 4AB"),
        (9, 300, 120, "Vendor:"),
        (9, 300, 132, "Northgate Drapes Ltd"),
        (9, 40, 200, "Order no: 77"),
    ):
        pen.setFont("Helvetica", size)
        pen.drawString(x, 842 - top - size, text)
    pen.save()
    assert named(read_pdf(stream.getvalue()).orders[0]) == "Harbour Lights Theatre"


def test_the_paper_says_more_than_who_gets_and_pays() -> None:
    third = ("Harbour Works Ltd", "4 Dock Lane", "Holm 90211")
    places = [(x, 100.0 + 12 * n, text) for x in (40.0, 300.0) for n, text in enumerate(third)]
    heads = ((40, 88, "Ship To:"), (300, 88, "Bill To:"))
    head = ((40, 40, "Osterby Farms Inc"), (40, 52, "1 Mill Rd"), (40, 64, "Lund 90210"))
    assert buyer(*head, *heads, *places) == "Osterby Farms Inc"
    assert buyer((40, 40, "PURCHASE ORDER"), *heads, *places) == "Harbour Works Ltd"


def test_a_person_under_a_label_of_the_buyer_buys_for_the_paper() -> None:
    head = ((40, 40, "Osterby Farms Inc"), (40, 52, "1 Mill Rd"), (40, 64, "Lund 90210"))
    order = read_pdf(pdf([*head, (40, 120, "Comprador"), (40, 132, "Laura")])).orders[0]
    assert named(order) == "Osterby Farms Inc"
    assert order.fields["buyer_contact"].value == "Laura"


@pytest.mark.parametrize("firm", ["Osterby Farms Inc", "Lund Manufacturing", "Holm County Schools"])
def test_a_firm_under_a_label_of_a_person_is_no_contact(firm: str) -> None:
    order = read_pdf(pdf([(40, 40, "PO No: 4711-1"), (40, 60, f"Ordered by: {firm}")])).orders[0]
    assert "buyer_contact" not in order.fields


@pytest.mark.parametrize(
    "person", ["J. T.", "dhr. Kees Lund", "Charlotte Mills", "Purchasing Dept."]
)
def test_persons_and_desks_are_contacts(person: str) -> None:
    order = read_pdf(pdf([(40, 40, "PO No: 4711-1"), (40, 60, f"Contact: {person}")])).orders[0]
    assert order.fields["buyer_contact"].value.strip(".") == person.strip(".")


def test_a_small_row_over_the_window_names_the_sender() -> None:
    row_over = (40, 40, "OSTERBY - 12 Quay Street - 47110 Holm")
    window = ((40, 70, "Northgate Bolts Ltd"), (40, 82, "7 Mill Rd"), (40, 94, "90210 Leeds"))
    assert buyer(row_over, *window) == "OSTERBY"


def test_a_name_broken_by_a_narrow_column_is_whole() -> None:
    order = read_pdf(
        pdf([(40, 40, "PO No: 4711-1"), (40, 60, "Purchaser:"), (40, 72, "OSTERBY ZEX"), (40, 84, "COMPANY"), (40, 96, "4 Dock Lane")])
    ).orders[0]  # fmt: skip
    assert named(order) == "OSTERBY ZEX COMPANY"


def test_a_county_is_no_company() -> None:
    assert not COMPANY.search("Rider, Co. Draelby")
    assert COMPANY.search("Premason Supply Co.") and COMPANY.search("Rider Co., Leeds")
