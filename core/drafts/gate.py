"""What still stands in the way of confirming a draft, in one place for every path."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.drafts.tables import Draft, Problem
from core.errors import Blocked, Stale
from core.exchange.tables import ExchangeInterchange


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


def require_whole_file(session: Session, draft: Draft) -> None:
    """An order of a long file may be looked at while the rest is read; only the trailer says whether it is meant."""
    unfinished = select(ExchangeInterchange.id).where(
        ExchangeInterchange.document_id == draft.document_id, ExchangeInterchange.status == "new"
    )
    if draft.document_id is not None and session.scalar(unfinished.limit(1)) is not None:
        reason = (
            "The file that this order came in is still being read; confirm it when that is done."
        )
        raise Blocked(reason, (reason,))


def require_version(draft: Draft, version: int) -> None:
    """The screen showed this version, or the step is refused."""
    if draft.version != version:
        raise Stale(
            f"Draft {draft.id} changed while you looked at it; nothing of yours was saved. Look at it again."
        )
