"""Which rows of a table belong to a line, and what its columns hold when their heads do not say."""

from __future__ import annotations

import io

from reportlab.pdfgen.canvas import Canvas

from core.inbound.values import Message, Part
from extraction.context import Context
from extraction.extract import extract
from extraction.fields.units import is_unit
from tests.extraction.reading import Piece, lines, pdf, read_pdf

TOP = [(40.0, 60.0, "Purchase order"), (40.0, 80.0, "PO number: 77-120")]


def table(heads: dict[float, str], *rows: dict[float, str], step: float = 16) -> list[Piece]:
    """A head row at 200 and rows below it: place from the left -> text."""
    found = [(x, 200.0, text) for x, text in heads.items()]
    for number, row in enumerate(rows, 1):
        found += [(x, 200 + number * step, text) for x, text in row.items()]
    return found


HEADS = {40.0: "Description", 300.0: "Qty", 360.0: "Price", 440.0: "Amount"}


def test_days_under_the_goods_at_the_left_edge_with_labels_known_and_unknown() -> None:
    page = [
        *TOP,
        *table(
            HEADS,
            {40.0: "Hose", 300.0: "2", 360.0: "5.00", 440.0: "10.00"},
            {40.0: "Delivery 27 July 2026"},
            {40.0: "Pipe", 300.0: "3", 360.0: "4.00", 440.0: "12.00"},
            {40.0: "Uiterlijk 28 July 2026"},
        ),
    ]
    (order,) = read_pdf(pdf(page)).orders
    assert [(one["description"], one["requested_date"]) for one in lines(order)] == [
        ("Hose", "2026-07-27"),
        ("Pipe", "2026-07-28"),
    ]


def test_days_under_a_head_that_nobody_knows() -> None:
    page = [
        *TOP,
        *table(
            {**HEADS, 500.0: "Zufahrt"},
            {40.0: "Hose", 300.0: "2", 360.0: "5.00", 440.0: "10.00", 500.0: "27.07.2026"},
            {40.0: "Pipe", 300.0: "3", 360.0: "4.00", 440.0: "12.00", 500.0: "28.07.2026"},
        ),
    ]
    (order,) = read_pdf(pdf(page)).orders
    assert [one["requested_date"] for one in lines(order)] == ["2026-07-27", "2026-07-28"]


def test_what_a_price_is_for_stands_below_it() -> None:
    page = [
        *TOP,
        *table(
            {40.0: "Description", 300.0: "Qty", 360.0: "Price"},
            {40.0: "Screw", 300.0: "500", 360.0: "7.50"},
            {360.0: "per 100"},
            {40.0: "Washer", 300.0: "300", 360.0: "1.50"},
            {360.0: "/ 100"},
        ),
    ]
    (order,) = read_pdf(pdf(page)).orders
    assert [one["unit_price"] for one in lines(order)] == ["0.075", "0.015"]


def test_the_price_after_a_discount_tells_what_the_price_is_for_and_its_unit() -> None:
    page = [
        *TOP,
        *table(
            {40.0: "Description", 260.0: "Qty", 310.0: "List Price", 380.0: "Disc.", 430.0: "Net Price"},
            {40.0: "Screw", 260.0: "500", 310.0: "8.00", 380.0: "10 %", 430.0: "7.20/100"},
            {40.0: "Washer", 260.0: "300", 310.0: "2.00", 430.0: "2.00/100"},
        ),
    ]  # fmt: skip
    (order,) = read_pdf(pdf(page)).orders
    assert [(one["unit_price"], one.get("amount")) for one in lines(order)] == [
        ("0.08", None),
        ("0.02", None),
    ]


def test_a_column_of_hundreds_beside_the_price_is_what_it_is_for() -> None:
    page = [
        *TOP,
        *table(
            {**HEADS, 400.0: "Zuschl"},
            {40.0: "Screw", 300.0: "500", 360.0: "8.00", 400.0: "100", 440.0: "40.00"},
            {40.0: "Washer", 300.0: "300", 360.0: "2.00", 400.0: "100", 440.0: "6.00"},
        ),
    ]
    (order,) = read_pdf(pdf(page)).orders
    assert [one["unit_price"] for one in lines(order)] == ["0.08", "0.02"]


