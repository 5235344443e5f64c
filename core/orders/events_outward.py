"""What happened to orders, shipments and returns, one after the other, so that another program can follow."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.events import sentence
from core.journal import Event
from core.journal_gaps import without_gaps
from core.orders.outward import NUMBERED, numbers_of


def events_outward(
    session: Session, *, after: int, limit: int, now: datetime
) -> tuple[list[dict[str, Any]], int]:
    """(events, cursor for the next call), oldest first; see core.journal_gaps."""
    query = select(Event).where(Event.id > after).order_by(Event.id).limit(limit)
    rows = session.scalars(query).all()
    safe = without_gaps(rows, after, now, number=lambda e: e.id, at=lambda e: e.at)
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
    return told, safe[-1].id if safe else after
