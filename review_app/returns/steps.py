"""The steps of a return: name -> (parse the form, call the verb, say what was done)."""

from __future__ import annotations

from collections.abc import Callable

from flask import request
from sqlalchemy.orm import Session

from core.act import Act
from core.errors import BadInput
from core.returns import close as closing
from core.returns.authorise import authorise_requested
from core.returns.dispose import dispose
from core.returns.inspect import inspect
from core.returns.receive import receive
from core.returns.refuse import cancel, refuse
from core.returns.tables import ReturnAuthorization
from review_app.forms import amount, sentence, words
from review_app.here import whole_number

Step = Callable[[Session, ReturnAuthorization, Act], str]


def _authorise(session: Session, rma: ReturnAuthorization, by: Act) -> str:
    authorise_requested(session, rma, act=by)
    return f"{rma.number} is authorised; the customer is told."


def _refuse(session: Session, rma: ReturnAuthorization, by: Act) -> str:
    refuse(session, rma, sentence("reason", "Say why; the customer reads it."), act=by)
    return f"{rma.number} is refused; the customer is told."


def _cancel(session: Session, rma: ReturnAuthorization, by: Act) -> str:
    cancel(session, rma, sentence("reason", "Say why the return is cancelled."), act=by)
    return f"{rma.number} is cancelled."


def _receive(session: Session, rma: ReturnAuthorization, by: Act) -> str:
    """Inputs "quantity.<line>", "condition.<line>", "lot.<line>"."""
    arrived = {
        line_id: (
            amount(f"quantity.{line_id}", "quantity"),
            words(f"condition.{line_id}"),
            words(f"lot.{line_id}", 64),
        )
        for line_id in _lines("quantity.")
    }
    receive(session, rma, arrived, act=by)
    return "What arrived is recorded and waits for inspection."


def _inspect(session: Session, rma: ReturnAuthorization, by: Act) -> str:
    """Inputs "decision.<line>" ("accepted" or "rejected") and "reason.<line>"."""
    decisions = {
        line_id: (request.form[f"decision.{line_id}"], words(f"reason.{line_id}"))
        for line_id in _lines("decision.")
    }
    if not decisions:
        raise BadInput("Decide on at least one line.", "decision")
    inspect(session, rma, decisions, act=by)
    return "The inspection is recorded."


def _dispose(session: Session, rma: ReturnAuthorization, by: Act) -> str:
    kind = words("kind")
    dispose(session, rma, whole_number("line_id"), kind, amount("quantity", "quantity"), act=by)
    return f"Recorded: {kind.replace('_', ' ')}."


def _close(session: Session, rma: ReturnAuthorization, by: Act) -> str:
    closing.close(session, rma, act=by)
    return f"{rma.number} is closed; what was accepted is credited."


def _lines(prefix: str) -> list[int]:
    return [
        int(name.removeprefix(prefix))
        for name, text in request.form.items()
        if name.startswith(prefix) and name.removeprefix(prefix).isdigit() and text.strip()
    ]


STEPS: dict[str, Step] = {
    "authorise": _authorise,
    "refuse": _refuse,
    "cancel": _cancel,
    "receive": _receive,
    "inspect": _inspect,
    "dispose": _dispose,
    "close": _close,
}
