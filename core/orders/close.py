"""An order ends when nothing more is to ship; closing can be undone."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.errors import IllegalStep
from core.journal import Event
from core.lifecycle import IN_WAREHOUSE
from core.orders.rows import lines_of, lock
from core.orders.tables import Order
from core.shipping.tables import Shipment

CLOSER = "policy:close-order"


def close(session: Session, order: Order, *, act: Act) -> Event:
    """Closes an order whose every line is shipped or cancelled. Raises IllegalStep when something is still open."""
    done = journal.done_under(session, order, "close", act.key)
    if done is not None:
        return done
    lock(session, order)
    journal.check(order, "close")
    if not _is_done(session, order):
        raise IllegalStep(
            f"Order {order.number} has lines that are not shipped; cancel what is left first. Nothing was changed."
        )
    return journal.advance(session, order, "close", act=act, facts={"number": order.number})


def close_when_done(session: Session, order: Order, *, act: Act) -> Event | None:
    """The house rule after each shipment and cancellation: close as soon as nothing is open.

    An order of which nothing was ever shipped is cancelled rather than closed.
    """
    if order.status != "booked" or not _is_done(session, order):
        return None
    by_rule = Act(CLOSER, act.at, act.under("close").key)
    facts = {"number": order.number}
    if not any(line.shipped_quantity for line in lines_of(session, order)):
        return journal.advance(
            session, order, "cancel", act=by_rule, facts=facts, without=("order-acknowledgement",)
        )
    return journal.advance(session, order, "close", act=by_rule, facts=facts)


def reopen(session: Session, order: Order, *, act: Act) -> Event:
    """Takes up a closed order again, so that it can be changed; every check is made anew at its next step."""
    done = journal.done_under(session, order, "reopen", act.key)
    if done is not None:
        return done
    lock(session, order)
    journal.check(order, "reopen")
    return journal.advance(session, order, "reopen", act=act, facts={"number": order.number})


def _is_done(session: Session, order: Order) -> bool:
    lines = lines_of(session, order)
    if any(q.stock_quantity - q.cancelled_quantity - q.shipped_quantity for q in lines):
        return False
    in_warehouse = session.scalar(
        select(func.count())
        .select_from(Shipment)
        .where(Shipment.order_id == order.id, Shipment.status.in_(IN_WAREHOUSE))
    )
    return not in_warehouse
