"""Supply that was asked for sooner counts on the day it was asked for, until the supplier refuses."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.promising.tables import Expedite


def expedited(
    session: Session, receipt_ids: Iterable[int], *, draft_id: int | None
) -> dict[int, date]:
    """By receipt id the day it counts on: for everybody once an order was booked on it, before that for its draft."""
    rows = session.execute(
        select(Expedite.receipt_id, Expedite.due_date).where(
            Expedite.receipt_id.in_(sorted(receipt_ids)),
            Expedite.refused.is_(False),
            or_(Expedite.order_id.is_not(None), Expedite.draft_id == draft_id),
        )
    )
    found: dict[int, date] = {}
    for receipt_id, due in rows:
        found[receipt_id] = min(due, found.get(receipt_id, due))
    return found


def book_expedites(
    session: Session, draft_id: int, receipt_ids: Collection[int], order_id: int
) -> None:
    """The draft became an order: the receipts that it had brought forward count so for everybody now."""
    for row in session.scalars(select(Expedite).where(Expedite.draft_id == draft_id)):
        if row.receipt_id in receipt_ids:
            row.order_id = order_id
    session.flush()
