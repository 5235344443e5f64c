"""What is promised of what there is, counted by a judge that knows nothing of how promises are made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.execution.tables import Allocation
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.promising.ask import GOODS
from core.promising.tables import PromiseClaim, Reservation
from core.supply.tables import Receipt, StockLot

D = Decimal
ZERO, HAIR = D(0), D("0.001")
Place = tuple[int, int]
"""(item, site)."""


def open_lines(session: Session, items: Collection[int]) -> list[tuple[int, ScheduleLine, Decimal]]:
    """(item, open schedule line, allocated of it)."""
    tied = {
        row[0]: D(row[1])
        for row in session.execute(
            select(Allocation.schedule_line_id, func.sum(Allocation.quantity)).group_by(
                Allocation.schedule_line_id
            )
        )
    }
    rows = session.execute(
        select(OrderLine.item_id, ScheduleLine)
        .join(ScheduleLine, ScheduleLine.line_id == OrderLine.id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(OrderLine.item_id.in_(items), Order.status == "booked")
    )
    return [(item, row, tied.get(row.id, ZERO)) for item, row in rows if row.quantity > 0]


def minutes_promised(
    session: Session, items: Collection[int], *, offered_at: datetime | None = None
) -> dict[tuple[int, date], Decimal]:
    """By (work centre, day). offered_at: with what offers hold at that time."""
    lines = {row.id: (row, tied) for _, row, tied in open_lines(session, items)}
    taken: dict[tuple[int, date], Decimal] = defaultdict(Decimal)
    for claim in session.scalars(select(PromiseClaim).where(PromiseClaim.kind == "capacity")):
        row, tied = lines.get(claim.schedule_line_id, (None, ZERO))
        if row is not None:
            share = min((row.quantity - tied) / claim.of_quantity, D(1))
            taken[claim.work_centre_id or 0, claim.day] += claim.amount * share
    for held in _offered(session, offered_at):
        if held.kind == "capacity":
            taken[held.work_centre_id or 0, held.day] += held.amount
    return dict(taken)


def goods_lacking(
    session: Session,
    items: Collection[int],
    *,
    offered_at: datetime | None = None,
    gone: Mapping[Place, Decimal] | None = None,
) -> list[tuple[Place, date, Decimal, Decimal]]:
    """(where, by which day, promised, there by then) where more is promised. gone: what counts as if it were there still."""
    needs: dict[Place, list[tuple[date, Decimal]]] = defaultdict(list)
    lines = open_lines(session, items)
    for item, row, tied in lines:
        pegged = sum(
            (
                D(peg["quantity"])
                for peg in row.pegging
                if peg["kind"] in GOODS and not peg.get("level")
            ),
            ZERO,
        )
        if row.ship_date is not None:
            amount = max(min(pegged, row.quantity), tied)
            needs[item, row.site_id or 0].append((row.ship_date, amount))
    still = {row.id: row.quantity - tied for _, row, tied in lines}
    for claim in session.scalars(
        select(PromiseClaim).where(
            PromiseClaim.item_id.in_(items), PromiseClaim.kind == "component"
        )
    ):
        share = min(still.get(claim.schedule_line_id, ZERO) / claim.of_quantity, D(1))
        needs[claim.item_id or 0, claim.site_id or 0].append((claim.day, claim.amount * share))
    for held in _offered(session, offered_at):
        if held.kind in ("goods", "component"):
            needs[held.item_id or 0, held.site_id or 0].append((held.day, held.amount))
    found = []
    for place, wanted in needs.items():
        lost = (gone or {}).get(place, ZERO)
        for limit in sorted({day for day, _ in wanted}):
            there = _supply(session, place, limit) + lost
            used = sum((quantity for day, quantity in wanted if day <= limit), ZERO)
            if used > there + HAIR:
                found.append((place, limit, used, there))
    return found


def _supply(session: Session, place: Place, limit: date) -> Decimal:
    item, site = place
    on_hand = select(func.sum(StockLot.on_hand_quantity)).where(
        StockLot.item_id == item, StockLot.site_id == site
    )
    there = session.scalar(on_hand.where(StockLot.quality == "released"))
    inspected = session.scalar(
        on_hand.where(StockLot.quality == "inspection", StockLot.release_on <= limit)
    )
    comes = session.scalar(
        select(func.sum(Receipt.quantity - Receipt.received_quantity)).where(
            Receipt.item_id == item,
            Receipt.site_id == site,
            Receipt.closed.is_(False),
            Receipt.expected_date <= limit,
        )
    )
    return D(there or 0) + D(inspected or 0) + D(comes or 0)


def _offered(session: Session, at: datetime | None) -> list[Reservation]:
    if at is None:
        return []
    return list(session.scalars(select(Reservation).where(Reservation.expires_at > at)))
