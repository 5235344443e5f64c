"""What a promise by plan takes is written beside its schedule line, so that later promises leave it alone."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from core.promising.ask import Promised
from core.promising.tables import PromiseClaim


def keep_claims(session: Session, schedule_line_id: int, part: Promised) -> None:
    """Replaces what the schedule line claimed; of a piece of the part, its share counts (see PromiseClaim)."""
    drop_claims(session, schedule_line_id)
    session.add_all(
        PromiseClaim(
            schedule_line_id=schedule_line_id,
            kind=claim.kind,
            item_id=claim.item_id or None,
            site_id=part.site_id if claim.item_id else None,
            work_centre_id=claim.centre_id or None,
            day=claim.day,
            amount=claim.amount,
            of_quantity=claim.of_quantity,
        )
        for claim in part.claims
    )


def drop_claims(session: Session, schedule_line_id: int) -> None:
    session.execute(delete(PromiseClaim).where(PromiseClaim.schedule_line_id == schedule_line_id))
