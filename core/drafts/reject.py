"""We do not take this order, and the customer is told why."""

from __future__ import annotations

from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.drafts.tables import Draft
from core.errors import BadInput
from core.journal import Event
from core.promising.offers import give_back


def reject(
    session: Session, draft: Draft, reason: str, *, act: Act, tell_customer: bool = True
) -> Event:
    """The reason goes into the mail as it is written here."""
    taken = journal.done_under(session, draft, "reject", act.key)
    if taken is not None:
        return taken
    journal.check(draft, "reject")
    if not reason.strip():
        raise BadInput("Say why; the customer reads it.", "reason")
    give_back(session, draft.id)
    draft.claimed_by_id = draft.claimed_until = draft.parked_until = None
    facts = {"reason": reason.strip()}
    return journal.advance(
        session,
        draft,
        "reject",
        act=act,
        facts=facts,
        tasks={"rejection": facts},
        without=() if tell_customer else ("rejection",),
    )
