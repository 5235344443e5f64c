"""What is still to come: open rests of receipts, each on the day that can be counted on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.company.calendar import Calendar
from core.company.policy import Policy
from core.promising.ask import Bucket, SiteFacts
from core.promising.expedites import expedited
from core.supply.inspected import InspectDays
from core.supply.tables import ItemSource, Receipt, Supplier


@dataclass(frozen=True, slots=True)
class Coming:
    """The open rest of a receipt. late_days: of its supplier; receive_days: of what they send of the item, from the door to
    the shelf; shelf_life_days: of the item."""

    id: int
    number: str
    item_id: int
    site_id: int
    from_site_id: int | None
    rest: Decimal
    expected_date: date
    begins_on: date | None
    stage: str
    for_order: str
    for_position: int | None
    late_days: int
    receive_days: int
    shelf_life_days: int


def open_receipts(session: Session, item_ids: list[int]) -> list[Coming]:
    """Read by columns: what this transaction saw before it got its locks must not come back from memory."""
    rows: Any = session.execute(
        select(
            Receipt.id,
            Receipt.number,
            Receipt.item_id,
            Receipt.site_id,
            Receipt.from_site_id,
            Receipt.quantity - Receipt.received_quantity,
            Receipt.expected_date,
            Receipt.begins_on,
            Receipt.stage,
            Receipt.for_order,
            Receipt.for_position,
            func.coalesce(Supplier.late_days, 0),
            func.coalesce(ItemSource.receive_days, 0),
            Item.shelf_life_days,
        )
        .join(Item, Item.id == Receipt.item_id)
        .outerjoin(Supplier, Supplier.id == Receipt.supplier_id)
        .outerjoin(
            ItemSource,
            (ItemSource.item_id == Receipt.item_id)
            & (ItemSource.supplier_id == Receipt.supplier_id),
        )
        .where(
            Receipt.item_id.in_(item_ids),
            Receipt.closed.is_(False),
            Receipt.quantity > Receipt.received_quantity,
        )
    )
    return [Coming(*row) for row in rows]


def receipts(
    session: Session,
    rows: Sequence[Coming],
    sites: Mapping[int, SiteFacts],
    calendar: Calendar,
    policy: Policy,
    today: date,
    draft_id: int | None,
    times: InspectDays,
) -> list[Bucket]:
    """Open rests; an overdue one counts as coming in some working days from today.

    What a supplier is known to be late by is added to the day that it said, and the way from the door to the shelf or
    inspection, whichever takes longer, to what comes from outside or from the shop.
    """
    sooner = expedited(session, [row.id for row in rows], draft_id=draft_id) if rows else {}
    found = []
    for row in rows:
        site = sites[row.site_id]
        said = min(row.expected_date, sooner.get(row.id, date.max))
        late = said < today
        due = calendar.plus(today, policy.late_receipt_days) if late else said
        if row.late_days:
            due = max(due, calendar.plus(said, row.late_days))
        works = site.calendar or calendar
        inspected = times.at(row.item_id, row.site_id) if row.from_site_id is None else 0
        days = max(inspected, row.receive_days)
        here = works.plus(due, days) if days else due
        ready = works.plus(here, site.handling_days)
        found.append(
            Bucket(
                "receipt",
                row.id,
                row.number,
                row.item_id,
                row.site_id,
                row.rest,
                max(ready, site.earliest_ship_date),
                due,
                due + timedelta(days=row.shelf_life_days) if row.shelf_life_days else None,
                late,
                here_date=here,
                inspect_days=days,
            )
        )
    return found
