"""What the person behind an act may decide: role and duties. Programs decide nothing."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.act import Act
from core.errors import NotAllowed
from core.people.tables import User


def user_id_of(actor: str) -> int | None:
    """ "user:7" is 7; None for a program or a rule."""
    number = actor.removeprefix("user:")
    return int(number) if actor.startswith("user:") and number.isdigit() else None


def powers(session: Session, actor: str) -> frozenset[str]:
    """Role and duties; empty for programs and for people who may not sign in."""
    number = user_id_of(actor)
    if number is None:
        return frozenset()
    row = session.execute(
        select(User.role, User.duties).where(User.id == number, User.active)
    ).one_or_none()
    return frozenset({row.role, *map(str, row.duties)}) if row else frozenset()


def require_one_of(session: Session, wanted: Iterable[str], what: str, *, act: Act) -> None:
    """Raises NotAllowed, naming who may do `what` ("let this pass")."""
    allowed = tuple(wanted)
    if powers(session, act.actor) & set(allowed):
        return
    only = f"Only {who(allowed)}" if allowed else "Nobody"
    raise NotAllowed(f"{only} may {what}; nothing was changed.")


def who(allowed: Iterable[str]) -> str:
    """ "a person with credit duty or an admin"."""
    found = [_NAMES.get(name, f"a person with {name} duty") for name in allowed]
    if len(found) > 1:
        return f"{', '.join(found[:-1])} or {found[-1]}"
    return found[0] if found else "nobody"


_NAMES = {
    "clerk": "a clerk",
    "planner": "a planner",
    "warehouse": "the warehouse",
    "admin": "an admin",
}
