"""Did goods arrive when they were wanted, and when they were first promised? Counted by the database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Subquery, func, select
from sqlalchemy.orm import Session

from core.insight.share import by_customer, good_of, share_figure
from core.insight.values import Figure
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.values import Period

PARTS = func.count()
ARRIVED = func.count(ScheduleLine.actual_date)
FIRST_PROMISED = func.max(ScheduleLine.first_promised_date)
"""Of a line the day on which its last piece was promised at first."""


def _lines(due: ColumnElement[bool], day: Any, *having: ColumnElement[bool]) -> Subquery:
    """Wanted lines of orders that were not cancelled, with a part for which `due` holds: whose they are, and whether all
    of the line arrived by its `day`. having: of the line as a whole."""
    wanted = (
        select(ScheduleLine.line_id)
        .join(OrderLine, OrderLine.id == ScheduleLine.line_id)
        .where(due, ScheduleLine.quantity > 0)
    )
    in_time = (ARRIVED == PARTS) & (func.max(ScheduleLine.actual_date) <= day)
    return (
        select(Order.customer_id, Order.id.label("order_id"), good_of(in_time).label("good"))
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(ScheduleLine, ScheduleLine.line_id == OrderLine.id)
        .where(Order.status != "cancelled", ScheduleLine.quantity > 0, OrderLine.id.in_(wanted))
        .group_by(OrderLine.id, OrderLine.requested_date, Order.id, Order.customer_id)
        .having(*having)
        .subquery()
    )


def _wished(period: Period) -> Subquery:
    """Lines whose requested day is in the period."""
    due = OrderLine.requested_date.between(period.first, period.last)
    return _lines(due, OrderLine.requested_date, PARTS > 0)


def _promised(period: Period) -> Subquery:
    """Lines whose first promise (of their last piece) is in the period."""
    due = ScheduleLine.first_promised_date.between(period.first, period.last)
    known = func.count(ScheduleLine.first_promised_date) == PARTS
    return _lines(due, FIRST_PROMISED, known, FIRST_PROMISED.between(period.first, period.last))


def on_time_to_requested(session: Session, period: Period) -> Figure:
    return share_figure(
        "on-time-requested",
        "On time to the day the customer wanted",
        "lines",
        by_customer(session, _wished(period)),
        definition="Order lines whose requested day lies in the period; on time when all of the line had arrived by "
        "that day. Cancelled quantities and lines without a requested day don't count; a line that has not arrived "
        "counts as late.",
    )


def on_time_to_promised(session: Session, period: Period) -> Figure:
    return share_figure(
        "on-time-promised",
        "On time to the first promise",
        "lines",
        by_customer(session, _promised(period)),
        definition="Order lines whose first promised day (of their last piece) lies in the period; on time when all of "
        "the line had arrived by that day. Later promises don't move the mark; a line that has not arrived counts as "
        "late.",
    )


def orders_on_time(session: Session, period: Period) -> Figure:
    lines = _promised(period)
    orders = (
        select(lines.c.customer_id, func.min(lines.c.good).label("good"))
        .group_by(lines.c.order_id, lines.c.customer_id)
        .subquery()
    )
    return share_figure(
        "orders-on-time",
        "Whole orders on time to the first promise",
        "orders",
        by_customer(session, orders),
        definition="Orders with a line that was first promised for a day in the period; on time when each of those "
        "lines was.",
    )
