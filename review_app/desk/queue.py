"""The queue: which drafts wait, filtered and counted."""

from __future__ import annotations

from flask import Response, request
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.drafts import queue as drafts
from core.drafts.again.underway import underway
from core.drafts.reasons import label
from core.drafts.tables import Draft
from core.inbound import documents
from review_app.fragments import page
from review_app.here import database, me, page_number
from review_app.queue_words import SORTS, VIEWS, queue_filter, queue_words


def show() -> Response:
    """The queue; with ?lane= of a kind only drafts of that kind."""
    words = queue_words(request.args)
    with database().read() as session:
        wanted = queue_filter(session, words, page_number())
        found = drafts.queue(session, wanted, me().user_id)
        lanes = documents.lane_counts(session)
        without_draft = drafts.lanes(session)
        kinds = kind_counts(session)
        again = underway(session)
    return page(
        "queue.html",
        block="rows",
        found=found,
        wanted=wanted,
        words=words,
        lanes=lanes,
        without_draft=without_draft,
        kinds=kinds,
        sorts=SORTS,
        views=tuple(VIEWS),
        reason_label=label,
        again=again,
    )


def again() -> Response:
    """How far the look at drafts is that hang on a change; when it is over the rows are drawn anew."""
    with database().read() as session:
        found = underway(session)
    answer = page("queue_again.html", again=found)
    if found is None:
        answer.headers["HX-Trigger"] = "looked-again"
    return answer


def kind_counts(session: Session) -> dict[str, int]:
    """Open and waiting drafts by kind."""
    rows = session.execute(
        select(Draft.kind, func.count()).where(Draft.status.in_(VIEWS["open"])).group_by(Draft.kind)
    )
    return dict(rows.all())
