"""Stock is tied to an order: first promised first served, what expires first leaves first, never more than is there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.errors import NotEnough
from core.execution.tables import Allocation
from core.journal import Event
from core.orders.hold import require_free
from core.orders.rows import lines_of, lock, schedule_of
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.promising.ask import Supply
from core.promising.free import FreeSupply
from core.promising.picture import picture
from core.supply.stock import ZERO, allocated_by_lot, lock_lots
from core.supply.tables import StockLot
from core.values import plain

EVERYTHING = Decimal(10**13)


def allocate(session: Session, order: Order, *, act: Act) -> Event:
    """Ties free stock to what is open of the order, and leaves the rest backordered.

    Raises Blocked when a hold stops it, NotEnough when there is nothing to allocate.
    """
    done = journal.done_under(session, order, "allocate", act.key)
    if done is not None:
        return done
    lock(session, order)
    journal.check(order, "allocate")
    require_free(session, order, "allocate")
    lines = {line.id: line for line in lines_of(session, order)}
    schedule = _open_schedule(session, list(lines))
    if not schedule:
        raise NotEnough(f"Nothing of order {order.number} is waiting for stock.")
    items = {lines[row.line_id].item_id for row, _ in schedule}
    supply = picture(session, items, now=act.at, lock=True)
    taken: dict[int, Decimal] = defaultdict(Decimal)
    for row, wanted in schedule:
        line = lines[row.line_id]
        if line.item_id not in items:  # an earlier row has taken of this item: look again
            supply = picture(session, [line.item_id], now=act.at)
        items.discard(line.item_id)
        taken[line.id] += _serve(session, supply, line, row, wanted, act)
    if not any(taken.values()):
        raise NotEnough(
            f"No free stock for order {order.number} now: what is there is promised to earlier orders or not released."
        )
    short = sum((wanted for _, wanted in schedule), ZERO) - sum(taken.values(), ZERO)
    return journal.advance(
        session,
        order,
        "allocate",
        act=act,
        changes={f"line {lines[i].position}": ["", plain(q)] for i, q in taken.items() if q},
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


def _serve(
    session: Session,
    supply: Supply,
    line: OrderLine,
    row: ScheduleLine,
    wanted: Decimal,
    act: Act,
) -> Decimal:
    """Allocates up to `wanted` for one schedule line; returns how much."""
    left = min(wanted, _not_promised_earlier(supply, line, row))
    got = ZERO
    for lot in _lots(session, supply, line, row, act.at.date()):
        free = lot.on_hand_quantity - allocated_by_lot(session, [lot.id]).get(lot.id, ZERO)
        quantity = min(free, left - got)
        if quantity > 0:
            _tie(session, line, row, lot, quantity)
            got += quantity
    return got


def _not_promised_earlier(supply: Supply, line: OrderLine, row: ScheduleLine) -> Decimal:
    """How much stock remains for this schedule line after every earlier promise has what it lives from."""
    earlier = tuple(d for d in supply.demands if d.rank < row.id)
    free = FreeSupply(replace(supply, demands=earlier))
    found = ZERO
    for site in supply.sites:
        if row.site_id in (None, site.id):
            day = max(site.earliest_ship_date, row.ship_date or date.min)
            pegs = free.take(line.item_id, site.id, day, EVERYTHING)
            found += sum((peg.quantity for peg in pegs if peg.kind == "stock"), ZERO)
    return found


def _lots(
    session: Session, supply: Supply, line: OrderLine, row: ScheduleLine, today: date
) -> list[StockLot]:
    """Usable lots of the promised site, locked: what expires first, then what came first."""
    found = session.scalars(
        select(StockLot.id).where(
            StockLot.item_id == line.item_id,
            StockLot.quality == "released",
            StockLot.on_hand_quantity > 0,
            *(() if row.site_id is None else (StockLot.site_id == row.site_id,)),
        )
    ).all()
    leaves = max(row.ship_date or today, today)
    rank = {site.id: site.priority for site in supply.sites}
    lots = [
        lot
        for lot in lock_lots(session, found).values()
        if lot.expires_on is None or lot.expires_on >= leaves
    ]
    return sorted(
        lots,
        key=lambda lot: (
            rank.get(lot.site_id, 0),
            lot.expires_on or date.max,
            lot.received_on or date.max,
            lot.id,
        ),
    )


def _tie(
    session: Session, line: OrderLine, row: ScheduleLine, lot: StockLot, quantity: Decimal
) -> None:
    found = session.scalar(
        select(Allocation).where(Allocation.schedule_line_id == row.id, Allocation.lot_id == lot.id)
    )
    if found is None:
        found = Allocation(
            order_line_id=line.id, schedule_line_id=row.id, lot_id=lot.id, quantity=ZERO
        )
        session.add(found)
    found.quantity += quantity
    session.flush()
