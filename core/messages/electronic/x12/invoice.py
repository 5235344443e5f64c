"""810 Invoice, and the credit of one (BIG07 CR) (X12.2, release 004010)."""

from __future__ import annotations

from decimal import Decimal

from core.messages.electronic.billed import Billed, billed, one_rate
from core.messages.electronic.echoed import echo_of
from core.messages.electronic.facts import InvoiceAnswer, InvoicedLine, Route, Style
from core.messages.electronic.figures import figure, implied
from core.messages.electronic.x12 import lines as items
from core.messages.electronic.x12.envelope import one_set
from core.messages.electronic.x12.parties import loop, order_parties
from core.messages.electronic.x12.pen import Pen, Segment, pen_of
from core.messages.electronic.x12.totals import totals

DEBIT, CREDIT = "DI", "CR"
"""BIG07, element 640."""
FREIGHT = "D240"
"""SAC02, element 1300."""
ALL_TAXES = "TX"
"""TXI01, element 963."""


def write_invoice(answer: InvoiceAnswer, route: Route, style: Style) -> bytes:
    pen = pen_of(style)
    found = billed(answer)
    body = (
        *_header(answer, pen),
        *(segment for line in found.lines for segment in _line(line, answer, pen)),
        *_summary(found, answer),
    )
    return one_set(route, pen, "IN", "810", body)


def _header(answer: InvoiceAnswer, pen: Pen) -> list[Segment]:
    """REF*VN our order, REF*SI our shipment, DTM*011 the day it left; NTE*PMT where to pay."""
    kind = CREDIT if answer.is_credit else DEBIT
    number = answer.echo.po_number or answer.po_number
    found: list[Segment] = [
        ("BIG", pen.day(answer.day), answer.number, "", number, answer.echo.release, "", kind)
    ]
    found += [("NTE", "PMT", row) for row in pen.rows(answer.bank, 80, 2)]
    found.append(("CUR", "SE", answer.currency))
    references = (("VN", answer.order_number), ("SI", answer.shipment_number))
    found += [("REF", name, value) for name, value in references if value]
    found += order_parties(answer.parties, pen)
    if answer.parties.bill_to is None:
        found += loop("BT", answer.parties.buyer, pen)
    found += _terms(answer, pen)
    if answer.shipped_on:
        found.append(("DTM", "011", pen.day(answer.shipped_on)))
    return found


def _terms(answer: InvoiceAnswer, pen: Pen) -> list[Segment]:
    """ITD: 05 no discount, 3 counted from the invoice's day, ITD06 the day it is due, ITD12 in words."""
    words = pen.text(answer.payment_terms, 80)
    if not answer.due_on and not words:
        return []
    return [("ITD", "05", "3", "", "", "", pen.day(answer.due_on), *[""] * 5, words)]


def _line(line: InvoicedLine, answer: InvoiceAnswer, pen: Pen) -> list[Segment]:
    words = echo_of(answer.echo, line.number)
    found: list[Segment] = [
        (
            "IT1", words.line_no or line.number, figure(line.quantity),
            items.unit(line.unit, words, answer.echo),
            *items.price(line.price, line.unit, words, answer.echo), *items.item_numbers(words, line.item, answer.echo),
        )
    ]  # fmt: skip
    if line.tax_percent:
        found.append(("TXI", ALL_TAXES, "", figure(line.tax_percent)))
    described = pen.rows(line.description or words.description, 80, 5)
    return [*found, *(("PID", "F", "", "", "", row) for row in described)]


def _summary(found: Billed, answer: InvoiceAnswer) -> list[Segment]:
    """TDS and SAC05 imply two decimals (type N2); the tax's rate stands with it when there is only one."""
    rows: list[Segment] = [("TDS", implied(found.total, "TDS01"))]
    rate = one_rate(found.lines)
    if found.tax:
        rows.append(("TXI", ALL_TAXES, figure(found.tax), figure(rate) if rate else ""))
    if found.freight != Decimal(0):
        rows.append(("SAC", "C", FREIGHT, "", "", implied(found.freight, "SAC05")))
    return [*rows, totals(len(found.lines), [figure(line.quantity) for line in found.lines])]
