"""What stops an order without anybody having placed a hold: asked anew each time, so that no step that came before,
closing and reopening included, goes round it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.orders.credit import credit_stops
from core.orders.let_pass import let_pass, lifted_by_people
from core.orders.tables import Hold, Order
from core.parties.tables import Customer
from core.values import utc_now

Stops = dict[int, tuple[str, ...]]
Standing = Callable[[Session, Sequence[Order], datetime], Stops]


def blocked_stops(session: Session, orders: Sequence[Order], now: datetime) -> Stops:
    """A customer who was blocked after the order was booked; what has left stays billable (lesson 20)."""
    rows = session.execute(
        select(Customer.id, Customer.name, Customer.blocked_reason).where(
            Customer.id.in_({order.customer_id for order in orders}), Customer.blocked
        )
    )
    blocked = {row.id: (f"{row.name} is blocked: {row.blocked_reason}",) for row in rows}
    if not blocked:
        return {}
    passed = _let_pass(session, orders, now)
    return {
        order.id: blocked.get(order.customer_id, ()) for order in orders if order.id not in passed
    }


def _let_pass(session: Session, orders: Sequence[Order], now: datetime) -> set[int]:
    """Orders of blocked customers that a person let pass, on the draft or by lifting a customer hold of it."""
    passed = {order_id for order_id, _ in let_pass(session, orders, "customer-blocked", now)}
    return passed | lifted(session, orders, "customer", now)


def lifted(session: Session, orders: Sequence[Order], kind: str, now: datetime) -> set[int]:
    """Ids of orders of which a hold of this kind was lifted, as long as that counts."""
    return set(
        session.scalars(
            select(Hold.order_id).where(
                Hold.order_id.in_([order.id for order in orders]),
                Hold.kind == kind,
                lifted_by_people(now),
            )
        )
    )


STANDING: dict[str, tuple[Standing, ...]] = {"release": (blocked_stops, credit_stops)}
"""By verb; a new standing check is a new function and one more name."""


def standing_stops(
    session: Session, orders: Sequence[Order], verb: str, now: datetime | None = None
) -> Stops:
    """By order id, in sentences, why this verb is stopped now."""
    at = now or utc_now()
    found: Stops = {order.id: () for order in orders}
    for standing in STANDING.get(verb, ()):
        stops = standing(session, orders, at)
        found = {order_id: (*why, *stops.get(order_id, ())) for order_id, why in found.items()}
    return found
