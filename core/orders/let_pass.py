"""What people let pass on the drafts of an order: the one it was booked from and those that changed it, while it counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from core.drafts.tables import Draft, Problem
from core.orders.tables import Hold, Order

SETTLER = "policy:look-again"
"""Lifts holds whose cause is gone; that is no word of a person, and lets nothing pass later."""


def let_pass(
    session: Session, orders: Sequence[Order], code: str, now: datetime
) -> list[tuple[int, Problem]]:
    """(order id, problem) of every word of this code that has not run out; "": of any code."""
    booked = {order.draft_id: order.id for order in orders if order.draft_id}
    rows = session.execute(
        select(Draft.id, Draft.order_id).where(Draft.order_id.in_([order.id for order in orders]))
    )
    order_of = {**{row.id: row.order_id for row in rows}, **booked}
    found = session.scalars(
        select(Problem)
        .where(
            Problem.draft_id.in_(order_of),
            *((Problem.code == code,) if code else ()),
            Problem.accepted_by != "",
            Problem.accepted_until.is_(None) | (Problem.accepted_until > now),
        )
        .order_by(Problem.id)
    )
    return [(order_of[problem.draft_id], problem) for problem in found]


def lifted_by_people(now: datetime) -> ColumnElement[bool]:
    """Holds that a person lifted, while that counts."""
    return (
        (Hold.status == "released")
        & (Hold.released_by != SETTLER)
        & (Hold.released_until.is_(None) | (Hold.released_until > now))
    )
