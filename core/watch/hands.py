"""What a check takes in hand before it writes, so that it neither waits in a circle nor writes over anybody.

Who promises takes its order first and the goods then. A check has the goods of many orders in hand, so it waits for no
order and no slip: what somebody else has in hand is left, and looked at again when they are done.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.orders.tables import Order, ScheduleLine
from core.watch.book import Kept
from core.watch.tables import PromiseSlip
from core.watched import doubted

AT_ONCE = 500
"""Of a much wanted item there may be more than a statement takes parameters."""


def orders_in_hand(session: Session, rows: Iterable[Kept]) -> set[int]:
    """Ids of the schedule lines among these whose orders we have now, and that are as they were read."""
    found, left = set[int](), sorted(rows, key=lambda row: row.order.id)
    while left:
        some, left = left[:AT_ONCE], left[AT_ONCE:]
        orders = {row.order.id for row in some}
        ours = set(
            session.scalars(
                select(Order.id)
                .where(Order.id.in_(orders), Order.status == "booked")
                .order_by(Order.id)
                .with_for_update(key_share=True, skip_locked=True)
            )
        )
        found |= _as_read(session, [row.schedule for row in some if row.order.id in ours])
    return found


def _as_read(session: Session, rows: Collection[ScheduleLine]) -> set[int]:
    read = {
        (row.id, row.quantity, row.shipped_quantity, row.ship_date, row.site_id) for row in rows
    }
    now = session.execute(
        select(
            ScheduleLine.id,
            ScheduleLine.quantity,
            ScheduleLine.shipped_quantity,
            ScheduleLine.ship_date,
            ScheduleLine.site_id,
        ).where(ScheduleLine.id.in_([row.id for row in rows]))
    )
    return {row.id for row in now if tuple(row) in read}


def slips_in_hand(session: Session, slips: Iterable[PromiseSlip]) -> set[int]:
    """Ids of the slips among these that we have now, and about which nobody decided since they were read."""
    found, left = set[int](), sorted(slips, key=lambda slip: slip.id)
    while left:
        some, left = left[:AT_ONCE], left[AT_ONCE:]
        read = {(slip.id, slip.version) for slip in some}
        now = session.execute(
            select(PromiseSlip.id, PromiseSlip.version)
            .where(PromiseSlip.id.in_([slip.id for slip in some]))
            .order_by(PromiseSlip.id)
            .with_for_update(key_share=True, skip_locked=True)
        )
        found |= {row.id for row in now if tuple(row) in read}
    return found


def look_again(session: Session, row: Kept, at: datetime) -> None:
    """A check of the promise, and of those behind it, is due."""
    doubted(session, row.schedule.id, row.line.item_id, at)
