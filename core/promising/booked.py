"""What is taken already of components and work centres: by promises that live from a plan, and by production orders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from core.execution.tables import Allocation
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.promising.ask import ZERO, Demand, share_of
from core.promising.coming import Coming
from core.promising.plant import Centre, Recipe
from core.promising.tables import PromiseClaim
from core.supply.tables import BomLine, Receipt, RoutingStep, StockLot

FIRST_OF_ALL = 10**12
"""Taken off the rank of a production order: what it needs is served before every promise."""

Counts = tuple[ColumnElement[bool], ...]


def component_demands(
    session: Session,
    item_ids: Iterable[int],
    held: Mapping[int, Decimal],
    counts: Counts,
    today: date,
) -> list[Demand]:
    """What open promises by plan still take of these items as components."""
    rows: Any = session.execute(
        _open_claims(
            PromiseClaim.schedule_line_id,
            PromiseClaim.item_id,
            PromiseClaim.site_id,
            PromiseClaim.day,
            PromiseClaim.amount,
            PromiseClaim.of_quantity,
            ScheduleLine.quantity - ScheduleLine.shipped_quantity,
            func.coalesce(ScheduleLine.ranked_as, ScheduleLine.id),
        ).where(PromiseClaim.item_id.in_(sorted(item_ids)), *counts)
    )
    found = []
    for schedule_id, item_id, site_id, day, amount, of, still, rank in rows:
        share = share_of(amount, of, still - held.get(schedule_id, ZERO))
        if share > 0:
            found.append(Demand(item_id, site_id, share, max(day, today), rank, schedule_id))
    return found


def claimed_minutes(
    session: Session, centres: Mapping[int, Centre], counts: Counts, today: date
) -> dict[tuple[int, date], Decimal]:
    """By (work centre, day) what open promises by plan take, as far as no stock was allocated to them meanwhile.

    What should have been done before today is still to be done, unless the goods are there.
    """
    if not centres:
        return {}
    tied = _tied()
    still = ScheduleLine.quantity - ScheduleLine.shipped_quantity - tied
    here = (
        PromiseClaim.work_centre_id.in_(sorted(centres)),
        PromiseClaim.day >= today,
        *counts,
    )
    whole = session.execute(
        _open_claims(PromiseClaim.work_centre_id, PromiseClaim.day, func.sum(PromiseClaim.amount))
        .where(*here, still >= PromiseClaim.of_quantity)
        .group_by(PromiseClaim.work_centre_id, PromiseClaim.day)
    )
    found: dict[tuple[int, date], Decimal] = defaultdict(Decimal)
    for centre_id, day, total in whole:
        found[centre_id or 0, day] += Decimal(total)
    parts: Any = session.execute(
        _open_claims(
            PromiseClaim.work_centre_id,
            PromiseClaim.day,
            PromiseClaim.amount,
            PromiseClaim.of_quantity,
            still,
        ).where(*here, still < PromiseClaim.of_quantity)
    )
    for centre_id, day, amount, of, left in parts:
        found[centre_id, day] += share_of(amount, of, Decimal(left))
    for centre_id, minutes in _overdue_minutes(session, centres, counts, today).items():
        found[centre_id, today] += minutes
    return dict(found)


def _overdue_minutes(
    session: Session, centres: Mapping[int, Centre], counts: Counts, today: date
) -> dict[int, Decimal]:
    """By work centre what was planned for days that have passed, for promises that no stock covers."""
    rows: Any = session.execute(
        _open_claims(
            PromiseClaim.work_centre_id,
            PromiseClaim.schedule_line_id,
            OrderLine.item_id,
            PromiseClaim.amount,
            PromiseClaim.of_quantity,
            (ScheduleLine.quantity - ScheduleLine.shipped_quantity - _tied()).label("still"),
        )
        .where(PromiseClaim.work_centre_id.in_(sorted(centres)), PromiseClaim.day < today, *counts)
        .order_by(PromiseClaim.schedule_line_id)
    ).all()
    if not rows:
        return {}
    there = _untied_stock(session, {row.item_id for row in rows})
    left: dict[int, Decimal] = {}
    found: dict[int, Decimal] = defaultdict(Decimal)
    for row in rows:
        if row.schedule_line_id not in left:
            used = min(there.get(row.item_id, ZERO), Decimal(row.still))
            there[row.item_id] = there.get(row.item_id, ZERO) - used
            left[row.schedule_line_id] = Decimal(row.still) - used
        found[row.work_centre_id] += share_of(
            row.amount, row.of_quantity, left[row.schedule_line_id]
        )
    return found


def _untied_stock(session: Session, item_ids: Iterable[int]) -> dict[int, Decimal]:
    """Released stock by item, less what is allocated of it."""
    tied = (
        select(func.coalesce(func.sum(Allocation.quantity), 0))
        .where(Allocation.lot_id == StockLot.id)
        .scalar_subquery()
    )
    rows = session.execute(
        select(StockLot.item_id, func.sum(StockLot.on_hand_quantity - tied))
        .where(StockLot.item_id.in_(sorted(item_ids)), StockLot.quality == "released")
        .group_by(StockLot.item_id)
    )
    return {item_id: Decimal(total) for item_id, total in rows}


def _tied() -> Any:
    """What is allocated to the schedule line."""
    return (
        select(func.coalesce(func.sum(Allocation.quantity), 0))
        .where(Allocation.schedule_line_id == ScheduleLine.id)
        .scalar_subquery()
    )


def _open_claims(*columns: Any) -> Any:
    return (
        select(*columns)
        .join(ScheduleLine, ScheduleLine.id == PromiseClaim.schedule_line_id)
        .join(OrderLine, OrderLine.id == ScheduleLine.line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(Order.status == "booked", ScheduleLine.quantity > ScheduleLine.shipped_quantity)
    )


def production(session: Session, centres: Iterable[int], item_ids: Iterable[int]) -> list[Receipt]:
    """Open production orders that use these work centres or take these items as components.

    In two questions: of one with an "or" no database finds its way by index.
    """
    routed = select(RoutingStep.item_id).where(RoutingStep.work_centre_id.in_(sorted(centres)))
    made_of = select(BomLine.item_id).where(BomLine.component_id.in_(sorted(item_ids)))
    found: dict[int, Receipt] = {}
    for items in (routed, made_of) if centres else (made_of,):
        rows = session.scalars(
            select(Receipt).where(
                Receipt.item_id.in_(items),
                Receipt.kind == "production",
                Receipt.closed.is_(False),
                Receipt.quantity > Receipt.received_quantity,
            )
        )
        found |= {row.id: row for row in rows}
    return list(found.values())


def production_demands(
    orders: Iterable[Receipt], recipes: Mapping[int, Recipe], today: date
) -> list[Demand]:
    """Components that production orders have not taken from the shelf yet."""
    return [
        Demand(
            part.item_id,
            order.site_id,
            part.needed(recipes[order.item_id].lot(order.quantity - order.received_quantity)),
            max(order.begins_on or order.expected_date, today),
            order.id - FIRST_OF_ALL,
        )
        for order in orders
        if order.stage != "started" and order.item_id in recipes
        for part in recipes[order.item_id].components
    ]


def transfer_demands(receipts: Iterable[Coming], today: date) -> list[Demand]:
    """Transfers that have not left yet: supply where they go, and a need where they come from."""
    return [
        Demand(
            row.item_id,
            row.from_site_id,
            row.rest,
            max(row.begins_on or row.expected_date, today),
            row.id - FIRST_OF_ALL,
        )
        for row in receipts
        if row.from_site_id is not None and row.stage != "started"
    ]


def production_minutes(
    orders: Iterable[Receipt],
    recipes: Mapping[int, Recipe],
    centres: Mapping[int, Centre],
    today: date,
) -> dict[tuple[int, date], Decimal]:
    """By (work centre, day): the rest of each production order, spread evenly over its working days."""
    found: dict[tuple[int, date], Decimal] = defaultdict(Decimal)
    for order in orders:
        recipe = recipes.get(order.item_id)
        rest = order.quantity - order.received_quantity
        for step in recipe.steps if recipe else ():
            centre = centres.get(step.centres[0])
            if centre is None:
                continue
            days = _days(centre, max(order.begins_on or today, today), order.expected_date)
            each = round(step.minutes(rest) / len(days), 6)
            for day in days:
                found[centre.id, day] += each
    return dict(found)


def _days(centre: Centre, first: date, last: date) -> list[date]:
    """The centre's working days of the span; at least one, so that work that is late is not lost."""
    span = range(max((last - first).days, 0) + 1)
    days = [first + timedelta(days=n) for n in span]
    return [day for day in days if centre.minutes_on(day) > 0] or [
        centre.calendar.on_or_after(first)
    ]
