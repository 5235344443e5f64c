"""Booked orders are looked up again when the restricted-party lists changed, and before goods are released."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.act import Act
from core.agreements.strictness import rules_for
from core.orders.hold import place
from core.orders.let_pass import let_pass
from core.orders.tables import Hold, Order
from core.parties.tables import Customer
from core.screening.look import hits_of, look_up
from core.screening.tables import PartyList, ScreeningRun
from core.screening.values import Asked

CODE = "restricted-party"


def screen_order(session: Session, order: Order, *, act: Act) -> Hold | None:
    """Looks the order's parties up; a new hit is a typed hold, which only a person with the duty lifts."""
    rule = rules_for(session, order.customer_id).of(CODE)
    if rule.severity == "off":
        return None
    runs = look_up(session, Order.SUBJECT, order.id, _parties(session, order), act=act)
    hits = hits_of(runs, rule.limits["score"])
    decided = _decided(session, order, act)
    new = [hit for hit in hits if _name(hit) not in decided]
    if not new:
        return None
    best = new[0]
    percent = int(float(str(best["score"])) * 100)
    reason = (
        f"“{best['name']}” is {percent} % like “{best['listed']}” on the list “{best['list']}”."
    )
    facts = {"listed": [_name(hit) for hit in hits]}
    return place(
        session,
        order,
        "export",
        reason,
        code=CODE,
        facts=facts,
        act=act.under(f"screen-{order.id}"),
    )


def screen_orders(session: Session, *, act: Act, most: int = 200) -> int:
    """Booked orders that nobody looked up since a list was loaded; says how many were looked up."""
    newest = session.scalar(select(func.max(PartyList.loaded_at)).where(PartyList.active))
    if newest is None:
        return 0
    looked = select(ScreeningRun.subject_id).where(
        ScreeningRun.subject == Order.SUBJECT, ScreeningRun.at >= newest
    )
    orders = session.scalars(
        select(Order)
        .where(Order.status == "booked", Order.id.not_in(looked))
        .order_by(Order.id)
        .limit(most)
    ).all()
    for order in orders:
        screen_order(session, order, act=act)
    return len(orders)


def _parties(session: Session, order: Order) -> tuple[Asked, ...]:
    name = session.get_one(Customer, order.customer_id).name
    country = str(order.ship_to.get("country", ""))
    found = (
        Asked("customer", name, country),
        Asked("delivery place", str(order.ship_to.get("name", "")), country),
        Asked("contact", order.contact_name, ""),
    )
    return tuple({a.name.casefold(): a for a in reversed(found) if a.name.strip()}.values())


def _decided(session: Session, order: Order, act: Act) -> set[str]:
    """Listed names that a person has decided about or that are held already: of this order's holds and its draft."""
    names: set[str] = set()
    for hold in session.scalars(select(Hold).where(Hold.order_id == order.id, Hold.code == CODE)):
        ended = hold.released_until is not None and hold.released_until <= act.at
        if hold.status == "active" or not ended:
            names |= set(map(str, hold.facts.get("listed", ())))
    words = let_pass(session, [order], CODE, act.at)
    return names | {_name(problem.accepted_facts) for _, problem in words}


def _name(hit: dict[str, Any]) -> str:
    return f"{hit.get('list', '')}: {hit.get('listed', '')}"
