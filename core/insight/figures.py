"""Figures of the desk and of delivery, each with the definition that is printed beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.drafts.tables import Draft, DraftField, Problem
from core.inbound.tables import InboundDocument
from core.journal import Event
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.parties.tables import Customer

TOUCHES = ("correct", "accept_problem", "ask", "park")


@dataclass(frozen=True, slots=True)
class Figure:
    """value: as printed ("87 %", "4 min"), "–" when there is nothing to measure yet."""

    name: str
    value: str
    definition: str


@dataclass(frozen=True, slots=True)
class Cause:
    """A reason code and on how many drafts it stood."""

    code: str
    drafts: int


@dataclass(frozen=True, slots=True)
class CustomerFigures:
    name: str
    drafts: int
    corrected_fields: int
    fields: int


@dataclass(frozen=True, slots=True)
class Insight:
    since: datetime
    figures: tuple[Figure, ...]
    causes: tuple[Cause, ...]
    customers: tuple[CustomerFigures, ...]
    lanes: tuple[tuple[str, int], ...]


def insight(session: Session, *, now: datetime, days: int = 30) -> Insight:
    """Everything of the last `days` days."""
    since = now - timedelta(days=days)
    return Insight(
        since=since,
        figures=(
            *_reading(session, since),
            *_desk(session, since),
            *_delivery(session, since),
        ),
        causes=_causes(session, since),
        customers=_customers(session, since),
        lanes=_lanes(session, since),
    )


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"


def _reading(session: Session, since: datetime) -> tuple[Figure, ...]:
    total, corrected = session.execute(
        select(func.count(), func.count().filter(DraftField.corrected))
        .select_from(DraftField)
        .join(Draft, Draft.id == DraftField.draft_id)
        .where(Draft.status == "confirmed", Draft.created_at >= since, DraftField.read_value != "")
    ).one()
    return (
        Figure(
            "Fields read right",
            _share(total - corrected, total),
            f"Fields with a reading on confirmed drafts that nobody changed: {total - corrected} of {total}.",
        ),
    )


def _desk(session: Session, since: datetime) -> tuple[Figure, ...]:
    confirmed = {
        row.subject_id: row.at
        for row in session.execute(
            select(Event.subject_id, Event.at).where(
                Event.name == "draft.confirmed", Event.at >= since
            )
        )
    }
    touched = set(
        session.scalars(
            select(Event.subject_id).where(
                Event.subject == "draft",
                Event.subject_id.in_(confirmed),
                Event.verb.in_(TOUCHES),
            )
        )
    )
    opened = {
        row.id: row.created_at
        for row in session.execute(
            select(Draft.id, Draft.created_at).where(Draft.id.in_(confirmed))
        )
    }
    minutes = [(at - opened[i]).total_seconds() / 60 for i, at in confirmed.items() if i in opened]
    return (
        Figure("Orders booked", str(len(confirmed)), "Drafts confirmed in this time."),
        Figure(
            "Confirmed as read",
            _share(len(confirmed) - len(touched), len(confirmed)),
            "Confirmed drafts on which nobody corrected, accepted, asked or parked anything.",
        ),
        Figure(
            "Mail to confirmation",
            f"{median(minutes):.0f} min" if minutes else "–",
            "Median time from the draft's opening to its confirmation.",
        ),
    )


def _delivery(session: Session, since: datetime) -> tuple[Figure, ...]:
    rows = session.execute(
        select(
            ScheduleLine.requested_date, ScheduleLine.first_promised_date, ScheduleLine.actual_date
        )
        .join(OrderLine, OrderLine.id == ScheduleLine.line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(ScheduleLine.actual_date.is_not(None), ScheduleLine.actual_date >= since.date())
    ).all()
    promised = [row for row in rows if row.first_promised_date]
    wished = [row for row in rows if row.requested_date]
    return (
        Figure(
            "On time as promised",
            _share(sum(r.actual_date <= r.first_promised_date for r in promised), len(promised)),
            f"Delivered schedule lines that arrived by the day first promised; {len(promised)} measured.",
        ),
        Figure(
            "On time as wished",
            _share(sum(r.actual_date <= r.requested_date for r in wished), len(wished)),
            f"Delivered schedule lines that arrived by the day the customer asked for; {len(wished)} measured.",
        ),
    )


def _causes(session: Session, since: datetime) -> tuple[Cause, ...]:
    rows = session.execute(
        select(Problem.code, func.count(Problem.draft_id.distinct()))
        .join(Draft, Draft.id == Problem.draft_id)
        .where(Draft.created_at >= since)
        .group_by(Problem.code)
        .order_by(func.count(Problem.draft_id.distinct()).desc(), Problem.code)
        .limit(10)
    )
    return tuple(Cause(code, number) for code, number in rows)


def _customers(session: Session, since: datetime) -> tuple[CustomerFigures, ...]:
    rows = session.execute(
        select(
            Customer.name,
            func.count(Draft.id.distinct()),
            func.count(DraftField.id).filter(DraftField.corrected),
            func.count(DraftField.id),
        )
        .join(Draft, Draft.customer_id == Customer.id)
        .join(DraftField, (DraftField.draft_id == Draft.id) & (DraftField.read_value != ""))
        .where(Draft.created_at >= since)
        .group_by(Customer.id, Customer.name)
        .order_by(func.count(Draft.id.distinct()).desc(), Customer.name)
        .limit(20)
    )
    return tuple(CustomerFigures(*row) for row in rows)


def _lanes(session: Session, since: datetime) -> tuple[tuple[str, int], ...]:
    rows = session.execute(
        select(InboundDocument.lane, func.count())
        .where(InboundDocument.received_at >= since, InboundDocument.lane != "")
        .group_by(InboundDocument.lane)
        .order_by(func.count().desc())
    )
    return tuple((lane, number) for lane, number in rows)
