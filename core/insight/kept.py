"""Were promises kept as they were first given, whatever arrived when?"""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.insight.share import by_customer, good_of, share_figure
from core.insight.values import Figure
from core.orders.tables import Order, OrderLine, PromiseVersion, ScheduleLine
from core.values import Period


def promises_unchanged(session: Session, period: Period) -> Figure:
    """A promise that was put off and then brought back was changed all the same."""
    day = PromiseVersion.promised_date
    days = func.count(day.distinct()) + good_of(func.count() > func.count(day))
    found = (
        select(Order.customer_id, good_of(days == 1).label("good"))
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(ScheduleLine, ScheduleLine.line_id == OrderLine.id)
        .join(PromiseVersion, PromiseVersion.schedule_line_id == ScheduleLine.id)
        .where(
            Order.status != "cancelled",
            ScheduleLine.quantity > 0,
            ScheduleLine.first_promised_date.between(period.first, period.last),
        )
        .group_by(ScheduleLine.id, Order.customer_id)
        .subquery()
    )
    return share_figure(
        "promises-unchanged",
        "Promises kept as first given",
        "promised parts",
        by_customer(session, found),
        definition="Promised parts of order lines whose first promised day lies in the period; kept when no later "
        "version of the promise named another day. Says how often customers were given a new date, not whether goods "
        "came in time.",
    )
