"""How well and how fast documents become acknowledged orders, measured from what clerks did."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from core.company.policy import company_zone
from core.company.tables import Company
from core.drafts.tables import Draft, DraftField
from core.inbound.tables import InboundDocument
from core.insight.share import by_customer, good_of, share_figure
from core.insight.values import Figure, shown_hours
from core.journal import Event
from core.orders.tables import Order
from core.outbox import OutboxItem
from core.values import Period

TOUCHES = ("draft.corrected", "draft.problem_accepted", "draft.question_asked")


def instants(session: Session, period: Period) -> tuple[datetime, datetime]:
    """The period in the company's time zone: from (included), to (not included)."""
    zone: ZoneInfo = company_zone(session.scalar(select(Company).order_by(Company.id)))
    first = datetime.combine(period.first, time.min, zone)
    return first, datetime.combine(period.last + timedelta(days=1), time.min, zone)


def _booked(session: Session, period: Period) -> tuple[ColumnElement[bool], ...]:
    """Orders booked in the period from a document."""
    first, end = instants(session, period)
    return Order.document_id.is_not(None), Order.booked_at >= first, Order.booked_at < end


def touchless(session: Session, period: Period) -> Figure:
    touched = select(Event.id).where(
        Event.subject == Draft.SUBJECT, Event.subject_id == Order.draft_id, Event.name.in_(TOUCHES)
    )
    found = (
        select(Order.customer_id, good_of(~touched.exists()).label("good"))
        .where(*_booked(session, period))
        .subquery()
    )
    return share_figure(
        "touchless",
        "Touchless orders",
        "orders",
        by_customer(session, found),
        definition="Orders booked in the period from a document, of whose draft nobody corrected a field or a match, "
        "accepted a problem or asked the customer; confirming alone is no touch.",
    )


def field_accuracy(session: Session, period: Period) -> Figure:
    right = good_of(DraftField.value == DraftField.read_value)
    fields = session.execute(
        select(DraftField.name, func.sum(right), func.count())
        .where(
            DraftField.draft_id.in_(select(Order.draft_id).where(*_booked(session, period))),
            or_(DraftField.read_value != "", DraftField.value != ""),
        )
        .group_by(DraftField.name)
    )
    return share_figure(
        "field-accuracy",
        "Fields read right",
        "fields",
        ((name.replace("_", " "), int(good), count) for name, good, count in fields),
        definition="Fields of drafts that were booked in the period and came from a document: right when the value "
        "that was booked is the one that the machine read. A field that a clerk added counts as missed, one that a "
        "clerk cleared as wrong.",
    )


def cycle_time(session: Session, period: Period) -> Figure:
    """Median hours, with the slowest tenth in `of`."""
    hours = sorted(_hours(session, period))
    slowest = _quantile(hours, 90)
    return Figure(
        code="cycle-time",
        title="From mail to acknowledgement",
        value=_quantile(hours, 50),
        unit="hours",
        of="0 orders"
        if slowest is None
        else f"{len(hours):,} orders; nine of ten within {shown_hours(slowest)}",
        better="lower",
        definition="Orders booked in the period from a document: hours from its arrival here to the hand-over of the "
        "first acknowledgement to the mail server; the median. Nights and weekends count.",
    )


def _hours(session: Session, period: Period) -> list[Decimal]:
    """From the arrival of each order's document to its first acknowledgement."""
    sent = func.min(OutboxItem.id).label("sent")
    first = (
        select(Order.document_id, sent)
        .join(
            OutboxItem,
            (OutboxItem.subject == Order.SUBJECT) & (OutboxItem.subject_id == Order.id),
        )
        .where(
            *_booked(session, period),
            OutboxItem.task == "order-acknowledgement",
            OutboxItem.state == "done",
            OutboxItem.settled_at.is_not(None),
        )
        .group_by(Order.id, Order.document_id)
        .subquery()
    )
    rows: Any = session.execute(
        select(OutboxItem.settled_at, InboundDocument.received_at)
        .join(first, first.c.sent == OutboxItem.id)
        .join(InboundDocument, InboundDocument.id == first.c.document_id)
    )
    return [in_hours(settled - received) for settled, received in rows]


def in_hours(span: timedelta) -> Decimal:
    return (Decimal(int(span.total_seconds())) / 3600).quantize(Decimal("0.01"))


def _quantile(ordered: list[Decimal], percent: int) -> Decimal | None:
    """The smallest value that `percent` of all do not exceed."""
    if not ordered:
        return None
    return ordered[max(-(-len(ordered) * percent // 100) - 1, 0)]
