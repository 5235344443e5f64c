"""What open promises of some items took of components, and which of their purchases are off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from core.orders.tables import Order, OrderLine, ScheduleLine
from core.promising.tables import Expedite, PromiseClaim
from core.watch.affected import OPEN

Awaited = tuple[int, Decimal, date]
Refused = dict[tuple[int, int], date]
GOODS = ("component", "awaited")
"""Kinds of claims."""


def awaited_for(session: Session, item_ids: Collection[int]) -> dict[int, list[Awaited]]:
    """By schedule line of these items what of components is bought or made for it."""
    rows: Any = session.execute(
        _claims_of(
            item_ids,
            PromiseClaim.schedule_line_id,
            PromiseClaim.item_id,
            PromiseClaim.amount,
            PromiseClaim.day,
        ).where(PromiseClaim.kind == "awaited")
    )
    found: dict[int, list[Awaited]] = defaultdict(list)
    for schedule_id, item_id, amount, day in rows:
        found[schedule_id].append((item_id or 0, amount, day))
    return found


def claimed_goods(session: Session, item_ids: Collection[int]) -> set[int]:
    """Items that promises of these items took as components."""
    query = _claims_of(item_ids, PromiseClaim.item_id).where(PromiseClaim.kind.in_(GOODS))
    return set(session.scalars(query.distinct())) - {None}


def _claims_of(item_ids: Collection[int], *columns: Any) -> Select[Any]:
    """Not by the promises' ids: an item may have more of them than a statement takes parameters."""
    return (
        select(*columns)
        .join(ScheduleLine, ScheduleLine.id == PromiseClaim.schedule_line_id)
        .join(OrderLine, OrderLine.id == ScheduleLine.line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(OrderLine.item_id.in_(sorted(item_ids)), *OPEN)
    )


def refused_purchases(session: Session) -> Refused:
    """By (order, item) of purchases that do not come by express, or not from that supplier: the day that was refused."""
    rows = session.execute(
        select(Expedite.order_id, Expedite.item_id, func.max(Expedite.due_date))
        .join(Order, Order.id == Expedite.order_id)
        .where(Order.status == "booked", Expedite.item_id.is_not(None), Expedite.refused.is_(True))
        .group_by(Expedite.order_id, Expedite.item_id)
    )
    return {(order_id or 0, item_id or 0): day for order_id, item_id, day in rows}
