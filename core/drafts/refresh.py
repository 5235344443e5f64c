"""Supply, prices and customers change while drafts wait: now and then they are looked at afresh."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from core.act import Act
from core.company.policy import policy_of
from core.company.tables import Company
from core.drafts.look_again import look_again
from core.drafts.park import due_to_resume, resume
from core.drafts.tables import Draft

AT_ONCE = 20


def refresh(
    session: Session, *, act: Act, age: timedelta | None = None, most: int = AT_ONCE
) -> int:
    """Resumes parked drafts whose time has come and checks anew what nobody has touched for `age` (None: the company's limit);
    says how many.

    A draft that somebody works on is left alone: dates must not move under a clerk's eyes.
    """
    if age is None:
        age = timedelta(minutes=policy_of(session.get(Company, 1)).refresh_minutes)
    due = due_to_resume(session, act.at)
    for draft in due:
        resume(session, draft, act=act.under(f"resume-{draft.id}"))
        _calculated_at(session, draft, act.at)
    old = session.scalars(
        select(Draft)
        .where(
            Draft.status.in_(("open", "waiting")),
            or_(Draft.promised_at.is_(None), Draft.promised_at < act.at - age),
            or_(Draft.claimed_until.is_(None), Draft.claimed_until < act.at),
        )
        .order_by(Draft.promised_at)
        .limit(most)
    ).all()
    for draft in old:
        look_again(session, draft.id, "time went by", act=act)
        _calculated_at(session, draft, act.at)
    return len(due) + len(old)


def _calculated_at(session: Session, draft: Draft, at: datetime) -> None:
    """Past the version: a draft that came out the same has not changed for anybody."""
    session.execute(
        update(Draft)
        .where(Draft.id == draft.id)
        .values(promised_at=at)
        .execution_options(synchronize_session=False)
    )
    set_committed_value(draft, "promised_at", at)
