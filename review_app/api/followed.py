"""Orders, what happens to them, and what changes in master data, so that an ERP can follow; and what it does not have yet."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from sqlalchemy.orm import Session

from core.act import Act
from core.errors import BadInput, NotFound
from core.masterdata.every import TABLES
from core.masterdata.follow import changes_outward
from core.masterdata.proposals import Proposal, proposals, settle
from core.orders.events_outward import events_outward
from core.orders.outward import order_outward, orders_outward
from core.people.tokens import Caller
from core.values import storable, utc_now
from review_app.api.door import Answer, answer, body, write
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


def proposed() -> Response:
    return answer(_proposed)


def settled(number: int) -> Response:
    return answer(lambda caller: _settled(caller, number))


def _proposed(caller: Caller) -> Answer:
    limit, after = page_asked()
    readable = [t for t in TABLES.values() if caller.may_read(t.group)]
    if not readable:
        caller.require("read", "parties")
    with database().read() as session:
        found = proposals(session, readable, after=after, limit=limit + 1)
    rows = [_outward(proposal) for proposal in found[:limit]]
    return Answer({"rows": rows, "next": str(rows[-1]["id"]) if len(found) > limit else None})


def _settled(caller: Caller, number: int) -> Answer:
    """The ERP took the row over under its own name, or says why it does not want it."""
    sent = body()
    state, reason = sent.get("state"), sent.get("reason", "")
    if not isinstance(state, str) or not isinstance(reason, str):
        raise BadInput('Send {"state": "taken"} or {"state": "refused", "reason": "…"}.', "state")

    def work(session: Session, act: Act) -> Answer:
        row = settle(session, number, state, storable(reason), act=act)
        caller.require("write", TABLES[row.table_name].group)
        return Answer({"id": row.id, "state": row.state})

    return write(caller, work)


def _outward(proposal: Proposal) -> dict[str, Any]:
    return {
        "id": proposal.id,
        "table": proposal.table.name,
        "key": proposal.key,
        "action": proposal.action,
        "state": proposal.state,
        "at": proposal.at.isoformat(),
        "who": proposal.who,
        "reason": proposal.reason,
        "values": proposal.values,
    }


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
