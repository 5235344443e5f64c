"""Stock is tied to an order: first promised first served, what expires first leaves first, never more than is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.errors import NotEnough
from core.execution.share import ItemShare, shares
from core.execution.tables import Allocation
from core.journal import Event
from core.orders.hold import require_free
from core.orders.rows import lines_of, lock, schedule_of
from core.orders.tables import Order, ScheduleLine
from core.promising.claims import lessen_claims
from core.promising.picture import picture
from core.supply.stock import ZERO, allocated_by_lot, lock_lots
from core.supply.tables import StockLot
from core.values import plain


def allocate(session: Session, order: Order, *, act: Act) -> Event:
    """Ties free stock to what is open of the order, and leaves the rest backordered.

    Raises Blocked when a hold stops it, NotEnough when there is nothing to allocate.
    """
    done = journal.done_under(session, order, "allocate", act.key)
    if done is not None:
        return done
    lock(session, order)
    journal.check(order, "allocate")
    require_free(session, order, "allocate", now=act.at)
    lines = {line.id: line for line in lines_of(session, order)}
    schedule = _open_schedule(session, list(lines))
    if not schedule:
        raise NotEnough(f"Nothing of order {order.number} is waiting for stock.")
    item_ids = {lines[row.line_id].item_id for row, _ in schedule}
    supply = shares(picture(session, item_ids, now=act.at, lock=True))
    lots = _free_lots(session, item_ids)
    taken = {
        row: _serve(session, supply[lines[row.line_id].item_id], lots, row, wanted)
        for row, wanted in schedule
    }
    if not any(taken.values()):
        raise NotEnough(
            f"No free stock for order {order.number} now: what is there is promised to earlier orders or not released."
        )
    got: dict[int, Decimal] = {}
    for row, quantity in taken.items():
        got[row.line_id] = got.get(row.line_id, ZERO) + quantity
    short = sum((wanted for _, wanted in schedule), ZERO) - sum(got.values(), ZERO)
    return journal.advance(
        session,
        order,
        "allocate",
        act=act,
        changes={f"line {lines[i].position}": ["", plain(q)] for i, q in got.items() if q},
        facts={"number": order.number, "backordered": plain(short)},
    )


def _open_schedule(session: Session, line_ids: list[int]) -> list[tuple[ScheduleLine, Decimal]]:
    """Schedule lines that want more than is allocated, with how much, first promised first."""
    sums = session.execute(
        select(Allocation.schedule_line_id, func.sum(Allocation.quantity))
        .where(Allocation.order_line_id.in_(line_ids))
        .group_by(Allocation.schedule_line_id)
    )
    held = {schedule_id: Decimal(total) for schedule_id, total in sums}
    rows = [
        (row, row.quantity - row.shipped_quantity - held.get(row.id, ZERO))
        for row in schedule_of(session, line_ids)
    ]
    return [(row, wanted) for row, wanted in rows if wanted > 0]


@dataclass(slots=True)
class _FreeLots:
    """By lot id: what no order holds, and the day on which it came in."""

    quantity: dict[int, Decimal]
    received: dict[int, date | None]


def _free_lots(session: Session, item_ids: set[int]) -> _FreeLots:
    """The items' released lots, counted after they are locked, so that it is true."""
    ids = session.scalars(
        select(StockLot.id).where(
            StockLot.item_id.in_(item_ids),
            StockLot.quality == "released",
            StockLot.on_hand_quantity > 0,
        )
    ).all()
    lots = [lot for lot in lock_lots(session, ids).values() if lot.quality == "released"]
    held = allocated_by_lot(session, ids)
    return _FreeLots(
        {lot.id: lot.on_hand_quantity - held.get(lot.id, ZERO) for lot in lots},
        {lot.id: lot.received_on for lot in lots},
    )


def _serve(
    session: Session, share: ItemShare, lots: _FreeLots, row: ScheduleLine, wanted: Decimal
) -> Decimal:
    """Allocates up to `wanted` for one schedule line; returns how much."""
    left = min(wanted, share.for_row(row.id, row.site_id, row.ship_date))
    got = ZERO
    for lot_id in share.lots_for(row.id, row.site_id, row.ship_date, lots.received):
        quantity = min(lots.quantity.get(lot_id, ZERO), share.room_in(row.id, lot_id), left - got)
        if quantity > 0:
            tie(session, row, lot_id, quantity)
            share.take(row.id, lot_id, quantity)
            lots.quantity[lot_id] -= quantity
            got += quantity
    if got > 0:
        lessen_claims(session, row)
    return got


def tie(session: Session, row: ScheduleLine, lot_id: int, quantity: Decimal) -> None:
    """Allocates so much of a lot to a schedule line, beside what it has of it."""
    found = session.scalar(
        select(Allocation).where(Allocation.schedule_line_id == row.id, Allocation.lot_id == lot_id)
    )
    if found is None:
        found = Allocation(
            order_line_id=row.line_id, schedule_line_id=row.id, lot_id=lot_id, quantity=ZERO
        )
        session.add(found)
    found.quantity += quantity
    session.flush()
