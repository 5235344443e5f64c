"""The screen "What Orderclerk has learned" as a read model: every lesson a sentence, with where it comes from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.lessons.sentences import sentence
from core.lessons.tables import Lesson
from core.lessons.values import is_asleep
from core.parties.tables import Customer
from core.people.tables import User

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class LessonView:
    """state: "speaks", "asleep" (contradicted too often) or "revoked". used: how often it spoke, right: and was right."""

    id: int
    sentence: str
    customer_id: int
    customer: str
    sender: str
    draft_id: int
    learned_by: str
    learned_at: datetime
    used: int
    right: int
    spoke_at: datetime | None
    state: str
    revoked_by: str
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class LessonPage:
    rows: tuple[LessonView, ...]
    total: int
    page: int
    page_size: int = PAGE_SIZE


def lesson_page(
    session: Session, *, customer_id: int | None = None, draft_id: int | None = None, page: int = 1
) -> LessonPage:
    """Lessons of all or of one customer, or of one draft; those that speak first, the newest first."""
    wanted = []
    if customer_id is not None:
        wanted.append(Lesson.customer_id == customer_id)
    if draft_id is not None:
        wanted.append(Lesson.draft_id == draft_id)
    total = session.scalar(select(func.count()).select_from(Lesson).where(*wanted)) or 0
    rows = session.execute(
        select(Lesson, Customer.name)
        .join(Customer, Customer.id == Lesson.customer_id)
        .where(*wanted)
        .order_by(Lesson.revoked_at.is_not(None), Lesson.learned_at.desc(), Lesson.id.desc())
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    ).all()
    names = people(session, {a for row, _ in rows for a in (row.learned_by, row.revoked_by)})
    return LessonPage(
        tuple(_view(row, customer, names) for row, customer in rows),
        total,
        page,
    )


def _view(row: Lesson, customer: str, names: dict[str, str]) -> LessonView:
    revoked = row.revoked_at is not None
    return LessonView(
        id=row.id,
        sentence=sentence(row.content, customer),
        customer_id=row.customer_id,
        customer=customer,
        sender=row.sender,
        draft_id=row.draft_id,
        learned_by=names.get(row.learned_by, row.learned_by),
        learned_at=row.learned_at,
        used=row.right + row.wrong,
        right=row.right,
        spoke_at=row.spoke_at,
        state="revoked" if revoked else "asleep" if is_asleep(row.right, row.wrong) else "speaks",
        revoked_by=names.get(row.revoked_by, row.revoked_by),
        revoked_at=row.revoked_at,
    )


def people(session: Session, actors: Collection[str]) -> dict[str, str]:
    """Names of the users among the actors ("user:7")."""
    ids = {a: int(a[5:]) for a in actors if a[:5] == "user:" and a[5:].isdigit()}
    rows = session.execute(select(User.id, User.name).where(User.id.in_(ids.values())))
    known = {row.id: row.name for row in rows}
    return {actor: known.get(number, actor) for actor, number in ids.items()}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value that came from memory was learned."""

    lesson_id: int
    draft_id: int
    sentence: str


def origins(session: Session, sources: Collection[str]) -> dict[str, Origin]:
    """For sources such as "memory:12": the lesson, in words, and the draft that taught it."""
    ids = {s: int(s[7:]) for s in sources if s[:7] == "memory:" and s[7:].isdigit()}
    if not ids:
        return {}
    rows = {r.id: r for r in session.scalars(select(Lesson).where(Lesson.id.in_(ids.values())))}
    return {
        source: Origin(number, rows[number].draft_id, sentence(rows[number].content, ""))
        for source, number in ids.items()
        if number in rows
    }
