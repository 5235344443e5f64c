"""Several orders in one file, one order over several files, and the same order told twice."""

from __future__ import annotations

import io
from collections.abc import Sequence

import openpyxl
import pypdfium2
import pytest

from core.inbound.reading import Extraction
from core.inbound.values import Mailbox, Message, Part
from extraction.context import Context
from extraction.extract import extract
from tests.extraction.reading import Piece, fields, lines, pdf

Row = tuple[str, ...]
ITEMS: tuple[Row, ...] = (
    ("1", "KR-310", "Hinge, steel", "12", "EA", "3.40", "40.80"),
    ("2", "KR-555", "Door closer", "2", "EA", "61.00", "122.00"),
)
OTHER: tuple[Row, ...] = (("1", "ZL-9", "Lock case", "7", "EA", "18.00", "126.00"),)
HEADS = ("Pos", "Item", "Description", "Qty", "Unit", "Price", "Amount")
COLUMNS = (40, 80, 160, 300, 350, 400, 470)


def order_page(
    number: str,
    rows: Sequence[Row] = ITEMS,
    *,
    label: str = "PO Number:",
    at: float = 40,
    foot: str = "",
    title: str = "PURCHASE ORDER",
) -> list[Piece]:
    """One order's head and table, from height `at` on."""
    page: list[Piece] = [
        (40, at, title),
        (350, at, f"{label} {number}"),
        (350, at + 14, "Date: 12 May 2026"),
        (40, at + 20, "Harbour Doors Ltd"),
        (40, at + 34, "4 Quay Street, Leith EH6 6QQ"),
    ]
    page += [(x, at + 80, head) for x, head in zip(COLUMNS, HEADS, strict=True)]
    for n, row in enumerate(rows, 1):
        page += [(x, at + 80 + 16 * n, cell) for x, cell in zip(COLUMNS, row, strict=True)]
    total = sum(float(row[-1]) for row in rows)
    page.append((400, at + 100 + 16 * (len(rows) + 1), f"Total: {total:.2f}"))
    return [*page, (40, at + 130 + 16 * (len(rows) + 1), foot)] if foot else page


def attachment(number: int, name: str, content: bytes) -> Part:
    return Part(number, "attachment", "application/octet-stream", name, content)


def read(*attached: Part, body: str = "") -> Extraction:
    parts = attached
    if body:
        parts = (Part(99, "body-text", "text/plain", "", body.encode(), body), *attached)
    return extract(Message("mail", "", Mailbox("", "anna@doors.example"), parts=parts), Context())


def book(**sheets: Sequence[Sequence[object]]) -> bytes:
    made = openpyxl.Workbook()
    del made["Sheet"]
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def numbers(read: Extraction) -> list[str]:
    return [fields(order).get("po_number", "") for order in read.orders]


def codes(read: Extraction) -> list[str]:
    wanted = {"orders-parted", "files-joined", "files-differ", "lines-elsewhere", "page-differs"}
    return [f.code for f in read.findings if f.code in wanted]


def test_a_batch_with_an_order_on_each_page() -> None:
    content = pdf(order_page("H-7001"), order_page("H-7002", OTHER), order_page("H-7003"))
    found = read(attachment(1, "batch.pdf", content))
    assert numbers(found) == ["H-7001", "H-7002", "H-7003"]
    assert [len(o.lines) for o in found.orders] == [2, 1, 2]
    assert [o.lines[0]["quantity"].evidence.page for o in found.orders] == [1, 2, 3]
    assert codes(found) == ["orders-parted"]
    assert fields(found.orders[1])["total"] == "126.00"


def test_terms_behind_an_order_stay_with_it() -> None:
    terms: list[Piece] = [
        (40, 60 + 14 * n, f"{n}. Goods stay ours until they are paid in full.") for n in range(1, 9)
    ]
    content = pdf(order_page("H-7001"), terms, order_page("B/42", OTHER, label="Order No:", at=70))
    found = read(attachment(1, "two.pdf", content))
    assert numbers(found) == ["H-7001", "B/42"]


