"""Mails about new dates: looked at, edited, sent one by one or all at once, or dropped."""

from __future__ import annotations

from pathlib import Path

from flask import Response, flash, request
from sqlalchemy.orm import Session

from core.act import Act
from core.correspondence.notice_page import notice_view
from core.correspondence.notices import send, send_all
from core.errors import NotFound
from core.watch.notice import LONGEST, drop, edit
from core.watch.tables import PromiseNotice
from review_app.forms import sentence
from review_app.fragments import go, page
from review_app.here import act, database, settings
from review_app.steps import take


def show(notice_id: int) -> Response:
    with database().read() as session:
        mail = notice_view(session, notice_id, _own_templates())
    return page("watch_mail.html", mail=mail)


def _own_templates() -> Path | None:
    own = settings().data_dir / "templates"
    return own if own.is_dir() else None


def _edit(session: Session, notice: PromiseNotice, by: Act) -> str:
    text = request.form.get("text", "").replace("\r\n", "\n")[: LONGEST + 1]
    edit(session, notice, text, act=by)
    return "The mail goes as you wrote it."


def _reset(session: Session, notice: PromiseNotice, by: Act) -> str:
    edit(session, notice, "", act=by)
    return "The mail is written from the new dates again."


def _send(session: Session, notice: PromiseNotice, by: Act) -> str:
    send(session, notice, act=by)
    return "It goes out; the outbox shows it."


def _drop(session: Session, notice: PromiseNotice, by: Act) -> str:
    drop(session, notice, sentence("reason", "Say how the customer knows."), act=by)
    return "This mail is not sent."


STEPS = {"edit": _edit, "reset": _reset, "send": _send, "drop": _drop}


def step(notice_id: int, verb: str) -> Response:
    take(STEPS, verb, lambda session: _notice(session, notice_id))
    if verb in ("edit", "reset"):
        return go("mails.show", notice_id=notice_id)
    return go("watch.show", tab="mails")


def _notice(session: Session, notice_id: int) -> PromiseNotice:
    notice = session.get(PromiseNotice, notice_id)
    if notice is None:
        raise NotFound("There is no such mail about new dates.")
    return notice


def send_batch() -> Response:
    """All mails that the page showed, in one transaction."""
    by = act()
    ids = [
        int(text) for text in request.form.getlist("notice") if text.isascii() and text.isdigit()
    ]

    def work(session: Session) -> int:
        waiting = [_notice(session, notice_id) for notice_id in ids]
        return len(send_all(session, [n for n in waiting if n.status == "drafted"], act=by))

    sent = database().run(work)
    flash(f"{sent} customer{'s are' if sent != 1 else ' is'} told; the outbox shows how.", "done")
    return go("watch.show", tab="mails")
