"""What the warehouse has to do: orders to release, shipments to pick, pack, ship, and what is on its way."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.execution.tables import Allocation
from core.lifecycle import IN_WAREHOUSE, legal_verbs
from core.orders.hold import reasons_by_order
from core.orders.quantities import quantities
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.parties.tables import Customer
from core.shipping.tables import Package, PickLine, Shipment
from core.shipping.view_values import ReadyRow, WarehouseQueue, WarehouseRow
from core.supply.allocations import ZERO, on_shipments
from core.supply.tables import Site, StockLot
from core.values import utc_now

STATUSES = ("released", "picked", "packed", "shipped", "delivered", "void")
MOST_ROWS = 200

Goods = tuple[Allocation, ScheduleLine, str]


def warehouse_queue(
    session: Session,
    status: str = "",
    *,
    site_id: int | None = None,
    today: date | None = None,
) -> WarehouseQueue:
    """status: one of STATUSES, "ready" for only what can be released, "" for all that is in the warehouse."""
    today = today or utc_now().date()
    ready = _ready(session, site_id)
    statuses = {"": IN_WAREHOUSE, "ready": ()}.get(status, (status,))
    counts = session.execute(
        select(Shipment.status, func.count()).where(*_at(site_id)).group_by(Shipment.status)
    )
    return WarehouseQueue(
        ready=ready if status in ("", "ready") else (),
        rows=_rows(session, statuses, site_id, today),
        counts={"ready": len(ready), **dict.fromkeys(STATUSES, 0), **dict(counts.all())},
    )


def _at(site_id: int | None) -> tuple[Any, ...]:
    return () if site_id is None else (Shipment.site_id == site_id,)


def _rows(
    session: Session, statuses: tuple[str, ...], site_id: int | None, today: date
) -> tuple[WarehouseRow, ...]:
    wanted = (Shipment.status.in_(statuses), *_at(site_id))
    shown = select(Shipment.id).where(*wanted)
    lines = (
        select(
            PickLine.shipment_id,
            func.count().label("lines"),
            func.min(ScheduleLine.ship_date).label("ship_date"),
        )
        .join(ScheduleLine, ScheduleLine.id == PickLine.schedule_line_id)
        .where(PickLine.shipment_id.in_(shown))
        .group_by(PickLine.shipment_id)
        .subquery()
    )
    packages = (
        select(Package.shipment_id, func.count().label("packages"))
        .where(Package.shipment_id.in_(shown))
        .group_by(Package.shipment_id)
        .subquery()
    )
    found = session.execute(
        select(
            Shipment,
            Order.number,
            Customer.name,
            Site.code,
            lines.c.lines,
            lines.c.ship_date,
            packages.c.packages,
        )
        .join(Order, Order.id == Shipment.order_id)
        .join(Customer, Customer.id == Order.customer_id)
        .join(Site, Site.id == Shipment.site_id)
        .outerjoin(lines, lines.c.shipment_id == Shipment.id)
        .outerjoin(packages, packages.c.shipment_id == Shipment.id)
        .where(*wanted)
        .order_by(lines.c.ship_date, Shipment.id)
        .limit(MOST_ROWS)
    )
    return tuple(
        WarehouseRow(
            shipment_id=shipment.id,
            number=shipment.number,
            status=shipment.status,
            order_id=shipment.order_id,
            order_number=order_number,
            customer_name=customer,
            site_code=site,
            line_count=line_count or 0,
            package_count=package_count or 0,
            ship_date=ship_date,
            late=bool(ship_date and ship_date < today and shipment.status in IN_WAREHOUSE),
            next_verb=next(iter(legal_verbs("shipment", shipment.status)), ""),
            changed_at=shipment.changed_at,
        )
        for shipment, order_number, customer, site, line_count, ship_date, package_count in found
    )


def _ready(session: Session, site_id: int | None) -> tuple[ReadyRow, ...]:
    """Orders with allocated goods on no shipment, earliest ship date first."""
    rows = session.execute(
        select(Allocation, ScheduleLine, OrderLine.order_id, Site.code)
        .join(ScheduleLine, ScheduleLine.id == Allocation.schedule_line_id)
        .join(OrderLine, OrderLine.id == Allocation.order_line_id)
        .join(StockLot, StockLot.id == Allocation.lot_id)
        .join(Site, Site.id == StockLot.site_id)
        .where(*(() if site_id is None else (Site.id == site_id,)))
        .order_by(Allocation.id)
    ).all()
    held = on_shipments(session, {row.schedule_line_id for row, *_ in rows})
    loose: dict[int, list[Goods]] = defaultdict(list)
    for row, schedule, order_id, code in rows:
        if row.quantity > held.get((row.schedule_line_id, row.lot_id), ZERO):
            loose[order_id].append((row, schedule, code))
    found = session.execute(
        select(Order, Customer.name)
        .join(Customer, Customer.id == Order.customer_id)
        .where(Order.id.in_(list(loose)))
    ).all()
    short = _short(session, list(loose))
    stops = reasons_by_order(session, [order for order, _ in found], "release")
    ready = (
        _ready_row(order, customer, loose[order.id], order.id in short, stops[order.id])
        for order, customer in found
    )
    return tuple(sorted(ready, key=lambda r: (r.ship_date or date.max, r.order_id)))


def _short(session: Session, order_ids: list[int]) -> set[int]:
    """Orders with a line that is not allocated in full."""
    counted = quantities(session, order_ids)
    lines = session.execute(
        select(OrderLine.order_id, OrderLine.id).where(OrderLine.order_id.in_(order_ids))
    )
    return {order_id for order_id, line_id in lines if counted[line_id].backordered > 0}


def _ready_row(
    order: Order, customer: str, goods: list[Goods], short: bool, stops: tuple[str, ...]
) -> ReadyRow:
    waits = order.delivery_policy == "complete" and short
    why = ("Everything together is wanted, and not all is allocated.",) if waits else ()
    return ReadyRow(
        order_id=order.id,
        order_number=order.number,
        customer_name=customer,
        site_codes=tuple(sorted({code for *_, code in goods})),
        line_count=len({row.order_line_id for row, *_ in goods}),
        ship_date=min((s.ship_date for _, s, _ in goods if s.ship_date), default=None),
        promised_date=min((s.promised_date for _, s, _ in goods if s.promised_date), default=None),
        complete=not short,
        stopped=" ".join((*why, *stops)),
    )
