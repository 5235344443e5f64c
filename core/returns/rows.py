"""The rows of one return, locked for a verb."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.orders.rows import lock, locked_order
from core.orders.tables import Order
from core.returns.tables import ReturnAuthorization, ReturnLine


def lock_with_order(session: Session, rma: ReturnAuthorization) -> Order:
    order = locked_order(session, rma.order_id)
    lock(session, rma)
    return order


def return_lines(session: Session, rma: ReturnAuthorization) -> list[ReturnLine]:
    return list(
        session.scalars(
            select(ReturnLine).where(ReturnLine.return_id == rma.id).order_by(ReturnLine.id)
        )
    )


def return_line(session: Session, rma: ReturnAuthorization, line_id: int) -> ReturnLine:
    line = session.get(ReturnLine, line_id)
    if line is None or line.return_id != rma.id:
        raise NotFound(f"Return {rma.number} has no such line.")
    return line
