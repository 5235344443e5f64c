"""Were promises kept as they were first given, whatever arrived when?"""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.insight.share import share_figure
from core.insight.values import Figure
from core.orders.tables import Order, OrderLine, PromiseVersion, ScheduleLine
from core.parties.tables import Customer
from core.values import Period


def promises_unchanged(session: Session, period: Period) -> Figure:
    """A promise that was put off and then brought back was changed all the same."""
    rows = session.execute(
        select(ScheduleLine.id, Customer.name, PromiseVersion.promised_date)
        .join(OrderLine, OrderLine.id == ScheduleLine.line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .join(Customer, Customer.id == Order.customer_id)
        .join(PromiseVersion, PromiseVersion.schedule_line_id == ScheduleLine.id)
        .where(
            Order.status != "cancelled",
            ScheduleLine.quantity > 0,
            ScheduleLine.first_promised_date.between(period.first, period.last),
        )
    )
    days: dict[tuple[int, str], set[object]] = defaultdict(set)
    for row_id, customer, promised in rows:
        days[row_id, customer].add(promised)
    return share_figure(
        "promises-unchanged",
        "Promises kept as first given",
        "promised parts",
        ((customer, len(found) == 1) for (_, customer), found in days.items()),
        definition="Promised parts of order lines whose first promised day lies in the period; kept when no later "
        "version of the promise named another day. Says how often customers were given a new date, not whether goods "
        "came in time.",
    )
