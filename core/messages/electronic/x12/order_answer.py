"""855 Purchase Order Acknowledgment and 865 Purchase Order Change Acknowledgment (X12.9, X12.16; release 004010)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from core.messages.electronic.echoed import echo_of, quantity_as_given
from core.messages.electronic.facts import OrderAnswer, Route, Style
from core.messages.electronic.figures import figure
from core.messages.electronic.x12 import lines as items
from core.messages.electronic.x12.envelope import one_set
from core.messages.electronic.x12.outcomes import (
    acknowledged,
    acknowledgement_type,
    change_code,
)
from core.messages.electronic.x12.parties import order_parties
from core.messages.electronic.x12.pen import Pen, Segment, pen_of
from core.messages.electronic.x12.totals import totals
from core.messages.facts import Line, OrderFacts

FirstSegment = Callable[[OrderAnswer, Line], Segment]

ARRIVES = "067"
"""Element 374, current schedule delivery: our promised day is the day of arrival, not of shipment (068)."""
NOTE_LENGTH = 264


def write_acknowledgement(answer: OrderAnswer, route: Route, style: Style) -> bytes:
    pen = pen_of(style)
    body = (_bak(answer, pen), *_header(answer, pen), *_detail(answer, pen, _po1))
    return one_set(route, pen, "PR", "855", body)


def write_change_acknowledgement(answer: OrderAnswer, route: Route, style: Style) -> bytes:
    pen = pen_of(style)
    body = (_bca(answer, pen), *_header(answer, pen), *_detail(answer, pen, _poc))
    return one_set(route, pen, "CA", "865", body)


def _bak(answer: OrderAnswer, pen: Pen) -> Segment:
    """BAK01: 00 original for the first answer, 05 replace for a later one; BAK08 our order number."""
    order = answer.order
    purpose = "00" if order.revision <= 1 else "05"
    return (
        "BAK", purpose, acknowledgement_type(answer), _po_number(answer), pen.day(_ordered_on(answer)),
        answer.echo.release, "", "", order.number, pen.day(answer.day),
    )  # fmt: skip


def _bca(answer: OrderAnswer, pen: Pen) -> Segment:
    """BCA01: the purpose of their 860 (04 change when none); BCA05 its number, BCA09 our order number."""
    theirs = answer.echo.purpose
    return (
        "BCA", theirs if theirs in ("00", "01", "04", "05") else "04", acknowledgement_type(answer),
        _po_number(answer), answer.echo.release, answer.echo.change_number, pen.day(_ordered_on(answer)), "", "",
        answer.order.number, pen.day(answer.day),
    )  # fmt: skip


def _po_number(answer: OrderAnswer) -> str:
    return answer.echo.po_number or answer.order.po_number


def _ordered_on(answer: OrderAnswer) -> date:
    """BAK04 and BCA06 are mandatory: the order's own day, else the day it came, else today's."""
    return answer.order.order_date or answer.echo.received_on or answer.day


def _header(answer: OrderAnswer, pen: Pen) -> list[Segment]:
    """REF*VN our order, REF*TN this answer."""
    order = answer.order
    references = (("VN", order.number), ("TN", answer.number))
    found: list[Segment] = [("CUR", "SE", order.currency)] if order.currency else []
    found += [("REF", kind, number) for kind, number in references if number]
    found += _terms(order, pen)
    found += _note(order.notes, pen)
    found += order_parties(answer.parties, pen)
    return found


def _terms(order: OrderFacts, pen: Pen) -> list[Segment]:
    """FOB (DF: as buyer and seller agreed) with an Incoterm, ITD and TD5 with texts."""
    found: list[Segment] = []
    term, _, place = order.incoterms.strip().partition(" ")
    if len(term) == 3:
        named = pen.text(place, 80)
        found.append(("FOB", "DF", "", "", "01", term.upper(), "ZZ" if named else "", named))
    terms, way = pen.text(order.payment_terms, 80), pen.text(order.ship_via, 35)
    if terms:
        found.append(("ITD", *[""] * 11, terms))
    if way:
        found.append(("TD5", "", "", "", "", way))
    return found


def _note(text: str, pen: Pen) -> list[Segment]:
    """N9*L1 (letters or notes) with its MSG segments."""
    spread = pen.rows(text, NOTE_LENGTH, 4)
    return [("N9", "L1", "NOTE"), *(("MSG", row) for row in spread)] if spread else []


def _detail(answer: OrderAnswer, pen: Pen, first: FirstSegment) -> list[Segment]:
    found: list[Segment] = []
    quantities: list[str] = []
    for line in answer.order.lines:
        found.append(first(answer, line))
        quantities.append(quantity_as_given(line.asked, echo_of(answer.echo, line.number)))
        found += _description(line, answer, pen)
        found += _acknowledged(line, answer, pen)
        found += _note(line.rejected_reason, pen)
    found.append(totals(len(answer.order.lines), quantities))
    return found


def _po1(answer: OrderAnswer, line: Line) -> Segment:
    """Their line again, with the price as confirmed."""
    words = echo_of(answer.echo, line.number)
    return (
        "PO1", words.line_no or line.number, quantity_as_given(line.asked, words),
        items.unit(line.asked.unit, words, answer.echo),
        *items.price(line.price, line.asked.unit, words, answer.echo), *_numbers(line, answer),
    )  # fmt: skip


def _poc(answer: OrderAnswer, line: Line) -> Segment:
    """POC02 what became of the line. POC04, what is left to receive, is not told: ACK says what will come."""
    words = echo_of(answer.echo, line.number)
    return (
        "POC", words.line_no or line.number, change_code(line, words.action),
        quantity_as_given(line.asked, words), "", items.unit(line.asked.unit, words, answer.echo),
        *items.price(line.price, line.asked.unit, words, answer.echo), *_numbers(line, answer),
    )  # fmt: skip


def _numbers(line: Line, answer: OrderAnswer) -> tuple[str, ...]:
    """A substituted line keeps the number that was ordered; the one that comes stands in ACK."""
    words = echo_of(answer.echo, line.number)
    item = "" if line.substituted else line.item
    return items.item_numbers(words, item, answer.echo, line.asked.sku)


def _description(line: Line, answer: OrderAnswer, pen: Pen) -> list[Segment]:
    words = echo_of(answer.echo, line.number)
    spread = pen.rows(words.description or line.description, 80, 5)
    return [("PID", "F", "", "", "", row) for row in spread]


def _acknowledged(line: Line, answer: OrderAnswer, pen: Pen) -> list[Segment]:
    unit = items.unit(line.asked.unit, echo_of(answer.echo, line.number), answer.echo)
    substitute = ("", "VN", line.item) if line.substituted else ()
    return [
        (
            "ACK", found.code, figure(found.quantity), unit, ARRIVES if found.day else "", pen.day(found.day),
            *substitute,
        )
        for found in acknowledged(answer, line)
    ]  # fmt: skip
