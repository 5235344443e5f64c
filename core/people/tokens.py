"""Keys by which other programs ask: shown once, kept as a hash, with scopes, an end and a last use."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.act import Act
from core.errors import BadInput, NotAllowed, NotFound
from core.people.tables import ApiAnswer, ApiToken

PREFIX = "oc_"
GROUPS = ("parties", "catalogue", "supply", "company")
SCOPES = (
    *(f"{verb}:{group}" for group in GROUPS for verb in ("read", "write")),
    "read:orders",
)
USED_EVERY = timedelta(minutes=1)
LONGEST_LIFE = 3650
KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Caller:
    """The program that asks. actor: as history names it. bucket: a name that no other token ever has."""

    token_id: int
    name: str
    scopes: frozenset[str]
    bucket: str = ""

    @property
    def actor(self) -> str:
        return f"token:{self.name}"

    def may_read(self, group: str) -> bool:
        return bool({f"read:{group}", f"write:{group}"} & self.scopes)

    def require(self, verb: str, group: str) -> None:
        """Raises NotAllowed. Who may write may read."""
        allowed = self.may_read(group) if verb == "read" else f"{verb}:{group}" in self.scopes
        if not allowed:
            raise NotAllowed(
                f"This token lacks the scope {verb}:{group}; nothing was changed. An administrator can make one that has it."
            )


def add_token(
    session: Session, name: str, scopes: Collection[str], days: int | None, *, act: Act
) -> tuple[ApiToken, str]:
    """The row and the token's text, which nobody can show again. days: how long it counts, None for ever."""
    name = name.strip()
    if not name or len(name) > 60:
        raise BadInput(
            "A token needs a name of at most 60 characters: the program it is for.", "name"
        )
    if session.scalar(select(ApiToken.id).where(ApiToken.name == name)) is not None:
        raise BadInput(f"There is a token named {name!r}; choose another name.", "name")
    unknown = [s for s in scopes if s not in SCOPES]
    if unknown or not scopes:
        raise BadInput(f"Choose at least one of {', '.join(SCOPES)}.", "scopes")
    if days is not None and not 1 <= days <= LONGEST_LIFE:
        raise BadInput(f"A token counts from 1 to {LONGEST_LIFE} days, or for ever.", "days")
    text = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        name=name,
        token_sha256=_digest(text),
        hint=text[-4:],
        scopes=[s for s in SCOPES if s in scopes],
        created_by=act.actor,
        created_at=act.at,
        expires_at=act.at + timedelta(days=days) if days else None,
    )
    session.add(token)
    session.flush()
    return token, text


def revoke_token(session: Session, name: str, *, act: Act) -> ApiToken:
    """It counts no more from now on; revoked already, it stays so."""
    token = session.scalar(select(ApiToken).where(ApiToken.name == name))
    if token is None:
        raise NotFound(f"There is no token named {name!r}.")
    if token.revoked_at is None:
        token.revoked_at, token.revoked_by = act.at, act.actor
    return token


def tokens(session: Session) -> tuple[ApiToken, ...]:
    """Those that count first, by name."""
    query = select(ApiToken).order_by(ApiToken.revoked_at.is_not(None), ApiToken.name)
    return tuple(session.scalars(query))


def caller_of(session: Session, text: str, *, now: datetime) -> Caller | None:
    """Whose token this is; None when it is unknown, revoked or over."""
    if not text.startswith(PREFIX):
        return None
    token = session.scalar(select(ApiToken).where(ApiToken.token_sha256 == _digest(text)))
    if token is None or token.revoked_at is not None:
        return None
    if token.expires_at is not None and token.expires_at <= now:
        return None
    return Caller(token.id, token.name, frozenset(token.scopes), token.token_sha256[:24])


def needs_touch(session: Session, token_id: int, *, now: datetime) -> bool:
    """Whether the last use was noted long enough ago to note it again."""
    last = session.scalar(select(ApiToken.last_used_at).where(ApiToken.id == token_id))
    return last is None or now - last > USED_EVERY


def touch(session: Session, token_id: int, *, now: datetime) -> None:
    """Also forgets answers under idempotency keys that nobody will repeat."""
    session.get_one(ApiToken, token_id).last_used_at = now
    session.execute(delete(ApiAnswer).where(ApiAnswer.created_at < now - KEPT))


def answer_under(session: Session, token_id: int, key: str) -> ApiAnswer | None:
    """What was answered under an idempotency key."""
    return session.scalar(
        select(ApiAnswer).where(ApiAnswer.token_id == token_id, ApiAnswer.key == key)
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
