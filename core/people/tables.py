"""Rows of users and their sessions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Instant, Key, Line, Word
from core.values import utc_now

ROLES = ("clerk", "planner", "warehouse", "admin")
DUTIES = ("credit", "export", "quality", "sales", "finance")


class User(Base):
    """role: one of ROLES; duties: of DUTIES, what this person may decide beside the role.

    password_hash as werkzeug's scrypt writes it.
    """

    __tablename__ = "user_account"

    id: Mapped[Key]
    login: Mapped[Line] = mapped_column(unique=True)
    name: Mapped[Line]
    role: Mapped[Word]
    duties: Mapped[list[Any]] = mapped_column(default=list)
    password_hash: Mapped[Line]
    active: Mapped[bool] = mapped_column(default=True)
    failed_logins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[Instant | None]
    created_at: Mapped[Instant] = mapped_column(default=utc_now)


class UserSession(Base):
    """A login. token_sha256 is the hash of the cookie's value, so that the table alone opens nothing."""

    __tablename__ = "user_session"

    token_sha256: Mapped[Word] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[Instant] = mapped_column(default=utc_now)
    seen_at: Mapped[Instant] = mapped_column(default=utc_now)
    expires_at: Mapped[Instant]
    revoked_at: Mapped[Instant | None]
    preferences: Mapped[dict[str, Any]] = mapped_column(default=dict)
