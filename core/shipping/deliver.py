"""The goods arrived. The world says so more than once: the first time counts, the others are facts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.company.policy import company_zone
from core.company.tables import Company
from core.journal import Event
from core.orders.tables import ScheduleLine
from core.shipping.rows import lock_with_order
from core.shipping.tables import PickLine, Shipment


def deliver(
    session: Session,
    shipment: Shipment,
    received_by: str = "",
    at: datetime | None = None,
    *,
    act: Act,
) -> Event:
    """Records the proof of delivery. at: when it arrived (aware), default now. A second report changes nothing."""
    done = journal.done_under(session, shipment, "deliver", act.key)
    if done is not None:
        return done
    lock_with_order(session, shipment)
    journal.check(shipment, "deliver")
    first = shipment.status == "shipped"
    if first:
        shipment.delivered_at = at or act.at
        shipment.received_by = received_by.strip()
    facts = {"number": shipment.number, "received_by": received_by.strip()}
    event = journal.advance(session, shipment, "deliver", act=act, facts=facts)
    if first:
        _mark_arrived(session, shipment)
    return event


def _mark_arrived(session: Session, shipment: Shipment) -> None:
    """A schedule line has its actual date on the day its last piece arrived."""
    rows = session.scalars(
        select(ScheduleLine).where(
            ScheduleLine.id.in_(
                select(PickLine.schedule_line_id).where(PickLine.shipment_id == shipment.id)
            )
        )
    )
    zone = company_zone(session.scalar(select(Company).order_by(Company.id)))
    for row in rows:
        arrived = session.scalar(
            select(func.sum(PickLine.picked_quantity))
            .join(Shipment, Shipment.id == PickLine.shipment_id)
            .where(PickLine.schedule_line_id == row.id, Shipment.status == "delivered")
        )
        if shipment.delivered_at and arrived is not None and arrived >= row.quantity:
            row.actual_date = shipment.delivered_at.astimezone(zone).date()
    session.flush()
