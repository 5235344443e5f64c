"""How far the look at waiting drafts came that a change of master data owes."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.masterdata.owed import RECHECK
from core.outbox import OPEN_STATES, OutboxItem


@dataclass(frozen=True, slots=True)
class Underway:
    """done of total drafts are looked at; total 0: not begun. why: as the journal will say it."""

    why: str
    done: int
    total: int


def underway(session: Session) -> Underway | None:
    facts = session.scalar(
        select(OutboxItem.facts)
        .where(OutboxItem.task == RECHECK, OutboxItem.state.in_(OPEN_STATES))
        .order_by(OutboxItem.id)
        .limit(1)
    )
    if facts is None:
        return None
    total = len(facts.get("ids", ()))
    return Underway(str(facts.get("why", "")), min(int(facts.get("done", 0)), total), total)
