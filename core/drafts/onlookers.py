"""Who has a draft on the screen right now, so that two people do not start on it both."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from core.drafts.tables import Onlooker
from core.people.tables import User
from core.values import utc_now

COUNTS_FOR = timedelta(seconds=60)


def look(session: Session, draft_id: int, user_id: int, now: datetime) -> None:
    """The person has this draft on the screen, and no other any more."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    seen = {"draft_id": draft_id, "seen_at": now}
    insert = dialect.insert(Onlooker).values(user_id=user_id, **seen)
    session.execute(insert.on_conflict_do_update(index_elements=["user_id"], set_=seen))


def onlookers(session: Session, draft_id: int, *, besides: int | None) -> tuple[str, ...]:
    """Names of the others who looked within the last minute, in order."""
    rows = session.scalars(
        select(User.name)
        .join(Onlooker, Onlooker.user_id == User.id)
        .where(
            Onlooker.draft_id == draft_id,
            Onlooker.seen_at > utc_now() - COUNTS_FOR,
            User.id != (besides or 0),
        )
        .order_by(User.name)
    )
    return tuple(rows)


def looked_at(session: Session) -> frozenset[int]:
    """Drafts that somebody has on the screen."""
    since = utc_now() - COUNTS_FOR
    return frozenset(session.scalars(select(Onlooker.draft_id).where(Onlooker.seen_at > since)))
