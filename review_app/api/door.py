"""Every call comes through here: who asks, how often, what was answered before, and how a refusal looks."""

from __future__ import annotations

import hashlib
import json
import logging
import math
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from flask import Response, current_app, make_response, request
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from core import errors
from core.act import Act
from core.masterdata.put import Refused
from core.people import tokens
from core.people.tables import ApiAnswer
from core.people.tokens import Caller
from core.values import utc_now
from review_app.api.limits import Limiter, SharedLimiter
from review_app.here import database

log = logging.getLogger("orderclerk.web")

LARGEST = 8 * 1024 * 1024
LONGEST_KEY = 200
EXTENSION = "orderclerk.api-limiter"
STATUS: dict[type[Exception], int] = {
    errors.BadInput: 422,
    errors.NotFound: 404,
    errors.NotAllowed: 403,
    errors.Stale: 412,
    errors.Blocked: 409,
    errors.IllegalStep: 409,
    errors.NotEnough: 409,
    errors.Unavailable: 503,
    errors.OrderclerkError: 500,
}
TITLES = {
    400: "Not understood",
    401: "No token",
    403: "Not allowed",
    404: "Not found",
    409: "Not possible now",
    412: "Changed in the meantime",
    415: "Not JSON",
    422: "Refused",
    429: "Too often",
    500: "Something went wrong",
    503: "Not available",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """body: what becomes JSON; None for an empty answer."""

    body: Any = None
    code: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def answer(work: Callable[[Caller], Answer]) -> Response:
    """Runs `work` for the program that asks; whatever goes wrong is a problem in JSON."""
    request.max_content_length = LARGEST
    try:
        caller = _caller()
        if isinstance(caller, Response):
            return caller
        return _json(work(caller))
    except errors.OrderclerkError as error:
        return _refused(error)
    except HTTPException as error:
        return problem(error.code or 500, error.description or "")
    except StaleDataError:
        return problem(412, errors.Stale().sentence)
    except IntegrityError:
        return problem(
            409, "Somebody did the same at the same time; nothing was changed. Ask again."
        )
    except OperationalError:
        log.exception("the database does not answer")
        return problem(
            503, "The database does not answer; nothing was changed. Try again in a moment."
        )
    except Exception as error:
        number = secrets.token_hex(4)
        log.error("error %s at %s %s", number, request.method, request.path, exc_info=error)
        return problem(
            500,
            f"Something went wrong here, and nothing was changed. Tell the administrator {number}.",
        )


def write(caller: Caller, work: Callable[[Session, Act], Answer]) -> Answer:
    """Runs `work` in one transaction, with its answer kept in it when the call has an Idempotency-Key."""
    key = request.headers.get("Idempotency-Key", "")
    act = Act(caller.actor, utc_now())
    if not key:
        return _twice(lambda session: work(session, act))
    if len(key) > LONGEST_KEY:
        raise errors.BadInput(f"An Idempotency-Key has at most {LONGEST_KEY} characters.")
    asked = _fingerprint()

    def once(session: Session) -> Answer:
        before = tokens.answer_under(session, caller.token_id, key)
        if before is not None:
            return _again(before, asked)
        done = work(session, act)
        session.add(
            ApiAnswer(
                token_id=caller.token_id,
                key=key,
                request_sha256=asked,
                code=done.code,
                headers=dict(done.headers),
                body=json.dumps(done.body, ensure_ascii=False),
            )
        )
        session.flush()
        return done

    try:
        return database().run(once)
    except (
        IntegrityError
    ):  # the same call at the same time: the other one did it, or both are refused
        return database().run(once)


def _twice(work: Callable[[Session], Answer]) -> Answer:
    """Somebody who made the same row at the same moment was faster: with that row there it is done once more."""
    try:
        return database().run(work)
    except IntegrityError:
        return database().run(work)


def body() -> dict[str, Any]:
    """The call's JSON object. Raises BadInput."""
    try:
        found = json.loads(request.get_data(cache=True) or b"null")
    except (ValueError, RecursionError):
        raise errors.BadInput(
            'The body is no JSON; send an object such as {"name": "…"}.'
        ) from None
    if not isinstance(found, dict):
        raise errors.BadInput("The body must be a JSON object.")
    return found


def problem(code: int, sentence: str, **more: Any) -> Response:
    """RFC 9457."""
    told = {
        "type": "about:blank",
        "title": TITLES.get(code, "Refused"),
        "status": code,
        "detail": sentence,
        **more,
    }
    response = make_response(json.dumps(told, ensure_ascii=False), code)
    response.headers["Content-Type"] = "application/problem+json"
    if code == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _caller() -> Caller | Response:
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    now = utc_now()
    caller = None
    if scheme.lower() == "bearer":
        with database().read() as session:
            caller = tokens.caller_of(session, text.strip(), now=now)
            stale = caller is not None and tokens.needs_touch(session, caller.token_id, now=now)
    if caller is None:
        return problem(
            401,
            "Send a token that counts: Authorization: Bearer oc_… An administrator makes one under Settings, API.",
        )
    limiter = cast(Limiter | SharedLimiter, current_app.extensions[EXTENSION])
    wait = limiter.wait(caller.bucket, time.monotonic())
    if wait:
        response = problem(429, f"Too many calls; wait {math.ceil(wait)} s.")
        response.headers["Retry-After"] = str(math.ceil(wait))
        return response
    if stale:
        found = caller.token_id
        database().run(lambda session: tokens.touch(session, found, now=now))
    return caller


def _fingerprint() -> str:
    content = request.get_data(cache=True)
    match = request.headers.get("If-Match", "")
    text = f"{request.method} {request.path} {match}\n".encode()
    return hashlib.sha256(text + content).hexdigest()


def _again(before: ApiAnswer, asked: str) -> Answer:
    if before.request_sha256 != asked:
        raise errors.BadInput(
            "This Idempotency-Key was used for another call; nothing was changed. Use a new key for a new call."
        )
    headers = {**before.headers, "Idempotency-Replayed": "true"}
    return Answer(json.loads(before.body), before.code, headers)


def _json(done: Answer) -> Response:
    text = "" if done.body is None else json.dumps(done.body, ensure_ascii=False)
    response = make_response(text, done.code)
    response.headers["Content-Type"] = "application/json"
    for name, value in done.headers.items():
        response.headers[name] = value
    return response


def _refused(error: errors.OrderclerkError) -> Response:
    code = next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)
    more: dict[str, Any] = {}
    if isinstance(error, Refused):
        more["problems"] = [
            {"column": p.column, "sentence": p.sentence} for p in error.plan.problems
        ]
    elif getattr(error, "field", ""):
        more["problems"] = [{"column": error.field, "sentence": error.sentence}]  # type: ignore[attr-defined]
    return problem(code, error.sentence, **more)
