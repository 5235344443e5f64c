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
    """What each means, its range and its effect: core.company.limits. Read where the rule is that goes by it."""

    doubt_threshold: Decimal = Decimal("0.85")
    verify_sender: bool = True
    price_tolerance_percent: Decimal = Decimal("0")
    repeat_days: int = 14
    number_reuse_days: int = 180
    refresh_minutes: int = 30
    claim_minutes: int = 10
    offer_minutes: int = 30
    asked_hours: int = 24
    default_lead_days: int = 10
    late_receipt_days: int = 5
    count_returns: bool = False
    horizon_days: int = 120
    make_safety_days: int = 0
    one_site: bool = True
    lead_time_receipts: int = 5
    night_hour: int = 2
    auto_receipt: bool = True
    ack_per_hour: int = 5
    ack_per_day: int = 20
    return_days: int = 30
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
