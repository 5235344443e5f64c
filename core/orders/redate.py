"""An open promise gets another day; the first promise is kept for ever (lesson 9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.execution.tables import Allocation
from core.orders.history import hand_down_versions
from core.orders.progress import ZERO
from core.orders.tables import ScheduleLine
from core.promising.ask import Promised
from core.promising.claims import keep_claims, lessen_claims
from core.promising.divide import divided
from core.promising.promise import peg_as_json
from core.supply.allocations import free_allocations, on_shipments

Pieces = list[tuple[Decimal, Promised]]


def pieces_of(parts: Sequence[Promised]) -> Pieces:
    return [(part.quantity, part) for part in parts]


def parts_of(pieces: Pieces) -> tuple[Promised, ...]:
    return tuple(replace(part, quantity=quantity) for quantity, part in pieces)


def take(pieces: Pieces, quantity: Decimal) -> tuple[Pieces, Pieces]:
    """(the pieces that make up `quantity`, what is left after them)."""
    taken, left = [], []
    for available, part in pieces:
        used = min(available, max(quantity, ZERO))
        quantity -= used
        if 0 < used < available:
            own, part = divided(part, used)
            taken.append((used, own))
        elif used > 0:
            taken.append((used, part))
        if available > used:
            left.append((available - used, part))
    return taken, left


def pinned(session: Session, schedule: Sequence[ScheduleLine]) -> dict[int, Decimal]:
    """By schedule line id: what has left, and what a shipment in the warehouse takes; nobody can move that."""
    found = {row.id: row.shipped_quantity for row in schedule}
    for (schedule_id, _), quantity in on_shipments(session, list(found)).items():
        found[schedule_id] += quantity
    return found


def redate(session: Session, schedule: Sequence[ScheduleLine], pieces: Pieces) -> None:
    """Gives all that is not pinned the days of `pieces`, in order: first to rows that hold stock, which comes soonest.

    A row whose open quantity comes in several pieces, or that is pinned in part, is divided; each new row keeps the
    first promise of the one that it comes from.
    """
    fixed, holders = pinned(session, schedule), _holders(session, schedule)
    for row in sorted(schedule, key=lambda row: row.id not in holders):
        own, pieces = take(pieces, row.quantity - fixed[row.id])
        if not own:
            continue
        others = own if fixed[row.id] else own[1:]
        for quantity, part in others:
            _divide(session, row, quantity, part)
        row.quantity -= sum((quantity for quantity, _ in others), ZERO)
        if not fixed[row.id]:
            _promise(session, row, own[0][1])
        free_allocations(session, row.id, keep=row.quantity - row.shipped_quantity)
        lessen_claims(session, row)
    session.flush()


def _holders(session: Session, schedule: Sequence[ScheduleLine]) -> set[int]:
    ids = [row.id for row in schedule]
    query = select(Allocation.schedule_line_id).where(Allocation.schedule_line_id.in_(ids))
    return set(session.scalars(query))


def _promise(session: Session, row: ScheduleLine, part: Promised) -> None:
    if (row.promised_date, row.site_id) != (part.promised_date, part.site_id):
        row.promise_version += 1
    if row.first_promised_date is None:
        row.first_promised_date = part.promised_date
    row.promised_date = part.promised_date
    live_from(session, row, part)


def live_from(session: Session, row: ScheduleLine, part: Promised) -> None:
    """The row's goods come from elsewhere; its day and its version stay."""
    if row.site_id != part.site_id:
        free_allocations(session, row.id)
    row.ship_date, row.site_id = part.ship_date, part.site_id
    row.reason = {"code": part.reason.code, "facts": part.reason.facts}
    row.pegging = [peg_as_json(peg) for peg in part.pegging]
    keep_claims(session, row.id, part)


def _divide(session: Session, row: ScheduleLine, quantity: Decimal, part: Promised) -> None:
    piece = piece_of(session, row, quantity)
    piece.site_id = part.site_id
    _promise(session, piece, part)


def piece_of(session: Session, row: ScheduleLine, quantity: Decimal) -> ScheduleLine:
    """A new row for `quantity`, with the promise and the first promise of `row`, whose own quantity stays."""
    last = session.scalar(
        select(func.max(ScheduleLine.position)).where(ScheduleLine.line_id == row.line_id)
    )
    piece = ScheduleLine(
        line_id=row.line_id,
        position=(last or 0) + 1,
        quantity=quantity,
        site_id=row.site_id,
        requested_date=row.requested_date,
        first_promised_date=row.first_promised_date,
        promised_date=row.promised_date,
        ship_date=row.ship_date,
        promise_version=row.promise_version,
        reason=dict(row.reason),
        pegging=list(row.pegging),
        ranked_as=row.id if row.ranked_as is None else row.ranked_as,
    )
    session.add(piece)
    session.flush()
    hand_down_versions(session, row, piece)
    return piece
