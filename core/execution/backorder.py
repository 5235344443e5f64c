"""What customers still wait for: open promises without stock, first promised first."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.execution.tables import Allocation
from core.execution.view_values import BackorderRow
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.parties.tables import Customer
from core.supply.tables import Receipt, StockLot
from core.values import utc_now

ZERO = Decimal(0)
MOST_ROWS = 500


def backorders(
    session: Session, *, today: date | None = None, item_id: int | None = None
) -> tuple[BackorderRow, ...]:
    """Schedule lines of booked orders that want more than is allocated to them."""
    today = today or utc_now().date()
    allocated = (
        select(func.coalesce(func.sum(Allocation.quantity), 0))
        .where(Allocation.schedule_line_id == ScheduleLine.id)
        .scalar_subquery()
    )
    short = ScheduleLine.quantity - ScheduleLine.shipped_quantity - allocated
    rows = session.execute(
        select(ScheduleLine, OrderLine, Order, Customer.name, Item, short)
        .join(OrderLine, OrderLine.id == ScheduleLine.line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .join(Customer, Customer.id == Order.customer_id)
        .join(Item, Item.id == OrderLine.item_id)
        .where(
            Order.status == "booked",
            short > 0,
            *(() if item_id is None else (Item.id == item_id,)),
        )
        .order_by(ScheduleLine.id)
        .limit(MOST_ROWS)
    ).all()
    ids = {item.id for *_, item, _ in rows}
    free, receipts = _free(session, ids, today), _next_receipts(session, ids)
    return tuple(
        BackorderRow(
            order_id=order.id,
            order_number=order.number,
            customer_name=customer,
            line_id=line.id,
            line_position=line.position,
            item_id=item.id,
            item_number=item.number,
            description=line.description,
            stock_unit=item.stock_unit,
            backordered_quantity=quantity,
            free_quantity=free.get(item.id, ZERO),
            promised_date=schedule.promised_date,
            ship_date=schedule.ship_date,
            next_receipt=receipts.get(item.id),
        )
        for schedule, line, order, customer, item, quantity in rows
    )


def _free(session: Session, item_ids: set[int], today: date) -> dict[int, Decimal]:
    """Usable stock less all allocations."""
    usable = (
        StockLot.item_id.in_(item_ids)
        & (StockLot.quality == "released")
        & or_(StockLot.expires_on.is_(None), StockLot.expires_on >= today)
    )
    held = (
        select(func.coalesce(func.sum(Allocation.quantity), 0))
        .where(Allocation.lot_id == StockLot.id)
        .scalar_subquery()
    )
    rows = session.execute(
        select(StockLot.item_id, func.sum(StockLot.on_hand_quantity - held))
        .where(usable)
        .group_by(StockLot.item_id)
    )
    return {item_id: Decimal(quantity) for item_id, quantity in rows}


def _next_receipts(session: Session, item_ids: set[int]) -> dict[int, date]:
    rows = session.execute(
        select(Receipt.item_id, func.min(Receipt.expected_date))
        .where(
            Receipt.item_id.in_(item_ids),
            Receipt.closed.is_(False),
            Receipt.quantity > Receipt.received_quantity,
        )
        .group_by(Receipt.item_id)
    )
    return {item_id: day for item_id, day in rows if day is not None}
