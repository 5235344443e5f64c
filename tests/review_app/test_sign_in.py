"""Signing in: cookies, throttling, sign-out, and no way out by ?next=."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.config import settings
from core.database import Database
from core.errors import Misconfigured
from core.people.accounts import set_active
from core.people.tables import User
from review_app import create_app
from tests.review_app.conftest import PASSWORD, Browser
from tests.review_app.firm import Firm

Open = Callable[[str], Browser]


def cookies(client: FlaskClient, answer) -> dict[str, str]:  # type: ignore[no-untyped-def]
    return {c.split("=", 1)[0]: c for c in answer.headers.getlist("Set-Cookie")}


def test_a_wrong_password_says_no_more_than_that(browser: Open) -> None:
    person = browser("")
    person.get("/sign-in")
    for login in ("clerk", "nobody"):
        answer = person.post("/sign-in", {"login": login, "password": "wrong"})
        assert answer.status_code == 401
        assert "Login or password is wrong." in answer.get_data(as_text=True)


def test_too_many_wrong_passwords_wait(browser: Open) -> None:
    person = browser("")
    person.get("/sign-in")
    for _ in range(5):
        answer = person.post("/sign-in", {"login": "clerk", "password": "wrong"})
    assert "Too many wrong passwords" in answer.get_data(as_text=True)
    answer = person.post("/sign-in", {"login": "clerk", "password": PASSWORD})
    assert answer.status_code == 401


def test_cookies_over_https_are_host_bound(sqlite_database: Database, firm: Firm) -> None:
    app = create_app(settings({"ORDERCLERK_SECRET_KEY": "test " * 8}), sqlite_database)
    client = app.test_client()
    base = {"base_url": "https://desk.example"}
    page = client.get("/sign-in", **base)  # type: ignore[arg-type]
    token = page.get_data(as_text=True).split('csrf-token" content="')[1].split('"')[0]
    answer = client.post(
        "/sign-in",
        data={"login": "clerk", "password": PASSWORD, "csrf_token": token},
        headers={"Referer": "https://desk.example/sign-in"},
        **base,  # type: ignore[arg-type]
    )
    assert answer.status_code == 303
    cookie = cookies(client, answer)["__Host-orderclerk"]
    for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert word in cookie
    assert "Domain" not in cookie
    assert "Strict-Transport-Security" in answer.headers


def test_signing_out_ends_the_session_on_the_server(app: Flask, browser: Open) -> None:
    person = browser("clerk")
    stolen = person.client.get_cookie("orderclerk")
    assert stolen is not None
    person.post("/sign-out")
    thief = app.test_client()
    thief.set_cookie("orderclerk", stolen.value)
    assert thief.get("/queue").status_code == 303


def test_a_locked_person_is_out_at_once(sqlite_database: Database, browser: Open) -> None:
    person = browser("clerk")
    assert person.get("/queue").status_code == 200
    with sqlite_database.begin() as session:
        user = session.query(User).filter_by(login="clerk").one()
        set_active(session, user.id, False)
    assert person.get("/queue").status_code == 303


@pytest.mark.parametrize("target", ["//evil.example", "/\\evil.example", "https://evil.example"])
def test_next_never_leaves_the_desk(browser: Open, target: str) -> None:
    person = browser("")
    person.get("/sign-in")
    answer = person.post(f"/sign-in?next={target}", {"login": "clerk", "password": PASSWORD})
    assert answer.headers["Location"] == "/"


def test_no_desk_without_a_secret(sqlite_database: Database) -> None:
    with pytest.raises(Misconfigured):
        create_app(settings({}), sqlite_database)
