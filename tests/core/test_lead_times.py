"""Lead times that reality keeps missing are measured from what was received, and corrected with one edit."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.company.calendar import Calendar
from core.database import Database
from core.errors import Stale
from core.insight.better_figure import take_better_figure
from core.insight.lead_times import MissedLead, missed_lead_times, percentile, worked
from core.masterdata.tables import MasterChange
from core.supply.receive import receive_goods
from core.supply.tables import ItemSource, Receipt, RoutingStep, Site, Supplier, WorkCentre
from tests import builders as make
from tests.builders import NOW, an_act

MONDAY = date(2026, 1, 5)


class Firm:
    def __init__(self, session: Session) -> None:
        make.a_company(session)
        self.session = session
        self.site: Site = make.a_site(session)
        self.supplier = Supplier(number="S1", name="Steel Ltd", lead_days=5)
        session.add(self.supplier)
        session.flush()

    def received(
        self, item: Item, late: int, *, ordered: int | None = None, kind: str = "purchase"
    ) -> Receipt:
        """A receipt that was expected on a Monday and came so many calendar days later, perhaps after it was moved."""
        receipt = make.a_receipt(
            self.session,
            self.site,
            item,
            10,
            MONDAY,
            kind=kind,
            supplier_id=self.supplier.id if kind == "purchase" else None,
            ordered_on=MONDAY - timedelta(days=ordered) if ordered is not None else None,
        )
        receipt.expected_date = MONDAY + timedelta(days=late)  # what they said later
        day = datetime.combine(MONDAY + timedelta(days=late), time(12), timezone.utc)
        receive_goods(self.session, receipt.id, Decimal(10), f"L{receipt.id}", act=an_act(at=day))
        return receipt


def report(session: Session) -> dict[str, MissedLead]:
    return {m.key: m for m in missed_lead_times(session, now=NOW)}


def test_working_days_and_percentile() -> None:
    week = Calendar()
    assert worked(week, MONDAY, MONDAY + timedelta(days=7)) == 5
    assert worked(week, MONDAY, MONDAY) == 0
    assert worked(week, MONDAY, MONDAY - timedelta(days=3)) == -1
    assert percentile([5, 1, 4, 2, 3]) == 4
    assert percentile([7]) == 7


def test_working_days_are_those_counted_one_by_one() -> None:
    free = frozenset({date(2026, 1, 1), date(2026, 1, 6), date(2026, 2, 14), date(2026, 2, 17)})
    for week in (Calendar(), Calendar(frozenset(), free), Calendar(frozenset({2, 6}), free)):
        for begin in range(9):
            for span in range(60):
                first = MONDAY + timedelta(days=begin)
                last = first + timedelta(days=span)
                days = sum(week.works(first + timedelta(days=n)) for n in range(1, span + 1))
                assert (worked(week, first, last), worked(week, last, first)) == (days, -days)


def test_the_first_expectation_is_kept(database: Database) -> None:
    with database.begin() as session:
        firm = Firm(session)
        receipt = firm.received(make.an_item(session), 14)
        assert (receipt.first_expected_date, receipt.expected_date) == (
            MONDAY,
            MONDAY + timedelta(days=14),
        )


def test_a_supplier_that_is_late_and_an_item_that_takes_longer(database: Database) -> None:
    with database.begin() as session:
        firm = Firm(session)
        slow, other = make.an_item(session, number="SLOW"), make.an_item(session, number="QUICK")
        for late in (7, 7, 14, 7, 0):
            firm.received(slow, late, ordered=7)
        for late in (0, 0, 0, 0, 1):
            firm.received(other, late)
        found = report(session)
        assert set(found) == {"supplier/Steel Ltd/", "source/Steel Ltd/SLOW"}
        source = found["source/Steel Ltd/SLOW"]
        assert (source.receipts, source.late, source.lateness, source.worst) == (5, 4, 5, 10)
        assert source.fix is not None and (source.fix.now, source.fix.better) == (5, 10)
        supplier = found["supplier/Steel Ltd/"].fix
        assert supplier is not None and (supplier.now, supplier.better) == (0, 5)

        act = an_act()
        take_better_figure(session, source.key, 10, act=act)
        row = session.scalars(select(ItemSource)).one()
        assert (row.supplier_id, row.lead_days) == (firm.supplier.id, 10)
        kept = session.scalars(
            select(MasterChange).where(MasterChange.table_name == "item-sources")
        ).one()
        assert kept.changes["lead_days"][1] == 10
        assert kept.actor == act.actor
        assert set(report(session)) == {"supplier/Steel Ltd/"}
        take_better_figure(session, "supplier/Steel Ltd/", 5, act=an_act())
        assert firm.supplier.late_days == 5
        assert report(session) == {}


def test_few_or_old_receipts_say_nothing(database: Database) -> None:
    with database.begin() as session:
        firm = Firm(session)
        item = make.an_item(session)
        for _ in range(4):
            firm.received(item, 14, ordered=7)
        assert report(session) == {}
        firm.received(item, 14, ordered=7)
        assert len(report(session)) == 2
        assert missed_lead_times(session, now=NOW + timedelta(days=400)) == ()


def test_part_receipts_of_one_order_are_one_order(database: Database) -> None:
    with database.begin() as session:
        firm = Firm(session)
        receipt = make.a_receipt(
            session, firm.site, make.an_item(session), 10, MONDAY, supplier_id=firm.supplier.id
        )
        for part in range(5):
            receive_goods(
                session, receipt.id, Decimal(2), f"P{part}", act=an_act(at=NOW - timedelta(days=5))
            )
        assert report(session) == {}


def test_what_we_make_ourselves(database: Database) -> None:
    with database.begin() as session:
        firm = Firm(session)
        plain = make.an_item(session, number="PLAIN", kind="made", lead_days=4)
        routed = make.an_item(session, number="ROUTED", kind="made", lead_days=4)
        bench = WorkCentre(code="BENCH", name="Bench", site_id=firm.site.id)
        session.add(bench)
        session.flush()
        session.add(RoutingStep(item_id=routed.id, step=10, work_centre_id=bench.id))
        for item in (plain, routed):
            for late in (2, 2, 2, 2, 2):
                firm.received(item, late, kind="production")
        found = report(session)
        fix = found["centre//PLAIN"].fix
        assert fix is not None and (fix.table, fix.now, fix.better) == ("items", 4, 6)
        assert found["centre/BENCH/ROUTED"].fix is None
        take_better_figure(session, "centre//PLAIN", 6, act=an_act())
        assert plain.lead_days == 6


def test_a_report_that_says_something_else_by_now(database: Database) -> None:
    with database.begin() as session:
        firm = Firm(session)
        item = make.an_item(session)
        for _ in range(5):
            firm.received(item, 7, ordered=7)
        with pytest.raises(Stale):
            take_better_figure(session, f"source/Steel Ltd/{item.number}", 99, act=an_act())
