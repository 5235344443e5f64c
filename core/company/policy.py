"""The company's named limits with their defaults, and its calendar and clock."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.company.calendar import Calendar
from core.company.tables import Company
from core.values import exact


@dataclass(frozen=True, slots=True)
class Policy:
    """doubt_threshold: confidence under which a field is doubtful. price_tolerance_percent: for customers without one.

    late_receipt_days: working days from today by which an overdue receipt is counted. default_lead_days: for items
    without a lead time. lead_time_receipts: fewer receipts say nothing about a lead time. horizon_days: supply is not
    kept for orders that leave later than this, 0 for always. one_site: one parcel from one site is preferred when
    nothing arrives later by it. verify_sender: an order from an unverified sender needs a person. claim_minutes: idle
    time of a claim. offer_minutes: for how long a draft's promise holds its supply; asked_hours: for how
    long while the customer is asked. auto_receipt: receipt notes go out
    by themselves. ack_per_hour / ack_per_day: fuses against mail loops. login_attempts, lock_minutes, session_hours:
    for logins.
    """

    doubt_threshold: Decimal = Decimal("0.85")
    price_tolerance_percent: Decimal = Decimal("0")
    early_days: int = 0
    lead_time_receipts: int = 5
    late_receipt_days: int = 5
    default_lead_days: int = 10
    horizon_days: int = 120
    make_safety_days: int = 0
    one_site: bool = True
    verify_sender: bool = True
    auto_receipt: bool = True
    ack_per_hour: int = 5
    ack_per_day: int = 20
    claim_minutes: int = 10
    offer_minutes: int = 30
    asked_hours: int = 24
    login_attempts: int = 5
    lock_minutes: int = 15
    session_hours: int = 12


def policy_of(company: Company | None) -> Policy:
    """What the company's row says over the defaults; unknown names are left to their owners."""
    found = dict(company.policy) if company else {}
    known = {
        f.name: _typed(getattr(Policy(), f.name), found[f.name])
        for f in fields(Policy)
        if f.name in found
    }
    return Policy(**known)


def _typed(default: Any, value: Any) -> Any:
    if isinstance(default, bool):
        return value in (True, "true", "yes", "1", 1)
    return int(value) if isinstance(default, int) else exact(str(value))


def company_calendar(company: Company | None) -> Calendar:
    if company is None:
        return Calendar()
    return Calendar(
        frozenset(int(d) for d in company.working_days),
        frozenset(date.fromisoformat(d) for d in company.holidays),
    )


def company_zone(company: Company | None) -> ZoneInfo:
    try:
        return ZoneInfo(company.time_zone if company else "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
