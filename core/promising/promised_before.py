"""What earlier promises still take of the goods, and how long goods must last for whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from core.catalogue.tables import CustomerItem
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.parties.tables import Customer
from core.promising.ask import ZERO, Demand, SiteFacts

Counts = tuple[ColumnElement[bool], ...]


def demands(
    session: Session,
    item_ids: list[int],
    sites: Mapping[int, SiteFacts],
    held: Mapping[int, Decimal],
    counts: Counts,
    today: date,
) -> tuple[Demand, ...]:
    """Open promises of booked orders, less what is allocated to them already."""
    rows: Any = session.execute(
        select(
            ScheduleLine.id,
            ScheduleLine.line_id,
            OrderLine.item_id,
            ScheduleLine.site_id,
            ScheduleLine.quantity,
            ScheduleLine.shipped_quantity,
            ScheduleLine.ship_date,
            ScheduleLine.promised_date,
            ScheduleLine.ranked_as,
            Order.customer_id,
        )
        .join(OrderLine, OrderLine.id == ScheduleLine.line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(
            OrderLine.item_id.in_(item_ids),
            OrderLine.stock_quantity > OrderLine.cancelled_quantity + OrderLine.shipped_quantity,
            Order.status == "booked",
            *counts,
            ScheduleLine.quantity > ScheduleLine.shipped_quantity,
        )
    ).all()
    main = next(iter(sites), 0)
    shelf = shelf_days(session, {row.customer_id for row in rows}, item_ids)
    found = []
    for (
        schedule_id,
        line_id,
        item_id,
        site_id,
        quantity,
        shipped,
        ship,
        arrival,
        ranked_as,
        customer,
    ) in rows:
        open_quantity = quantity - shipped - held.get(schedule_id, ZERO)
        days = shelf.get((customer, item_id), 0)
        if open_quantity > 0:
            found.append(
                Demand(
                    item_id,
                    site_id or main,
                    open_quantity,
                    ship or today,
                    schedule_id if ranked_as is None else ranked_as,
                    schedule_id,
                    customer,
                    max(arrival, today) + timedelta(days=days) if days and arrival else None,
                    line_id,
                )
            )
    return tuple(found)


def shelf_days(
    session: Session, customer_ids: Collection[int], item_ids: Collection[int]
) -> dict[tuple[int, int], int]:
    """By (customer, item): how long goods must last after they arrive; absent where nothing is asked."""
    if not customer_ids:
        return {}
    rows = session.execute(
        select(
            Customer.id,
            Customer.shelf_life_days,
            CustomerItem.item_id,
            CustomerItem.shelf_life_days.label("own"),
        )
        .outerjoin(
            CustomerItem,
            and_(
                CustomerItem.customer_id == Customer.id,
                CustomerItem.item_id.in_(sorted(item_ids)),
                CustomerItem.shelf_life_days.is_not(None),
            ),
        )
        .where(Customer.id.in_(sorted(customer_ids)))
    ).all()
    found = {
        (row.id, item_id): row.shelf_life_days
        for row in rows
        if row.shelf_life_days
        for item_id in item_ids
    }
    return found | {(row.id, row.item_id): row.own for row in rows if row.own is not None}
