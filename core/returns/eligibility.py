"""May these goods come back? An ordered list of small checks; each answers with a sentence or lets pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.orders.quantities import quantities
from core.orders.rows import lines_of
from core.orders.tables import Order, OrderLine
from core.returns.tables import Disposition, ReturnAuthorization, ReturnLine
from core.values import plain

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Case:
    """One asked quantity (stock units) with what is known; returning: already back or on its way."""

    position: int
    asked: Decimal
    shipped: Decimal
    delivered: Decimal
    returning: Decimal
    unit: str

    @property
    def returnable(self) -> Decimal:
        return max(self.delivered - self.returning, ZERO)


Check = Callable[[Case], str]


def asks_for_something(case: Case) -> str:
    return "" if case.asked > 0 else f"Line {case.position}: say how much comes back."


def was_shipped(case: Case) -> str:
    return "" if case.shipped > 0 else f"Line {case.position} was never shipped."


def was_delivered(case: Case) -> str:
    if case.delivered > 0:
        return ""
    return f"Line {case.position} is on its way; record its delivery first."


def is_not_back_already(case: Case) -> str:
    if case.asked <= case.returnable:
        return ""
    return (
        f"Line {case.position}: {plain(case.returnable)} {case.unit} can come back "
        f"({plain(case.delivered)} delivered, {plain(case.returning)} already returned or announced), "
        f"not {plain(case.asked)}."
    )


CHECKS: tuple[Check, ...] = (
    asks_for_something,
    was_shipped,
    was_delivered,
    is_not_back_already,
)


def refusal(case: Case) -> str:
    """The first check's objection, "" when the goods may come back."""
    return next((found for check in CHECKS if (found := check(case))), "")


def cases(
    session: Session,
    order: Order,
    asked: dict[int, Decimal],
    leave_out_return_id: int | None = None,
) -> dict[int, Case]:
    """A Case by order line id, for all lines of the order; asked: stock quantity by order line id."""
    found = quantities(session, [order.id])
    returning = _returning(session, order, leave_out_return_id)
    return {
        line.id: Case(
            line.position,
            asked.get(line.id, ZERO),
            found[line.id].shipped,
            found[line.id].delivered,
            returning.get(line.id, ZERO),
            _unit(line),
        )
        for line in lines_of(session, order)
    }


def _unit(line: OrderLine) -> str:
    return line.unit if line.factor_numerator == line.factor_denominator else "stock units"


def _returning(
    session: Session, order: Order, leave_out_return_id: int | None
) -> dict[int, Decimal]:
    """Per order line: announced and not refused, or received; what was sent back to the customer may come again."""
    rows = session.execute(
        select(ReturnLine, ReturnAuthorization.status)
        .join(ReturnAuthorization, ReturnAuthorization.id == ReturnLine.return_id)
        .where(
            ReturnAuthorization.order_id == order.id,
            ReturnAuthorization.id != (leave_out_return_id or 0),
            ReturnAuthorization.status.not_in(("refused", "cancelled", "new")),
        )
    ).all()
    sent_back = _sent_back(session, [line.id for line, _ in rows])
    found: dict[int, Decimal] = defaultdict(Decimal)
    for line, status in rows:
        still = line.received_quantity if status == "closed" else line.quantity
        found[line.order_line_id] += still - sent_back.get(line.id, ZERO)
    return found


def _sent_back(session: Session, return_line_ids: list[int]) -> dict[int, Decimal]:
    found: dict[int, Decimal] = defaultdict(Decimal)
    for row in session.scalars(
        select(Disposition).where(
            Disposition.return_line_id.in_(return_line_ids), Disposition.kind == "send_back"
        )
    ):
        found[row.return_line_id] += row.quantity
    return found
