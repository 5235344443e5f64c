"""INVOIC, commercial invoice and credit note (UN/EDIFACT D.96A; D.01B takes the same segments)."""

from __future__ import annotations

from decimal import Decimal

from core.messages.electronic.billed import Billed, billed, one_rate
from core.messages.electronic.echoed import echo_of
from core.messages.electronic.edifact import lines as items
from core.messages.electronic.edifact.envelope import one_message
from core.messages.electronic.edifact.parties import group, order_parties
from core.messages.electronic.edifact.pen import Pen, Segment, day, pen_of
from core.messages.electronic.facts import InvoiceAnswer, InvoicedLine, Route, Style

INVOICE, CREDIT_NOTE, ORIGINAL = "380", "381", "9"
STANDARD_RATE, ZERO_RATE = "S", "Z"
"""5305."""


def write_invoice(answer: InvoiceAnswer, route: Route, style: Style) -> bytes:
    pen = pen_of(style)
    found = billed(answer)
    body = (
        *_header(answer, found, pen),
        *(
            segment
            for n, line in enumerate(found.lines, 1)
            for segment in _line(line, n, answer, pen)
        ),
        *_summary(found, pen),
    )
    return one_message(route, pen, "INVOIC", body)


def _header(answer: InvoiceAnswer, found: Billed, pen: Pen) -> list[Segment]:
    """DTM 137 of the invoice, 11 despatched; RFF ON theirs, VN ours, DQ the shipment; FTX PMD where to pay."""
    kind = CREDIT_NOTE if answer.is_credit else INVOICE
    rows: list[Segment] = [
        ("BGM", kind, answer.number, ORIGINAL),
        ("DTM", ("137", *day(answer.day))),
    ]
    if answer.shipped_on:
        rows.append(("DTM", ("11", *day(answer.shipped_on))))
    for subject, text in (("AAB", answer.payment_terms), ("PMD", answer.bank)):
        spread = pen.rows(text, 70, 5)
        rows += [("FTX", subject, "", "", spread)] if spread else []
    references = (
        ("ON", answer.echo.po_number or answer.po_number),
        ("VN", answer.order_number),
        ("DQ", answer.shipment_number),
    )
    rows += [("RFF", (name, number)) for name, number in references if number]
    rows += order_parties(answer.parties, pen)
    if answer.parties.bill_to is None:
        rows += group("IV", answer.parties.buyer, pen)
    rows.append(("CUX", ("2", answer.currency, "4")))
    if answer.due_on:
        rows += [("PAT", "3"), ("DTM", ("13", *day(answer.due_on)))]
    if found.freight:
        rows += [("ALC", "C", "", "", "", "FC"), ("MOA", ("23", pen.figure(found.freight)))]
    return rows


def _line(line: InvoicedLine, number: int, answer: InvoiceAnswer, pen: Pen) -> list[Segment]:
    """LIN is numbered anew; RFF+ON names the order's line. MOA 203 is the line's amount."""
    words = echo_of(answer.echo, line.number)
    rows = items.identified((str(number), ""), words, (line.item, ""), answer.echo, pen)
    rows += items.described(line.description or words.description, pen)
    unit = items.unit(line.unit, words, answer.echo)
    rows.append(("QTY", ("47", pen.figure(line.quantity), unit)))
    rows.append(("MOA", ("203", pen.figure(line.amount))))
    rows += items.price(line.price, line.unit, words, answer.echo, pen)
    order = answer.echo.po_number or answer.po_number
    rows.append(("RFF", ("ON", order, words.line_no or line.number)))
    rows.append(_tax(line.tax_percent, pen))
    return rows


def _tax(percent: Decimal, pen: Pen) -> Segment:
    """TAX+7, value added tax."""
    category = STANDARD_RATE if percent else ZERO_RATE
    return ("TAX", "7", "VAT", "", "", ("", "", "", pen.figure(percent)), category)


def _summary(found: Billed, pen: Pen) -> list[Segment]:
    """MOA 79 lines together, 125 taxable, 176 tax together, 77 invoice, 86 message; 124 the tax of the one rate.

    Of several rates only the sum of the tax is stored, and nothing is computed anew.
    """
    sums = (
        ("79", found.goods),
        ("125", found.net),
        ("176", found.tax),
        ("77", found.total),
        ("86", found.total),
    )
    rows: list[Segment] = [("UNS", "S"), ("CNT", ("2", str(len(found.lines))))]
    rows += [("MOA", (kind, pen.figure(value))) for kind, value in sums]
    rate = one_rate(found.lines)
    if rate is not None:
        rows += [
            _tax(rate, pen),
            ("MOA", ("125", pen.figure(found.net))),
            ("MOA", ("124", pen.figure(found.tax))),
        ]
    return rows
