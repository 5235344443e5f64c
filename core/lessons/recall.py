"""Before a document is read: what corrections of its sender's earlier documents taught."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.company.tables import Company
from core.lessons.senders import scope_of
from core.lessons.tables import Lesson
from core.lessons.values import is_asleep

MOST = 150
FORGED = "fail"


def any_lessons(session: Session) -> bool:
    """Whether anything was learned yet from anybody."""
    found = select(Lesson.id).where(Lesson.revoked_at.is_(None)).limit(1)
    return session.scalar(found) is not None


def recall(session: Session, address: str, authentication: str) -> tuple[dict[str, Any], ...]:
    """The lessons of a sender as the reader takes them.

    None for a sender that the mail server found forged. Several customers may write from one domain: then only what
    was learned from this very address counts, and nothing when even that is ambiguous.
    """
    company = session.get(Company, 1)
    scope = scope_of(address, company.mail_domains if company else ())
    if not scope or authentication == FORGED:
        return ()
    rows = session.scalars(
        select(Lesson)
        .where(Lesson.sender == scope, Lesson.revoked_at.is_(None))
        .order_by(Lesson.right.desc(), Lesson.id.desc())
        .limit(4 * MOST)
    ).all()
    if len({row.customer_id for row in rows}) > 1:
        rows = [row for row in rows if row.address == address.strip().lower()]
    if len({row.customer_id for row in rows}) > 1:
        return ()
    return as_read([row for row in rows if not is_asleep(row.right, row.wrong)][:MOST])


def as_read(rows: Sequence[Lesson]) -> tuple[dict[str, Any], ...]:
    return tuple(
        {**row.content, "id": row.id, "confirmed": 1 + row.right, "contradicted": row.wrong}
        for row in rows
    )
