"""A look at the drafts that wait is owed after a change; any room may owe one."""

from __future__ import annotations

import uuid
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import outbox
from core.act import Act
from core.masterdata.keys import OWN, read_key
from core.masterdata.tables import MasterChange
from core.outbox import OutboxItem

RECHECK = "recheck-drafts"
SOON = timedelta(seconds=1)
LATEST = timedelta(seconds=5)
"""Changes that follow one another are one look at the drafts, but they cannot put it off for ever."""


def parts_of(change: MasterChange) -> tuple[str, ...]:
    """The parts of the changed row's natural key; () for a table of one row."""
    text = change.row_key
    return () if text == OWN else read_key(text, text.count(",") + 1)


def owe_recheck(session: Session, *, act: Act, first: int = 0, why: str = "") -> None:
    """Owes one look at the waiting drafts that hang on changes from number `first` on, or at all of them because of `why`.

    A row that still waits does for this too. It is locked until the commit, so that no look comes before what it shall
    see is there.
    """
    waiting = session.scalars(
        select(OutboxItem)
        .where(OutboxItem.task == RECHECK, OutboxItem.state == "due")
        .order_by(OutboxItem.id)
        .limit(1)
        .with_for_update()
    ).first()
    wanted = {"first": first} if first else {"all": why}
    if waiting is None:
        key = f"{RECHECK}:{uuid.uuid4().hex}"
        outbox.put(
            session, RECHECK, subject="masterdata", subject_id=0, key=key, facts=wanted,
            due_at=act.at + SOON,
        )  # fmt: skip
        return
    known = waiting.facts
    firsts = [n for n in (first, known.get("first", 0)) if n]
    told = {name: value for name, value in (*known.items(), *wanted.items()) if name == "all"}
    waiting.facts = {**({"first": min(firsts)} if firsts else {}), **told}
    waiting.due_at = max(waiting.due_at, min(act.at + SOON, waiting.created_at + LATEST))
    session.flush()
