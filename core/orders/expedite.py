"""What was asked for sooner is not to be had after all: what was usual counts again, and promises on it are asked anew."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.catalogue.tables import Item
from core.errors import NotFound
from core.journal import Event
from core.orders.tables import Order
from core.promising.sentences import day_text
from core.promising.tables import Expedite
from core.supply.tables import Receipt, Supplier, WorkCentre
from core.values import plain


def expedite_words(session: Session, row: Expedite) -> str:
    """ "PO-77, due Mon 9 Mar 2026, on Wed 4 Mar 2026" """
    day = day_text(row.due_date)
    if row.receipt_id is not None:
        receipt = session.get_one(Receipt, row.receipt_id)
        return f"{receipt.number}, due {day_text(receipt.expected_date)}, on {day}"
    if row.item_id is not None and row.supplier_id is not None:
        number = session.get_one(Item, row.item_id).number
        return f"{number} from {session.get_one(Supplier, row.supplier_id).name}, on {day}"
    if row.item_id is not None:
        return f"{session.get_one(Item, row.item_id).number} by express, on {day}"
    centre = session.get_one(WorkCentre, row.work_centre_id or 0)
    return f"{plain(row.minutes or Decimal(0))} min of overtime at {centre.code} on {day}"


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
    facts = {"asked": expedite_words(session, row), "reason": reason.strip()}
    return journal.note(session, order, "order.expedite_refused", act=act, facts=facts)
