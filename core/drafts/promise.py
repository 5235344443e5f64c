"""A person asks again when a draft's lines can arrive (supply may have changed since)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.drafts.assess import assess
from core.drafts.tables import Draft
from core.journal import Event


def promise_draft(session: Session, draft: Draft, *, act: Act, hold: bool | None = None) -> Event:
    """Answers anew from today's supply and notes what came out. hold: as in assess."""
    taken = journal.done_under(session, draft, "promise", act.key)
    if taken is not None:
        return taken
    journal.check(draft, "promise")
    assess(session, draft, act=act, hold=hold)
    draft.promised_at = act.at
    parts = [part for found in draft.promise.get("lines", {}).values() for part in found]
    last = max((part["promised_date"] for part in parts), default="")
    return journal.advance(session, draft, "promise", act=act, facts={"last": last})
