"""Master data changed: the drafts that hang on it are looked at afresh, each lot in its own transaction.

How far it came stands on the outbox row, for the queue's screen and for whoever goes on after a crash.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from time import monotonic
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from core import outbox
from core.act import Act
from core.drafts.again.hanging import MOST, hanging
from core.drafts.again.look import look_again
from core.drafts.onlookers import looked_at
from core.masterdata.tables import MasterChange
from core.outbox import OutboxItem
from core.values import utc_now
from workers.because import because
from workers.retries import later
from workers.tools import Tools

LEASE = timedelta(minutes=10)
ATTEMPTS = 5
LOT = 5
LONGEST = 200.0
"""Seconds; then the row is due again, so that other work of the queue has its turn."""


def run(tools: Tools, item_id: int) -> None:
    """Claims the outbox row "recheck-drafts" and works it off; a row that is done already stays done."""
    now = utc_now()
    item = tools.database.run(
        lambda session: outbox.claim(session, item_id, tools.owner, now, LEASE)
    )
    if item is None:
        return
    try:
        state = _work(tools, item_id)
    except Exception as error:
        state, said = "due" if item.attempts < ATTEMPTS else "failed", repr(error)[:500]
        tools.database.run(lambda session: _put_off(session, item_id, state, said))
        raise
    tools.database.run(
        lambda session: outbox.settle(session.get_one(OutboxItem, item_id), state, utc_now())
    )


def _work(tools: Tools, item_id: int) -> str:
    started = monotonic()
    facts = tools.database.run(lambda session: _begin(session, item_id))
    ids, why = facts["ids"], facts["why"]
    for start in range(facts["done"], len(ids), LOT):
        if monotonic() - started > LONGEST:
            return "due"
        _lot(tools, item_id, ids[start : start + LOT], why, start + LOT)
    return "done"


def _begin(session: Session, item_id: int) -> dict[str, Any]:
    """Which drafts, and why; those that are on somebody's screen come first. A row that was begun goes on."""
    item = session.get_one(OutboxItem, item_id)
    if "ids" in item.facts:
        return item.facts
    changes = _changes(session, item.facts.get("first"))
    everything = item.facts.get("all", "")
    ids = hanging(session, None if everything else changes)
    watched = looked_at(session)
    item.facts = {
        **item.facts,
        "ids": sorted(ids, key=lambda draft_id: draft_id not in watched),
        "done": 0,
        "why": because(session, changes, everything),
    }
    return item.facts


def _changes(session: Session, first: int | None) -> Sequence[MasterChange]:
    if first is None:
        return ()
    query = select(MasterChange).where(MasterChange.id >= first).order_by(MasterChange.id)
    return session.scalars(query.limit(MOST + 1)).all()


def _lot(tools: Tools, item_id: int, ids: list[int], why: str, done: int) -> None:
    """A draft that a person saved in this very moment was looked at by that; the lot is done again without haste."""

    def work(session: Session) -> None:
        for draft_id in ids:
            act = Act("system:master-data", at=utc_now())
            look_again(session, draft_id, why, act=act)
        item = session.get_one(OutboxItem, item_id)
        item.facts = {**item.facts, "done": done}

    for last in (False, False, True):
        try:
            tools.database.run(work)
            return
        except StaleDataError:
            if last:
                raise


def _put_off(session: Session, item_id: int, state: str, said: str) -> None:
    item, now = session.get_one(OutboxItem, item_id), utc_now()
    outbox.settle(
        item,
        state,
        now,
        reason="recheck-failed",
        reason_text=said,
        due_at=later(now, item.attempts),
    )
