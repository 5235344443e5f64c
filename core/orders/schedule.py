"""A line's schedule: what was promised when. Their quantities always add up to what is still wanted of the line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.errors import IllegalStep
from core.orders.progress import ZERO
from core.orders.rank import rank_of
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.promising.ask import GOODS, Promised
from core.promising.claims import add_claims
from core.promising.promise import peg_as_json
from core.values import Parameters

Parts = tuple[Promised, ...]


def plan_line(
    session: Session,
    line: OrderLine,
    parts: Parts,
    rest: Decimal | None = None,
    missed: Parts = (),
) -> list[ScheduleLine]:
    """Adds schedule lines for the promised parts of `rest` (default: all that the line wants).

    Parts that promise less leave a schedule line without a date: still wanted, not promised. missed: why.
    """
    rest = line.stock_quantity - line.cancelled_quantity if rest is None else rest
    last = session.scalar(
        select(func.max(ScheduleLine.position)).where(ScheduleLine.line_id == line.id)
    )
    rank = rank_of(session, session.get_one(Order, line.order_id))
    return _keep(session, list(_pieces(line, parts, rest, missed, last or 0, rank)))


def plan_new_lines(
    session: Session, order: Order, lines: Sequence[tuple[OrderLine, Parts, Parts]]
) -> list[ScheduleLine]:
    """As plan_line, of (line, parts, missed) that have no schedule yet; asks no more of many than of one."""
    rank = rank_of(session, order)
    planned = [
        piece
        for line, parts, missed in lines
        for piece in _pieces(
            line, parts, line.stock_quantity - line.cancelled_quantity, missed, 0, rank
        )
    ]
    return _keep(session, planned)


Piece = tuple[ScheduleLine, Promised | None]


def _keep(session: Session, planned: list[Piece]) -> list[ScheduleLine]:
    session.add_all(row for row, _ in planned)
    session.flush()
    add_claims(session, ((row.id, part) for row, part in planned if part))
    return [row for row, _ in planned]


def _pieces(
    line: OrderLine, parts: Parts, rest: Decimal, missed: Parts, last: int, rank: int | None
) -> Iterator[Piece]:
    """last: the position after which they come; rank: of core.orders.rank."""
    without = missed[-1].reason if missed else Parameters("not-promised")
    for part in (*parts, None):
        quantity = min(part.quantity, rest) if part else rest
        if quantity <= 0:
            continue
        last += 1
        rest -= quantity
        row = ScheduleLine(
            line_id=line.id,
            position=last,
            quantity=quantity,
            requested_date=line.requested_date,
            ranked_as=rank if part and _is_from_supply(part) else None,
            **(
                _promise(part)
                if part
                else {"reason": {"code": without.code, "facts": without.facts}}
            ),
        )
        yield row, part


def _is_from_supply(part: Promised) -> bool:
    """What is made or bought anew takes nobody's turn."""
    return all(peg.kind in GOODS and not peg.level for peg in part.pegging)


def _promise(part: Promised) -> dict[str, Any]:
    return {
        "site_id": part.site_id,
        "first_promised_date": part.promised_date,
        "promised_date": part.promised_date,
        "ship_date": part.ship_date,
        "reason": {"code": part.reason.code, "facts": part.reason.facts},
        "pegging": [peg_as_json(peg) for peg in part.pegging],
    }


def shrink(schedule: list[ScheduleLine], quantity: Decimal, fixed: Mapping[int, Decimal]) -> None:
    """Takes `quantity` off what is not fixed (by schedule line id), the latest promise first.

    The rows stay, also empty ones: a first promise is kept.
    """
    for row in sorted(schedule, key=lambda s: (s.promised_date or date.max, s.id), reverse=True):
        taken = min(quantity, row.quantity - fixed.get(row.id, row.shipped_quantity))
        if taken > ZERO:
            row.quantity -= taken
            quantity -= taken
    if quantity > ZERO:
        raise IllegalStep("Goods that have left or are on a shipment cannot be taken off an order.")
