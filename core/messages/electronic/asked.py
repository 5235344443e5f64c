"""What the customer's message asked for as a whole, and which lines are refused; for every format."""

from __future__ import annotations

from core.messages.electronic.facts import OrderAnswer
from core.messages.facts import Line
from core.messages.outcome import outcome

CANCELLATIONS = frozenset({"01", "03", "1", "3"})
"""Purposes of a message that asks for nothing but cancellation (X12 353, EDIFACT 1225)."""


def asks_to_cancel(answer: OrderAnswer) -> bool:
    return answer.echo.purpose in CANCELLATIONS


def is_refused(line: Line) -> bool:
    """Whether nothing of the line will come because it was rejected or cancelled."""
    return outcome(line).code in ("rejected", "cancelled")


def is_refused_whole(answer: OrderAnswer) -> bool:
    """Whether nothing of an order comes. A line that a change took off went as the customer asked."""
    lines = answer.order.lines
    if answer.is_change:
        return bool(lines) and all(outcome(line).code == "rejected" for line in lines)
    return answer.order.cancelled or (bool(lines) and all(map(is_refused, lines)))


def is_offered(answer: OrderAnswer, line: Line) -> bool:
    """Whether what comes of the line counts only when the customer agrees."""
    return answer.order.is_offer and bool(line.offered) and not is_refused(line)


def is_otherwise(answer: OrderAnswer) -> bool:
    """Whether a line comes otherwise than asked; in the answer to a change a line that was taken off is as asked."""
    if answer.order.is_offer:
        return True
    as_asked = ("accepted", "cancelled") if answer.is_change else ("accepted",)
    return any(outcome(line).code not in as_asked for line in answer.order.lines)
