"""Nothing to do with this draft after all (a duplicate, a test, a mistake): no mail goes out, and it can come back."""

from __future__ import annotations

from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.drafts.assess import assess
from core.drafts.tables import Draft
from core.journal import Event
from core.promising.offers import give_back


def withdraw(session: Session, draft: Draft, reason: str, *, act: Act) -> Event:
    taken = journal.done_under(session, draft, "withdraw", act.key)
    if taken is not None:
        return taken
    journal.check(draft, "withdraw")
    give_back(session, draft.id)
    draft.claimed_by_id = draft.claimed_until = draft.parked_until = None
    return journal.advance(session, draft, "withdraw", act=act, facts={"reason": reason.strip()})


def restore(session: Session, draft: Draft, *, act: Act) -> Event:
    """A rejected or withdrawn draft comes back to the desk, checked afresh."""
    taken = journal.done_under(session, draft, "restore", act.key)
    if taken is not None:
        return taken
    event = journal.advance(session, draft, "restore", act=act)
    assess(session, draft, act=act)
    return event
