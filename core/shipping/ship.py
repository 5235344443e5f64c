"""The carrier took the packages: stock goes down, the order's lines move on, the invoice is issued."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.billing.invoice import issue_if_free
from core.errors import BadInput
from core.execution.tables import Allocation
from core.journal import Event
from core.orders.close import close_when_done
from core.orders.hold import require_free
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.orders.tolerance import close_within_tolerance
from core.shipping.rows import lock_with_order, pick_lines
from core.shipping.tables import PickLine, Shipment
from core.supply.allocations import reduce
from core.supply.stock import lock_lots, move
from core.supply.tables import StockLot


def ship(
    session: Session, shipment: Shipment, carrier: str, tracking_number: str = "", *, act: Act
) -> Event:
    """Books the goods out. Raises Blocked for a hold that stops shipping, BadInput without a carrier."""
    done = journal.done_under(session, shipment, "ship", act.key)
    if done is not None:
        return done
    order = lock_with_order(session, shipment)
    journal.check(shipment, "ship")
    require_free(session, order, "ship", now=act.at)
    if not carrier.strip():
        raise BadInput("Name the carrier (or “customer collects”).", "carrier")
    rows = [row for row in pick_lines(session, shipment) if row.picked_quantity]
    lots = lock_lots(session, {row.lot_id for row in rows})
    for row in rows:
        _book_out(session, shipment, row, lots[row.lot_id], act)
    shipment.carrier = carrier.strip()
    shipment.tracking_number = tracking_number.strip()
    shipment.shipped_at = act.at
    event = journal.advance(session, shipment, "ship", act=act, facts=_facts(shipment, order))
    issue_if_free(session, shipment, order, act=act.under("invoice"))
    close_within_tolerance(session, order, act=act)
    close_when_done(session, order, act=act)
    return event


def _facts(shipment: Shipment, order: Order) -> dict[str, str]:
    return {
        "number": shipment.number,
        "order": order.number,
        "carrier": shipment.carrier,
        "tracking_number": shipment.tracking_number,
    }


def _book_out(session: Session, shipment: Shipment, row: PickLine, lot: StockLot, act: Act) -> None:
    quantity = row.picked_quantity
    if quantity is None:
        return
    allocation = session.scalars(
        select(Allocation)
        .where(Allocation.schedule_line_id == row.schedule_line_id, Allocation.lot_id == row.lot_id)
        .with_for_update(key_share=True)
    ).one()
    reduce(session, allocation, quantity)
    move(session, lot, -quantity, "shipped", act=act, subject="shipment", subject_id=shipment.id)
    line = session.get_one(OrderLine, row.order_line_id)
    line.shipped_quantity += quantity
    session.get_one(ScheduleLine, row.schedule_line_id).shipped_quantity += quantity
    session.flush()
