"""The key figures on one page, each with how it is counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.company.policy import company_zone
from core.company.tables import Company
from core.insight.causes import Costly, costly_causes
from core.insight.intake import cycle_time, field_accuracy, touchless
from core.insight.kept import promises_unchanged
from core.insight.on_time import on_time_to_promised, on_time_to_requested, orders_on_time
from core.insight.returned import return_rate
from core.insight.values import Cause, CustomerReading, Figure, Waiting
from core.insight.volume import causes, customers, lanes
from core.insight.waiting import oldest_waiting
from core.values import Period

FIGURES: tuple[Callable[[Session, Period], Figure], ...] = (
    touchless,
    field_accuracy,
    cycle_time,
    on_time_to_requested,
    on_time_to_promised,
    orders_on_time,
    promises_unchanged,
    return_rate,
)


@dataclass(frozen=True, slots=True)
class Insight:
    """waiting: what waits for somebody now, the oldest first; lanes: (lane, documents)."""

    period: Period
    figures: tuple[Figure, ...]
    waiting: tuple[Waiting, ...]
    causes: tuple[Cause, ...]
    costly: tuple[Costly, ...]
    customers: tuple[CustomerReading, ...]
    lanes: tuple[tuple[str, int], ...]


def last_days(session: Session, now: datetime, days: int) -> Period:
    zone = company_zone(session.scalar(select(Company).order_by(Company.id)))
    today = now.astimezone(zone).date()
    return Period(today - timedelta(days=days - 1), today)


def insight(
    session: Session, *, now: datetime, days: int = 30, customer_id: int | None = None
) -> Insight:
    """Everything of the last `days` days, today included, in the company's time zone; customer_id: whose causes."""
    period = last_days(session, now, days)
    return Insight(
        period=period,
        figures=tuple(figure(session, period) for figure in FIGURES),
        waiting=oldest_waiting(session, now),
        causes=causes(session, period),
        costly=costly_causes(session, period, customer_id=customer_id),
        customers=customers(session, period),
        lanes=lanes(session, period),
    )
