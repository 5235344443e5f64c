"""ORDRSP, purchase order response, to an order and to a change (UN/EDIFACT D.96A; D.01B takes the same segments)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from core.messages.electronic.asked import (
    asks_to_cancel,
    is_offered,
    is_otherwise,
    is_refused,
    is_refused_whole,
)
from core.messages.electronic.echoed import echo_of, quantity_as_given
from core.messages.electronic.edifact import lines as items
from core.messages.electronic.edifact.envelope import one_message
from core.messages.electronic.edifact.parties import order_parties
from core.messages.electronic.edifact.pen import Pen, Segment, day, pen_of
from core.messages.electronic.facts import OrderAnswer, Route, Style
from core.messages.facts import Line, OrderFacts, Part
from core.messages.outcome import outcome

RESPONSE = "231"
ORDERED, COMES, BACKORDERED = "21", "12", "83"
"""6063: ordered, despatch quantity (that will be), backorder quantity."""
WANTED, PROMISED = "2", "69"
"""2005: delivery requested, delivery promised for."""
FIRM = "1"
"""4017."""
CONDITIONALLY = "CA"
"""4343: accepted under the conditions that the message tells. 1225 stays 4: EANCOM has no word for an offer there."""
PROPOSED = "23"
"""1229, proposed amendment; 24 would be one that needs no confirmation."""


def write_response(answer: OrderAnswer, route: Route, style: Style) -> bytes:
    pen = pen_of(style)
    body = (
        *_header(answer, pen),
        *(segment for line in answer.order.lines for segment in _line(line, answer, pen)),
        ("UNS", "S"),
        ("CNT", ("2", str(len(answer.order.lines)))),
    )
    return one_message(route, pen, "ORDRSP", body)


def _cancellation(answer: OrderAnswer) -> str:
    """They asked to cancel: done as asked, or refused."""
    if not asks_to_cancel(answer):
        return ""
    return "29" if answer.order.cancelled else "27"


def _all_refused(answer: OrderAnswer) -> str:
    return "27" if is_refused_whole(answer) else ""


def _changed(answer: OrderAnswer) -> str:
    return "4" if is_otherwise(answer) else ""


FUNCTIONS: tuple[Callable[[OrderAnswer], str], ...] = (_cancellation, _all_refused, _changed)
"""The first that says something: 1225, else 29."""


def _function(answer: OrderAnswer) -> str:
    """29 accepted without amendment, 27 not accepted, 4 change."""
    return next((code for rule in FUNCTIONS if (code := rule(answer))), "29")


def _condition(answer: OrderAnswer) -> tuple[str, ...]:
    """An offer is accepted when the customer agrees."""
    return (CONDITIONALLY,) if answer.order.is_offer and _function(answer) == "4" else ()


def _header(answer: OrderAnswer, pen: Pen) -> list[Segment]:
    order, echo = answer.order, answer.echo
    found: list[Segment] = [
        ("BGM", RESPONSE, answer.number, _function(answer), *_condition(answer)),
        ("DTM", ("137", *day(answer.day))),
    ]
    found += [*_text("AAI", order.notes, pen), *_text("AAB", order.payment_terms, pen)]
    found.append(("RFF", ("ON", echo.po_number or order.po_number)))
    if order.order_date:
        found.append(("DTM", ("171", *day(order.order_date))))
    others = (("PP", echo.change_number), ("VN", order.number))
    found += [("RFF", (kind, number)) for kind, number in others if number]
    found += order_parties(answer.parties, pen)
    if order.currency:
        found.append(("CUX", ("2", order.currency, "9")))
    return [*found, *_delivery(order, pen)]


def _delivery(order: OrderFacts, pen: Pen) -> list[Segment]:
    """TDT+20, main carriage; TOD+3, terms of delivery, with an Incoterm."""
    found: list[Segment] = []
    way = pen.text(order.ship_via, 35)
    if way:
        found.append(("TDT", "20", "", "", "", ("", "", "", way)))
    term, _, place = order.incoterms.strip().partition(" ")
    if len(term) == 3:
        found.append(("TOD", "3", "", (term.upper(), "", "", pen.text(place, 70))))
    return found


def _text(subject: str, text: str, pen: Pen) -> list[Segment]:
    """FTX: five rows of 70 characters."""
    spread = pen.rows(text, 70, 5)
    return [("FTX", subject, "", "", spread)] if spread else []


def _action(line: Line, answer: OrderAnswer) -> str:
    """1229: 5 accepted without amendment, 7 not accepted, 2 deleted, 3 changed, 23 of what is offered."""
    if is_offered(answer, line):
        return PROPOSED
    return {"accepted": "5", "rejected": "7", "cancelled": "2"}.get(outcome(line).code, "3")


def _line(line: Line, answer: OrderAnswer, pen: Pen) -> list[Segment]:
    """A line as asked, then what comes of it: one delivery in QTY and DTM, several in SCC groups."""
    words, echo = echo_of(answer.echo, line.number), answer.echo
    unit = items.unit(line.asked.unit, words, echo)
    item = "" if line.substituted else line.item
    number = words.line_no or line.number
    found = items.identified(
        (number, _action(line, answer)), words, (item, line.asked.sku), echo, pen
    )
    if line.substituted:
        found.append(("PIA", "3", (line.item, "SA")))
    found += items.described(words.description or line.description, pen)
    asked = pen.as_figure(quantity_as_given(line.asked, words))
    found.append(("QTY", (ORDERED, asked, unit)))
    if is_refused(line):
        return [*found, *_wanted(line), *_reasons(line, pen), *_price(line, answer, pen)]
    dated = tuple(part for part in line.parts if part.promised_date is not None)
    found += _quantities(line, dated, unit, pen)
    found += _wanted(line)
    if len(dated) == 1:
        found += _promised(dated[0])
    found += [*_reasons(line, pen), *_price(line, answer, pen)]
    if len(dated) > 1:
        found += [segment for part in dated for segment in _delivered(part, unit, pen)]
    return found


def _quantities(line: Line, dated: tuple[Part, ...], unit: str, pen: Pen) -> list[Segment]:
    """12 what comes on a day, all together; 83 what has none."""
    found: list[Segment] = []
    for kind, parts in ((COMES, dated), (BACKORDERED, [p for p in line.parts if p not in dated])):
        if parts or (kind == COMES and not line.parts):
            total = sum((part.quantity for part in parts), Decimal(0))
            found.append(("QTY", (kind, pen.figure(total), unit)))
    return found


def _wanted(line: Line) -> list[Segment]:
    wish = line.asked.requested_date
    return [("DTM", (WANTED, *day(wish)))] if wish else []


def _promised(part: Part) -> list[Segment]:
    return [("DTM", (PROMISED, *day(part.promised_date)))] if part.promised_date else []


def _delivered(part: Part, unit: str, pen: Pen) -> list[Segment]:
    return [("SCC", FIRM), ("QTY", (COMES, pen.figure(part.quantity), unit)), *_promised(part)]


def _reasons(line: Line, pen: Pen) -> list[Segment]:
    """FTX+CHG what differs, by our codes; FTX+ACD why a line is refused."""
    codes = outcome(line).all_codes
    changed = [] if set(codes) & {"accepted", "rejected"} else list(codes)
    return [*_text("CHG", ", ".join(changed), pen), *_text("ACD", line.rejected_reason, pen)]


def _price(line: Line, answer: OrderAnswer, pen: Pen) -> list[Segment]:
    words = echo_of(answer.echo, line.number)
    return items.price(line.price, line.asked.unit, words, answer.echo, pen)
