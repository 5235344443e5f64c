"""What a person promises at the desk is held for a while, so that it is still there when the customer says yes."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from core.act import Act
from core.drafts.case import Case
from core.drafts.tables import Draft
from core.promising.offers import hold


def is_offered(draft: Draft, act: Act) -> bool:
    """A person works on a new order; what a machine reads, or somebody only looks at, holds nothing.

    A change holds nothing either: its order holds what was promised already.
    """
    claimed = draft.claimed_until is not None and draft.claimed_until > act.at
    return claimed and draft.kind == "order" and act.actor.startswith("user:")


def offer(session: Session, case: Case, *, act: Act) -> None:
    """Holds what the case was just promised. The promise must have been made under lock."""
    minutes = case.policy.offer_minutes
    items = {line.id: line.item_id for line in case.lines if line.item_id is not None}
    until = act.at + timedelta(minutes=minutes)
    hold(session, case.draft.id, items, case.answer, now=act.at, until=until)
