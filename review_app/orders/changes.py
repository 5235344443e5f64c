"""The steps that change what was agreed: quantities, lines, the whole order."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import request
from sqlalchemy.orm import Session

from core.act import Act
from core.errors import BadInput
from core.orders.cancel import cancel, cancel_line, cancel_rest
from core.orders.change import LineChange, change
from core.orders.tables import Order
from review_app.forms import amount, sentence
from review_app.here import whole_number


def _change(session: Session, order: Order, by: Act) -> str:
    """Inputs "quantity.<line>" that are filled."""
    changes = quantities_of(request.form)
    if not changes:
        raise BadInput("Enter a new quantity for at least one line.", "quantity")
    change(session, order, changes, sentence("reason", "Say why the order changes."), act=by)
    return "The order is changed; the customer gets a new acknowledgement."


def quantities_of(values: Mapping[str, str]) -> tuple[LineChange, ...]:
    """Of inputs "quantity.<line>" those that are filled."""
    return tuple(
        LineChange(int(name.partition(".")[2]), quantity=amount(name, "quantity", values))
        for name, text in values.items()
        if name.startswith("quantity.") and name.partition(".")[2].isdigit() and text.strip()
    )


def _cancel_line(session: Session, order: Order, by: Act) -> str:
    reason = sentence("reason", "Say why the line is cancelled; the customer reads it.")
    quantity = amount("quantity", "quantity") if request.form.get("quantity", "").strip() else None
    cancel_line(session, order, whole_number("line_id"), quantity, reason, act=by)
    return "What was open of the line is cancelled; the customer is told."


def _cancel(session: Session, order: Order, by: Act) -> str:
    reason = sentence("reason", "Say why the order is cancelled; the customer reads it.")
    cancel(session, order, reason, act=by)
    return "The order is cancelled; the customer is told."


def _cancel_rest(session: Session, order: Order, by: Act) -> str:
    reason = sentence("reason", "Say why the rest is cancelled; the customer reads it.")
    cancel_rest(session, order, reason, act=by)
    return "What had not left is cancelled; the customer is told."


CHANGES: dict[str, Callable[[Session, Order, Act], str]] = {
    "change": _change,
    "cancel_line": _cancel_line,
    "cancel_rest": _cancel_rest,
    "cancel": _cancel,
}
