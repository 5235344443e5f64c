"""Who may work here: users with their roles and passwords."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session
from werkzeug.security import generate_password_hash

from core.errors import BadInput, NotFound
from core.people.tables import DUTIES, ROLES, User, UserSession
from core.values import utc_now

SHORTEST_PASSWORD = 8


@dataclass(frozen=True, slots=True)
class UserRow:
    id: int
    login: str
    name: str
    role: str
    active: bool
    duties: tuple[str, ...] = ()


def add_user(session: Session, login: str, name: str, role: str, password: str) -> User:
    """Adds a user; the login is kept in lower case. Raises BadInput for a taken login or an unknown role."""
    login = login.strip().lower()
    if not login or not name.strip():
        raise BadInput("A user needs a login and a name.", "login")
    if role not in ROLES:
        raise BadInput(f"There is no role {role!r}; choose one of {', '.join(ROLES)}.", "role")
    if session.scalar(select(User.id).where(User.login == login)) is not None:
        raise BadInput(f"The login {login!r} is taken.", "login")
    user = User(login=login, name=name.strip(), role=role, password_hash=_hash(password))
    session.add(user)
    session.flush()
    return user


def set_password(session: Session, user_id: int, password: str) -> None:
    """A new password; whoever is signed in under the old one is signed out."""
    user = _user(session, user_id)
    user.password_hash = _hash(password)
    user.failed_logins, user.locked_until = 0, None
    _sign_out_everywhere(session, user_id)


def set_active(session: Session, user_id: int, active: bool) -> None:
    """An inactive user cannot sign in and is signed out at once."""
    _user(session, user_id).active = active
    if not active:
        _sign_out_everywhere(session, user_id)


def set_role(session: Session, user_id: int, role: str) -> None:
    if role not in ROLES:
        raise BadInput(f"There is no role {role!r}; choose one of {', '.join(ROLES)}.", "role")
    _user(session, user_id).role = role


def set_duties(session: Session, user_id: int, duties: tuple[str, ...]) -> None:
    """What the person may decide beside the role. Raises BadInput for a duty that there is not."""
    unknown = set(duties) - set(DUTIES)
    if unknown:
        raise BadInput(f"There is no duty {min(unknown)!r}; choose of {', '.join(DUTIES)}.", "duty")
    _user(session, user_id).duties = [d for d in DUTIES if d in duties]


def users(session: Session) -> tuple[UserRow, ...]:
    return tuple(
        UserRow(
            user.id, user.login, user.name, user.role, user.active, tuple(map(str, user.duties))
        )
        for user in session.scalars(select(User).order_by(User.login))
    )


def _hash(password: str) -> str:
    if len(password) < SHORTEST_PASSWORD:
        raise BadInput(f"A password needs at least {SHORTEST_PASSWORD} characters.", "password")
    return generate_password_hash(password, method="scrypt")


def _user(session: Session, user_id: int) -> User:
    user = session.get(User, user_id)
    if user is None:
        raise NotFound(f"There is no user {user_id}.")
    return user


def _sign_out_everywhere(session: Session, user_id: int) -> None:
    session.execute(
        update(UserSession)
        .where(UserSession.user_id == user_id, UserSession.revoked_at.is_(None))
        .values(revoked_at=utc_now())
    )
