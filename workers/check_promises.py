"""Open promises are checked: one outbox row is one change's worth of them, or the night's whole book in turns.

What has to be written is found by reading first: on SQLite nobody else can write while a transaction does, however long
it thinks.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from sqlalchemy.orm import Session

from core import crash, outbox
from core.act import Act
from core.outbox import OutboxItem
from core.values import utc_now
from core.watch.check import Found
from core.watch.due import (
    Ahead,
    changes_ahead,
    check_changes,
    check_these,
    forget,
    night_ahead,
    tick_off,
)
from workers.retries import later
from workers.tools import Tools

log = logging.getLogger(__name__)

ATTEMPTS = 5  # that failed, of one turn


@dataclass(frozen=True, slots=True)
class _Turn:
    """night: of the whole book, not of changes. after: the item after which it goes on; change_ids: of changes that it
    is about since an earlier turn."""

    item_id: int
    key: str
    night: bool
    after: int
    change_ids: tuple[int, ...]


class _Lost(Exception):
    """Somebody else took the row over."""


def run(tools: Tools, item_id: int) -> None:
    """Claims the row and does one turn of it. Twice for the same row does it once, since what is written already is
    found to be so."""
    turn = tools.database.run(lambda session: _claim(session, tools, item_id))
    if turn is None:
        return
    crash.point("watch.claimed")
    try:
        found = _do(tools, turn)
    except _Lost:
        return
    except Exception as error:
        log.exception("checking promises, outbox row %s", item_id)
        text = repr(error)
        tools.database.run(lambda session: _failed(session, turn, text))
        return
    crash.point("watch.committed")
    if found != Found(looked_at=found.looked_at):
        log.info("promises checked: %s", found)


def _claim(session: Session, tools: Tools, item_id: int) -> _Turn | None:
    item = outbox.claim(session, item_id, tools.owner, utc_now())
    if item is None:
        return None
    return _Turn(
        item.id,
        f"{item.key}/{item.attempts}",
        item.subject == "night",
        int(item.facts.get("after") or 0),
        tuple(item.facts.get("changes", ())),
    )


def _do(tools: Tools, turn: _Turn) -> Found:
    now = utc_now()
    with tools.database.read() as session:
        ahead = (
            night_ahead(session, turn.after, now=now)
            if turn.night
            else changes_ahead(session, turn.change_ids, turn.after, now=now)
        )
    found = Found(ahead.looked_at)
    for lot in ahead.lots():
        found += tools.database.run(lambda session, lot=lot: _settle(session, turn, ahead, lot))  # type: ignore[misc]
        crash.point("watch.lot")
    return found + tools.database.run(lambda session: _end(session, turn, ahead))


def _settle(session: Session, turn: _Turn, ahead: Ahead, lot: tuple[int, ...]) -> Found:
    item = _ours(session, turn)
    now = utc_now()
    item.lease_until = now + outbox.LEASE
    return check_these(session, lot, ahead, act=Act("system:watch", now, f"{turn.key}/{lot[0]}"))


def _end(session: Session, turn: _Turn, ahead: Ahead) -> Found:
    """Settles the row, or makes it due again for the next turn."""
    item, now = _ours(session, turn), utc_now()
    act, found, more = Act("system:watch", now, turn.key), Found(), ahead.after is not None
    item.facts = {"after": ahead.after, "changes": list(ahead.change_ids)} if more else {}
    if turn.night and turn.after == 0:
        forget(session, now)
    if not more and ahead.change_ids:
        tick_off(session, ahead, act=act)
        more = True
    elif not more and not turn.night:
        found, more = check_changes(session, act=act)
    outbox.settle(item, "due" if more else "done", now)
    session.flush()
    crash.point("watch.before-commit")
    return found


def _ours(session: Session, turn: _Turn) -> OutboxItem:
    """The row, locked; raises _Lost when somebody else took it over."""
    item = session.get_one(OutboxItem, turn.item_id, with_for_update=True, populate_existing=True)
    if item.state != "claimed" or f"{item.key}/{item.attempts}" != turn.key:
        raise _Lost
    return item


def _failed(session: Session, turn: _Turn, text: str) -> None:
    """What cannot be checked now is tried again; after that the night comes anyhow."""
    try:
        item = _ours(session, turn)
    except _Lost:
        return
    now, failed = utc_now(), int(item.facts.get("failed", 0)) + 1
    item.facts = {**item.facts, "failed": failed}
    if failed >= ATTEMPTS:
        outbox.settle(item, "failed", now, reason="not-checked", reason_text=text)
    else:
        outbox.settle(
            item, "due", now, reason="not-checked", reason_text=text, due_at=later(now, failed)
        )
