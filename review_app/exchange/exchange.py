"""Interchanges with partners: what came and went, each with its tree, its raw text and its answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from flask import Response, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.act import Act
from core.errors import BadInput, NotFound
from core.events import sentence
from core.exchange.decide import close, release, settle
from core.exchange.listing import interchange_page
from core.exchange.resend import resend
from core.exchange.search import ANSWERS, FILTERS, Asked
from core.exchange.tables import ExchangeInterchange, Partner
from core.exchange.view import interchange_view
from core.exchange.view_values import InterchangeView
from core.inbound.blobs import blob_start
from core.inbound.envelopes import VERDICTS, Fault
from core.inbound.tables import InboundDocument
from core.journal import history
from core.lifecycle import legal_verbs
from extraction.edi.words import words_of
from review_app.exchange.edit import editable
from review_app.exchange.raw_text import MOST_BYTES, raw_text, said_of
from review_app.forms import words
from review_app.fragments import go, page
from review_app.here import database, page_number
from review_app.raw import download_of
from review_app.steps import take

SHOWN = {
    "": "All",
    "in": "Received",
    "out": "Sent",
    "trouble": "Needs a look",
    "waiting": "Answer awaited",
    "test": "Tests",
    "copies": "Repeated",
}


DAYS = {1: "24 hours", 7: "7 days", 30: "30 days", 365: "a year"}


def show() -> Response:
    wanted = asked()
    with database().read() as session:
        found = interchange_page(session, wanted, page=page_number())
        partners = session.execute(select(Partner.id, Partner.name).order_by(Partner.name)).all()
    return page(
        "exchange.html",
        block="rows",
        found=found,
        pages=max(1, -(-found.total // found.page_size)),
        shown=SHOWN,
        asked=wanted,
        kept={name: value for name, value in request.args.items() if name != "page" and value},
        verdicts=VERDICTS,
        answers=ANSWERS,
        days=DAYS,
        partners=partners,
        form_words=form_words,
    )


def asked() -> Asked:
    """What the address asks for; a name that nobody knows asks for nothing."""
    values = request.args
    name, days = values.get("show", ""), _number("days")
    return Asked(
        show=name if name in FILTERS else "",
        partner_id=_number("partner"),
        verdict=values.get("verdict", ""),
        answer=values.get("answer", ""),
        days=days if days in DAYS else None,
        words=values.get("q", "").strip()[:100],
    )


def one(interchange_id: int) -> Response:
    first = max(1, _number("from") or 1)
    with database().read() as session:
        view = interchange_view(session, interchange_id)
        findings = findings_of(session, view.document_id)
        content = _content(session, view)
        events = [
            (event.at, sentence(event.name, event.facts))
            for event in history(session, "interchange", interchange_id)
        ]
        document = session.get(InboundDocument, view.document_id) if view.document_id else None
        verbs = legal_verbs("document", document.status) if document else ()
    text, charset = editable(view, content, verbs)
    return page(
        "interchange.html",
        block="raw",
        text=text,
        charset=charset,
        view=view,
        faults=tuple(_faults(view)),
        raw=raw_text(content, first, _faults(view), findings),
        said=lambda fault: said_of(fault, findings),
        events=events,
        todo=todo_of(view),
        form_words=form_words,
    )


def _again(session: Session, row: ExchangeInterchange, by: Act) -> str:
    resend(session, row, same_number=True, reason=_why(), act=by)
    return "It is sent again under its number."


def _renumbered(session: Session, row: ExchangeInterchange, by: Act) -> str:
    resend(session, row, same_number=False, reason=_why(), act=by)
    return "It is sent again under a new number."


def _why() -> str:
    reason = words("reason")
    if not reason:
        raise BadInput("Say why it goes again; it is kept in its history.", "reason")
    return reason


def _release(session: Session, row: ExchangeInterchange, by: Act) -> str:
    release(session, row, words("reason"), act=by)
    return "It is taken on as it stands and read again."


def _close(session: Session, row: ExchangeInterchange, by: Act) -> str:
    close(session, row, words("reason"), act=by)
    return "Closed."


def _settle(session: Session, row: ExchangeInterchange, by: Act) -> str:
    settle(session, row, words("reason"), act=by)
    return "It is no open work any more."


@dataclass(frozen=True, slots=True)
class Todo:
    """A step that is offered. verb: of the lifecycle; reason: what a person is asked for, "" for nothing."""

    name: str
    verb: str
    label: str
    key: str
    hint: str
    reason: str
    take: Callable[[Session, ExchangeInterchange, Act], str]


TODO = (
    Todo(
        "release",
        "release",
        "Take it on all the same",
        "t",
        "It is read again as it stands, and its orders become drafts.",
        "Why it is taken on",
        _release,
    ),
    Todo("close", "close", "Close", "c", "Nothing more is done with it.", "What was done", _close),
    Todo(
        "settle",
        "settle",
        "Dealt with",
        "d",
        "Their refusal or silence needs nobody any more.",
        "What was done",
        _settle,
    ),
    Todo(
        "resend",
        "resend",
        "Send again",
        "r",
        "Under its number: the partner lost the file.",
        "Why it goes again",
        _again,
    ),
    Todo(
        "resend-renumbered",
        "resend",
        "Send again under a new number",
        "",
        "The partner took the number and refused what was in it.",
        "Why it goes again",
        _renumbered,
    ),
)
STEPS = {todo.name: todo.take for todo in TODO}


def todo_of(view: InterchangeView) -> tuple[tuple[str, str, str, str, str], ...]:
    """(name, label, key, hint, reason) of what this one allows now."""
    return tuple(
        (todo.name, todo.label, todo.key, todo.hint, todo.reason)
        for todo in TODO
        if todo.verb in view.legal_verbs and (todo.verb != "settle" or view.row.troubled)
    )


def step(interchange_id: int, verb: str) -> Response:
    def load(session: Session) -> ExchangeInterchange:
        row = session.get(ExchangeInterchange, interchange_id, with_for_update=True)
        if row is None:
            raise NotFound(f"There is no interchange {interchange_id}.")
        return row

    take(STEPS, verb, load)
    return go("exchange.one", interchange_id=interchange_id)


def download(interchange_id: int) -> Response:
    """The bytes exactly as they came or went."""
    with database().read() as session:
        view = interchange_view(session, interchange_id)
    if not view.content_sha256:
        raise NotFound("Nothing is stored of this interchange yet.")
    return download_of(
        view.content_sha256, view.row.file_name or f"interchange-{interchange_id}.edi"
    )


def form_words(form: str) -> str:
    """ "x12/850" as "850, a purchase order"."""
    return f"{form.partition('/')[2] or form}, {words_of(form)[1]}"


def _faults(view: InterchangeView) -> Iterable[Fault]:
    """All of them, from the envelope inwards."""
    yield from view.faults
    for group in view.groups:
        yield from group.faults
        for message in group.messages:
            yield from message.faults
    for message in view.messages:
        yield from message.faults


def findings_of(session: Session, document_id: int | None) -> list[Mapping[str, str]]:
    if document_id is None:
        return []
    document = session.get_one(InboundDocument, document_id)
    return [{k: str(v) for k, v in finding.items()} for finding in document.findings]


def _content(session: Session, view: InterchangeView) -> bytes:
    """As much of it as is shown at all."""
    if not view.content_sha256:
        return b""
    return blob_start(session, view.content_sha256, MOST_BYTES + 1)


def _number(name: str) -> int | None:
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None
