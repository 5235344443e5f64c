"""Drafts that wait for a second person: everything is let pass, and who did that cannot confirm."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from core.agreements.strictness import SECOND
from core.drafts.overrides import still_open
from core.drafts.queue_values import LIVE
from core.drafts.tables import Draft, Problem
from core.people.may import user_id_of
from core.people.tables import User
from core.values import utc_now


def for_a_second() -> Select[Any]:
    """Ids of live drafts that wait for nothing but a second person."""
    return (
        select(Problem.draft_id)
        .join(Draft, Draft.id == Problem.draft_id)
        .where(
            Draft.status.in_(LIVE),
            Draft.blocking_count == 0,
            Problem.code.in_(SECOND),
            Problem.blocking.is_(True),
            ~still_open(utc_now()),
        )
        .distinct()
    )


def passed_by(session: Session, ids: list[int]) -> dict[int, str]:
    """Of drafts that need a second person: who let it pass."""
    rows = session.execute(
        select(Problem.draft_id, Problem.accepted_by)
        .where(
            Problem.draft_id.in_(for_a_second().where(Problem.draft_id.in_(ids))),
            Problem.code.in_(SECOND),
            Problem.accepted_by != "",
        )
        .order_by(Problem.id)
    ).all()
    users = select(User.id, User.name).where(User.id.in_({user_id_of(by) for _, by in rows}))
    names = {row.id: row.name for row in session.execute(users)} if rows else {}
    return {draft_id: names.get(user_id_of(by) or 0, by) for draft_id, by in rows}
