"""On-hand by lot: locked before it is changed, and never changed without its row in the ledger."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.act import Act
from core.errors import NotEnough
from core.execution.tables import Allocation
from core.supply.tables import StockLot, StockMovement
from core.values import plain

ZERO = Decimal(0)


def lock_lots(session: Session, lot_ids: Collection[int]) -> dict[int, StockLot]:
    """The lots by id, locked in the order of their ids so that two transactions never wait for each other."""
    rows = session.scalars(
        select(StockLot)
        .where(StockLot.id.in_(lot_ids))
        .order_by(StockLot.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return {lot.id: lot for lot in rows}


def allocated_by_lot(session: Session, lot_ids: Collection[int]) -> dict[int, Decimal]:
    """Allocated quantity per lot; lots without any are absent."""
    rows = session.execute(
        select(Allocation.lot_id, func.sum(Allocation.quantity))
        .where(Allocation.lot_id.in_(lot_ids))
        .group_by(Allocation.lot_id)
    )
    return {lot_id: Decimal(quantity) for lot_id, quantity in rows}


def move(
    session: Session,
    lot: StockLot,
    quantity: Decimal,
    reason: str,
    *,
    act: Act,
    subject: str = "",
    subject_id: int | None = None,
) -> StockMovement:
    """Changes a locked lot's on-hand by `quantity` (negative: goods leave). Raises NotEnough below zero."""
    if lot.on_hand_quantity + quantity < 0:
        raise NotEnough(
            f"Lot {lot.lot} in {lot.bin or 'no bin'} holds {plain(lot.on_hand_quantity)}; "
            f"{plain(-quantity)} cannot be taken. Nothing was changed."
        )
    lot.on_hand_quantity += quantity
    movement = StockMovement(
        lot_id=lot.id,
        quantity=quantity,
        reason=reason,
        subject=subject,
        subject_id=subject_id,
        at=act.at,
        actor=act.actor,
    )
    session.add(movement)
    session.flush()
    return movement


def twin_lot(session: Session, lot: StockLot, *, bin: str, quality: str, act: Act) -> StockLot:
    """The row for goods of the same lot in another bin, made when it is missing; locked.

    A bin that already holds the lot in another quality gets a neighbour ("A-1", then "A-1/2").
    """
    for number in range(1, 100):
        name = bin if number == 1 else f"{bin}/{number}"
        found = session.scalar(
            select(StockLot)
            .where(
                StockLot.site_id == lot.site_id,
                StockLot.item_id == lot.item_id,
                StockLot.lot == lot.lot,
                StockLot.bin == name,
            )
            .with_for_update(key_share=True)
        )
        if found is None:
            return new_lot(
                session,
                StockLot(
                    site_id=lot.site_id,
                    item_id=lot.item_id,
                    lot=lot.lot,
                    bin=name,
                    quality=quality,
                    expires_on=lot.expires_on,
                    received_on=act.at.date(),
                ),
            )
        if found.quality == quality:
            return found
    raise NotEnough(f"Bin {bin} has no place left for lot {lot.lot}.")


def new_lot(session: Session, lot: StockLot) -> StockLot:
    """Adds an empty lot; its first goods come by move()."""
    lot.on_hand_quantity = ZERO
    session.add(lot)
    session.flush()
    return lot
