"""The steps that take something off an order: a line, the rest, the whole order."""

from __future__ import annotations

from collections.abc import Callable

from flask import request
from sqlalchemy.orm import Session

from core.act import Act
from core.orders.cancel import cancel, cancel_line, cancel_rest
from core.orders.tables import Order
from review_app.forms import amount, sentence
from review_app.here import whole_number


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
    "cancel_line": _cancel_line,
    "cancel_rest": _cancel_rest,
    "cancel": _cancel,
}
