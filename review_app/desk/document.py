"""One document as it arrived: read it, move it to its lane, close it, make a draft or a return from it."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, flash, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.act import Act
from core.drafts.open import open_drafts
from core.drafts.tables import Draft
from core.errors import NotFound
from core.events import sentence
from core.inbound import lanes
from core.inbound.documents import document_view
from core.inbound.reading import LANES, Extraction
from core.inbound.tables import InboundDocument
from core.journal import history
from core.lifecycle import legal_verbs
from review_app.desk.document_text import shown_text
from review_app.fragments import go, page
from review_app.here import act, database
from review_app.show import words


def show(document_id: int) -> Response:
    with database().read() as session:
        view = document_view(session, document_id)
        drafts = session.execute(
            select(Draft.id, Draft.po_number, Draft.status).where(Draft.document_id == document_id)
        ).all()
        events = [
            (event.at, sentence(event.name, event.facts))
            for event in history(session, "document", document_id)
        ]
    return page(
        "document.html",
        view=view,
        texts={part.id: shown_text(part) for part in view.parts},
        drafts=drafts,
        events=events,
        lanes=LANES,
        verbs=legal_verbs("document", view.row.status),
    )


def relane(document_id: int) -> Response:
    lane = request.form.get("lane", "")
    _do(document_id, lambda session, row, by: lanes.relane(session, row, lane, act=by))
    flash(f"Moved to {words(lane)}.", "done")
    return go("document.show", document_id=document_id)


def close(document_id: int) -> Response:
    reason = request.form.get("reason", "").strip()[:400] or "Nothing to do"
    row = _do(document_id, lambda session, row, by: lanes.close(session, row, reason, act=by))
    flash("Closed.", "done")
    return go("lanes.show", lane=row.lane) if row.lane else go("queue.show")


def reopen(document_id: int) -> Response:
    _do(document_id, lambda session, row, by: lanes.reopen(session, row, act=by))
    return go("document.show", document_id=document_id)


def replay(document_id: int) -> Response:
    _do(document_id, lambda session, row, by: lanes.replay(session, row, act=by))
    flash("It is being read again.", "done")
    return go("document.show", document_id=document_id)


def make_draft(document_id: int) -> Response:
    """A person says that this is an order: it moves to that lane and a draft is opened from what was read."""

    def work(session: Session, row: InboundDocument, by: Act) -> None:
        if row.lane != "order":
            lanes.relane(session, row, "order", act=by.under("relane"))
        reading = Extraction.of_json({"orders": [], **row.reading, "lane": "order"})
        open_drafts(session, row, reading, act=by)

    _do(document_id, work)
    with database().read() as session:
        draft_id = session.scalar(
            select(Draft.id).where(Draft.document_id == document_id).order_by(Draft.ordinal)
        )
    if draft_id is None:
        return go("document.show", document_id=document_id)
    return go("workbench.show", draft_id=draft_id)


def _do(
    document_id: int, work: Callable[[Session, InboundDocument, Act], object]
) -> InboundDocument:
    by = act()

    def whole(session: Session) -> InboundDocument:
        row = session.get(InboundDocument, document_id)
        if row is None:
            raise NotFound(f"There is no document {document_id}.")
        work(session, row, by)
        return row

    return database().run(whole)
