"""Item tables on real PDF pages: heads by meaning, rows of several lines, stacked and repeated heads."""

from __future__ import annotations

from tests.extraction.reading import fields, lines, pdf, read_pdf

HEAD = [
    (40.0, 200.0, "Pos"),
    (75.0, 200.0, "Item no."),
    (160.0, 200.0, "Description"),
    (380.0, 200.0, "Qty"),
    (420.0, 200.0, "Unit"),
    (470.0, 200.0, "Price"),
    (530.0, 200.0, "Amount"),
]


def row(top: float, *cells: str) -> list[tuple[float, float, str]]:
    return [(x, top, text) for (x, _, _), text in zip(HEAD, cells, strict=True) if text]


def test_a_table_with_one_line() -> None:
    page = [
        (40.0, 60.0, "Purchase order"),
        (40.0, 80.0, "PO number: 77-120"),
        *HEAD,
        *row(216, "1", "AB-7", "Hex bolt M8", "12", "pcs", "2.50", "30.00"),
    ]
    (order,) = read_pdf(pdf(page)).orders
    assert fields(order)["po_number"] == "77-120"
    assert lines(order) == [
        {
            "line_no": "1",
            "buyer_sku": "AB-7",
            "description": "Hex bolt M8",
            "quantity": "12",
            "uom": "pcs",
            "unit_price": "2.50",
            "amount": "30.00",
        }
    ]


def test_descriptions_wrap_and_sums_end_the_table() -> None:
    page = [
        *HEAD,
        *row(216, "1", "4711", "Hydraulic hose two wire", "10", "m", "3.20", "32.00"),
        (160.0, 228.0, "with steel ends"),
        *row(250, "2", "4712", "Hose clamp", "4", "pcs", "1.00", "4.00"),
        (470.0, 280.0, "Total"),
        (530.0, 280.0, "36.00"),
    ]
    (order,) = read_pdf(pdf(page)).orders
    assert [line["description"] for line in lines(order)] == [
        "Hydraulic hose two wire with steel ends",
        "Hose clamp",
    ]
    assert fields(order)["total"] == "36.00"


def test_a_head_repeated_on_the_next_page_continues_the_table() -> None:
    first = [*HEAD, *row(216, "1", "4711", "Hose", "10", "m", "3.20", "32.00")]
    second = [*HEAD, *row(216, "2", "4712", "Clamp", "4", "pcs", "1.00", "4.00")]
    (order,) = read_pdf(pdf(first, second)).orders
    assert [line["line_no"] for line in lines(order)] == ["1", "2"]
    assert order.lines[1]["quantity"].evidence.page == 2


def test_lines_of_two_rows_with_columns_of_their_own() -> None:
    page = [
        (30.0, 200.0, "Item"), (70.0, 200.0, "Material"), (200.0, 200.0, "Description"),
        (110.0, 212.0, "Order qty. Unit"), (310.0, 212.0, "Price per unit"), (490.0, 212.0, "Net value"),
        (30.0, 236.0, "00100"), (70.0, 236.0, "5520311"), (200.0, 236.0, "Blue crate"),
        (110.0, 248.0, "130 EA"), (310.0, 248.0, "2,450.00/1,000"), (490.0, 248.0, "318.50"),
        (30.0, 268.0, "00200"), (70.0, 268.0, "5520312"), (200.0, 268.0, "Red crate"),
        (110.0, 280.0, "10 EA"), (310.0, 280.0, "5.00"), (490.0, 280.0, "50.00"),
    ]  # fmt: skip
    (order,) = read_pdf(pdf(page)).orders
    assert [(x["buyer_sku"], x["quantity"], x["unit_price"]) for x in lines(order)] == [
        ("5520311", "130", "2.45"),
        ("5520312", "10", "5.00"),
    ]


def test_prices_per_hundred_are_told_by_arithmetic() -> None:
    page = [*HEAD, *row(216, "1", "AB-7", "Washer", "500", "pcs", "4.00", "20.00")]
    (order,) = read_pdf(pdf(page)).orders
    assert lines(order)[0]["unit_price"] == "0.04"


def test_a_schedule_under_the_items_adds_no_lines() -> None:
    page = [
        *HEAD,
        *row(216, "1", "4711", "Hose", "10", "m", "3.20", "32.00"),
        *row(230, "2", "4712", "Clamp", "4", "pcs", "1.00", "4.00"),
        (40.0, 300.0, "Sr"), (90.0, 300.0, "Item Code"), (200.0, 300.0, "Date(1)"), (300.0, 300.0, "Qty"),
        (40.0, 314.0, "1"), (90.0, 314.0, "4711"), (200.0, 314.0, "06/11"), (300.0, 314.0, "6"),
    ]  # fmt: skip
    (order,) = read_pdf(pdf(page)).orders
    assert len(order.lines) == 2


def test_labelled_rows_under_a_line_belong_to_it() -> None:
    page = [
        *HEAD,
        *row(216, "1", "", "Ball valve", "4", "pcs", "25.00", "100.00"),
        (160.0, 228.0, "Your item no. BV-25-SS / our 300-1187"),
        (160.0, 240.0, "Delivery date: 2026-02-04"),
    ]
    (order,) = read_pdf(pdf(page)).orders
    (line,) = lines(order)
    assert (line["supplier_sku"], line["buyer_sku"], line["requested_date"]) == (
        "BV-25-SS",
        "300-1187",
        "2026-02-04",
    )
    assert line["description"] == "Ball valve"


def test_european_numbers_are_decided_by_the_document() -> None:
    head = [
        (40.0, 200.0, "Pos."),
        (75.0, 200.0, "Bezeichnung"),
        (300.0, 200.0, "Menge"),
        (400.0, 200.0, "Einzelpreis"),
        (500.0, 200.0, "Gesamt"),
    ]
    page = [
        *head,
        (40.0, 216.0, "1"),
        (75.0, 216.0, "Unterlegscheibe"),
        (300.0, 216.0, "4.002"),
        (400.0, 216.0, "0,50"),
        (500.0, 216.0, "2.001,00"),
    ]
    (order,) = read_pdf(pdf(page)).orders
    (line,) = lines(order)
    assert (line["quantity"], line["unit_price"], line["amount"]) == ("4002", "0.50", "2001.00")


def test_a_blank_form_gives_no_lines() -> None:
    (order,) = read_pdf(
        pdf([(40.0, 60.0, "PURCHASE ORDER"), *HEAD, (40.0, 90.0, "P.O. No: 1")])
    ).orders
    assert order.lines == ()
