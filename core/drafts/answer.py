"""The customer answers our question: the mail goes to the draft that asked."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.drafts.assess import assess
from core.drafts.tables import Draft
from core.inbound.tables import InboundDocument
from core.journal import Event
from core.outbox import OutboxItem

LIVE = ("open", "waiting", "parked")


def answered_draft(session: Session, document: InboundDocument) -> Draft | None:
    """The live draft whose question this document replies to."""
    named = [m for m in (document.in_reply_to, *document.references) if m]
    if not named:
        return None
    return session.scalars(
        select(Draft)
        .join(OutboxItem, (OutboxItem.subject == "draft") & (OutboxItem.subject_id == Draft.id))
        .where(
            OutboxItem.task == "question",
            OutboxItem.message_id.in_(named),
            Draft.status.in_(LIVE),
        )
        .order_by(OutboxItem.id.desc())
    ).first()


def take_answer(session: Session, draft: Draft, document: InboundDocument, *, act: Act) -> Event:
    """Opens the draft again with the answer beside it; one document answers once."""
    act = Act(act.actor, act.at, f"answer-in-document-{document.id}")
    taken = journal.done_under(session, draft, "answer", act.key)
    if taken is not None:
        return taken
    event = journal.advance(
        session,
        draft,
        "answer",
        act=act,
        facts={"document_id": document.id, "subject": document.subject_line},
    )
    draft.parked_until = None
    assess(session, draft, act=act)
    return event
