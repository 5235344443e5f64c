"""What was tied to an order line is let go, as far as it is on no shipment; row work for several verbs."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.execution.tables import Allocation
from core.lifecycle import IN_WAREHOUSE
from core.shipping.tables import PickLine, Shipment

ZERO = Decimal(0)


def on_shipments(session: Session, schedule_ids: Collection[int]) -> dict[tuple[int, int], Decimal]:
    """What live shipments in the warehouse take, by (schedule line id, lot id)."""
    rows = session.execute(
        select(
            PickLine.schedule_line_id,
            PickLine.lot_id,
            func.sum(func.coalesce(PickLine.picked_quantity, PickLine.quantity)),
        )
        .join(Shipment, Shipment.id == PickLine.shipment_id)
        .where(PickLine.schedule_line_id.in_(schedule_ids), Shipment.status.in_(IN_WAREHOUSE))
        .group_by(PickLine.schedule_line_id, PickLine.lot_id)
    )
    return {(schedule_id, lot_id): Decimal(total) for schedule_id, lot_id, total in rows}


def free_allocations(session: Session, schedule_id: int, keep: Decimal = ZERO) -> Decimal:
    """Lets go of what a schedule line holds beyond `keep` and no shipment takes; returns how much.

    What was tied last goes first.
    """
    rows = session.scalars(
        select(Allocation)
        .where(Allocation.schedule_line_id == schedule_id)
        .order_by(Allocation.id.desc())
        .with_for_update(key_share=True)
    ).all()
    taken = on_shipments(session, [schedule_id])
    surplus = sum((row.quantity for row in rows), ZERO) - keep
    freed = ZERO
    for row in rows:
        loose = row.quantity - taken.get((schedule_id, row.lot_id), ZERO)
        part = min(loose, surplus - freed)
        if part > 0:
            freed += reduce(session, row, part)
    session.flush()
    return freed


def reduce(session: Session, row: Allocation, quantity: Decimal) -> Decimal:
    """Takes `quantity` off one allocation; an empty one goes. Returns the quantity."""
    if quantity >= row.quantity:
        session.delete(row)
    else:
        row.quantity -= quantity
    return quantity
