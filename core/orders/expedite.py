"""A supplier cannot come sooner after all: the receipt's own day counts again, and promises on it are asked anew."""

from __future__ import annotations

from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.errors import NotFound
from core.journal import Event
from core.orders.tables import Order
from core.promising.tables import Expedite
from core.supply.tables import Receipt


def refuse_expedite(
    session: Session, order: Order, expedite_id: int, reason: str, *, act: Act
) -> Event:
    """Notes who said so. The promise itself stays until it is asked again (core.orders.repromise, promise watch)."""
    taken = journal.done_under(session, order, "order.expedite_refused", act.key)
    if taken is not None:
        return taken
    row = session.get(Expedite, expedite_id)
    if row is None or row.order_id != order.id:
        raise NotFound("This order asked for no such supply.")
    row.refused = True
    receipt = session.get_one(Receipt, row.receipt_id)
    facts = {
        "receipt": receipt.number,
        "due": receipt.expected_date.isoformat(),
        "reason": reason.strip(),
    }
    return journal.note(session, order, "order.expedite_refused", act=act, facts=facts)
