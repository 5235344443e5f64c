"""Number and day in one cell, raised marks of labels, captions side by side, days of lines, pages of conditions."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from core.inbound.reading import ReadOrder
from core.inbound.values import Message, Part
from extraction.context import Context
from extraction.extract import extract
from tests.extraction.reading import Piece, pdf, read_pdf
from tests.extraction.test_item_tables import HEAD, row


def value(order: ReadOrder, name: str) -> str:
    return order.fields[name].value if name in order.fields else ""


def read(*pieces: Piece) -> ReadOrder:
    return read_pdf(pdf(list(pieces))).orders[0]


@pytest.mark.parametrize(
    "cell",
    ["TR/26-27/857 / 13 January 2026", "TR/26-27/857/13.01.2026", "TR/26-27/857 - 13 Jan 2026"],
)
def test_number_and_day_in_one_cell(cell: str) -> None:
    order = read((40, 60, "PO No. / Date Issued"), (40, 72, cell))
    assert (value(order, "po_number"), value(order, "order_date")) == ("TR/26-27/857", "2026-01-13")


def test_a_double_label_with_a_colon_behind_it() -> None:
    order = read((40, 60, "Beleg-Nr. / Erstellt am : OC-5989/20. November 2026"))
    assert (value(order, "po_number"), value(order, "order_date")) == ("OC-5989", "2026-11-20")


@pytest.mark.parametrize(
    "label", ["Bon de commande n°", "Pedido N.º", "N° documento", "Commande Nº:"]
)
def test_a_raised_mark_belongs_to_the_label(label: str) -> None:
    assert value(read((40, 60, label), (200, 60, "W324-13")), "po_number") == "W324-13"


def test_a_number_with_a_letter_and_a_figure_apart() -> None:
    assert value(read((40, 40, "Purchase order 2429 B1")), "po_number") == "2429 B1"


def test_a_label_with_its_value_heads_no_table() -> None:
    heads = [(x, 300.0, text) for x, _, text in HEAD]
    goods = row(320, "1", "7-1", "Bolt M8", "10", "pcs", "2.00", "20.00")
    order = read(
        (40, 60, "ORDER"),
        (40, 74, "Buyer's Order No.: 541346"),
        (40, 110, "Yard 463346"),
        *heads,
        *goods,
    )
    assert value(order, "po_number") == "541346"


def test_days_under_each_line_are_days_of_the_lines() -> None:
    heads = [(x, 300.0, text) for x, _, text in HEAD]
    pieces = [(40.0, 60.0, "PO No: 4711-1"), (40.0, 74.0, "Delivery date: 2026-02-24"), *heads]
    for n in range(3):
        pieces += row(320 + 26 * n, str(n + 1), f"7-{n}", "Bolt", "10", "pcs", "2.00", "20.00")
        pieces.append((160.0, 332.0 + 26 * n, f"Delivery: 2026-03-1{n}"))
    assert value(read(*pieces), "requested_date") == "2026-02-24"


def test_printed_conditions_hold_no_value_of_the_order() -> None:
    clauses = [
        (40.0, 60.0 + 14 * n, f"{n + 1}. Payment is made {n + 30} days after receipt of the goods.")
        for n in range(20)
    ]
    first = [(40.0, 60.0, "PO No: 4711-1"), (40.0, 74.0, "Payment terms: Credit card")]
    order = read_pdf(pdf(first, clauses)).orders[0]
    assert value(order, "payment_terms") == "Credit card"
    order = read_pdf(pdf(first[:1], clauses)).orders[0]
    assert value(order, "payment_terms") == ""


def test_captions_side_by_side_have_their_values_above() -> None:
    order = read_pdf(_captions()).orders[0]
    assert value(order, "po_number") == "OC-87135"


def _captions() -> bytes:
    stream = io.BytesIO()
    pen = Canvas(stream, pagesize=(595, 842), invariant=1)
    for size, pieces in (
        (9, [(60, 60, "OC-87135"), (310, 60, "16 giugno 2026"), (60, 92, "168739")]),
        (7, [(60, 71, "N. documento"), (310, 71, "del"), (60, 103, "Conto")]),
    ):
        pen.setFont("Helvetica", size)
        for x, top, text in pieces:
            pen.drawString(x, 842 - top - size, text)
    pen.showPage()
    pen.save()
    return stream.getvalue()


@pytest.mark.parametrize("head", ["Commande", "Pedido", "ORDER NO"])
def test_a_list_with_the_number_on_every_line(head: str) -> None:
    text = f"{head};Date;Article;Qty;Price\nW33-118;2026-05-04;Bolt;10;2.00\nW33-118;2026-05-04;Nut;20;1.00\n"
    part = Part(1, "attachment", "text/csv", "order.csv", text.encode())
    order = extract(Message("upload", parts=(part,)), Context()).orders[0]
    assert value(order, "po_number") == "W33-118"


def test_two_rows_of_labels_with_values_are_two_labels() -> None:
    order = read(
        (40, 60, "Commande"), (160, 60, "2326-17"), (40, 72, "Du:"), (160, 72, "2026-04-18")
    )
    assert (value(order, "po_number"), value(order, "order_date")) == ("2326-17", "2026-04-18")
