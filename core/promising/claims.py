"""What a promise by plan takes is written beside its schedule line, so that later promises leave it alone."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from core.promising.ask import Promised, share_of
from core.promising.tables import PromiseClaim


def keep_claims(session: Session, schedule_line_id: int, part: Promised) -> None:
    """Replaces what the schedule line claimed; of a piece of the part, its share counts (see PromiseClaim)."""
    drop_claims(session, schedule_line_id)
    add_claims(session, [(schedule_line_id, part)])


def add_claims(session: Session, kept: Iterable[tuple[int, Promised]]) -> None:
    """What the parts of new schedule lines take, by their ids; one statement for all of them."""
    rows = [
        {
            "schedule_line_id": schedule_line_id,
            "kind": claim.kind,
            "item_id": claim.item_id or None,
            "site_id": (claim.site_id or part.site_id) if claim.item_id else None,
            "for_item_id": claim.for_item_id or None,
            "work_centre_id": claim.centre_id or None,
            "day": claim.day,
            "amount": claim.amount,
            "of_quantity": claim.of_quantity,
        }
        for schedule_line_id, part in kept
        for claim in part.claims
    ]
    if rows:
        session.execute(insert(PromiseClaim), rows)


def lessen_claims(session: Session, schedule_line_id: int, still: Decimal) -> None:
    """Stock was tied to all but `still` units, so only they have to be made; what is let go later is stock again."""
    for row in session.scalars(
        select(PromiseClaim).where(
            PromiseClaim.schedule_line_id == schedule_line_id, PromiseClaim.of_quantity > still
        )
    ).all():
        if still <= 0:
            session.delete(row)
        else:
            row.amount = share_of(row.amount, row.of_quantity, still)
            row.of_quantity = still


def drop_claims(session: Session, schedule_line_id: int) -> None:
    session.execute(delete(PromiseClaim).where(PromiseClaim.schedule_line_id == schedule_line_id))
