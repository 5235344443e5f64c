"""Stock is counted, or its quality decided anew: the balance follows, and the ledger says why."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Session

from core.act import Act
from core.errors import BadInput, NotEnough
from core.supply.stock import ZERO, allocated_by_lot, lock_lots, move
from core.supply.tables import StockLot, StockMovement
from core.values import plain

QUALITIES = ("released", "inspection", "blocked")


def count(
    session: Session, lot_id: int, quantity: Decimal, reason: str, *, act: Act
) -> StockMovement | None:
    """Sets a lot's on-hand to what was counted; None when it was right. Raises NotEnough below what is allocated."""
    if quantity < 0:
        raise BadInput("A count cannot be negative.", "quantity")
    lot = lock_lots(session, [lot_id])[lot_id]
    held = allocated_by_lot(session, [lot_id]).get(lot_id, ZERO)
    if quantity < held:
        raise NotEnough(
            f"{plain(held)} of lot {lot.lot} are allocated to orders; free them first, then enter the count."
        )
    difference = quantity - lot.on_hand_quantity
    if difference == 0:
        return None
    return move(session, lot, difference, reason or "count", act=act)


def set_quality(session: Session, lot_id: int, quality: str, *, act: Act) -> StockLot:
    """Releases a lot, sends it to inspection or blocks it; what orders hold of it must be freed first."""
    if quality not in QUALITIES:
        raise BadInput(f"Quality is one of {', '.join(QUALITIES)}.", "quality")
    lot = lock_lots(session, [lot_id])[lot_id]
    if quality != "released" and allocated_by_lot(session, [lot_id]).get(lot_id, ZERO) > 0:
        raise NotEnough(f"Lot {lot.lot} is allocated to orders; free it first.")
    lot.quality = quality
    move(session, lot, ZERO, f"quality:{quality}", act=act)
    return lot
