"""A warehouse worker took the goods; what was not there goes back to the order as open."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.errors import BadInput
from core.execution.tables import Allocation
from core.journal import Event
from core.shipping.rows import lock_with_order, pick_lines
from core.shipping.tables import PickLine, Shipment
from core.supply.allocations import reduce
from core.supply.stock import lock_lots, move, twin_lot
from core.values import plain

SHORT_REASONS: dict[str, str] = {
    "missing": "Not in the bin",
    "damaged": "Damaged",
    "expired": "Expired",
    "later": "Left for a later shipment",
}
SET_ASIDE = ("missing", "damaged", "expired")
CHECK_BIN = "CHECK"


def pick(
    session: Session,
    shipment: Shipment,
    picked: Mapping[int, tuple[Decimal, str]],
    *,
    act: Act,
) -> Event:
    """Records what was taken: pick line id -> (quantity, reason of SHORT_REASONS or own words when short).

    Every pick line must be named. A short quantity is not allocated any more; where the goods were missing, damaged
    or expired they are set aside for inspection, so that the next allocation doesn't send somebody to the same bin.
    """
    done = journal.done_under(session, shipment, "pick", act.key)
    if done is not None:
        return done
    lock_with_order(session, shipment)
    journal.check(shipment, "pick")
    rows = pick_lines(session, shipment)
    if set(picked) != {row.id for row in rows}:
        raise BadInput("Say for every pick line how much was taken.", "picked")
    short = {}
    for row in rows:
        quantity, reason = picked[row.id]
        _check(row, quantity, reason)
        row.picked_quantity, row.short_reason = quantity, reason if quantity < row.quantity else ""
        if quantity < row.quantity:
            short[str(row.id)] = [plain(row.quantity), plain(quantity)]
            _give_back(session, shipment, row, row.quantity - quantity, reason, act)
    return journal.advance(
        session,
        shipment,
        "pick",
        act=act,
        changes=short,
        facts={"number": shipment.number, "short": str(len(short))},
    )


def _check(row: PickLine, quantity: Decimal, reason: str) -> None:
    if not 0 <= quantity <= row.quantity:
        raise BadInput(
            f"Between 0 and {plain(row.quantity)} can be picked here, not {plain(quantity)}.",
            f"picked-{row.id}",
        )
    if quantity < row.quantity and not reason.strip():
        raise BadInput("Say why less was picked.", f"reason-{row.id}")


def _give_back(
    session: Session, shipment: Shipment, row: PickLine, quantity: Decimal, reason: str, act: Act
) -> None:
    lot = lock_lots(session, [row.lot_id])[row.lot_id]
    allocation = session.scalars(
        select(Allocation)
        .where(Allocation.schedule_line_id == row.schedule_line_id, Allocation.lot_id == row.lot_id)
        .with_for_update(key_share=True)
    ).one()
    reduce(session, allocation, quantity)
    session.flush()
    if reason in SET_ASIDE:
        aside = twin_lot(session, lot, bin=CHECK_BIN, quality="inspection", act=act)
        for moved, amount in ((lot, -quantity), (aside, quantity)):
            move(
                session,
                moved,
                amount,
                f"short-{reason}",
                act=act,
                subject="shipment",
                subject_id=shipment.id,
            )
