"""Returned goods arrive: they are in stock for inspection, and nobody can sell them before that is decided."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.errors import BadInput
from core.journal import Event
from core.orders.tables import OrderLine
from core.returns.rows import lock_with_order, return_line
from core.returns.tables import ReturnAuthorization, ReturnLine
from core.shipping.tables import PickLine, Shipment
from core.supply.stock import move, twin_lot
from core.supply.tables import StockLot
from core.values import plain


def receive(
    session: Session,
    rma: ReturnAuthorization,
    received: Mapping[int, tuple[Decimal, str, str]],
    *,
    act: Act,
) -> Event:
    """return line id -> (quantity that arrived now, its condition in words, lot or serial number).

    The lot must be one that left for this line; "" means the only one. Raises BadInput beyond what was authorised.
    """
    done = journal.done_under(session, rma, "receive", act.key)
    if done is not None:
        return done
    lock_with_order(session, rma)
    journal.check(rma, "receive")
    arrived = {line_id: row for line_id, row in received.items() if row[0] != 0}
    if not arrived:
        raise BadInput("Say what arrived.", "quantity")
    changes = {}
    for line_id, (quantity, condition, lot) in arrived.items():
        line = return_line(session, rma, line_id)
        before = line.received_quantity
        _receive_line(session, rma, line, quantity, condition, lot, act)
        changes[str(line.id)] = [plain(before), plain(line.received_quantity)]
    facts = {"number": rma.number}
    return journal.advance(session, rma, "receive", act=act, changes=changes, facts=facts)


def _receive_line(
    session: Session,
    rma: ReturnAuthorization,
    line: ReturnLine,
    quantity: Decimal,
    condition: str,
    lot: str,
    act: Act,
) -> None:
    rest = line.quantity - line.received_quantity
    if not 0 < quantity <= rest:
        raise BadInput(
            f"Up to {plain(rest)} are still announced on this line, not {plain(quantity)}.",
            f"quantity-{line.id}",
        )
    shipped = _shipped_lot(session, line, lot.strip())
    inspection = twin_lot(session, shipped, bin=rma.number, quality="inspection", act=act)
    move(session, inspection, quantity, "returned", act=act, subject="return", subject_id=rma.id)
    line.received_quantity += quantity
    line.decision = "pending"
    line.condition = "; ".join(p for p in (line.condition, condition.strip()) if p)
    lots = [p for p in line.lot.split(", ") if p]
    line.lot = ", ".join(dict.fromkeys((*lots, shipped.lot)))
    session.get_one(OrderLine, line.order_line_id).returned_quantity += quantity
    session.flush()


def shipped_lots(session: Session, order_line_id: int) -> list[StockLot]:
    """The lots that left for an order line, oldest shipment first."""
    return list(
        session.scalars(
            select(StockLot)
            .join(PickLine, PickLine.lot_id == StockLot.id)
            .join(Shipment, Shipment.id == PickLine.shipment_id)
            .where(
                PickLine.order_line_id == order_line_id,
                PickLine.picked_quantity > 0,
                Shipment.status.in_(("shipped", "delivered")),
            )
            .order_by(PickLine.id)
        ).unique()
    )


def _shipped_lot(session: Session, line: ReturnLine, lot: str) -> StockLot:
    lots = shipped_lots(session, line.order_line_id)
    names = list(dict.fromkeys(row.lot for row in lots))
    if not lot and len(names) == 1:
        return lots[0]
    for row in lots:
        if row.lot == lot:
            return row
    raise BadInput(
        f"Which lot came back? For this line we shipped {', '.join(names)}.", f"lot-{line.id}"
    )
