"""An acknowledgement that did not come in time becomes work for a person."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.exchange.tables import ExchangeGroup, ExchangeInterchange

MOST = 500
"""So many at a time: the next look takes the rest."""


def mark_overdue(session: Session, *, act: Act) -> int:
    """Every interchange of ours whose answer was due; returns how many are so now."""
    late = session.scalars(
        select(ExchangeInterchange)
        .where(
            ExchangeInterchange.direction == "out",
            ExchangeInterchange.answer_state == "waiting",
            ExchangeInterchange.answer_due_at.is_not(None),
            ExchangeInterchange.answer_due_at < act.at,
        )
        .order_by(ExchangeInterchange.answer_due_at)
        .limit(MOST)
    ).all()
    for row in late:
        row.answer_state = "overdue"
        for group in session.scalars(
            select(ExchangeGroup).where(
                ExchangeGroup.interchange_id == row.id, ExchangeGroup.answer_state == "waiting"
            )
        ):
            group.answer_state = "overdue"
        journal.note(
            session,
            row,
            "interchange.answer_overdue",
            act=act.under(f"overdue-{row.id}"),
            facts={"hours": _hours(row.created_at, row.answer_due_at)},
        )
    return len(late)


def _hours(since: datetime, until: datetime | None) -> int:
    return round((until - since).total_seconds() / 3600) if until else 0
