"""Signing in and out."""

from __future__ import annotations

from flask import Response, g, make_response, redirect, request, session, url_for

from core.people import sessions
from core.values import utc_now
from review_app import security
from review_app.fragments import page
from review_app.here import database
from review_app.roles import allows

HOME = {
    "clerk": "queue.show",
    "planner": "queue.show",
    "admin": "queue.show",
    "warehouse": "warehouse.show",
}


def show() -> Response:
    return page("sign_in.html", login="", sentence="")


def enter() -> Response:
    login = request.form.get("login", "")
    password = request.form.get("password", "")
    now = utc_now()
    entry = database().run(lambda db: sessions.sign_in(db, login, password, now=now))
    if entry.token is None or entry.expires_at is None:
        sentence = "Login or password is wrong."
        if entry.wait_until is not None:
            minutes = max(1, round((entry.wait_until - now).total_seconds() / 60))
            sentence = f"Too many wrong passwords. Try again in {minutes} min."
        response = page("sign_in.html", login=login, sentence=sentence)
        response.status_code = 401
        return response
    session.clear()
    response = make_response(redirect(_target(request.args.get("next", "")), 303))
    security.set_token(response, entry.token, entry.expires_at)
    return response


def leave() -> Response:
    token = request.cookies.get(security.cookie_name(), "")
    database().run(lambda db: sessions.sign_out(db, token, now=utc_now()))
    session.clear()
    response = make_response(redirect(url_for("sign_in.show"), 303))
    security.drop_token(response)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def home() -> Response:
    endpoint = HOME[g.user.role]
    return make_response(
        redirect(url_for(endpoint if allows(endpoint, g.user.role) else "sign_in.show"))
    )


def _target(wanted: str) -> str:
    """Only a path of this desk: "//host" and "/\\host" would leave it."""
    if wanted.startswith("/") and not wanted.startswith(("//", "/\\")):
        return wanted
    return url_for("sign_in.home")
