"""What came in, from whom, and what stood in the way."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.drafts.tables import Draft, DraftField, Problem
from core.inbound.tables import InboundDocument
from core.insight.intake import instants
from core.insight.values import Cause, CustomerReading
from core.parties.tables import Customer
from core.values import Period

MOST_ROWS = 20


def causes(session: Session, period: Period) -> tuple[Cause, ...]:
    """Problem codes of drafts opened in the period, the most frequent first."""
    first, end = instants(session, period)
    drafts = func.count(Problem.draft_id.distinct())
    rows = session.execute(
        select(Problem.code, drafts, func.count(Problem.id).filter(Problem.accepted_by != ""))
        .join(Draft, Draft.id == Problem.draft_id)
        .where(Draft.created_at >= first, Draft.created_at < end)
        .group_by(Problem.code)
        .order_by(drafts.desc(), Problem.code)
        .limit(MOST_ROWS)
    )
    return tuple(Cause(code, number, accepted) for code, number, accepted in rows)


def customers(session: Session, period: Period) -> tuple[CustomerReading, ...]:
    """Per customer: drafts opened in the period, fields read, fields corrected; most drafts first."""
    first, end = instants(session, period)
    drafts = func.count(Draft.id.distinct())
    rows = session.execute(
        select(
            Customer.name,
            drafts,
            func.count(DraftField.id),
            func.count(DraftField.id).filter(DraftField.corrected),
        )
        .join(Draft, Draft.customer_id == Customer.id)
        .join(DraftField, (DraftField.draft_id == Draft.id) & (DraftField.read_value != ""))
        .where(Draft.created_at >= first, Draft.created_at < end)
        .group_by(Customer.id, Customer.name)
        .order_by(drafts.desc(), Customer.name)
        .limit(MOST_ROWS)
    )
    return tuple(CustomerReading(*row) for row in rows)


def lanes(session: Session, period: Period) -> tuple[tuple[str, int], ...]:
    """Documents that arrived in the period by lane, the fullest lane first."""
    first, end = instants(session, period)
    rows = session.execute(
        select(InboundDocument.lane, func.count())
        .where(
            InboundDocument.received_at >= first,
            InboundDocument.received_at < end,
            InboundDocument.lane != "",
        )
        .group_by(InboundDocument.lane)
        .order_by(func.count().desc(), InboundDocument.lane)
    )
    return tuple((lane, number) for lane, number in rows)
