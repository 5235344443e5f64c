"""Orders, what happens to them, and what changes in master data, so that an ERP can follow: read only."""

from __future__ import annotations

from flask import Response, request

from core.errors import NotFound
from core.masterdata.every import TABLES
from core.masterdata.follow import changes_outward
from core.orders.events_outward import events_outward
from core.orders.outward import order_outward, orders_outward
from core.people.tokens import Caller
from core.values import utc_now
from review_app.api.door import Answer, answer
from review_app.api.tables import instant_asked, page_asked
from review_app.here import database


def rows() -> Response:
    return answer(_rows)


def one(number: str) -> Response:
    return answer(lambda caller: _one(caller, number))


def events() -> Response:
    return answer(_events)


def changes() -> Response:
    return answer(_changes)


def _changes(caller: Caller) -> Answer:
    """Of the tables that the token may read."""
    readable = [t for t in TABLES.values() if caller.may_read(t.group)]
    if not readable:
        caller.require("read", "parties")
    limit, after = page_asked()
    with database().read() as session:
        found, cursor = changes_outward(
            session, after=after, limit=limit, now=utc_now(), tables={t.name for t in readable}
        )
    return Answer({"changes": found, "cursor": str(cursor)})


def _rows(caller: Caller) -> Answer:
    caller.require("read", "orders")
    limit, after = page_asked()
    with database().read() as session:
        found, following = orders_outward(
            session,
            after=after,
            limit=min(limit, 200),
            status=request.args.get("status", "")[:20],
            customer=request.args.get("customer", "")[:64],
            changed_since=instant_asked(),
        )
    return Answer({"rows": found, "next": str(following) if following else None})


def _one(caller: Caller, number: str) -> Answer:
    caller.require("read", "orders")
    with database().read() as session:
        found = order_outward(session, number)
    if found is None:
        raise NotFound("There is no order of this number.")
    return Answer(found)


def _events(caller: Caller) -> Answer:
    caller.require("read", "orders")
    limit, after = page_asked()
    with database().read() as session:
        found, cursor = events_outward(session, after=after, limit=limit, now=utc_now())
    return Answer({"events": found, "cursor": str(cursor)})
