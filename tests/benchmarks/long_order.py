"""An order of many lines over many pages, as a ship chandler's system prints one."""

from __future__ import annotations

import io
from decimal import Decimal

from reportlab.pdfgen.canvas import Canvas

EDGES = (40, 70, 150, 350, 400, 440, 500)
HEAD = ("Pos", "Item no.", "Description", "Quantity", "Unit", "Unit price", "Amount")
GOODS = ("Shackle", "Turnbuckle", "Wire rope clip", "Snap hook")
TOPS = (("PO number:", "HS-2026-0917"), ("Order date:", "12 May 2026"), ("Currency:", "EUR"))
PLACE = ("Ship to:", "Nordvag Skipsutstyr AS", "Kaiveien 4", "5003 Bergen", "Norway")
STEP = 17


def long_order(lines: int) -> bytes:
    """A PDF of about 37 lines a page."""
    out = io.BytesIO()
    pen = Canvas(out, pagesize=(595, 842), invariant=1)
    y, total = _first_page(pen), Decimal(0)
    for number in range(1, lines + 1):
        if y < 90:
            pen.showPage()
            y = _head(pen, 800)
        y -= STEP
        quantity, price = number * 7 % 90 + 1, Decimal(number * 37 % 500 + 25) / 100
        total += quantity * price
        goods = f"{GOODS[number % 4]} galvanised M{number % 30 + 4} x {number % 80 + 10}"
        sku = f"KS-{1000 + 3 * number}-{'ABCD'[number % 4]}"
        cells = (str(number), sku, goods, str(quantity), "pcs", f"{price:.2f}", f"{quantity * price:,.2f}")  # fmt: skip
        _row(pen, y, cells)
    pen.drawString(EDGES[4], y - 25, "Total EUR")
    pen.drawString(EDGES[6], y - 25, f"{total:,.2f}")
    pen.save()
    return out.getvalue()


def _first_page(pen: Canvas) -> float:
    pen.setFont("Helvetica-Bold", 13)
    pen.drawString(40, 800, "Nordvag Skipsutstyr AS")
    pen.drawString(380, 800, "PURCHASE ORDER")
    pen.setFont("Helvetica", 9)
    for row, (label, value) in enumerate(TOPS):
        pen.drawString(380, 780 - 12 * row, label)
        pen.drawString(460, 780 - 12 * row, value)
    for row, text in enumerate(PLACE):
        pen.drawString(40, 780 - 12 * row, text)
    return _head(pen, 700)


def _head(pen: Canvas, y: float) -> float:
    pen.setFont("Helvetica-Bold", 8)
    _row(pen, y, HEAD)
    pen.line(40, y - 4, 555, y - 4)
    pen.setFont("Helvetica", 8)
    return y


def _row(pen: Canvas, y: float, cells: tuple[str, ...]) -> None:
    for x, cell in zip(EDGES, cells, strict=True):
        pen.drawString(x, y, cell)
