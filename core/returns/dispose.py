"""Inspected goods go somewhere: back on the shelf, to repair, to scrap, or back to the customer."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.errors import BadInput, IllegalStep, NotEnough
from core.journal import Event
from core.orders.tables import OrderLine
from core.returns.receive import shipped_lots
from core.returns.rows import lock_with_order, return_line
from core.returns.tables import Disposition, ReturnAuthorization, ReturnLine
from core.supply.stock import ZERO, lock_lots, move, twin_lot
from core.supply.tables import StockLot
from core.values import plain

# After which decision a kind is possible.
KINDS: dict[str, tuple[str, ...]] = {
    "restock": ("accepted",),
    "repair": ("accepted",),
    "scrap": ("accepted", "rejected"),
    "send_back": ("rejected",),
}
REPAIR_BIN = "REPAIR"


def dispose(
    session: Session,
    rma: ReturnAuthorization,
    line_id: int,
    kind: str,
    quantity: Decimal,
    *,
    act: Act,
) -> Event:
    """Moves `quantity` (stock units) of one return line to where it belongs. Raises NotEnough beyond what is left."""
    done = journal.done_under(session, rma, "dispose", act.key)
    if done is not None:
        return done
    lock_with_order(session, rma)
    journal.check(rma, "dispose")
    line = return_line(session, rma, line_id)
    _check(line, kind, quantity)
    line.disposed_quantity += quantity
    for lot, part in _inspection_parts(session, rma, line, quantity):
        target = _target(session, line, lot, kind, act)
        move(session, lot, -part, kind, act=act, subject="return", subject_id=rma.id)
        if target is not None:
            move(session, target, part, kind, act=act, subject="return", subject_id=rma.id)
        session.add(
            Disposition(
                return_line_id=line.id,
                kind=kind,
                quantity=part,
                lot_id=target.id if target else lot.id,
                at=act.at,
                actor=act.actor,
            )
        )
    if kind == "send_back":
        session.get_one(OrderLine, line.order_line_id).returned_quantity -= quantity
    facts = {"number": rma.number, "kind": kind, "quantity": plain(quantity)}
    return journal.advance(session, rma, "dispose", act=act, facts=facts)


def _check(line: ReturnLine, kind: str, quantity: Decimal) -> None:
    if kind not in KINDS:
        raise BadInput(f"Goods go to one of {', '.join(KINDS)}.", "kind")
    if line.decision == "pending":
        raise IllegalStep("Inspect the goods first.")
    if line.decision not in KINDS[kind]:
        raise IllegalStep(
            f"Goods that were {line.decision} cannot go to {kind.replace('_', ' ')}; nothing was changed."
        )
    rest = line.received_quantity - line.disposed_quantity
    if not 0 < quantity <= rest:
        raise NotEnough(
            f"{plain(rest)} of this line are left to dispose of, not {plain(quantity)}."
        )


def _inspection_parts(
    session: Session, rma: ReturnAuthorization, line: ReturnLine, quantity: Decimal
) -> list[tuple[StockLot, Decimal]]:
    """Which inspection lots of this return give the quantity."""
    item_id = session.get_one(OrderLine, line.order_line_id).item_id
    names = line.lot.split(", ")
    ids = session.scalars(
        select(StockLot.id).where(
            StockLot.item_id == item_id,
            StockLot.bin.startswith(rma.number),
            StockLot.lot.in_(names),
            StockLot.quality == "inspection",
        )
    ).all()
    parts, rest = [], quantity
    for lot in lock_lots(session, ids).values():
        part = min(lot.on_hand_quantity, rest)
        if part > 0:
            parts.append((lot, part))
            rest -= part
    if rest > ZERO:
        raise NotEnough("These goods are not in inspection any more; count the return's bin.")
    return parts


def _target(
    session: Session, line: ReturnLine, lot: StockLot, kind: str, act: Act
) -> StockLot | None:
    """Where the goods are afterwards: released in the bin they left from, blocked in repair, or gone."""
    if kind == "restock":
        bins = [row.bin for row in shipped_lots(session, line.order_line_id) if row.lot == lot.lot]
        return twin_lot(session, lot, bin=bins[0], quality="released", act=act)
    if kind == "repair":
        return twin_lot(session, lot, bin=REPAIR_BIN, quality="blocked", act=act)
    return None