def test_two_orders_on_one_page() -> None:
    page = [*order_page("H-7001"), *order_page("H-7002", OTHER, at=430)]
    found = read(attachment(1, "two.pdf", pdf(page)))
    assert numbers(found) == ["H-7001", "H-7002"]
    assert [len(o.lines) for o in found.orders] == [2, 1]


@pytest.mark.parametrize(
    "second",
    [
        order_page("H-7001", (("3", *OTHER[0][1:]),)),  # goes on
        [(40.0, 60.0, "Our terms of purchase apply. See also PO Number: H-6000 of last year.")],
        [(40.0, 700.0, "PO Number: H-6000"), (40.0, 60.0, "Packing: on pallets, no straps.")],
    ],
)
def test_what_is_no_second_order(second: list[Piece]) -> None:
    found = read(attachment(1, "one.pdf", pdf(order_page("H-7001"), second)))
    assert numbers(found) == ["H-7001"]
    assert codes(found) == []


def test_a_sheet_with_a_column_of_order_numbers() -> None:
    rows = [
        ("PO Number", "Item", "Description", "Qty", "Price"),
        ("H-71", "KR-310", "Hinge, steel", 12, 3.4),
        ("H-71", "KR-555", "Door closer", 2, 61),
        ("H-72", "ZL-9", "Lock case", 7, 18),
    ]
    found = read(attachment(1, "lines.xlsx", book(Orders=rows)))
    assert numbers(found) == ["H-71", "H-72"]
    assert [len(o.lines) for o in found.orders] == [2, 1]
    assert codes(found) == ["orders-parted"]


def test_a_column_with_one_order_number_is_one_order() -> None:
    rows = [
        ("PO Number", "Item", "Description", "Qty", "Price"),
        ("H-71", "KR-310", "Hinge, steel", 12, 3.4),
        ("H-71", "ZL-9", "Lock case", 7, 18),
    ]
    found = read(attachment(1, "lines.xlsx", book(Orders=rows)))
    assert (numbers(found), codes(found)) == (["H-71"], [])


def test_a_sheet_for_each_order() -> None:
    head = ("Item", "Description", "Qty", "Price")
    found = read(
        attachment(
            1,
            "shops.xlsx",
            book(
                Leith=[
                    ("PO Number:", "H-81"),
                    head,
                    ("KR-310", "Hinge", 12, 3.4),
                    ("ZL-9", "Lock", 1, 18),
                ],
                Perth=[
                    ("PO Number:", "H-82"),
                    head,
                    ("KR-310", "Hinge", 30, 3.4),
                    ("ZL-9", "Lock", 2, 18),
                ],
            ),
        )
    )
    assert numbers(found) == ["H-81", "H-82"]
    assert [lines(o)[0]["quantity"] for o in found.orders] == ["12", "30"]


def test_two_files_with_two_numbers_are_two_orders() -> None:
    found = read(
        attachment(1, "a.pdf", pdf(order_page("H-7001"))),
        attachment(2, "b.pdf", pdf(order_page("H-7002", OTHER))),
    )
    assert numbers(found) == ["H-7001", "H-7002"]


def test_pages_of_one_order_in_two_files() -> None:
    second = (("3", *OTHER[0][1:]), ("4", "ZL-10", "Key blank", "50", "EA", "0.80", "40.00"))
    found = read(
        attachment(1, "scan2.pdf", pdf(order_page("H-7001", second, foot="Page 2 of 2"))),
        attachment(2, "scan1.pdf", pdf(order_page("H-7001", foot="Page 1 of 2"))),
    )
    assert numbers(found) == ["H-7001"]
    assert [line["line_no"] for line in lines(found.orders[0])] == ["1", "2", "3", "4"]
    assert codes(found) == ["files-joined"]


