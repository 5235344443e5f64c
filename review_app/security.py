"""Who is asking, and what a browser may do with our pages: sessions, CSRF, headers, limits."""

from __future__ import annotations

from datetime import datetime

from flask import Flask, Response, g, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect

from core.config import Settings
from core.errors import Misconfigured, NotAllowed
from core.people import sessions
from core.values import utc_now
from review_app.fragments import go
from review_app.here import database, settings
from review_app.roles import allows, is_public

LARGEST_REQUEST = 32 * 1024 * 1024
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# What a stranger sent: nothing of it runs, loads or reaches our origin.
STRANGERS_POLICY = (
    "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
# A mail of our own in its frame: its styles show, still nothing runs or loads.
LETTER_POLICY = STRANGERS_POLICY.replace("sandbox;", "sandbox; style-src 'unsafe-inline';")
BY_SECRET = (
    "review_app.exchange.cxml.post",
    "review_app.api.tables.put_many",
    "review_app.api.tables.put",
    "review_app.api.tables.patch",
    "review_app.api.tables.delete",
    "review_app.api.followed.settled",
)
"""Views that programs call: a secret or a token proves who it is, and no browser's cookie counts there."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Content-Security-Policy": CONTENT_POLICY,
}


def protect(app: Flask, options: Settings) -> None:
    """Sets limits, cookies and CSRF, and asks before every request who it is from."""
    if len(options.secret_key) < 16:
        raise Misconfigured(
            "ORDERCLERK_SECRET_KEY must have at least 16 characters. Put a random one into .env."
        )
    secure = not options.insecure_http
    app.config.update(
        SECRET_KEY=options.secret_key,
        SESSION_COOKIE_NAME="__Host-orderclerk-form" if secure else "orderclerk-form",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        MAX_FORM_PARTS=5_000,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=secure,
    )
    app.jinja_env.autoescape = True
    app.before_request(_know)
    tokens = CSRFProtect(app)
    for view in BY_SECRET:
        tokens.exempt(view)
    app.before_request(_let_in)
    app.after_request(_headers)


def cookie_name() -> str:
    return "orderclerk" if settings().insecure_http else "__Host-orderclerk"


def set_token(response: Response, token: str, expires_at: datetime) -> None:
    """Keeps the session's token in a cookie that only our pages send and no script reads."""
    response.set_cookie(
        cookie_name(),
        token,
        expires=expires_at,
        secure=not settings().insecure_http,
        httponly=True,
        samesite="Lax",
        path="/",
    )


def drop_token(response: Response) -> None:
    response.delete_cookie(
        cookie_name(), path="/", secure=not settings().insecure_http, httponly=True, samesite="Lax"
    )


def _know() -> None:
    """Who asks, before anything is refused: a page that says no has its bar too."""
    g.user = None
    if request.endpoint == "static":
        return
    token = request.cookies.get(cookie_name(), "")
    now = utc_now()
    stale = False
    if token:
        with database().read() as session:
            g.user = sessions.who(session, token, now=now)
            stale = g.user is not None and sessions.needs_touch(session, token, now=now)
    if stale:
        database().run(lambda session: sessions.touch(session, token, now=now))


def _let_in() -> ResponseReturnValue | None:
    endpoint = request.endpoint
    if endpoint is None or endpoint == "static" or is_public(endpoint):
        return None
    if g.user is None:
        wanted = request.full_path.rstrip("?") if request.method == "GET" else None
        return go("sign_in.show", next=wanted)
    if not allows(endpoint, g.user.role):
        raise NotAllowed()
    return None


def _headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
        response.headers.add("Vary", "Cookie")
        response.headers.add("Vary", "HX-Request")
    if not settings().insecure_http:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response
