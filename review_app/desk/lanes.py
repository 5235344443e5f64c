"""A lane of documents that are no drafts: questions, quotes, returns, automatic mail, the unreadable."""

from __future__ import annotations

from flask import Response
from sqlalchemy import select

from core.drafts.queue import QueueFilter
from core.drafts.tables import Draft
from core.errors import NotFound
from core.inbound import documents
from core.inbound.reading import LANES
from review_app.desk.queue import kind_counts
from review_app.fragments import page
from review_app.here import database, page_number

SHOWN = (*LANES, "unread", "quarantine", "copies")
HINTS = {
    "quote_request": "Nobody promised anything yet. Answer from your mailbox, or make a draft from it.",
    "status_question": "The order's screen says what was promised and what has left.",
    "return_request": "Open the mail, find the order, and authorise the return there.",
    "automatic": "Out-of-office notes, bounces and newsletters. Never answered.",
    "other": "What fits no lane. Move it with one key, or close it.",
    "quarantine": "Could not be read within its limits. The original is kept: download it, read it again, or close it.",
    "unread": "Arrived and waiting to be read; this takes seconds.",
    "copies": "The same bytes as an earlier document; kept, and nothing is done with them.",
}


def show(lane: str) -> Response:
    if lane not in SHOWN:
        raise NotFound("There is no such lane.")
    with database().read() as session:
        found = documents.lane_page(session, lane, page_number())
        lanes = documents.lane_counts(session)
        kinds = kind_counts(session)
        rows = session.execute(
            select(Draft.document_id, Draft.id)
            .where(Draft.document_id.in_([row.id for row in found.rows]))
            .order_by(Draft.id.desc())
        )
        drafts = dict(rows.all())
    pages = max(1, -(-found.total // found.page_size))
    return page(
        "lane.html",
        block="rows",
        lane=lane,
        found=found,
        pages=pages,
        lanes=lanes,
        kinds=kinds,
        drafts=drafts,
        hint=HINTS.get(lane, ""),
        wanted=QueueFilter(),
    )
