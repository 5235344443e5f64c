"""Rows of users and their sessions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Instant, Key, Line, Prose, Word
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


class ApiToken(Base):
    """A key for another program. token_sha256 is the hash of what was shown once; hint: its last characters.

    scopes: "read:parties", "write:supply", "read:orders" ... (core.people.tokens).
    """

    __tablename__ = "api_token"

    id: Mapped[Key]
    name: Mapped[Line] = mapped_column(unique=True)
    token_sha256: Mapped[Word] = mapped_column(unique=True)
    hint: Mapped[Word]
    scopes: Mapped[list[Any]] = mapped_column(default=list)
    created_by: Mapped[Line]
    created_at: Mapped[Instant] = mapped_column(default=utc_now)
    expires_at: Mapped[Instant | None]
    last_used_at: Mapped[Instant | None]
    revoked_at: Mapped[Instant | None]
    revoked_by: Mapped[Line] = mapped_column(default="")


class ApiAnswer(Base):
    """What was answered under an idempotency key, so that the same request again gets the same answer and does nothing."""

    __tablename__ = "api_answer"
    __table_args__ = (UniqueConstraint("token_id", "key"),)

    id: Mapped[Key]
    token_id: Mapped[int] = mapped_column(ForeignKey("api_token.id"))
    key: Mapped[Line]
    request_sha256: Mapped[Word]
    code: Mapped[int]
    headers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    body: Mapped[Prose]
    created_at: Mapped[Instant] = mapped_column(default=utc_now, index=True)
