"""Line outcomes as codes: elements 668 (ACK01), 587 (BAK02, BCA02) and 670 (POC02)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.messages.electronic.asked import (
    asks_to_cancel,
    is_offered,
    is_otherwise,
    is_refused_whole,
)
from core.messages.electronic.facts import OrderAnswer
from core.messages.facts import Line, Part
from core.messages.outcome import Outcome, confirmed_quantity, outcome

DELETED = "DI"
ON_HOLD = "IH"
"""Element 668, item on hold: an offer is acknowledged, accepted (IA, IC, IP, IQ, IS, DR, BP) it is not."""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """One ACK segment: code, quantity in the ordered unit, day of arrival."""

    code: str
    quantity: Decimal
    day: date | None = None


def acknowledged(answer: OrderAnswer, line: Line) -> tuple[Acknowledged, ...]:
    """One for each confirmed part; one for a line of which nothing comes.

    Precedence is that of core.messages.outcome: IR rejected, ID deleted, then for what has a day IS substituted, IQ
    quantity and IP price changed (IC when both are), BP when the rest has none, DR another day, IA; for what has no
    day IB. Of an offer every part is IH, with the quantity and the day that are offered.
    """
    found = outcome(line)
    whole = {"rejected": "IR", "cancelled": "ID"}.get(found.code, "" if line.parts else "ID")
    if whole:
        return (Acknowledged(whole, line.asked.quantity),)
    if is_offered(answer, line):
        return tuple(Acknowledged(ON_HOLD, p.quantity, p.promised_date) for p in line.parts)
    partly = any(part.promised_date is None for part in line.parts)
    return tuple(
        Acknowledged(_part_code(part, line, found, partly), part.quantity, part.promised_date)
        for part in line.parts
    )


def _part_code(part: Part, line: Line, found: Outcome, partly: bool) -> str:
    if part.promised_date is None:
        return "IB"
    codes = set(found.all_codes)
    if "substituted" in codes:
        return "IS"
    if {"quantity-changed", "price-changed"} <= codes:
        return "IC"
    if "quantity-changed" in codes:
        return "IQ"
    if "price-changed" in codes:
        return "IP"
    if partly:
        return "BP"
    return "IA" if line.asked.requested_date in (None, part.promised_date) else "DR"


def _nothing_listed(answer: OrderAnswer) -> str:
    if answer.order.lines:
        return ""
    return "RJ" if answer.order.cancelled and not asks_to_cancel(answer) else "AK"


def _cancellation(answer: OrderAnswer) -> str:
    """They asked to cancel: done as asked, or refused."""
    if not asks_to_cancel(answer):
        return ""
    return "AD" if answer.order.cancelled else "RD"


def _all_refused(answer: OrderAnswer) -> str:
    return "RD" if is_refused_whole(answer) else ""


def _offer(answer: OrderAnswer) -> str:
    return "AH" if answer.order.is_offer else ""


def _changed(answer: OrderAnswer) -> str:
    return "AC" if is_otherwise(answer) else ""


ACKNOWLEDGEMENT_TYPES: tuple[Callable[[OrderAnswer], str], ...] = (
    _cancellation, _nothing_listed, _all_refused, _offer, _changed,
)  # fmt: skip
"""The first that says something: element 587, else AD."""


def acknowledgement_type(answer: OrderAnswer) -> str:
    """AD accepted as it is, AC with changes, AH held, as an offer is until the customer agrees, RD and RJ rejected (with
    lines, without), AK without lines.

    RO, rejected with counter offer, says the same of an offer, but many readers cancel an order whose answer begins with R.
    """
    return next((code for rule in ACKNOWLEDGEMENT_TYPES if (code := rule(answer))), "AD")


def change_code(line: Line, given: str) -> str:
    """POC02: what became of the line; their own code again when it was accepted as asked, else NC.

    A line that they asked to delete and that still comes is not changed.
    """
    codes = set(outcome(line).all_codes)
    if codes & {"rejected", "cancelled"}:
        return DELETED
    if "substituted" in codes:
        return "RE"
    if "quantity-changed" in codes:
        if "price-changed" in codes:
            return "PQ"
        return "QI" if confirmed_quantity(line) > line.asked.quantity else "QD"
    if "price-changed" in codes:
        return "PC"
    if codes & {"backordered", "split", "date-changed"}:
        return "RS"
    return given if len(given) == 2 and given != DELETED else "NC"
