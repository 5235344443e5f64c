"""Holds: typed blocks beside the order's status, and the one gate that every path asks before it moves goods or money."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.errors import BadInput, Blocked
from core.journal import Event
from core.orders.credit import credit_stops
from core.orders.rows import lock, made_under
from core.orders.tables import Hold, Order

STOPPABLE = ("allocate", "release", "ship", "invoice")
KINDS: dict[str, tuple[str, ...]] = {
    "credit": ("release", "ship"),
    "quality": ("release", "ship"),
    "export": ("release", "ship"),
    "data": ("allocate", "release", "ship"),
    "customer": ("allocate", "release", "ship"),
    "manual": ("release", "ship"),
}


def place(
    session: Session,
    order: Order,
    kind: str,
    reason: str,
    stops: tuple[str, ...] = (),
    *,
    act: Act,
) -> Hold:
    """Puts a hold on an order, whatever its status. stops: verbs of STOPPABLE; none: what the kind usually stops."""
    made = made_under(session, Hold, "place", act)
    if made is not None:
        return made
    if kind not in KINDS:
        raise BadInput(f"A hold is one of {', '.join(KINDS)}.", "kind")
    if not reason.strip():
        raise BadInput("Say why the order is held.", "reason")
    unknown = set(stops) - set(STOPPABLE)
    if unknown:
        raise BadInput(f"A hold cannot stop {', '.join(sorted(unknown))}.", "stops")
    hold = Hold(
        order_id=order.id,
        kind=kind,
        reason=reason.strip(),
        stops=list(stops or KINDS[kind]),
        placed_by=act.actor,
    )
    facts = {"order": order.number, "kind": kind, "reason": hold.reason}
    journal.advance(session, hold, "place", act=act, facts=facts)
    return hold


def release(session: Session, hold: Hold, reason: str, *, act: Act) -> Event:
    """Lifts a hold; the reason is kept."""
    done = journal.done_under(session, hold, "release", act.key)
    if done is not None:
        return done
    lock(session, hold)
    journal.check(hold, "release")
    if not reason.strip():
        raise BadInput("Say why the hold is lifted.", "reason")
    hold.released_by = act.actor
    hold.release_reason = reason.strip()
    facts = {"kind": hold.kind, "reason": hold.release_reason}
    return journal.advance(session, hold, "release", act=act, facts=facts)


def stopped(session: Session, order: Order, verb: str) -> tuple[Hold, ...]:
    """Active holds that stop this verb, oldest first."""
    return _stopped(session, [order], verb)[order.id]


def _stopped(session: Session, orders: Sequence[Order], verb: str) -> dict[int, tuple[Hold, ...]]:
    ids = [order.id for order in orders]
    active = session.scalars(
        select(Hold).where(Hold.order_id.in_(ids), Hold.status == "active").order_by(Hold.id)
    ).all()
    return {
        order_id: tuple(h for h in active if h.order_id == order_id and verb in h.stops)
        for order_id in ids
    }


def reasons(session: Session, order: Order, verb: str) -> tuple[str, ...]:
    """Why this verb is refused now, in sentences; empty when the way is free."""
    return reasons_by_order(session, [order], verb)[order.id]


def reasons_by_order(
    session: Session, orders: Sequence[Order], verb: str
) -> dict[int, tuple[str, ...]]:
    """reasons() of many orders, by order id."""
    held = _stopped(session, orders, verb)
    credit = credit_stops(session, orders) if verb == "release" else {}
    return {
        order_id: (
            *(f"{hold.kind.capitalize()} hold: {hold.reason}" for hold in holds),
            *credit.get(order_id, ()),
        )
        for order_id, holds in held.items()
    }


def require_free(session: Session, order: Order, verb: str) -> None:
    """The gate. Raises Blocked with every reason."""
    found = reasons(session, order, verb)
    if found:
        raise Blocked(
            f"Order {order.number} cannot {verb} now. {' '.join(found)} Nothing was changed.", found
        )
