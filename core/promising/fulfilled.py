"""What became of the lots that promises planned: read from the book for the few items of which there is anything to net."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.orm import Session

from core.execution.tables import Allocation
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.promising.ask import ZERO
from core.promising.lots import Netted, PlannedLot, PlannedPromise, netted
from core.promising.production import Production
from core.promising.tables import PromiseClaim
from core.supply.inspected import inspect_days, sure
from core.supply.tables import Receipt, StockLot


def fulfilled(
    session: Session,
    orders: Sequence[Production],
    said: Mapping[int, frozenset[int]],
    there: Mapping[int, Decimal],
    *,
    line_ids: Collection[int] = (),
) -> Netted:
    """orders: that use these work centres or take these items; said: by their id the order lines that they serve.

    there: of made_beforehand. line_ids: whose promises are asked anew; what is being made for them stays theirs.
    """
    items = {order.item_id for order in orders} | there.keys()
    if not items:
        return Netted()
    shop = (order.as_shop_order(said.get(order.id, frozenset())) for order in orders)
    return netted(_promises(session, items, line_ids), shop, there)


def made_beforehand(
    session: Session, centres: Collection[int], item_ids: Collection[int]
) -> dict[int, Decimal]:
    """By item what is there for somebody who waits for it, of lots that take minutes of these centres, or these items.

    To be read before the production orders: goods that come in between are then still to be made, and never both made
    and there, which would free the minutes of two lots.
    """
    return _beyond_promises(session, _planned_with(centres, item_ids))


def _planned_with(centres: Collection[int], item_ids: Collection[int]) -> Select[Any]:
    """Items of lots that take minutes of these centres, or these items."""
    takes = select(PromiseClaim.for_item_id).where(PromiseClaim.item_id.in_(sorted(item_ids)))
    if not centres:
        return takes
    works = select(PromiseClaim.for_item_id).where(PromiseClaim.work_centre_id.in_(sorted(centres)))
    return select(works.union(takes).subquery().c[0])


def _beyond_promises(session: Session, items: Select[Any]) -> dict[int, Decimal]:
    """By item the stock of our own making that nobody is promised from stock: made for somebody who waits for it.
    It is released, or in inspection and supply from a day on.

    What others are promised counts as taken from the shelf even when it still comes, so rather too little is found.
    """
    kept = session.scalars(
        select(StockLot.item_id)
        .where(
            StockLot.item_id.in_(items),
            StockLot.quality.in_(("released", "inspection")),
            StockLot.on_hand_quantity > 0,
        )
        .distinct()
    ).all()
    if not kept:
        return {}
    found = _on_shelf_beyond_promises(session, kept)
    for item_id, total in _in_inspection(session, kept).items():
        found[item_id] += total
    made = _made_in_the_shop(session, kept)
    return {
        item_id: min(total, made[item_id])
        for item_id, total in found.items()
        if total > 0 and item_id in made
    }


def _on_shelf_beyond_promises(session: Session, item_ids: Collection[int]) -> dict[int, Decimal]:
    """By item what is released less what open promises take that is not to be made for them, as goods and as components.

    One question: between two, what leaves or changes its lot would be free for a moment that never was. For the same
    reason released stock is read before inspected stock.
    """
    wanted = sorted(item_ids)
    shelf = (
        select(StockLot.item_id, func.sum(StockLot.on_hand_quantity))
        .where(StockLot.item_id.in_(wanted), StockLot.quality == "released")
        .group_by(StockLot.item_id)
    )
    goods = (
        select(OrderLine.item_id, -func.sum(ScheduleLine.quantity - ScheduleLine.shipped_quantity))
        .join(ScheduleLine, ScheduleLine.line_id == OrderLine.id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(
            OrderLine.item_id.in_(wanted),
            OrderLine.stock_quantity > OrderLine.cancelled_quantity + OrderLine.shipped_quantity,
            Order.status == "booked",
        )
        .group_by(OrderLine.item_id)
    )
    components = (
        open_claims(PromiseClaim.item_id, -func.sum(PromiseClaim.amount))
        .where(PromiseClaim.item_id.in_(wanted), PromiseClaim.kind == "component")
        .group_by(PromiseClaim.item_id)
    )
    to_make = (
        open_claims(PromiseClaim.item_id, func.sum(PromiseClaim.of_quantity))
        .where(
            PromiseClaim.item_id.in_(wanted),
            PromiseClaim.kind != "component",
            PromiseClaim.for_item_id.is_(None),
        )
        .group_by(PromiseClaim.item_id)
    )
    found: dict[int, Decimal] = defaultdict(Decimal)
    for item_id, total in session.execute(union_all(shelf, goods, components, to_make)):
        found[item_id] += Decimal(total)
    return found


def _in_inspection(session: Session, item_ids: Collection[int]) -> dict[int, Decimal]:
    """By item what of it will be released; what came back from customers is none of our making."""
    if not item_ids:
        return {}
    lots = session.execute(
        select(
            StockLot.id,
            StockLot.item_id,
            StockLot.site_id,
            StockLot.received_on,
            StockLot.release_on,
            StockLot.on_hand_quantity,
        ).where(
            StockLot.item_id.in_(sorted(item_ids)),
            StockLot.quality == "inspection",
            StockLot.on_hand_quantity > 0,
        )
    ).all()
    found: dict[int, Decimal] = defaultdict(Decimal)
    quantity = {lot.id: lot.on_hand_quantity for lot in lots}
    for lot in sure(session, lots, inspect_days(session, item_ids), returns=False):
        found[lot.item_id] += quantity[lot.id]
    return found


def _made_in_the_shop(session: Session, item_ids: Collection[int]) -> dict[int, Decimal]:
    """By item what production orders have delivered: goods from elsewhere make no lot needless."""
    rows = session.execute(
        select(Receipt.item_id, func.sum(Receipt.received_quantity))
        .where(
            Receipt.kind == "production",
            Receipt.item_id.in_(sorted(item_ids)),
            Receipt.received_quantity > 0,
        )
        .group_by(Receipt.item_id)
    )
    return {item_id: Decimal(total) for item_id, total in rows}


def tied_to_line() -> Any:
    """What is allocated to the schedule line."""
    return (
        select(func.coalesce(func.sum(Allocation.quantity), 0))
        .where(Allocation.schedule_line_id == ScheduleLine.id)
        .scalar_subquery()
    )


def open_claims(*columns: Any) -> Any:
    return (
        select(*columns)
        .join(ScheduleLine, ScheduleLine.id == PromiseClaim.schedule_line_id)
        .join(OrderLine, OrderLine.id == ScheduleLine.line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(Order.status == "booked", ScheduleLine.quantity > ScheduleLine.shipped_quantity)
    )


def _promises(
    session: Session, item_ids: Collection[int], line_ids: Collection[int]
) -> list[PlannedPromise]:
    """Open promises that planned a lot of one of these items, with all their lots."""
    having = select(PromiseClaim.schedule_line_id).where(
        PromiseClaim.kind == "make", PromiseClaim.item_id.in_(sorted(item_ids))
    )
    rows: Any = session.execute(
        open_claims(
            PromiseClaim.schedule_line_id,
            ScheduleLine.line_id,
            ScheduleLine.ship_date,
            func.coalesce(ScheduleLine.ranked_as, ScheduleLine.id).label("rank"),
            (ScheduleLine.quantity - ScheduleLine.shipped_quantity - tied_to_line()).label("still"),
            PromiseClaim.kind,
            PromiseClaim.item_id,
            PromiseClaim.for_item_id,
            PromiseClaim.site_id,
            PromiseClaim.day,
            PromiseClaim.amount,
            PromiseClaim.of_quantity,
        ).where(PromiseClaim.schedule_line_id.in_(having), PromiseClaim.kind != "component")
    ).all()
    by_line: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        by_line[row.schedule_line_id].append(row)
    return [_promise(own, own[0].line_id in line_ids) for own in by_line.values()]


def _promise(rows: list[Any], asked_anew: bool) -> PlannedPromise:
    head = rows[0]
    return PlannedPromise(
        head.schedule_line_id,
        head.line_id,
        (head.rank, head.ship_date or date.max, head.schedule_line_id),
        max(Decimal(head.still), ZERO),
        max(row.of_quantity for row in rows),
        tuple(_lots(rows)),
        asked_anew,
    )


def _lots(rows: Iterable[Any]) -> list[PlannedLot]:
    """Parents first; lots of one item are one."""
    days: dict[int, list[date]] = defaultdict(list)
    awaited: dict[int, Decimal] = defaultdict(Decimal)
    made: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        if row.kind == "capacity":
            days[row.for_item_id].append(row.day)
        elif row.kind == "awaited":
            awaited[row.item_id] += row.amount
        else:
            made[row.item_id].append(row)
    found, above = list[PlannedLot](), {0}
    while above:
        level = [own for own in made.values() if (own[0].for_item_id or 0) in above]
        found += [_lot(own, awaited, days[own[0].item_id]) for own in level]
        above = {own[0].item_id for own in level}
    return found


def _lot(rows: list[Any], awaited: Mapping[int, Decimal], days: list[date]) -> PlannedLot:
    head = rows[0]
    lot = sum((row.amount for row in rows), ZERO)
    needed = awaited.get(head.item_id, lot) if head.for_item_id else head.of_quantity
    return PlannedLot(
        head.item_id,
        head.for_item_id or 0,
        head.site_id or 0,
        needed,
        max(lot, needed),
        min(days, default=None),
        max(days, default=None),
    )
