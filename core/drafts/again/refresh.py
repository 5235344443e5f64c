"""Supply, prices and customers change while drafts wait: now and then they are looked at afresh."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from core.act import Act
from core.company.policy import policy_of
from core.company.tables import Company
from core.database import ROW
from core.drafts.again.look import look_again
from core.drafts.park import due_to_resume, resume
from core.drafts.tables import Draft

AT_ONCE = 20


def due_drafts(
    session: Session, now: datetime, *, age: timedelta | None = None, most: int = AT_ONCE
) -> list[int]:
    """Parked drafts whose time has come, and what nobody has touched for `age` (None: the company's limit), the oldest first."""
    resumed = [draft.id for draft in due_to_resume(session, now)]
    old = session.scalars(
        select(Draft.id).where(*_old(session, now, age)).order_by(Draft.promised_at).limit(most)
    )
    return [*resumed, *old]


def refresh_one(session: Session, draft_id: int, *, act: Act, age: timedelta | None = None) -> bool:
    """Resumes or checks anew one draft in a transaction of its own; False when somebody was faster or works on it.

    A draft that somebody works on is left alone: dates must not move under a clerk's eyes.
    """
    draft = session.get(Draft, draft_id, with_for_update=ROW, populate_existing=True)
    if draft is None:
        return False
    step = act.under(f"refresh-{draft_id}")
    if draft.status == "parked" and draft.parked_until and draft.parked_until <= act.at:
        resume(session, draft, act=step)
    elif session.scalar(select(Draft.id).where(Draft.id == draft_id, *_old(session, act.at, age))):
        look_again(session, draft_id, "time went by", act=step)
    else:
        return False
    _calculated_at(session, draft, act.at)
    return True


def put_off(session: Session, draft_id: int, *, at: datetime) -> None:
    """A draft that cannot be checked now waits like one that was, so that it stands in no other's way."""
    session.execute(update(Draft).where(Draft.id == draft_id).values(promised_at=at))


def _old(session: Session, now: datetime, age: timedelta | None) -> tuple[ColumnElement[bool], ...]:
    if age is None:
        age = timedelta(minutes=policy_of(session.get(Company, 1)).refresh_minutes)
    return (
        Draft.status.in_(("open", "waiting")),
        or_(Draft.promised_at.is_(None), Draft.promised_at < now - age),
        or_(Draft.claimed_until.is_(None), Draft.claimed_until < now),
    )


def _calculated_at(session: Session, draft: Draft, at: datetime) -> None:
    """Past the version: a draft that came out the same has not changed for anybody."""
    session.execute(
        update(Draft)
        .where(Draft.id == draft.id)
        .values(promised_at=at)
        .execution_options(synchronize_session=False)
    )
    set_committed_value(draft, "promised_at", at)
