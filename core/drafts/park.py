"""Not now: the draft leaves the queue until a day or until somebody takes it up again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.drafts.assess import assess
from core.drafts.tables import Draft
from core.errors import BadInput
from core.journal import Event
from core.promising.offers import give_back


def park(session: Session, draft: Draft, until: datetime | None, reason: str, *, act: Act) -> Event:
    """until None: for as long as nobody resumes it."""
    taken = journal.done_under(session, draft, "park", act.key)
    if taken is not None:
        return taken
    journal.check(draft, "park")
    if until is not None and until <= act.at:
        raise BadInput("Park until a time that is still to come.", "until")
    draft.parked_until = until
    give_back(session, draft.id)
    draft.claimed_by_id = draft.claimed_until = None
    facts = {"reason": reason, "until": until.isoformat() if until else ""}
    return journal.advance(session, draft, "park", act=act, facts=facts)


def resume(session: Session, draft: Draft, *, act: Act) -> Event:
    """Back on the desk, looked at afresh."""
    taken = journal.done_under(session, draft, "resume", act.key)
    if taken is not None:
        return taken
    event = journal.advance(session, draft, "resume", act=act)
    draft.parked_until = None
    assess(session, draft, act=act)
    return event


def due_to_resume(session: Session, now: datetime) -> Sequence[Draft]:
    """Parked drafts whose time has come."""
    return session.scalars(
        select(Draft)
        .where(Draft.status == "parked", Draft.parked_until.is_not(None), Draft.parked_until <= now)
        .order_by(Draft.parked_until)
    ).all()
