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
