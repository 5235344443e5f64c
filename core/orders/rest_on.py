"""A promise holds from other goods than before: its day stays, and so does its version unless it is divided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from core.orders.postpone import split_off
from core.orders.progress import ZERO
from core.orders.redate import live_from, pieces_of, redate
from core.orders.tables import ScheduleLine
from core.promising.ask import Promised
from core.promising.claims import Claimed, claimed_by
from core.promising.promise import peg_as_json


def rests_on(row: ScheduleLine, claimed: Claimed, parts: Sequence[Promised]) -> bool:
    """Whether the promise lives from just these goods, and this work, already. claimed: by the row."""
    return len(parts) == 1 and (row.ship_date, row.site_id, row.pegging, claimed) == (
        parts[0].ship_date,
        parts[0].site_id,
        [peg_as_json(peg) for peg in parts[0].pegging],
        claimed_by(parts[0]),
    )


def rest_on(session: Session, row: ScheduleLine, parts: Sequence[Promised]) -> None:
    """parts: for all that is open, or for what is not allocated; what is allocated keeps a row of its own then."""
    kept = [replace(part, promised_date=row.promised_date) for part in parts if row.promised_date]
    if not kept:
        return
    quantity = sum((part.quantity for part in kept), ZERO)
    if quantity < row.quantity - row.shipped_quantity:
        row = split_off(session, row, quantity)
    if len(kept) == 1:
        live_from(session, row, kept[0])
    else:
        redate(session, [row], pieces_of(kept))
    session.flush()
