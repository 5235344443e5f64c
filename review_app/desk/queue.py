"""The queue: which drafts wait, filtered and counted."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

from flask import Response, request
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.drafts import queue as drafts
from core.drafts.again.underway import underway
from core.drafts.queue import QueueFilter
from core.drafts.reasons import label
from core.drafts.tables import Draft
from core.inbound import documents
from core.parties.read import customer_names
from core.values import utc_now
from review_app.fragments import page
from review_app.here import database, me, page_number

VIEWS: dict[str, tuple[str, ...]] = {
    "open": ("open", "waiting"),
    "second look": ("open", "waiting", "parked"),
    "waiting": ("waiting",),
    "parked": ("parked",),
    "confirmed": ("confirmed",),
    "rejected": ("rejected", "withdrawn"),
}
AGES = {"1h": timedelta(hours=1), "4h": timedelta(hours=4), "1d": timedelta(days=1)}
SORTS = {
    "oldest": "Oldest first",
    "newest": "Newest first",
    "wanted": "Wanted soonest",
    "value": "Highest value",
    "problems": "Fewest problems",
}
KINDS = ("order", "change", "cancellation")


def show() -> Response:
    """The queue; with ?lane= of a kind only drafts of that kind."""
    wanted = wanted_filter()
    with database().read() as session:
        found = drafts.queue(session, wanted, me().user_id)
        lanes = documents.lane_counts(session)
        customers = customer_names(session)
        without_draft = drafts.lanes(session)
        kinds = kind_counts(session)
        again = underway(session)
    return page(
        "queue.html",
        block="rows",
        found=found,
        wanted=wanted,
        view=request.args.get("view", "open"),
        age=request.args.get("age", ""),
        lanes=lanes,
        without_draft=without_draft,
        kinds=kinds,
        customers=customers,
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


def wanted_filter() -> QueueFilter:
    """The filter that the address names; unknown words fall back to all."""
    args = request.args
    customer = args.get("customer", "")
    oldest = AGES.get(args.get("age", ""))
    return QueueFilter(
        statuses=VIEWS.get(args.get("view", "open"), VIEWS["open"]),
        kind=args.get("lane", "") if args.get("lane") in KINDS else "",
        customer_id=int(customer) if customer.isascii() and customer.isdigit() else None,
        reason=args.get("reason", "")[:64],
        claimed=args.get("claimed", "")
        if args.get("claimed") in ("mine", "others", "free")
        else "",
        text=args.get("text", "").strip()[:100],
        older_than=utc_now() - oldest if oldest else None,
        sort=args.get("sort", "oldest") if args.get("sort") in SORTS else "oldest",
        page=page_number(),
        second=args.get("view") == "second look",
    )


def filter_words(wanted: QueueFilter) -> dict[str, str]:
    """The filter as words for an address, only what differs from the plain queue."""
    plain = asdict(QueueFilter())
    names = {"customer_id": "customer"}
    return {
        names.get(name, name): str(value)
        for name, value in asdict(wanted).items()
        if value != plain[name]
        and name in ("kind", "customer_id", "reason", "claimed", "text", "sort")
    }


def kind_counts(session: Session) -> dict[str, int]:
    """Open and waiting drafts by kind."""
    rows = session.execute(
        select(Draft.kind, func.count()).where(Draft.status.in_(VIEWS["open"])).group_by(Draft.kind)
    )
    return dict(rows.all())
