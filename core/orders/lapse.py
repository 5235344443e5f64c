"""A hold that was lifted for a time stands again when that time is over; who wants it lifted longer lifts it anew."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.journal import Event
from core.orders.tables import Hold, Order

MOST = 200


def holds_now(now: datetime) -> ColumnElement[bool]:
    """Active, or lifted for a time that is over: that counts at once, whether anything has noted it yet or not."""
    return or_(Hold.status == "active", (Hold.status == "released") & (Hold.released_until <= now))


def has_lapsed(hold: Hold, now: datetime) -> bool:
    until = hold.released_until
    return hold.status == "released" and until is not None and until <= now


def lapse(session: Session, hold: Hold, *, act: Act) -> Event:
    """The lifted hold stands again. Who had lifted it, why and until when stays in the journal."""
    facts = {"kind": hold.kind, "released_by": hold.released_by}
    hold.released_by = hold.release_reason = ""
    hold.released_until = None
    return journal.advance(session, hold, "lapse", act=act, facts=facts)


def lapse_due(session: Session, *, act: Act) -> int:
    """Holds of open orders whose time is over; says how many stand again."""
    due = session.scalars(
        select(Hold)
        .join(Order, Order.id == Hold.order_id)
        .where(Hold.status == "released", Hold.released_until <= act.at, Order.status == "booked")
        .order_by(Hold.id)
        .limit(MOST)
    ).all()
    for hold in due:
        lapse(session, hold, act=act.under(f"lapse-{hold.id}"))
    return len(due)
