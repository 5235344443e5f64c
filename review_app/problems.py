"""What a person sees when a step did not work: a sentence, the way on, and a number to tell the administrator."""

from __future__ import annotations

import logging
import secrets

from flask import Flask, Response, g, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from core import errors
from review_app.api import door
from review_app.here import is_fragment
from review_app.told import told

log = logging.getLogger("orderclerk.web")

STATUS: dict[type[Exception], int] = {
    errors.BadInput: 422,
    errors.NotFound: 404,
    errors.NotAllowed: 403,
    errors.Stale: 409,
    errors.IllegalStep: 409,
    errors.Blocked: 409,
    errors.NotEnough: 409,
    errors.Unreadable: 422,
    errors.Unavailable: 503,
    errors.Misconfigured: 500,
    errors.OrderclerkError: 500,
}

SENTENCES: dict[int, str] = {
    404: "There is nothing under this address. It may have been moved, or the link is old.",
    405: "This address cannot be used this way.",
    413: "This is larger than 32 MB, the most that the desk takes at once.",
    500: "The desk could not do this step because of a fault of its own.",
}


FOR_PROGRAMS = "/api/"


def answer_errors(app: Flask) -> None:
    app.register_error_handler(errors.OrderclerkError, _refused)
    app.register_error_handler(CSRFError, _no_token)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(StaleDataError, _collided)
    app.register_error_handler(IntegrityError, _collided)
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(Exception, _broken)


def _refused(error: errors.OrderclerkError) -> Response:
    status = next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)
    if status >= 500:
        return _answer(error.sentence, status, number=_logged(error))
    return _answer(
        error.sentence,
        status,
        differences=getattr(error, "differences", ()),
        reasons=getattr(error, "reasons", ()),
        field=getattr(error, "field", ""),
    )


def _no_token(error: CSRFError) -> Response:
    return _answer(
        "This form is too old or was not made by this desk.",
        400,
    )


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if 300 <= status < 400:
        return make_response(error.get_response())
    return _answer(SENTENCES.get(status, error.description or SENTENCES[500]), status)


def _collided(error: Exception) -> Response:
    log.info("collision: %s", error)
    return _answer(errors.Stale().sentence, 409)


def _database_away(error: OperationalError) -> Response:
    return _answer(
        "The database does not answer.",
        503,
        number=_logged(error),
    )


def _broken(error: Exception) -> Response:
    return _answer(SENTENCES[500], 500, number=_logged(error))


def _logged(error: Exception) -> str:
    number = secrets.token_hex(4)
    log.error("error %s at %s %s", number, request.method, request.path, exc_info=error)
    return number


def _answer(sentence: str, status: int, **more: object) -> Response:
    if request.path.startswith(FOR_PROGRAMS):
        return door.problem(status, sentence)
    g.uncounted = status >= 500  # the bar asks the database for nothing while something is wrong
    template = "problem_notice.html" if is_fragment() else "problem.html"
    response = make_response(
        render_template(template, sentence=sentence, status=status, told=told(status), **more),
        status,
    )
    if is_fragment():
        response.headers["HX-Retarget"] = "#notice"
        response.headers["HX-Reswap"] = "innerHTML"
    return response
