"""What still stands in the way of confirming a draft, in one place for every path."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.drafts.tables import Draft, Problem
from core.errors import Stale


def open_problems(session: Session, draft: Draft) -> list[Problem]:
    """Blocking problems that nobody accepted."""
    return list(
        session.scalars(
            select(Problem)
            .where(
                Problem.draft_id == draft.id, Problem.blocking.is_(True), Problem.accepted_by == ""
            )
            .order_by(Problem.id)
        )
    )


def require_version(draft: Draft, version: int) -> None:
    """The screen showed this version, or the step is refused."""
    if draft.version != version:
        raise Stale(
            f"Draft {draft.id} changed while you looked at it; nothing of yours was saved. Look at it again."
        )
