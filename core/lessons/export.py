"""Every confirmed document with its orders, for training: what the model read right counts like what was corrected."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.drafts.tables import Draft
from core.lessons.gather import Confirmed, gather


def confirmed_drafts(session: Session, *, corrected_only: bool = False) -> Iterator[int]:
    """The first confirmed draft of every document that has one, oldest first."""
    seen: set[int | None] = set()
    rows = session.execute(
        select(Draft.id, Draft.document_id)
        .where(Draft.order_id.is_not(None), Draft.document_id.is_not(None), Draft.kind == "order")
        .order_by(Draft.id)
    ).all()
    for draft_id, document_id in rows:
        if document_id in seen:
            continue
        seen.add(document_id)
        found = gather(session, session.get_one(Draft, draft_id))
        if found is not None and (found.worth_it or not corrected_only):
            yield draft_id


def confirmed(session: Session, draft_id: int) -> Confirmed | None:
    """The document of a draft with everything that was confirmed of it."""
    return gather(session, session.get_one(Draft, draft_id))
