"""A book of orders is watched while supply, capacity and calendar change at random: what the watch leaves can be kept, a
second look finds nothing, and a change there and back leaves no trace but history."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.company.tables import Company
from core.database import Database
from core.errors import Stale
from core.execution.scarce import RULES
from core.supply.count import count, set_quality
from core.supply.tables import Receipt, StockLot, WorkCentreClosure
from core.watch.check import Found, check, due_changes
from core.watch.decide import accept
from core.watch.due import check_changes
from core.watch.share_out import share_out
from core.watch.shares import propose
from core.watch.tables import PromiseSlip
from tests import builders as make
from tests.journeys.test_any_book_of_orders import Plant, few, some
from tests.promised import open_lines

D = Decimal
Book = dict[int, tuple[object, ...]]


class WatchedPlant(Plant):
    """Every change is looked at at once, and every slip that it brings is accepted."""

    def __init__(self) -> None:
        super().__init__()
        for item, quantity, wish in ((2, 9, 1), (1, 6, 3), (0, 5, 6), (2, 12, 5), (1, 4, 4)):
            self.an_order_comes(item, quantity, wish)

    def watch(self, session: Session) -> None:
        session.flush()
        check_changes(session, act=make.an_act())
        assert due_changes(session, 1) == []
        check(session, self.items, act=make.an_act())
        for _ in range(8):
            slips = session.scalars(
                select(PromiseSlip)
                .where(PromiseSlip.status == "open", PromiseSlip.kind == "slip")
                .order_by(PromiseSlip.schedule_line_id)
            ).all()
            if not slips:
                break
            for slip in slips:
                try:
                    with session.begin_nested():
                        accept(session, slip, act=make.an_act())
                except Stale:
                    session.refresh(slip)
            check_changes(session, act=make.an_act())
            check(session, self.items, act=make.an_act())
        before, found = self.book(session), check(session, self.items, act=make.an_act())
        assert found == Found(looked_at=found.looked_at)
        assert self.book(session) == before

    def book(self, session: Session) -> Book:
        return {
            row.id: (row.quantity, row.promised_date, row.ship_date, row.promise_version)
            for _, row, _ in open_lines(session, self.items)
        }

    def a_receipt(self, session: Session, n: int) -> Receipt | None:
        rows = session.scalars(
            select(Receipt)
            .where(Receipt.site_id == self.site, Receipt.closed.is_(False))
            .order_by(Receipt.id)
        ).all()
        return rows[n % len(rows)] if rows else None

    @rule(n=few, days=few, less=few)
    def a_receipt_changes(self, n: int, days: int, less: int) -> None:
        with self.step() as session:
            if row := self.a_receipt(session, n):
                row.expected_date = make.TODAY + timedelta(days=days)
                row.quantity = max(row.quantity - less, row.received_quantity + 1)
                self.watch(session)

    @rule(n=few)
    def a_receipt_does_not_come(self, n: int) -> None:
        with self.step() as session:
            if row := self.a_receipt(session, n):
                row.closed = True
                self.watch(session)

    @rule(n=few, quantity=few, quality=st.sampled_from(("released", "blocked", "")))
    def a_lot_is_looked_at(self, n: int, quantity: int, quality: str) -> None:
        with self.step() as session:
            lots = session.scalars(
                select(StockLot).where(StockLot.site_id == self.site).order_by(StockLot.id)
            ).all()
            lot = lots[n % len(lots)]
            if quality:
                set_quality(session, lot.id, quality, act=make.an_act())
            else:
                count(session, lot.id, D(quantity), "count", act=make.an_act())
            self.watch(session)

    @rule(n=few, first=few, days=st.integers(0, 3))
    def a_work_centre_closes(self, n: int, first: int, days: int) -> None:
        with self.step() as session:
            centre = sorted(self.centres)[n % len(self.centres)]
            day = make.TODAY + timedelta(days=first)
            session.add(
                WorkCentreClosure(work_centre_id=centre, first=day, last=day + timedelta(days=days))
            )
            self.watch(session)

    @rule(day=few, free=st.booleans())
    def a_day_is_taken_off(self, day: int, free: bool) -> None:
        with self.step() as session:
            company = session.get_one(Company, 1)
            company.holidays = [(make.TODAY + timedelta(days=day)).isoformat()] if free else []
            self.watch(session)

    @rule(item=st.integers(0, 2), chosen=st.sampled_from(sorted(RULES)))
    def stock_is_shared_out(self, item: int, chosen: str) -> None:
        with self.step() as session:
            self.watch(session)
            where = (self.items[item], self.site, chosen)
            proposal = propose(session, *where, now=make.NOW)
            share_out(session, *where, proposal.seen, "as agreed", act=make.an_act())
            self.watch(session)

    @rule(n=few, days=some)
    def there_and_back(self, n: int, days: int) -> None:
        with self.step() as session:
            self.watch(session)
            if row := self.a_receipt(session, n):
                before, expected = self.book(session), row.expected_date
                row.expected_date = expected + timedelta(days=days)
                session.flush()
                check_changes(session, act=make.an_act())
                row.expected_date = expected
                session.flush()
                check_changes(session, act=make.an_act())
                after = self.book(session)
                assert {i: (v[0], v[1], v[3]) for i, v in after.items()} == {
                    i: (v[0], v[1], v[3]) for i, v in before.items()
                }
                left = session.scalars(
                    select(PromiseSlip).where(
                        PromiseSlip.status == "open", PromiseSlip.kind == "slip"
                    )
                ).all()
                assert left == []


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_what_the_watch_leaves_can_be_kept(database: Database) -> None:
    WatchedPlant.database = database
    run_state_machine_as_test(
        WatchedPlant,
        settings=settings(
            max_examples=4,
            stateful_step_count=12,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
