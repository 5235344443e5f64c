"""What happened to a draft: each step with who took it, and each value's old and new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.events import sentence
from core.journal import history
from core.people.tables import User
from review_app.fragments import page
from review_app.here import database


@dataclass(frozen=True, slots=True)
class Step:
    """changes: (what, old, new) in words."""

    at: datetime
    sentence: str
    by: str
    changes: tuple[tuple[str, str, str], ...]


def show(draft_id: int) -> Response:
    with database().read() as session:
        steps = steps_of(session, "draft", draft_id)
    if not steps:
        raise NotFound(f"There is no draft {draft_id}.")
    return page("history.html", block="steps", steps=steps, draft_id=draft_id)


def steps_of(session: Session, subject: str, subject_id: int) -> tuple[Step, ...]:
    """The journal of one subject in words, newest first."""
    events = history(session, subject, subject_id)
    names = {
        f"user:{user_id}": name for user_id, name in session.execute(select(User.id, User.name))
    }
    return tuple(
        Step(
            event.at,
            sentence(event.name, event.facts),
            names.get(event.actor, "Orderclerk"),
            tuple(
                (what, str(pair[0] or ""), str(pair[1] or ""))
                for what, pair in event.changes.items()
            ),
        )
        for event in reversed(events)
    )
