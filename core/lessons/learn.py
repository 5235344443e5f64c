"""A confirmed document taught something: new lessons are kept, earlier ones gain or lose weight."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.company.tables import Company
from core.drafts.tables import Draft
from core.journal import Event
from core.lessons.senders import scope_of
from core.lessons.tables import Lesson
from core.lessons.values import NewLesson, Taught

MOST_OF_A_SENDER = 400


def learn(session: Session, draft: Draft, taught: Taught, *, act: Act) -> Event | None:
    """Keeps what `draft` taught, once. A lesson that a person revoked stays revoked when it is learned again."""
    taken = journal.done_under(session, draft, "draft.learned_from", act.key)
    if taken is not None:
        return taken
    company = session.get(Company, 1)
    address = taught.sender.strip().lower()[:255]
    sender = scope_of(address, company.mail_domains if company else ())
    if not sender or draft.customer_id is None:
        return None
    known = {
        row.key: row
        for row in session.scalars(
            select(Lesson).where(Lesson.customer_id == draft.customer_id, Lesson.sender == sender)
        )
    }
    by = confirmed_by(session, draft)
    new = [n for n in taught.lessons if n.key not in known][: MOST_OF_A_SENDER - len(known)]
    session.add_all(_row(n, draft, sender, address, by, act) for n in new)
    for key in (*taught.confirmed, *taught.contradicted):
        if key in known:
            known[key].right += key in taught.confirmed
            known[key].wrong += key in taught.contradicted
            known[key].spoke_at = act.at
    session.flush()
    facts = {
        "lessons": len(new),
        "right": len(taught.confirmed),
        "wrong": len(taught.contradicted),
    }
    return journal.note(session, draft, "draft.learned_from", act=act, facts=facts)


def _row(new: NewLesson, draft: Draft, sender: str, address: str, by: str, act: Act) -> Lesson:
    return Lesson(
        customer_id=draft.customer_id,
        sender=sender,
        address=address,
        key=new.key,
        kind=new.kind,
        field=new.field,
        content=new.content,
        draft_id=draft.id,
        learned_by=by,
        learned_at=act.at,
    )


def confirmed_by(session: Session, draft: Draft) -> str:
    """Whose decision it was: the actor that confirmed the draft."""
    found = session.scalar(
        select(Event.actor)
        .where(
            Event.subject == Draft.SUBJECT,
            Event.subject_id == draft.id,
            Event.name == "draft.confirmed",
        )
        .order_by(Event.sequence.desc())
        .limit(1)
    )
    return found or ""
