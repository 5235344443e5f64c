"""Did goods arrive when they were wanted, and when they were first promised?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from core.insight.share import share_figure
from core.insight.values import Figure
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.parties.tables import Customer
from core.values import Period


@dataclass(slots=True)
class _Line:
    order_id: int
    customer: str
    requested: date | None
    promised: list[date | None] = field(default_factory=list)
    arrived: list[date | None] = field(default_factory=list)

    @property
    def first_promised(self) -> date | None:
        """The day on which the last piece was promised at first."""
        known = [day for day in self.promised if day]
        return max(known) if known and len(known) == len(self.promised) else None

    def by(self, due: date) -> bool:
        return all(day is not None and day <= due for day in self.arrived)


def _lines(session: Session, due: ColumnElement[bool]) -> Iterable[_Line]:
    """Wanted lines of orders that were not cancelled, with a part for which `due` holds."""
    wanted = (
        select(ScheduleLine.line_id)
        .join(OrderLine, OrderLine.id == ScheduleLine.line_id)
        .where(due, ScheduleLine.quantity > 0)
    )
    rows = session.execute(
        select(
            OrderLine.id,
            Order.id,
            Customer.name,
            OrderLine.requested_date,
            ScheduleLine.first_promised_date,
            ScheduleLine.actual_date,
        )
        .join(Order, Order.id == OrderLine.order_id)
        .join(Customer, Customer.id == Order.customer_id)
        .join(ScheduleLine, ScheduleLine.line_id == OrderLine.id)
        .where(Order.status != "cancelled", ScheduleLine.quantity > 0, OrderLine.id.in_(wanted))
    )
    found: dict[int, _Line] = {}
    for line_id, order_id, customer, requested, promised, arrived in rows:
        entry = found.setdefault(line_id, _Line(order_id, customer, requested))
        entry.promised.append(promised)
        entry.arrived.append(arrived)
    return found.values()


def _wished(session: Session, period: Period) -> list[tuple[_Line, date]]:
    """Lines whose requested day is in the period, with that day."""
    due = OrderLine.requested_date.between(period.first, period.last)
    return [(line, line.requested) for line in _lines(session, due) if line.requested]


def _promised(session: Session, period: Period) -> list[tuple[_Line, date]]:
    """Lines whose first promise (of their last piece) is in the period, with that day."""
    due = ScheduleLine.first_promised_date.between(period.first, period.last)
    return [
        (line, day)
        for line in _lines(session, due)
        if (day := line.first_promised) is not None and period.first <= day <= period.last
    ]


def on_time_to_requested(session: Session, period: Period) -> Figure:
    lines = _wished(session, period)
    return share_figure(
        "on-time-requested",
        "On time to the day the customer wanted",
        "lines",
        ((line.customer, line.by(day)) for line, day in lines),
        definition="Order lines whose requested day lies in the period; on time when all of the line had arrived by "
        "that day. Cancelled quantities and lines without a requested day don't count; a line that has not arrived "
        "counts as late.",
    )


def on_time_to_promised(session: Session, period: Period) -> Figure:
    lines = _promised(session, period)
    return share_figure(
        "on-time-promised",
        "On time to the first promise",
        "lines",
        ((line.customer, line.by(day)) for line, day in lines),
        definition="Order lines whose first promised day (of their last piece) lies in the period; on time when all of "
        "the line had arrived by that day. Later promises don't move the mark; a line that has not arrived counts as "
        "late.",
    )


def orders_on_time(session: Session, period: Period) -> Figure:
    orders: dict[int, tuple[str, bool]] = {}
    for line, day in _promised(session, period):
        _, good = orders.get(line.order_id, ("", True))
        orders[line.order_id] = (line.customer, good and line.by(day))
    return share_figure(
        "orders-on-time",
        "Whole orders on time to the first promise",
        "orders",
        orders.values(),
        definition="Orders with a line that was first promised for a day in the period; on time when each of those "
        "lines was.",
    )
