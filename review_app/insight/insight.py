"""What happened lately, in figures with their definitions."""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for

from core.agreements.defaults import ROWS
from core.drafts.reasons import label
from core.insight.causes import Costly
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
    return page(
        "insight.html",
        found=found,
        days=chosen,
        periods=PERIODS,
        reason_label=label,
        remedy_link=remedy_link,
    )


def remedy_link(cause: Costly) -> str:
    """Where the one edit is made: a form that is filled in already, the customer, the table, or the check itself."""
    if cause.customer_id is not None:
        return url_for("masterdata.customer", customer_id=cause.customer_id)
    if cause.table and cause.fills:
        fills: dict[str, Any] = dict(cause.fills)
        return url_for("row.new", table=cause.table, **fills)
    if cause.table:
        return url_for("lists.show", table=cause.table)
    known = [row.code for row in ROWS if row.code.partition("/")[0] == cause.code]
    return url_for("checks.one", code=known[0]) if known else url_for("checks.show")
