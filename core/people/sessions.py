"""Signing in and out: the cookie holds a random token, the table only its hash."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.security import check_password_hash, generate_password_hash

from core.company.policy import Policy, policy_of
from core.company.tables import Company
from core.people.tables import User, UserSession

IDLE = timedelta(hours=2)
SEEN_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class SignedIn:
    user_id: int
    login: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Entry:
    """The outcome of an attempt: token and its end when it worked; wait_until when too many failed before."""

    token: str | None
    expires_at: datetime | None = None
    wait_until: datetime | None = None


def sign_in(session: Session, login: str, password: str, *, now: datetime) -> Entry:
    """Checks the password and opens a session. A failure is counted, so the caller must commit either way."""
    policy = policy_of(session.get(Company, 1))
    user = session.scalar(select(User).where(User.login == login.strip().lower()))
    if user is not None and user.locked_until is not None and user.locked_until > now:
        return Entry(None, wait_until=user.locked_until)
    fits = check_password_hash(user.password_hash if user else _nobody(), password)
    if user is None or not user.active:
        return Entry(None)
    if not fits:
        return _failed(user, policy, now)
    user.failed_logins, user.locked_until = 0, None
    token, expires_at = secrets.token_urlsafe(32), now + timedelta(hours=policy.session_hours)
    session.add(
        UserSession(
            token_sha256=_digest(token),
            user_id=user.id,
            created_at=now,
            seen_at=now,
            expires_at=expires_at,
        )
    )
    session.flush()
    return Entry(token, expires_at)


def who(session: Session, token: str, *, now: datetime) -> SignedIn | None:
    """Whose token this is, None when it is unknown, revoked, too old or unused for too long."""
    found = _live(session, token, now)
    if found is None:
        return None
    _, user = found
    return SignedIn(user.id, user.login, user.name, user.role)


def needs_touch(session: Session, token: str, *, now: datetime) -> bool:
    """Whether the last use was noted long enough ago to note it again (a write, so not at every request)."""
    found = _live(session, token, now)
    return found is not None and now - found[0].seen_at > SEEN_EVERY


def touch(session: Session, token: str, *, now: datetime) -> None:
    row = session.get(UserSession, _digest(token))
    if row is not None:
        row.seen_at = now


def sign_out(session: Session, token: str, *, now: datetime) -> None:
    row = session.get(UserSession, _digest(token))
    if row is not None and row.revoked_at is None:
        row.revoked_at = now


@cache
def _nobody() -> str:
    """Checked when the login is unknown, so that an unknown login takes as long as a wrong password."""
    return generate_password_hash(secrets.token_hex(16), method="scrypt")


def _failed(user: User, policy: Policy, now: datetime) -> Entry:
    user.failed_logins += 1
    if user.failed_logins < policy.login_attempts:
        return Entry(None)
    user.locked_until = now + timedelta(minutes=policy.lock_minutes)
    return Entry(None, wait_until=user.locked_until)


def _live(session: Session, token: str, now: datetime) -> tuple[UserSession, User] | None:
    row = session.execute(
        select(UserSession, User)
        .join(User, User.id == UserSession.user_id)
        .where(
            UserSession.token_sha256 == _digest(token),
            UserSession.revoked_at.is_(None),
            UserSession.expires_at > now,
            UserSession.seen_at > now - IDLE,
            User.active,
        )
    ).one_or_none()
    return None if row is None else (row[0], row[1])


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
