"""What happened lately, in figures with their definitions."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict
from typing import Any

from flask import Response, request, url_for
from sqlalchemy.orm import Session

from core.agreements.defaults import ROWS
from core.drafts.reasons import label
from core.insight.causes import Costly, costly_causes
from core.insight.figures import insight, last_days
from core.masterdata.sheets import BOM, guarded
from core.parties.named import Named
from core.values import utc_now
from review_app.choosing import chosen_customer
from review_app.fragments import page
from review_app.here import database

PERIODS = (7, 30, 90)
COLUMNS = ("code", "cause", "customer", "touches", "drafts", "minutes", "how", "edit", "table", "saved", "wrong", "made")  # fmt: skip


def show() -> Response:
    days = request.args.get("days", "30")
    chosen = int(days) if days in map(str, PERIODS) else 30
    with database().read() as session:
        customer = _customer(session)
        found = insight(
            session, now=utc_now(), days=chosen, customer_id=customer.id if customer else None
        )
    return page(
        "insight.html",
        found=found,
        days=chosen,
        periods=PERIODS,
        reason_label=label,
        remedy_link=remedy_link,
        try_link=try_link,
        customer=customer.label if customer else "",
    )


def _customer(session: Session) -> Named | None:
    return chosen_customer(session, request.args.get("customer", ""))


def causes_csv() -> Response:
    """All causes of the period, as they are ranked."""
    days = request.args.get("days", "30")
    with database().read() as session:
        period = last_days(session, utc_now(), int(days) if days in map(str, PERIODS) else 30)
        customer = _customer(session)
        found = costly_causes(
            session, period, customer_id=customer.id if customer else None, most=10_000
        )
    target = io.StringIO()
    rows = csv.writer(target)
    rows.writerow(COLUMNS)
    for cause in found:
        how = ", ".join(f"{what} {times}" for what, times in cause.how)
        cells = {**asdict(cause), "how": how, "cause": label(cause.code), "edit": cause.remedy}
        rows.writerow([guarded("" if cells[n] is None else str(cells[n])) for n in COLUMNS])
    response = Response(BOM + target.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename="causes.csv")
    return response


def try_link(cause: Costly) -> str:
    """The lab, with the edit filled in; "" where it cannot be tried."""
    fills: dict[str, Any] = dict(cause.fills)
    return url_for("mapping.show", table=cause.table, **fills) if cause.saved is not None else ""


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
