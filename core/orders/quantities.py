"""Where each line's goods are: the counted quantities behind every derived state, read in four queries."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from core.execution.tables import Allocation
from core.lifecycle import IN_WAREHOUSE
from core.orders.progress import ZERO, LineQuantities
from core.orders.tables import OrderLine
from core.shipping.tables import PickLine, Shipment

TAKEN = func.coalesce(PickLine.picked_quantity, PickLine.quantity)


def quantities(session: Session, order_ids: Collection[int]) -> dict[int, LineQuantities]:
    """LineQuantities by order line id, for all lines of these orders."""
    lines = session.execute(
        select(
            OrderLine.id,
            OrderLine.stock_quantity,
            OrderLine.cancelled_quantity,
            OrderLine.shipped_quantity,
            OrderLine.invoiced_quantity,
            OrderLine.returned_quantity,
        ).where(OrderLine.order_id.in_(order_ids))
    ).all()
    allocated = _sums(
        session,
        select(Allocation.order_line_id, func.sum(Allocation.quantity))
        .join(OrderLine, OrderLine.id == Allocation.order_line_id)
        .where(OrderLine.order_id.in_(order_ids))
        .group_by(Allocation.order_line_id),
    )
    on_shipment = _sums(session, _taken(order_ids, IN_WAREHOUSE))
    delivered = _sums(session, _taken(order_ids, ("delivered",)))
    return {
        row.id: LineQuantities(
            ordered=row.stock_quantity,
            cancelled=row.cancelled_quantity,
            allocated=allocated.get(row.id, ZERO),
            on_shipment=on_shipment.get(row.id, ZERO),
            shipped=row.shipped_quantity,
            delivered=delivered.get(row.id, ZERO),
            invoiced=row.invoiced_quantity,
            returned=row.returned_quantity,
        )
        for row in lines
    }


def _taken(order_ids: Collection[int], statuses: tuple[str, ...]) -> Select[int, Decimal]:
    return (
        select(PickLine.order_line_id, func.sum(TAKEN))
        .join(Shipment, Shipment.id == PickLine.shipment_id)
        .where(Shipment.order_id.in_(order_ids), Shipment.status.in_(statuses))
        .group_by(PickLine.order_line_id)
    )


def _sums(session: Session, statement: Select[int, Decimal]) -> dict[int, Decimal]:
    return {key: Decimal(total) for key, total in session.execute(statement)}
