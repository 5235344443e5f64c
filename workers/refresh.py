"""Waiting drafts are looked at afresh, each in a transaction of its own: one that fails puts off none of the others."""

from __future__ import annotations

import logging

from core.act import Act
from core.database import Database
from core.drafts.again.refresh import due_drafts, put_off, refresh_one
from core.values import utc_now

log = logging.getLogger(__name__)


def refresh(database: Database) -> int:
    """Says how many were looked at. May run twice at a time: who comes second finds the draft done."""
    now = utc_now()
    with database.read() as session:
        ids = due_drafts(session, now)
    return sum(_one(database, draft_id) for draft_id in ids)


def _one(database: Database, draft_id: int) -> bool:
    act = Act("system:refresh")
    try:
        return database.run(lambda session: refresh_one(session, draft_id, act=act))
    except Exception:
        log.exception("draft %s could not be looked at afresh", draft_id)
        database.run(lambda session: put_off(session, draft_id, at=act.at))
        return False
