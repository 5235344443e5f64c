"""What happened lately, in figures with their definitions."""

from __future__ import annotations

from flask import Response, request

from core.drafts.reasons import label
from core.insight.figures import insight
from core.values import utc_now
from review_app.fragments import page
from review_app.here import database

PERIODS = (7, 30, 90)


def show() -> Response:
    days = request.args.get("days", "30")
    chosen = int(days) if days in map(str, PERIODS) else 30
    with database().read() as session:
        found = insight(session, now=utc_now(), days=chosen)
    return page("insight.html", found=found, days=chosen, periods=PERIODS, reason_label=label)
