"""Pages that are pictures: our own orders printed, damaged as scanners and telephones do, and read back."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from core.inbound.reading import Candidate, Extraction
from core.inbound.values import Message, Part
from extraction.context import Context
from extraction.extract import extract
from extraction.readers import pdf, scan
from extraction.readers.registry import read_part
from extraction.training.degrade import Damage, jpeg, pictures, scanned_pdf, tiff

LINES = (
    ("10", "KX-4410-B", "Hex bolt M8 x 40, zinc plated", "250", "pcs", "0.18", "45.00"),
    ("20", "KX-7731-A", "Washer 8.4 stainless", "1,200", "pcs", "0.03", "36.00"),
    ("30", "RT-0925", "Threaded rod M8, 1 m", "40", "pcs", "2.35", "94.00"),
)
EDGES = (50, 80, 160, 330, 390, 430, 490, 545)
HEAD = ("Pos", "Item no.", "Description", "Quantity", "Unit", "Unit price", "Amount")


def order_pdf(number: str = "4500-77123", pages: int = 1) -> bytes:
    out = io.BytesIO()
    pen = Canvas(out, pagesize=A4, invariant=1)
    for page in range(pages):
        _page(pen, number if pages == 1 else f"{number}-{page + 1}")
        pen.showPage()
    pen.save()
    return out.getvalue()


def _page(pen: Canvas, number: str) -> None:
    pen.setFont("Helvetica-Bold", 16)
    pen.drawString(50, 780, "Brunnfeld Apparate GmbH")
    pen.drawString(360, 780, "PURCHASE ORDER")
    pen.setFont("Helvetica", 10)
    for row, text in enumerate(
        ("Lindenweg 14", "72108 Rottenburg", "Germany", "einkauf@brunnfeld.example")
    ):
        pen.drawString(50, 762 - 13 * row, text)
    for row, (label, value) in enumerate(
        (
            ("PO number:", number),
            ("Order date:", "2026-03-17"),
            ("Delivery date:", "2026-04-02"),
            ("Payment terms:", "30 days net"),
        )
    ):
        pen.drawString(360, 756 - 14 * row, label)
        pen.drawString(450, 756 - 14 * row, value)
    pen.drawString(50, 680, "Ship to:")
    for row, text in enumerate(
        ("Brunnfeld Apparate GmbH, Tor 3", "Am Kanal 7", "72070 Tübingen", "Germany")
    ):
        pen.drawString(50, 666 - 13 * row, text)
    _table(pen)
    for row, (label, value) in enumerate((("Subtotal", "175.00"), ("Total EUR", "175.00"))):
        pen.drawString(400, 470 - 15 * row, label)
        pen.drawRightString(541, 470 - 15 * row, value)


def _table(pen: Canvas) -> None:
    top, step = 590, 22
    pen.grid(EDGES, [top - step * n for n in range(len(LINES) + 2)])
    for row, cells in enumerate((HEAD, *LINES)):
        pen.setFont("Helvetica-Bold" if row == 0 else "Helvetica", 9)
        for column, cell in enumerate(cells):
            height = top - step * row - 15
            if column in (3, 5, 6):
                pen.drawRightString(EDGES[column + 1] - 4, height, cell)
            else:
                pen.drawString(EDGES[column] + 4, height, cell)


def extraction_of(content: bytes, name: str = "order.pdf", kind: str = "application/pdf") -> Extraction:
    return extract(Message("upload", parts=(Part(1, "attachment", kind, name, content),)), Context())


def assert_read(found: Extraction) -> None:
    (order,) = found.orders
    fields = {name: c.value for name, c in order.fields.items()}
    assert fields["po_number"] == "4500-77123"
    assert fields["order_date"] == "2026-03-17"
    assert fields["requested_date"] == "2026-04-02"
    assert fields["total"] == "175.00"
    assert [line["quantity"].value for line in order.lines] == ["250", "1200", "40"]
    assert [line["unit_price"].value for line in order.lines] == ["0.18", "0.03", "2.35"]
    assert [numbers_of(line) for line in order.lines] == [{line[1]} for line in LINES]


def numbers_of(line: dict[str, Candidate]) -> set[str]:
    return {c.value for name, c in line.items() if name.endswith("_sku")}


DAMAGES = {
    "clean": Damage(),
    "askew": Damage(skew=-2.3, noise=6),
    "on its side": Damage(turn=1, skew=0.8),
    "upside down": Damage(turn=2),
    "other side": Damage(turn=3, blur=0.6),
    "coarse": Damage(dpi=150, blur=0.6, quality=45),
    "fax": Damage(fax=True, specks=60),
    "photograph": Damage(shade=70, contrast=0.7, tilt=0.03, skew=1.5, noise=4),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_page_is_read(damage: Damage) -> None:
    pages = pictures(order_pdf(), damage)
    found = extraction_of(scanned_pdf(pages, damage))
    assert [f.code for f in found.findings] == ["read-by-ocr"]
    assert_read(found)
