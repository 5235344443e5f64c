"""Rows of what was learned from confirmed drafts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Instant, Key, Line, Word


class Lesson(Base):
    """One thing learned about one sender of one customer; `content` is extraction's, as JSON, and opaque here.

    sender: "@domain", or a whole address where the domain is anybody's. address: who sent the document it was learned
    from. key: the same for the same thing learned twice. right, wrong: how often it spoke and was borne out by what a
    clerk confirmed, or not. revoked: it no longer speaks, and is not learned anew by itself.
    """

    __tablename__ = "lesson"
    __table_args__ = (UniqueConstraint("customer_id", "sender", "key"),)

    id: Mapped[Key]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    sender: Mapped[Line] = mapped_column(index=True)
    address: Mapped[Line]
    key: Mapped[Word]
    kind: Mapped[Word]
    field: Mapped[Word] = mapped_column(default="")
    content: Mapped[dict[str, Any]] = mapped_column(default=dict)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), index=True)
    learned_by: Mapped[Line]
    learned_at: Mapped[Instant]
    right: Mapped[int] = mapped_column(default=0)
    wrong: Mapped[int] = mapped_column(default=0)
    spoke_at: Mapped[Instant | None]
    revoked_by: Mapped[Line] = mapped_column(default="")
    revoked_at: Mapped[Instant | None]
