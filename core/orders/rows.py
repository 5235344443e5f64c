"""The rows of one order, locked for a verb."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.act import Act
from core.database import ROW, Subject
from core.errors import NotFound
from core.journal import Event
from core.orders.tables import Order, OrderLine, ScheduleLine

S = TypeVar("S", bound=Subject)


def lock(session: Session, subject: Subject) -> None:
    """Takes the subject's row until the transaction ends and reads it anew, so that guards see what is true now."""
    session.refresh(subject, with_for_update=ROW)


def locked_order(session: Session, order_id: int) -> Order:
    order = session.get(Order, order_id, with_for_update=ROW, populate_existing=True)
    if order is None:
        raise NotFound()
    return order


def lines_of(session: Session, order: Order) -> list[OrderLine]:
    return list(
        session.scalars(
            select(OrderLine).where(OrderLine.order_id == order.id).order_by(OrderLine.position)
        )
    )


def line_of(session: Session, order: Order, line_id: int) -> OrderLine:
    line = session.get(OrderLine, line_id)
    if line is None or line.order_id != order.id:
        raise NotFound(f"Order {order.number} has no such line.")
    return line


def schedule_of(session: Session, line_ids: list[int]) -> list[ScheduleLine]:
    """Schedule lines, first promised first."""
    return list(
        session.scalars(
            select(ScheduleLine)
            .where(ScheduleLine.line_id.in_(line_ids))
            .order_by(ScheduleLine.id)
            # They have no version: what was read before the order was locked must not come back from memory.
            .execution_options(populate_existing=True)
        )
    )


def is_open(line: OrderLine) -> bool:
    """Whether something of it is still to leave."""
    return line.stock_quantity > line.cancelled_quantity + line.shipped_quantity


def made_under(session: Session, kind: type[S], verb: str, act: Act) -> S | None:
    """The subject that this act already made, for verbs whose subject did not exist before."""
    made = session.scalar(
        select(Event.subject_id).where(
            Event.subject == kind.SUBJECT, Event.verb == verb, Event.key == act.key
        )
    )
    return session.get(kind, made) if made is not None else None