def test_goods_of_several_rows_with_the_figures_in_the_last() -> None:
    rows: list[dict[float, str]] = []
    for code, first, second in (("AB-711", "Hose two", "wire"), ("AB-712", "Pipe bent", "long")):
        rows.append({40.0: code, 110.0: first})
        rows.append({110.0: second, 300.0: "2", 360.0: "5.00", 440.0: "10.00"})
    heads = {40.0: "Part no.", 110.0: "Description", 300.0: "Qty", 360.0: "Price", 440.0: "Amount"}
    (order,) = read_pdf(pdf([*TOP, *table(heads, *rows, step=11)])).orders
    assert [(one["buyer_sku"], one["description"]) for one in lines(order)] == [
        ("AB-711", "Hose two wire"),
        ("AB-712", "Pipe bent long"),
    ]
    numbered = [{20.0: str(n // 2 + 1), **r} if n % 2 == 0 else r for n, r in enumerate(rows)]
    (order,) = read_pdf(pdf([*TOP, *table({20.0: "#", **heads}, *numbered, step=11)])).orders
    assert [(one["line_no"], one["description"], one["quantity"]) for one in lines(order)] == [
        ("1", "Hose two wire", "2"),
        ("2", "Pipe bent long", "2"),
    ]


def test_sums_side_by_side_under_a_table_are_no_line() -> None:
    page = [
        *TOP,
        *table(
            HEADS,
            {40.0: "Hose", 300.0: "2", 360.0: "5.00", 440.0: "10.00"},
            {40.0: "Net total", 300.0: "VAT", 440.0: "Order total"},
            {40.0: "10.00 €", 300.0: "2.00 €", 440.0: "12.00 €"},
        ),
    ]
    (order,) = read_pdf(pdf(page)).orders
    assert [one["description"] for one in lines(order)] == ["Hose"]


def test_a_sentence_over_a_table_is_no_row_of_heads() -> None:
    page = [
        *TOP,
        (40.0, 188.0, "Same price as last time."),
        *table(HEADS, {40.0: "Hose", 300.0: "2", 360.0: "5.00", 440.0: "10.00"}),
    ]
    (order,) = read_pdf(pdf(page)).orders
    (line,) = lines(order)
    assert (line["description"], line["unit_price"]) == ("Hose", "5.00")


def csv(text: str) -> list[dict[str, str]]:
    part = Part(1, "attachment", "text/csv", "order.csv", text.encode())
    (order,) = extract(Message("upload", parts=(part,)), Context()).orders
    return lines(order)


def test_tabs_part_cells_though_their_texts_have_commas() -> None:
    (line, *_) = csv(
        "PO number\t4711\nBuyer\tHill, Sons\nStock code\tGoods\tQty\n"
        "AB-7110\tHose, two wire, long\t12\nAB-7120\tPipe, bent, red, 2 m\t3\n"
    )
    assert (line["description"], line["quantity"]) == ("Hose, two wire, long", "12")


def test_a_column_of_order_numbers_is_no_quantity() -> None:
    first, second = csv(
        "Commande;Article;Désignation;Quantité commandée\nOC-49388;AB-711;Tuyau;12\nOC-49388;AB-712;Tube;3\n"
    )
    assert (first["quantity"], second["quantity"]) == ("12", "3")


def test_bold_words_over_a_line_head_a_section() -> None:
    stream = io.BytesIO()
    pen = Canvas(stream, pagesize=(595, 842), invariant=1)
    heads = {40.0: "Part no.", 120.0: "Description", 300.0: "Qty", 360.0: "Price"}
    rows = (
        {40.0: "AB-711", 120.0: "Hose", 300.0: "2", 360.0: "5.00"},
        {40.0: "Workshop"},
        {40.0: "AB-712", 120.0: "Pipe", 300.0: "3", 360.0: "4.00"},
    )
    for x, top, text in (*TOP, *table(heads, *rows, step=12)):
        pen.setFont("Helvetica-Bold" if text == "Workshop" else "Helvetica", 9)
        pen.drawString(x, 842 - top, text)
    pen.save()
    (order,) = read_pdf(stream.getvalue()).orders
    assert [(one["buyer_sku"], one["description"]) for one in lines(order)] == [
        ("AB-711", "Hose"),
        ("AB-712", "Pipe"),
    ]


def test_item_over_description_is_one_head_unless_numbers_stand_under_it() -> None:
    heads = [(40.0, 200.0, "Item"), (40.0, 211.0, "Description"), (300.0, 211.0, "Qty"), (360.0, 211.0, "Price")]  # fmt: skip
    goods = [
        *TOP, *heads,
        (40.0, 230.0, "Hose"), (300.0, 230.0, "2"), (360.0, 230.0, "5.00"), (40.0, 241.0, "two wire"),
        (40.0, 260.0, "Pipe"), (300.0, 260.0, "3"), (360.0, 260.0, "4.00"), (40.0, 271.0, "bent"),
    ]  # fmt: skip
    (order,) = read_pdf(pdf(goods)).orders
    assert [one["description"] for one in lines(order)] == ["Hose two wire", "Pipe bent"]
    numbered = [(x, top, {"Hose": "AB-711", "Pipe": "AB-712"}.get(t, t)) for x, top, t in goods]
    (order,) = read_pdf(pdf(numbered)).orders
    assert [(one["buyer_sku"], one["description"]) for one in lines(order)] == [
        ("AB-711", "two wire"),
        ("AB-712", "bent"),
    ]


def test_units_with_their_accents() -> None:
    page = [*TOP, *table(HEADS, {40.0: "Vis", 300.0: "2", 360.0: "5,00/boîtes", 440.0: "10,00"})]
    (order,) = read_pdf(pdf(page)).orders
    assert lines(order)[0]["uom"] == "boîtes"
    assert not is_unit("mère")
