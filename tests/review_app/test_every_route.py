"""Every address: headers, form tokens, roles. New routes are walked by themselves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from review_app.roles import PUBLIC
from review_app.routes import ROUTES, Route
from tests.review_app.conftest import Browser
from tests.review_app.firm import Firm

ROLES = ("clerk", "planner", "warehouse", "admin")
Open = Callable[[str], Browser]
WORDS = {
    "lane": "other",
    "verb": "nothing",
    "paper": "pick-list",
    "table": "items",
    "form": "csv",
    "key": "S1",
}
NUMBER = {
    "draft_id": "draft_id",
    "document_id": "document_id",
    "part_id": "part_id",
    "customer_id": "customer_id",
}


def path_of(app: Flask, route: Route, firm: Firm) -> str:
    values: dict[str, object] = {}
    rule = next(r for r in app.url_map.iter_rules() if r.endpoint == route.endpoint)
    for name in rule.arguments:
        known = getattr(firm, NUMBER.get(name, ""), None)
        values[name] = WORDS.get(name, known if known is not None else 1)
    with app.test_request_context():
        return app.url_for(route.endpoint, **values)


def ids(route: object) -> str:
    return f"{getattr(route, 'method', '')} {getattr(route, 'rule', route)}"


# Programs prove who they are by token, not by cookie: tests/api/test_rest.py asks these without one.
UNSAFE = [r for r in ROUTES if r.method != "GET" and not r.rule.startswith("/api/")]
READING = [route for route in ROUTES if route.method == "GET"]


def test_every_unsafe_route_refuses_without_a_token(app: Flask, firm: Firm, browser: Open) -> None:
    admin = browser("admin")
    for route in UNSAFE:
        answer = admin.client.post(path_of(app, route, firm), data={"reason": "x"})
        assert answer.status_code == 400, route
        wrong = admin.client.post(path_of(app, route, firm), headers={"X-CSRFToken": "guess"})
        assert wrong.status_code == 400, route


def test_no_other_method_is_open(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/"):
            continue
        assert (rule.methods or set()) - {"GET", "HEAD", "OPTIONS", "POST"} == set(), rule


def test_every_answer_has_the_headers(app: Flask, firm: Firm, browser: Open) -> None:
    admin, stranger = browser("admin"), browser("")
    answers = [(r, c.get(path_of(app, r, firm))) for r in READING for c in (admin, stranger)]
    answers.append((None, admin.get("/nowhere")))  # type: ignore[arg-type]
    answers.append((None, admin.client.post("/draft/1/confirm")))  # type: ignore[arg-type]
    for route, answer in answers:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, route
        assert "script-src" not in policy or "script-src 'self';" in policy, route
        assert "unsafe" not in policy or "sandbox; style-src" in policy, route
        assert "frame-ancestors" in policy, route
        assert answer.headers["X-Content-Type-Options"] == "nosniff", route
        assert answer.headers["Referrer-Policy"] == "same-origin", route
        assert "no-store" in answer.headers["Cache-Control"], route


@pytest.mark.parametrize("role", ROLES)
def test_each_role_reaches_only_its_own(app: Flask, firm: Firm, browser: Open, role: str) -> None:
    person = browser(role)
    for route in ROUTES:
        if route.endpoint in ("sign_in.leave", "sign_in.enter"):
            continue
        path = path_of(app, route, firm)
        answer = person.get(path) if route.method == "GET" else person.post(path)
        refused = answer.status_code == 403
        assert refused == (role not in route.roles and route.roles != PUBLIC), (route, answer)
        assert answer.status_code < 500, (route, answer.get_data(as_text=True))


def test_a_stranger_is_sent_to_sign_in(app: Flask, firm: Firm, browser: Open) -> None:
    stranger = browser("")
    stranger.get("/sign-in")
    for route in ROUTES:
        if route.roles == PUBLIC:
            continue
        path = path_of(app, route, firm)
        answer = stranger.get(path) if route.method == "GET" else stranger.post(path)
        assert answer.status_code == 303, route
        assert answer.headers["Location"].startswith("/sign-in"), route
