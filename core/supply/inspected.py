"""When goods that are inspected are expected to be released: by the lot's own day, else by the item's inspection time."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.company.calendar import Calendar
from core.supply.tables import InspectionTime, StockMovement

ANY_SITE = 0
RETURNED = "returned"
AGAIN = "quality:inspection"
SHORT = "short-"
"""Reasons in the ledger by which goods came into inspection otherwise than from outside."""


class Lot(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def item_id(self) -> int: ...
    @property
    def site_id(self) -> int: ...
    @property
    def received_on(self) -> date | None: ...
    @property
    def release_on(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class InspectDays:
    """Working days of the site. by_place: by (item, site), ANY_SITE for sites without a row of their own."""

    by_place: Mapping[tuple[int, int], int] = field(default_factory=dict)

    def at(self, item_id: int, site_id: int) -> int:
        """0: not inspected."""
        place = (item_id, site_id)
        if place not in self.by_place:
            place = (item_id, ANY_SITE)
        return self.by_place.get(place, 0)


def inspect_days(session: Session, item_ids: Collection[int]) -> InspectDays:
    rows = session.execute(
        select(InspectionTime.item_id, InspectionTime.site_id, InspectionTime.days).where(
            InspectionTime.item_id.in_(sorted(item_ids))
        )
    )
    return InspectDays({(item_id, site_id or ANY_SITE): days for item_id, site_id, days in rows})


def release_days(
    session: Session,
    lots: Sequence[Lot],
    times: InspectDays,
    calendars: Mapping[int, Calendar],
    *,
    returns: bool,
) -> dict[int, date]:
    """By lot in inspection the day of its expected release; absent where nobody can say, so that it is no supply.

    calendars: by site. returns: whether what customers sent back counts.
    """
    found = {}
    for lot in sure(session, lots, times, returns=returns):
        if lot.release_on is not None:
            found[lot.id] = lot.release_on
        elif lot.received_on is not None:
            days = times.at(lot.item_id, lot.site_id)
            found[lot.id] = calendars[lot.site_id].plus(lot.received_on, days)
    return found


def sure(session: Session, lots: Sequence[Lot], times: InspectDays, *, returns: bool) -> list[Lot]:
    """The lots in inspection of which it can be said when they are released.

    What was set aside, or was released and is inspected again, is in doubt: it counts only with a day of its own.
    """
    by_time = [
        lot.id
        for lot in lots
        if lot.release_on is None and lot.received_on and times.at(lot.item_id, lot.site_id) > 0
    ]
    timed = set(by_time) - _doubtful(session, by_time, returns=returns) if by_time else set()
    return [lot for lot in lots if lot.release_on is not None or lot.id in timed]


def _doubtful(session: Session, lot_ids: Collection[int], *, returns: bool) -> frozenset[int]:
    reasons = (AGAIN,) if returns else (AGAIN, RETURNED)
    return frozenset(
        session.scalars(
            select(StockMovement.lot_id).where(
                StockMovement.lot_id.in_(sorted(lot_ids)),
                or_(StockMovement.reason.in_(reasons), StockMovement.reason.startswith(SHORT)),
            )
        )
    )
