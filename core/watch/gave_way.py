"""Customers whose promises gave way to another order are told with all other new dates: in the mail that is drafted."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.orders.give_way import Moved
from core.orders.tables import Order
from core.watch.cause_words import sentence
from core.watch.notice import tell
from core.watch.tables import PromiseSlip

CODE = "gave-way"


def tell_who_gave_way(session: Session, moved: Iterable[Moved], to: Order, *, act: Act) -> None:
    """Each as a slip that a person decided already: who served the other order first."""
    for one in moved:
        order = session.get_one(Order, one.line.order_id)
        facts = {"order": to.number}
        slip = PromiseSlip(
            kind="slip",
            order_id=order.id,
            line_id=one.line.id,
            schedule_line_id=one.row.id,
            item_id=one.line.item_id,
            quantity=one.row.quantity - one.row.shipped_quantity,
            promised_date=one.old,
            new_date=one.new,
            cause=f"{CODE}:{to.id}",
            cause_code=CODE,
            cause_facts=facts,
            reason=dict(one.row.reason),
            decided_by=act.actor,
        )
        session.add(slip)
        session.flush()
        step = act.under(f"gave-way-{one.row.id}")
        told = {
            "promised": one.old.isoformat(),
            "new": one.new.isoformat(),
            "cause": sentence(CODE, facts),
        }
        journal.advance(session, slip, "find", act=step, facts=told)
        tell(session, slip, order, act=step)
        journal.advance(session, slip, "accept", act=step, facts={"new": one.new.isoformat()})
