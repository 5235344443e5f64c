"""Open promises are checked: one outbox row is one change's worth of them, or the night's whole book in turns."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from sqlalchemy.orm import Session

from core import crash, outbox
from core.act import Act
from core.outbox import OutboxItem
from core.values import utc_now
from core.watch.check import Found
from core.watch.due import check_changes, check_some
from workers.retries import later
from workers.tools import Tools

log = logging.getLogger(__name__)

ATTEMPTS = 5  # that failed, of one turn


@dataclass(frozen=True, slots=True)
class _Turn:
    item_id: int
    attempt: int


def run(tools: Tools, item_id: int) -> None:
    """Claims the row and does one turn of it, in one transaction with its settling. Twice for the same row does it once."""
    turn = tools.database.run(lambda session: _claim(session, tools, item_id))
    if turn is None:
        return
    crash.point("watch.claimed")
    try:
        found = tools.database.run(lambda session: _check(session, turn))
    except Exception as error:
        log.exception("checking promises, outbox row %s", item_id)
        text = repr(error)
        tools.database.run(lambda session: _failed(session, turn, text))
        return
    crash.point("watch.committed")
    if found is not None and found != Found(looked_at=found.looked_at):
        log.info("promises checked: %s", found)


def _claim(session: Session, tools: Tools, item_id: int) -> _Turn | None:
    item = outbox.claim(session, item_id, tools.owner, utc_now())
    return _Turn(item.id, item.attempts) if item else None


def _check(session: Session, turn: _Turn) -> Found | None:
    item = _ours(session, turn)
    if item is None:
        return None
    now = utc_now()
    act = Act("system:watch", now, f"{item.key}/{turn.attempt}")
    if item.subject == "changes":
        found, more = check_changes(session, act=act)
        after = None
    else:
        found, after = check_some(session, int(item.facts.get("after", 0)), act=act)
        more = after is not None
    item.facts = {**item.facts, "after": after, "failed": 0} if after else {**item.facts}
    outbox.settle(item, "due" if more else "done", now)
    session.flush()
    crash.point("watch.before-commit")
    return found


def _ours(session: Session, turn: _Turn) -> OutboxItem | None:
    """The row, locked, as long as nobody else took it over."""
    item = session.get_one(OutboxItem, turn.item_id, with_for_update=True, populate_existing=True)
    return item if item.state == "claimed" and item.attempts == turn.attempt else None


def _failed(session: Session, turn: _Turn, text: str) -> None:
    """What cannot be checked now is tried again; after that the night comes anyhow."""
    item = _ours(session, turn)
    if item is None:
        return
    now, failed = utc_now(), int(item.facts.get("failed", 0)) + 1
    item.facts = {**item.facts, "failed": failed}
    if failed >= ATTEMPTS:
        outbox.settle(item, "failed", now, reason="not-checked", reason_text=text)
    else:
        outbox.settle(
            item, "due", now, reason="not-checked", reason_text=text, due_at=later(now, failed)
        )
