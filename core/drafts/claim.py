"""Who works on a draft right now: a soft claim that ends by itself, so that two clerks do not collide."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from core import journal
from core.act import Act
from core.company.policy import policy_of
from core.company.tables import Company
from core.drafts.tables import Draft

LIVE = ("open", "parked", "waiting")


def claim(
    session: Session, draft: Draft, user_id: int, *, act: Act, take_over: bool = False
) -> bool:
    """Takes or renews the claim; False when somebody else has it. The draft's version stays as it is."""
    minutes = policy_of(session.scalars(select(Company)).first()).claim_minutes
    until = act.at + timedelta(minutes=minutes)
    mine = draft.claimed_by_id == user_id
    free = [
        Draft.claimed_by_id.is_(None),
        Draft.claimed_until.is_(None),
        Draft.claimed_until <= act.at,
        Draft.claimed_by_id == user_id,
    ]
    taken = session.execute(
        update(Draft)
        .where(Draft.id == draft.id, Draft.status.in_(LIVE), *(() if take_over else (or_(*free),)))
        .values(claimed_by_id=user_id, claimed_until=until)
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        return False
    set_committed_value(draft, "claimed_by_id", user_id)
    set_committed_value(draft, "claimed_until", until)
    if not mine:
        journal.note(session, draft, "draft.claimed", act=act, facts={"user_id": user_id})
    return True


def release_claim(session: Session, draft: Draft, *, act: Act) -> None:
    """Gives the draft back to everybody."""
    session.execute(
        update(Draft)
        .where(Draft.id == draft.id)
        .values(claimed_by_id=None, claimed_until=None)
        .execution_options(synchronize_session=False)
    )
    set_committed_value(draft, "claimed_by_id", None)
    set_committed_value(draft, "claimed_until", None)
    journal.note(session, draft, "draft.claim_released", act=act)
