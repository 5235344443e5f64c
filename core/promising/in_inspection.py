"""Lots in inspection as supply: from the day on which their release is expected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from core.company.calendar import Calendar
from core.company.policy import Policy
from core.promising.ask import Bucket, SiteFacts
from core.supply.inspected import InspectDays, release_days


def in_inspection(
    session: Session,
    lots: Sequence[Any],
    sites: Mapping[int, SiteFacts],
    times: InspectDays,
    policy: Policy,
    today: date,
) -> list[Bucket]:
    """lots: rows of StockLot. One that should be released already counts as an overdue receipt does."""
    if not lots:
        return []
    calendars = {site.id: site.calendar or Calendar() for site in sites.values()}
    days = release_days(session, lots, times, calendars, returns=policy.count_returns)
    found = []
    for lot in lots:
        expected = days.get(lot.id)
        if expected is None:
            continue
        site, calendar, late = sites[lot.site_id], calendars[lot.site_id], expected < today
        due = calendar.plus(today, policy.late_receipt_days) if late else expected
        found.append(
            Bucket(
                "inspection",
                lot.id,
                lot.lot,
                lot.item_id,
                lot.site_id,
                lot.on_hand_quantity,
                max(calendar.plus(due, site.handling_days), site.earliest_ship_date),
                due,
                lot.expires_on,
                late,
                lot.customer_id or 0,
                here_date=due,
            )
        )
    return found