def test_the_same_order_as_pdf_and_as_sheet() -> None:
    rows = [
        ("PO Number", "H-7001", "", "", ""),
        ("Item", "Description", "Qty", "Price", "Amount"),
        ("KR-310", "Hinge, steel", 12, 3.4, 40.8),
        ("KR-555", "Door closer", 3, 61, 183),
    ]
    found = read(
        attachment(1, "order.pdf", pdf(order_page("H-7001"))),
        attachment(2, "order.xlsx", book(Order=rows)),
    )
    assert numbers(found) == ["H-7001"]
    quantity = found.orders[0].lines[1]["quantity"]
    assert (quantity.value, quantity.alternatives[0].value) == ("2", "3")
    assert quantity.alternatives[0].evidence.at == "Order!C4"
    told = [f.text for f in found.findings if f.code == "files-differ"]
    assert told[0] == "Line 2, quantity: 2 in order.pdf, 3 in order.xlsx."


def test_a_list_beside_an_order_is_not_mixed_in() -> None:
    rows = [
        ("Item", "Description", "Qty"),
        ("XX-1", "Spare glass", 400),
        ("XX-2", "Spare key", 200),
    ]
    found = read(
        attachment(1, "order.pdf", pdf(order_page("H-7001"))),
        attachment(2, "stock.xlsx", book(Stock=rows)),
    )
    assert [len(o.lines) for o in found.orders] == [2]
    assert codes(found) == ["lines-elsewhere"]


def test_head_in_the_mail_and_lines_in_the_sheet() -> None:
    rows = [
        ("Item", "Description", "Qty"),
        ("KR-310", "Hinge, steel", 12),
        ("ZL-9", "Lock case", 7),
    ]
    found = read(
        attachment(1, "list.xlsx", book(List=rows)),
        body="Please supply the attached list.\n\nOur purchase order number: H-7009\n",
    )
    assert numbers(found) == ["H-7009"]
    assert len(found.orders[0].lines) == 2


def with_file(page: bytes, name: str, content: bytes) -> bytes:
    document = pypdfium2.PdfDocument(page)
    document.new_attachment(name).set_data(content)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


XML = b"""<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2" xmlns:c="urn:x"><ID>H-7001</ID>
<IssueDate>2026-05-12</IssueDate><DocumentCurrencyCode>EUR</DocumentCurrencyCode>
<OrderLine><LineItem><ID>1</ID><Quantity unitCode="EA">12</Quantity><Price><PriceAmount currencyID="EUR">3.40</PriceAmount></Price>
<Item><Name>Hinge, steel</Name><BuyersItemIdentification><ID>KR-310</ID></BuyersItemIdentification></Item></LineItem></OrderLine>
<OrderLine><LineItem><ID>2</ID><Quantity unitCode="EA">20</Quantity><Price><PriceAmount currencyID="EUR">61.00</PriceAmount></Price>
<Item><Name>Door closer</Name><BuyersItemIdentification><ID>KR-555</ID></BuyersItemIdentification></Item></LineItem></OrderLine>
</Order>"""


def test_the_order_inside_a_pdf_is_held_against_its_page() -> None:
    found = read(attachment(1, "order.pdf", with_file(pdf(order_page("H-7001")), "order.xml", XML)))
    (order,) = found.orders
    number = order.fields["po_number"]
    assert (number.value, number.evidence.page) == ("H-7001", 1)
    assert number.evidence.box is not None
    assert number.evidence.at
    quantity = order.lines[1]["quantity"]
    assert (quantity.value, quantity.alternatives[0].value) == ("20", "2")
    assert quantity.alternatives[0].evidence.box is not None
    told = [(f.text, f.place) for f in found.findings if f.code == "page-differs"]
    assert told == [
        ("Line 2, quantity: 20 in the file inside the PDF, 2 on the page.", "part 1, page 1")
    ]


def test_an_electronic_order_and_its_print_beside_it() -> None:
    found = read(
        attachment(1, "order.xml", XML),
        attachment(2, "order.pdf", pdf(order_page("H-7001"))),
    )
    assert numbers(found) == ["H-7001"]
    told = [f.text for f in found.findings if f.code == "page-differs"]
    assert told == ["Line 2, quantity: 20 in the electronic order, 2 in order.pdf."]


def test_an_electronic_order_beside_another_order_on_paper() -> None:
    found = read(
        attachment(1, "order.xml", XML),
        attachment(2, "other.pdf", pdf(order_page("H-7050", OTHER))),
    )
    assert numbers(found) == ["H-7001"]
    assert codes(found) == ["lines-elsewhere"]
