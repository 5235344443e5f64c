"""Signing in: the table keeps only hashes, idle and old sessions end, wrong passwords wait."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.company.tables import Company
from core.database import Database
from core.errors import BadInput, NotFound
from core.people.accounts import add_user, set_active, set_password, set_role, users
from core.people.sessions import needs_touch, sign_in, sign_out, touch, who
from core.people.tables import User, UserSession
from tests.builders import NOW, a_company

PASSWORD = "correct horse"
HOUR = timedelta(hours=1)


def entered(database: Database, login: str = "Mara", password: str = PASSWORD, now=NOW):  # type: ignore[no-untyped-def]
    with database.begin() as session:
        return sign_in(session, login, password, now=now)


def seen(database: Database, token: str, now=NOW):  # type: ignore[no-untyped-def]
    with database.read() as session:
        return who(session, token, now=now)


@pytest.fixture
def mara(database: Database) -> int:
    with database.begin() as session:
        a_company(session)
        return add_user(session, " Mara ", "Mara", "clerk", PASSWORD).id


def test_a_session_begins_and_ends(database: Database, mara: int) -> None:
    entry = entered(database)
    assert entry.token
    found = seen(database, entry.token)
    assert (found.user_id, found.login, found.role) == (mara, "mara", "clerk")
    with database.read() as session:
        assert entry.token not in session.scalars(select(UserSession.token_sha256)).all()
    with database.begin() as session:
        sign_out(session, entry.token, now=NOW)
    assert seen(database, entry.token) is None
    assert seen(database, "guess") is None


def test_idle_and_old_sessions_end(database: Database, mara: int) -> None:
    token = entered(database).token
    assert seen(database, token, NOW + HOUR) is not None
    assert seen(database, token, NOW + 3 * HOUR) is None
    for hours in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11):
        now = NOW + hours * HOUR
        with database.read() as session:
            assert needs_touch(session, token, now=now)
        with database.begin() as session:
            touch(session, token, now=now)
    assert seen(database, token, NOW + 11 * HOUR) is not None
    assert seen(database, token, NOW + 12 * HOUR) is None


def test_wrong_passwords_wait_as_the_company_says(database: Database, mara: int) -> None:
    with database.begin() as session:
        session.get_one(Company, 1).policy = {"login_attempts": 2, "lock_minutes": 5}
    assert entered(database, password="wrong").wait_until is None
    waiting = entered(database, password="wrong")
    assert waiting.wait_until == NOW + timedelta(minutes=5)
    assert entered(database).token is None
    assert entered(database, now=NOW + timedelta(minutes=6)).token


def test_an_unknown_login_is_only_refused(database: Database, mara: int) -> None:
    assert entered(database, login="nobody").token is None


def test_a_new_password_and_a_lock_sign_out_everywhere(database: Database, mara: int) -> None:
    token = entered(database).token
    with database.begin() as session:
        set_password(session, mara, "another horse")
    assert seen(database, token) is None
    token = entered(database, password="another horse").token
    with database.begin() as session:
        set_active(session, mara, False)
    assert seen(database, token) is None
    assert entered(database, password="another horse").token is None


def test_accounts_are_checked(database: Database, mara: int) -> None:
    for login, name, role, password in (
        ("mara", "Mara", "clerk", PASSWORD),
        ("", "Mara", "clerk", PASSWORD),
        ("ben", "Ben", "king", PASSWORD),
        ("ben", "Ben", "clerk", "short"),
    ):
        with pytest.raises(BadInput), database.begin() as session:
            add_user(session, login, name, role, password)
    with database.begin() as session:
        set_role(session, mara, "admin")
        assert [(u.login, u.role) for u in users(session)] == [("mara", "admin")]
        assert session.scalars(select(User.password_hash)).one().startswith("scrypt:")
        with pytest.raises(NotFound):
            set_role(session, 99, "admin")
