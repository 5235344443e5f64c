"""The outbox: what was and will be sent, exactly as sent; for uncertain mails a person decides."""

from __future__ import annotations

import email
import email.policy

from flask import Response, request
from sqlalchemy.orm import Session

from core.act import Act
from core.correspondence.outbox_page import (
    MAIL_TASKS,
    cancel_mail,
    mark_sent,
    outbox_page,
    resend,
    sent_mail,
)
from review_app.fragments import go, page
from review_app.here import database, page_number
from review_app.steps import take

STATES = ("due", "uncertain", "failed", "done", "suppressed", "cancelled")


def show() -> Response:
    state = request.args.get("state", "")
    with database().read() as session:
        found = outbox_page(session, state=state if state in STATES else "", page=page_number())
    pages = max(1, -(-found.total // found.page_size))
    return page("outbox.html", block="rows", found=found, pages=pages, state=state, states=STATES)


def mail(item_id: int) -> Response:
    """The mail's source, its headers and its text."""
    with database().read() as session:
        content = sent_mail(session, item_id)
    message = email.message_from_bytes(content, policy=email.policy.default)
    body = message.get_body(("plain",))
    return page(
        "outbox_mail.html",
        item_id=item_id,
        headers=[(name, str(value)) for name, value in message.items()],
        text=body.get_content() if body else "",
        attachments=[part.get_filename() or "" for part in message.iter_attachments()],
        source=content.decode("utf-8", "replace"),
    )


def _resend(session: Session, item_id: int, by: Act) -> str:
    item = resend(session, item_id, act=by)
    mail = item.task in MAIL_TASKS
    return "It is sent again, under the same Message-ID." if mail else "It is tried again."


def _mark_sent(session: Session, item_id: int, by: Act) -> str:
    mark_sent(session, item_id, act=by)
    return "Marked as sent."


def _cancel(session: Session, item_id: int, by: Act) -> str:
    cancel_mail(session, item_id, act=by)
    return "It will not be sent or tried again."


STEPS = {"resend": _resend, "mark-sent": _mark_sent, "cancel": _cancel}


def step(item_id: int, verb: str) -> Response:
    take(STEPS, verb, lambda session: item_id)
    return go("outbox.show")
