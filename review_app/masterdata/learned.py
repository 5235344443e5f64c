"""What Orderclerk has learned from corrections: every lesson a sentence, to be revoked and restored."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, request
from sqlalchemy.orm import Session

from core.act import Act
from core.lessons.mappings import learned_mappings, restore_mapping, revoke_mapping
from core.lessons.page import lesson_page
from core.lessons.revoke import restore, revoke
from review_app.choosing import chosen_customer
from review_app.fragments import go, page
from review_app.here import database, page_number
from review_app.steps import take


def show() -> Response:
    draft_id = _draft()
    with database().read() as session:
        customer = chosen_customer(session, request.args.get("customer", ""))
        customer_id = customer.id if customer else None
        found = lesson_page(session, customer_id=customer_id, draft_id=draft_id, page=page_number())
        numbers = learned_mappings(session, customer_id=customer_id)
    return page(
        "learned.html",
        block="rows",
        found=found,
        numbers=[n for n in numbers if draft_id in (None, n.draft_id)],
        pages=max(1, -(-found.total // found.page_size)),
        customer=customer.label if customer else "",
        draft_id=draft_id,
    )


def _revoke(session: Session, lesson_id: int, by: Act) -> str:
    revoke(session, lesson_id, act=by)
    return "Revoked: no document is read with it any more."


def _restore(session: Session, lesson_id: int, by: Act) -> str:
    restore(session, lesson_id, act=by)
    return "It counts again from the next document on."


def _revoke_number(session: Session, event_id: int, by: Act) -> str:
    revoke_mapping(session, event_id, act=by)
    return "Revoked: the part number means nothing any more; waiting drafts were matched again."


def _restore_number(session: Session, event_id: int, by: Act) -> str:
    restore_mapping(session, event_id, act=by)
    return "The part number is remembered again; waiting drafts were matched again."


Step = Callable[[Session, int, Act], str]
LESSONS: dict[str, Step] = {"revoke": _revoke, "restore": _restore}
NUMBERS: dict[str, Step] = {"revoke": _revoke_number, "restore": _restore_number}


def step(lesson_id: int, verb: str) -> Response:
    take(LESSONS, verb, lambda session: lesson_id)
    return _back()


def number(event_id: int, verb: str) -> Response:
    take(NUMBERS, verb, lambda session: event_id)
    return _back()


def _back() -> Response:
    return go("learned.show", customer=request.args.get("customer") or None, draft=_draft())


def _draft() -> int | None:
    text = request.args.get("draft", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 12 else None
