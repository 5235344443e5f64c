"""Lead times that reality keeps missing: what was expected against what was received, and the better figure.

The better figure is the one that four of five receipts of the last year kept (80th percentile, nearest rank). Days are
working days of the supplier, else of our company.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.company.calendar import Calendar, calendar_of
from core.company.policy import company_calendar, company_zone, policy_of
from core.company.tables import Company
from core.supply.tables import ItemSource, Receipt, RoutingStep, StockMovement, Supplier, WorkCentre

LOOKED_BACK = timedelta(days=365)
PERCENTILE = 80


@dataclass(frozen=True, slots=True)
class Fix:
    """The master-data edit that takes the better figure: column of the row of this key in a table."""

    table: str
    key: dict[str, str]
    column: str
    now: int
    better: int


@dataclass(frozen=True, slots=True)
class MissedLead:
    """scope: "supplier" (all that it sends), "source" (an item from a supplier), "centre" (an item made on a centre).

    late: how many of the receipts came after the day that was expected first. lateness: the percentile, worst: the
    latest, both in working days. fix: None where no figure of ours says when it comes.
    """

    scope: str
    name: str
    item_number: str
    description: str
    receipts: int
    late: int
    lateness: int
    worst: int
    fix: Fix | None

    @property
    def key(self) -> str:
        return f"{self.scope}/{self.name}/{self.item_number}"


Group = tuple[str, int, int]
"""(scope, supplier id, item id)."""


@dataclass(frozen=True, slots=True)
class _Arrival:
    """late: working days after the first expectation, below zero before it; lead: since it was ordered."""

    receipt_id: int
    late: int
    lead: int | None


def missed_lead_times(session: Session, *, now: datetime) -> tuple[MissedLead, ...]:
    """Worst first. Only what came late, and often enough to be no accident."""
    company = session.get(Company, 1)
    least = policy_of(company).lead_time_receipts
    calendars = _Calendars(session, company_calendar(company))
    zone = company_zone(company)
    groups: dict[Group, list[_Arrival]] = defaultdict(list)
    for receipt in _received(session, now):
        day = receipt.at.astimezone(zone).date()
        arrival = _arrival(receipt, day, calendars.of(receipt.supplier_id))
        if receipt.kind == "production":
            groups["centre", 0, receipt.item_id].append(arrival)
        elif receipt.kind == "purchase" and receipt.supplier_id:
            groups["supplier", receipt.supplier_id, 0].append(arrival)
            groups["source", receipt.supplier_id, receipt.item_id].append(arrival)
    late = {
        group: arrivals
        for group, arrivals in groups.items()
        if len({a.receipt_id for a in arrivals}) >= least
        and percentile([a.late for a in arrivals]) > 0
    }
    known = _Known(session, {item for _, _, item in late}, {supplier for _, supplier, _ in late})
    found = [
        missed
        for (scope, supplier_id, item_id), arrivals in late.items()
        if (missed := known.missed(scope, supplier_id, item_id, arrivals)) is not None
    ]
    in_general = {m.name: m.lateness for m in found if m.scope == "supplier"}
    telling = [m for m in found if m.fix or m.lateness > in_general.get(m.name, 0)]
    return tuple(sorted(telling, key=lambda m: (-m.lateness, -m.receipts, m.key)))


def _received(session: Session, now: datetime) -> Iterable[Any]:
    """What came in, by columns: a big firm receives thousands of times a year."""
    return session.execute(
        select(
            Receipt.id,
            Receipt.kind,
            Receipt.supplier_id,
            Receipt.item_id,
            Receipt.first_expected_date,
            Receipt.ordered_on,
            StockMovement.at,
        )
        .join(
            StockMovement,
            (StockMovement.subject == "receipt") & (StockMovement.subject_id == Receipt.id),
        )
        .where(
            StockMovement.reason == "received",
            StockMovement.at > now - LOOKED_BACK,
            Receipt.first_expected_date.is_not(None),
        )
    )


def _arrival(receipt: Any, day: date, calendar: Calendar) -> _Arrival:
    ordered = receipt.ordered_on
    lead = worked(calendar, ordered, day) if ordered is not None else None
    return _Arrival(receipt.id, worked(calendar, receipt.first_expected_date, day), lead)


def worked(calendar: Calendar, first: date, last: date) -> int:
    """Working days after `first` up to `last`; below zero when `last` is before it."""
    low, high = sorted((first, last))
    week = calendar.working_days or range(1, 8)
    weeks, rest = divmod((high - low).days, 7)
    days = weeks * len(week)
    days += sum((low + timedelta(days=n)).isoweekday() in week for n in range(1, rest + 1))
    days -= sum(low < free <= high and free.isoweekday() in week for free in calendar.holidays)
    return days if last >= first else -days


def percentile(values: Sequence[int], percent: int = PERCENTILE) -> int:
    """By nearest rank: the least value that so many per cent of all do not exceed."""
    ranked = sorted(values)
    return ranked[max(-(-len(ranked) * percent // 100), 1) - 1]


class _Calendars:
    """Working days of suppliers, ours where they have none."""

    def __init__(self, session: Session, ours: Calendar) -> None:
        self._ours = ours
        self._theirs = {
            row.id: calendar_of(row, ours)
            for row in session.execute(
                select(Supplier.id, Supplier.working_days, Supplier.holidays)
            )
        }

    def of(self, supplier_id: int | None) -> Calendar:
        return self._theirs.get(supplier_id or 0, self._ours)


class _Known:
    """The figures that are in force."""

    def __init__(self, session: Session, items: Iterable[int], suppliers: Iterable[int]) -> None:
        wanted = sorted(items)
        self._items = {
            row.id: row for row in session.scalars(select(Item).where(Item.id.in_(wanted)))
        }
        self._suppliers = {
            row.id: row
            for row in session.scalars(select(Supplier).where(Supplier.id.in_(sorted(suppliers))))
        }
        self._sources: dict[int, dict[int | None, ItemSource]] = defaultdict(dict)
        for row in session.scalars(select(ItemSource).where(ItemSource.item_id.in_(wanted))):
            self._sources[row.item_id][row.supplier_id] = row
        steps: Any = session.execute(
            select(RoutingStep.item_id, WorkCentre.code)
            .join(WorkCentre, WorkCentre.id == RoutingStep.work_centre_id)
            .where(RoutingStep.item_id.in_(wanted))
            .order_by(RoutingStep.step)
        )
        self._centres: dict[int, str] = dict(tuple(row) for row in steps)

    def missed(
        self, scope: str, supplier_id: int, item_id: int, arrivals: Sequence[_Arrival]
    ) -> MissedLead | None:
        lateness = percentile([a.late for a in arrivals])
        item, supplier = self._items.get(item_id), self._suppliers.get(supplier_id)
        fix = self._fix(scope, supplier, item, arrivals, lateness)
        if fix is not None and fix.better <= fix.now:
            return None
        return MissedLead(
            scope=scope,
            name=supplier.name if supplier else self._centres.get(item_id, ""),
            item_number=item.number if item else "",
            description=item.description if item else "",
            receipts=len({a.receipt_id for a in arrivals}),
            late=len({a.receipt_id for a in arrivals if a.late > 0}),
            lateness=lateness,
            worst=max(a.late for a in arrivals),
            fix=fix,
        )

    def _fix(
        self,
        scope: str,
        supplier: Supplier | None,
        item: Item | None,
        arrivals: Sequence[_Arrival],
        lateness: int,
    ) -> Fix | None:
        if scope == "supplier" and supplier is not None:
            key = {"number": supplier.number}
            return Fix("suppliers", key, "late_days", supplier.late_days, max(lateness, 0))
        if scope == "source" and supplier is not None and item is not None:
            return self._of_source(supplier, item, [a.lead for a in arrivals])
        if scope == "centre" and item is not None and item.id not in self._centres:
            now = item.lead_days
            return Fix("items", {"number": item.number}, "lead_days", now, now + max(lateness, 0))
        return None

    def _of_source(self, supplier: Supplier, item: Item, leads: Sequence[int | None]) -> Fix | None:
        """Measured from the day on which it was ordered; what the supplier is late by in general is counted apart.

        None when the item comes from other suppliers by now, or nobody wrote down when it was ordered.
        """
        sources = self._sources[item.id]
        source = sources.get(supplier.id) or sources.get(None)
        measured = [lead for lead in leads if lead is not None]
        if len(measured) < len(leads) or (sources and source is None):
            return None
        now = (source.lead_days if source else 0) or supplier.lead_days or item.lead_days
        better = max(percentile(measured) - supplier.late_days, 0)
        named = "" if source and source.supplier_id is None else supplier.number
        key = {"item": item.number, "supplier": named}
        return Fix("item-sources", key, "lead_days", now, better)
