"""The pages of a document as pictures for the desk; a few at a time, each lot in a child of its own."""

from __future__ import annotations

import logging

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import outbox
from core.inbound.blobs import load_blob
from core.inbound.read import store_page_image
from core.inbound.tables import Part
from core.outbox import OutboxItem
from core.values import utc_now
from workers.reader.values import Picture, ReadFailure
from workers.retries import OUTAGES, later
from workers.tools import Tools

log = logging.getLogger(__name__)

LOT = 5
PAGES = 50
ATTEMPTS = 3


def run(tools: Tools, item_id: int) -> None:
    """Claims the outbox row "render-pages" and draws what is not drawn yet."""
    work = tools.database.run(lambda session: _claim(session, tools, item_id))
    if work is None:
        return
    attempt, parts = work
    trouble = ""
    try:
        for part in parts:
            trouble = _draw(tools, part) or trouble
    except OUTAGES as error:
        log.warning("pages of outbox row %s wait: %s", item_id, error)
        trouble = "server-away"
    tools.database.run(lambda session: _settle(session, item_id, attempt, trouble))


def _claim(session: Session, tools: Tools, item_id: int) -> tuple[int, list[Part]] | None:
    item = outbox.claim(session, item_id, tools.owner, utc_now())
    if item is None:
        return None
    if item.attempts > ATTEMPTS:
        outbox.settle(item, "failed", utc_now(), reason="reader-crashed")
        return None
    parts = session.scalars(select(Part).where(Part.document_id == item.subject_id))
    return item.attempts, [part for part in parts if part.pages]


def _draw(tools: Tools, part: Part) -> str:
    """Draws one part lot by lot; returns the code of what went wrong, ""."""
    with tools.database.read() as session:
        content = load_blob(session, part.sha256)
    numbers = range(1, min(len(part.pages), PAGES) + 1)
    trouble = ""
    for start in range(0, len(numbers), LOT):
        drawn = tools.reader.render_pages(content, tuple(numbers[start : start + LOT]))
        if isinstance(drawn, ReadFailure):
            log.warning("pages from %s of part %s: %s", start + 1, part.id, drawn.code)
            trouble = drawn.code
        else:
            pictures = drawn
            tools.database.run(lambda session, p=pictures: _store(session, part, p))  # type: ignore[misc]
    return trouble


def _store(session: Session, part: Part, pictures: tuple[Picture, ...]) -> None:
    if session.get(Part, part.id) is None:  # replayed meanwhile: other rows, other pictures
        return
    for picture in pictures:
        store_page_image(session, part, picture.page, picture.png, picture.width, picture.height)


def _settle(session: Session, item_id: int, attempt: int, trouble: str) -> None:
    item = session.get_one(OutboxItem, item_id)
    now = utc_now()
    if not trouble:
        outbox.settle(item, "done", now)
    elif attempt < ATTEMPTS:
        outbox.settle(item, "due", now, reason=trouble, due_at=later(now, attempt))
    else:
        outbox.settle(item, "failed", now, reason=trouble)
