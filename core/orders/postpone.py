"""A part of a promise moves to another day while the rest of it stays as it was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from core.orders.progress import ZERO
from core.orders.redate import piece_of, pieces_of, redate
from core.orders.tables import ScheduleLine
from core.promising.ask import Promised
from core.promising.claims import lessen_claims
from core.supply.allocations import free_allocations


def postpone(session: Session, row: ScheduleLine, moves: Sequence[Promised]) -> None:
    """Gives what `moves` hold their days; what they don't keeps its row, its day and its version."""
    quantity = sum((part.quantity for part in moves), ZERO)
    moved = row if quantity >= row.quantity else split_off(session, row, quantity)
    redate(session, [moved], pieces_of(moves))


def split_off(session: Session, row: ScheduleLine, quantity: Decimal) -> ScheduleLine:
    """A new row for `quantity` of this one, with the same promise and the same first promise."""
    piece = piece_of(session, row, quantity)
    row.quantity -= quantity
    free_allocations(session, row.id, keep=row.quantity - row.shipped_quantity)
    lessen_claims(session, row)
    session.flush()
    return piece


def wait_until(
    session: Session, row: ScheduleLine, day: date, ship_date: date, reason: dict[str, Any]
) -> None:
    """The row waits for others of its delivery: another day, from the same goods as before."""
    if row.promised_date != day:
        row.promise_version += 1
    row.promised_date, row.ship_date, row.reason = day, ship_date, reason
    session.flush()
