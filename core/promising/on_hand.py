"""What is on the shelf: usable lots less what is allocated of them, what of it is kept for whom, and what is inspected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from core.company.policy import Policy
from core.execution.tables import Allocation
from core.orders.tables import Order, OrderLine
from core.promising.ask import ZERO, Bucket, SiteFacts
from core.promising.in_inspection import in_inspection
from core.supply.inspected import InspectDays
from core.supply.tables import KeptStock, StockLot

Counts = tuple[ColumnElement[bool], ...]
Kept = dict[tuple[int, int], dict[int, Decimal]]


@dataclass(frozen=True, slots=True)
class Held:
    schedule_line_id: int
    lot_id: int
    quantity: Decimal
    customer_id: int


def allocated(session: Session, item_ids: list[int], counts: Counts) -> list[Held]:
    rows = session.execute(
        select(
            Allocation.schedule_line_id,
            Allocation.lot_id,
            Allocation.quantity,
            Order.customer_id,
        )
        .join(OrderLine, OrderLine.id == Allocation.order_line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(OrderLine.item_id.in_(item_ids), *counts)
    )
    return [Held(*row) for row in rows]


def stock(
    session: Session,
    item_ids: list[int],
    sites: Mapping[int, SiteFacts],
    tied: list[Held],
    times: InspectDays,
    policy: Policy,
    today: date,
) -> tuple[list[Bucket], dict[int, Decimal]]:
    """Usable lots less what is allocated of them and lots in inspection, and per schedule line how much of it a usable
    lot holds."""
    by_lot: dict[int, list[Held]] = defaultdict(list)
    for row in tied:
        by_lot[row.lot_id].append(row)
    buckets, held, inspected = list[Bucket](), dict[int, Decimal](), list[Any]()
    kept = _kept(session, item_ids, today)
    # Columns, not entities: what this transaction saw before it got its locks must not come back from memory.
    rows = session.execute(
        select(
            StockLot.id,
            StockLot.lot,
            StockLot.item_id,
            StockLot.site_id,
            StockLot.on_hand_quantity,
            StockLot.expires_on,
            StockLot.customer_id,
            StockLot.quality,
            StockLot.received_on,
            StockLot.release_on,
        )
        .where(
            StockLot.item_id.in_(item_ids),
            StockLot.quality.in_(("released", "inspection")),
            StockLot.on_hand_quantity > 0,
        )
        .order_by(StockLot.id)
    )
    for lot in rows:
        if lot.expires_on is not None and lot.expires_on < today:
            continue
        if lot.quality == "inspection":
            inspected.append(lot)
            continue
        left, place = lot.on_hand_quantity, (lot.item_id, lot.site_id)
        for row in by_lot[lot.id]:
            used = min(left, row.quantity)
            left -= used
            held[row.schedule_line_id] = held.get(row.schedule_line_id, ZERO) + used
            if row.customer_id in kept.get(place, {}):
                kept[place][row.customer_id] -= used
        bucket = Bucket(
            "stock",
            lot.id,
            lot.lot,
            lot.item_id,
            lot.site_id,
            left,
            sites[lot.site_id].earliest_ship_date,
            today,
            lot.expires_on,
            customer_id=lot.customer_id or 0,
            here_date=today,
        )
        buckets.append(bucket)
    waiting = in_inspection(session, inspected, sites, times, policy, today)
    return [*_divided(buckets, kept), *waiting], held


def _kept(session: Session, item_ids: list[int], today: date) -> Kept:
    """By (item, site) and customer: what is kept of the stock."""
    found: Kept = defaultdict(dict)
    for row in session.scalars(
        select(KeptStock).where(
            KeptStock.item_id.in_(item_ids),
            or_(KeptStock.until.is_(None), KeptStock.until >= today),
        )
    ):
        found[row.item_id, row.site_id][row.customer_id] = row.quantity
    return found


def _divided(buckets: list[Bucket], kept: Kept) -> list[Bucket]:
    """What is kept is a bucket of its own: taken from what lasts longest, since nobody knows when it will be wanted."""
    if not kept:
        return buckets
    found = []
    for bucket in sorted(buckets, key=lambda b: b.until or date.max, reverse=True):
        left = bucket.quantity
        wants = kept.get((bucket.item_id, bucket.site_id), {})
        for customer_id in wants if bucket.customer_id == 0 else ():
            part = min(max(wants[customer_id], ZERO), left)
            if part > 0:
                wants[customer_id] -= part
                left -= part
                found.append(replace(bucket, quantity=part, customer_id=customer_id))
        found.append(replace(bucket, quantity=left))
    return found
