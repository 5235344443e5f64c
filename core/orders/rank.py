"""First promised, first served: a call-off counts as promised when its blanket was agreed (lesson 11)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.agreements.tables import Blanket
from core.orders.tables import Order, OrderLine, ScheduleLine


def rank_of(session: Session, order: Order) -> int | None:
    """The schedule line after which the order's new ones are served; None: they come last, as usual."""
    blanket = session.get(Blanket, order.blanket_id) if order.blanket_id else None
    agreed = (blanket.agreed_on or blanket.valid_from) if blanket else None
    if agreed is None:
        return None
    last = session.scalar(
        select(ScheduleLine.id)
        .join(OrderLine, OrderLine.id == ScheduleLine.line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(Order.booked_at < _end_of(agreed), Order.id != order.id)
        .order_by(ScheduleLine.id.desc())
        .limit(1)
    )
    return last or 0


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min, timezone.utc)
