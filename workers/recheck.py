"""Master data changed: every draft that waits is looked at afresh, some at a time, each lot in its own transaction."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from core import outbox
from core.act import Act
from core.drafts.refresh import refresh
from core.outbox import OutboxItem
from core.values import utc_now
from workers.retries import later
from workers.tools import Tools

LEASE = timedelta(minutes=10)
ATTEMPTS = 5


def run(tools: Tools, item_id: int) -> None:
    """Claims the outbox row "recheck-drafts"; a draft that somebody works on is left to the refresh by the clock."""
    now = utc_now()
    item = tools.database.run(
        lambda session: outbox.claim(session, item_id, tools.owner, now, LEASE)
    )
    if item is None:
        return
    act = Act("system:master-data", at=utc_now())
    try:
        while tools.database.run(lambda session: refresh(session, act=act, age=timedelta(0))):
            pass
    except Exception as error:
        state, said = "due" if item.attempts < ATTEMPTS else "failed", repr(error)[:500]
        tools.database.run(lambda session: _put_off(session, item_id, state, said))
        raise
    tools.database.run(
        lambda session: outbox.settle(session.get_one(OutboxItem, item_id), "done", utc_now())
    )


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
