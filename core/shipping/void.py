"""A shipment that has not left is given up; its goods stay allocated to the order and can be released again."""

from __future__ import annotations

from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.errors import BadInput
from core.journal import Event
from core.orders.close import close_when_done
from core.shipping.rows import lock_with_order
from core.shipping.tables import Shipment


def void(session: Session, shipment: Shipment, reason: str, *, act: Act) -> Event:
    """Ends a shipment before it leaves. On-hand never moved, so the order's allocation is whole again."""
    done = journal.done_under(session, shipment, "void", act.key)
    if done is not None:
        return done
    order = lock_with_order(session, shipment)
    journal.check(shipment, "void")
    if not reason.strip():
        raise BadInput("Say why the shipment is given up.", "reason")
    facts = {"number": shipment.number, "order": order.number, "reason": reason.strip()}
    event = journal.advance(session, shipment, "void", act=act, facts=facts)
    close_when_done(session, order, act=act)
    return event
