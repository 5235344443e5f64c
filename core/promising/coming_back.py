"""What customers send back as supply, where policy counts it: from the end of its permission and of its inspection."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.orders.tables import OrderLine, ScheduleLine
from core.promising.ask import Bucket, SiteFacts
from core.returns.tables import ReturnAuthorization, ReturnLine
from core.supply.inspected import InspectDays

FOR_US = ("credit", "replace")
"""Resolutions after which the goods stay with us; what is repaired goes back."""


def returns_to_come(
    session: Session,
    item_ids: list[int],
    sites: Mapping[int, SiteFacts],
    times: InspectDays,
    today: date,
) -> list[Bucket]:
    """Nobody says when they come, so they count from the last day on which they may; only where they are inspected."""
    rows = session.execute(
        select(
            ReturnLine.id,
            ReturnAuthorization.number,
            OrderLine.item_id,
            func.max(ScheduleLine.site_id).label("site_id"),
            (ReturnLine.quantity - ReturnLine.received_quantity).label("rest"),
            ReturnAuthorization.expires_on,
        )
        .join(ReturnAuthorization, ReturnAuthorization.id == ReturnLine.return_id)
        .join(OrderLine, OrderLine.id == ReturnLine.order_line_id)
        .join(ScheduleLine, ScheduleLine.line_id == OrderLine.id)
        .where(
            OrderLine.item_id.in_(item_ids),
            ReturnAuthorization.status.in_(("authorised", "received")),
            ReturnAuthorization.resolution.in_(FOR_US),
            ReturnAuthorization.expires_on >= today,
            ReturnLine.quantity > ReturnLine.received_quantity,
        )
        .group_by(
            ReturnLine.id,
            ReturnAuthorization.number,
            OrderLine.item_id,
            ReturnLine.quantity,
            ReturnLine.received_quantity,
            ReturnAuthorization.expires_on,
        )
    )
    found = []
    for row in rows:
        site = sites.get(row.site_id or 0)
        days = times.at(row.item_id, site.id) if site else 0
        if site is None or site.calendar is None or days == 0:
            continue
        due = site.calendar.plus(row.expires_on, days)
        ready = max(site.calendar.plus(due, site.handling_days), site.earliest_ship_date)
        found.append(
            Bucket(
                "return",
                row.id,
                row.number,
                row.item_id,
                site.id,
                row.rest,
                ready,
                due,
                here_date=due,
            )
        )
    return found
