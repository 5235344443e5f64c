"""How well and how fast documents become acknowledged orders, measured from what clerks did."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.company.policy import company_zone
from core.company.tables import Company
from core.drafts.tables import Draft, DraftField
from core.inbound.tables import InboundDocument
from core.insight.share import share_figure
from core.insight.values import Figure, shown_hours
from core.journal import Event
from core.orders.tables import Order
from core.outbox import OutboxItem
from core.parties.tables import Customer
from core.values import Period

TOUCHES = ("draft.corrected", "draft.problem_accepted", "draft.question_asked")


def instants(session: Session, period: Period) -> tuple[datetime, datetime]:
    """The period in the company's time zone: from (included), to (not included)."""
    zone: ZoneInfo = company_zone(session.scalar(select(Company).order_by(Company.id)))
    first = datetime.combine(period.first, time.min, zone)
    return first, datetime.combine(period.last + timedelta(days=1), time.min, zone)


def _booked(session: Session, period: Period) -> Sequence[tuple[Order, str]]:
    """Orders booked in the period from a document."""
    first, end = instants(session, period)
    rows = session.execute(
        select(Order, Customer.name)
        .join(Customer, Customer.id == Order.customer_id)
        .where(Order.document_id.is_not(None), Order.booked_at >= first, Order.booked_at < end)
    )
    return [(order, customer) for order, customer in rows]


def touchless(session: Session, period: Period) -> Figure:
    booked = _booked(session, period)
    touched = set(
        session.scalars(
            select(Event.subject_id).where(
                Event.subject == Draft.SUBJECT,
                Event.subject_id.in_([order.draft_id for order, _ in booked]),
                Event.name.in_(TOUCHES),
            )
        )
    )
    return share_figure(
        "touchless",
        "Touchless orders",
        "orders",
        ((customer, order.draft_id not in touched) for order, customer in booked),
        definition="Orders booked in the period from a document, of whose draft nobody corrected a field or a match, "
        "accepted a problem or asked the customer; confirming alone is no touch.",
    )


def field_accuracy(session: Session, period: Period) -> Figure:
    booked = _booked(session, period)
    fields = session.scalars(
        select(DraftField).where(DraftField.draft_id.in_([order.draft_id for order, _ in booked]))
    )
    return share_figure(
        "field-accuracy",
        "Fields read right",
        "fields",
        (
            (field.name.replace("_", " "), field.value == field.read_value)
            for field in fields
            if field.read_value or field.value
        ),
        definition="Fields of drafts that were booked in the period and came from a document: right when the value "
        "that was booked is the one that the machine read. A field that a clerk added counts as missed, one that a "
        "clerk cleared as wrong.",
    )


def cycle_time(session: Session, period: Period) -> Figure:
    """Median hours, with the slowest tenth in `of`."""
    hours = sorted(_hours(session, [order for order, _ in _booked(session, period)]))
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


def _hours(session: Session, orders: list[Order]) -> list[Decimal]:
    arrived = {
        row.id: row.received_at
        for row in session.scalars(
            select(InboundDocument).where(InboundDocument.id.in_([o.document_id for o in orders]))
        )
    }
    sent: dict[int, datetime] = {}
    for item in session.scalars(
        select(OutboxItem)
        .where(
            OutboxItem.task == "order-acknowledgement",
            OutboxItem.state == "done",
            OutboxItem.subject == Order.SUBJECT,
            OutboxItem.subject_id.in_([order.id for order in orders]),
        )
        .order_by(OutboxItem.id)
    ):
        if item.settled_at is not None:
            sent.setdefault(item.subject_id, item.settled_at)
    return [
        in_hours(sent[order.id] - arrived[order.document_id])
        for order in orders
        if order.id in sent and order.document_id is not None
    ]


def in_hours(span: timedelta) -> Decimal:
    return (Decimal(int(span.total_seconds())) / 3600).quantize(Decimal("0.01"))


def _quantile(ordered: list[Decimal], percent: int) -> Decimal | None:
    """The smallest value that `percent` of all do not exceed."""
    if not ordered:
        return None
    return ordered[max(-(-len(ordered) * percent // 100) - 1, 0)]
