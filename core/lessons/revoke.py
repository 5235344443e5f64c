"""A person takes back what was learned, or lets it speak again."""

from __future__ import annotations

from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.drafts.tables import Draft
from core.errors import NotFound
from core.journal import Event
from core.lessons.sentences import sentence
from core.lessons.tables import Lesson


def revoke(session: Session, lesson_id: int, *, act: Act) -> Event:
    """From now on no document is read with this lesson. Revoking twice is once."""
    lesson, draft = _found(session, lesson_id)
    if lesson.revoked_at is None:
        lesson.revoked_at, lesson.revoked_by = act.at, act.actor
    return journal.note(session, draft, "lesson.revoked", act=act, facts=_facts(lesson))


def restore(session: Session, lesson_id: int, *, act: Act) -> Event:
    """It speaks again; what it got wrong before is forgiven."""
    lesson, draft = _found(session, lesson_id)
    lesson.revoked_at, lesson.revoked_by, lesson.wrong = None, "", 0
    return journal.note(session, draft, "lesson.restored", act=act, facts=_facts(lesson))


def _found(session: Session, lesson_id: int) -> tuple[Lesson, Draft]:
    lesson = session.get(Lesson, lesson_id)
    draft = session.get(Draft, lesson.draft_id) if lesson else None
    if lesson is None or draft is None:
        raise NotFound("This lesson is not there any more.")
    return lesson, draft


def _facts(lesson: Lesson) -> dict[str, object]:
    return {"lesson_id": lesson.id, "lesson": sentence(lesson.content, "")}
