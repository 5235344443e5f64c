"""Orders inside PDFs: read from the file the PDF carries, and only from that."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from extraction.edi import read_embedded

ORDER = (
    b'<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"><ID>77</ID><IssueDate>2026-09-14</IssueDate>'
    b'<OrderLine><LineItem><ID>1</ID><Quantity unitCode="EA">5</Quantity></LineItem></OrderLine></Order>'
)
INVOICE = (
    b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"><ID>1</ID></Invoice>'
)


def pdf(*files: tuple[str, bytes]) -> bytes:
    page = io.BytesIO()
    canvas = Canvas(page)
    canvas.drawString(72, 700, "Order 77")
    canvas.save()
    document = pypdfium2.PdfDocument(page.getvalue())
    for name, content in files:
        document.new_attachment(name).set_data(content)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def test_the_order_is_found_among_the_files() -> None:
    reading = read_embedded(
        pdf(("terms.txt", b"hello"), ("invoice.xml", INVOICE), ("order-x.xml", ORDER)), 3
    )
    assert reading is not None
    assert (reading.format, reading.lane) == ("ubl/Order", "order")
    assert reading.orders[0].fields["po_number"].value == "77"
    assert reading.orders[0].fields["po_number"].evidence.part == 3
    assert reading.findings[0].text == "The order was read from order-x.xml, a file inside the PDF."


def test_an_invoice_inside_is_no_order() -> None:
    reading = read_embedded(pdf(("factur-x.xml", INVOICE)), 1)
    assert reading is not None
    assert (reading.lane, reading.orders) == ("other", ())


@pytest.mark.parametrize(
    "content",
    [pdf(), pdf(("x.xml", b"<a/>")), pdf(("order.xml", b"<cXML></")), b"%PDF-1.7 broken", b"text"],
)
def test_nothing_inside_is_none(content: bytes) -> None:
    assert read_embedded(content, 1) is None
