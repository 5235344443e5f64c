"""A clerk sends the order acknowledgement again, as the order stands now."""

from __future__ import annotations

from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.journal import Event
from core.orders.tables import Order


def acknowledge(session: Session, order: Order, *, act: Act) -> Event:
    """Owes the customer an acknowledgement of the order's present version."""
    facts = {"number": order.number, "revision": order.revision}
    return journal.advance(session, order, "acknowledge", act=act, facts=facts)
