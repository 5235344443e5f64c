"""What happened to orders, shipments and returns, one after the other, so that another program can follow."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.events import sentence
from core.journal import Event
from core.orders.outward import NUMBERED, numbers_of

SETTLED = timedelta(minutes=2)
"""Longer than any transaction lives (core.database: 30 s a statement, 60 s idle)."""


def events_outward(
    session: Session, *, after: int, limit: int, now: datetime
) -> tuple[list[dict[str, Any]], int]:
    """(events, cursor for the next call), oldest first.

    A number that is missing may be a transaction that has not ended. What stands behind such a gap is held back until
    the gap is old, so that a reader who goes by the cursor misses nothing.
    """
    rows = session.scalars(
        select(Event).where(Event.id > after).order_by(Event.id).limit(limit)
    ).all()
    safe: list[Event] = []
    last = after
    for event in rows:
        if event.id != last + 1 and last and event.at > now - SETTLED:
            break
        safe.append(event)
        last = event.id
    numbers = numbers_of(session, [e for e in safe if e.subject in NUMBERED])
    told = [
        {
            "id": event.id,
            "at": event.at.isoformat(),
            "name": event.name,
            "subject": event.subject,
            "number": numbers[event.subject, event.subject_id][0],
            "order": numbers[event.subject, event.subject_id][1],
            "sentence": sentence(event.name, event.facts),
        }
        for event in safe
        if (event.subject, event.subject_id) in numbers
    ]
    return told, last
