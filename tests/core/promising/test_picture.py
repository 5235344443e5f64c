"""The supply picture: what counts as there, what is coming, and what is promised already."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import Database
from core.execution.tables import Allocation
from core.orders.tables import OrderLine, ScheduleLine
from core.promising.ask import Ask, AskLine, Supply
from core.promising.picture import picture
from core.promising.promise import answer_as_json, answer_of_json, promise_lines
from core.supply.tables import Receipt, StockLot
from tests import builders as make

MONDAY = make.TODAY


@pytest.fixture
def session(sqlite_database: Database) -> Any:
    with sqlite_database.begin() as session:
        make.a_company(session)
        yield session


def see(session: Session, *items: Any, now: datetime = make.NOW, **how: Any) -> Supply:
    return picture(session, [i.id for i in items], now=now, **how)


def quantities(supply: Supply) -> list[tuple[str, Decimal]]:
    return [(b.number, b.quantity) for b in supply.buckets]


def test_only_released_unexpired_stock_counts(database: Database) -> None:
    with database.begin() as session:
        make.a_company(session)
        site, item = make.a_site(session), make.an_item(session)
        make.a_lot(session, site, item, 10, lot="good", expires_on=MONDAY)
        make.a_lot(session, site, item, 20, lot="old", expires_on=MONDAY - timedelta(days=1))
        make.a_lot(session, site, item, 30, lot="held", quality="blocked")
        make.a_lot(session, site, item, 40, lot="new", quality="inspection")
        found = see(session, item)
        assert quantities(found) == [("good", Decimal(10))]
        assert found.buckets[0].until == MONDAY


def test_what_is_allocated_is_neither_free_nor_asked_for_twice(database: Database) -> None:
    with database.begin() as session:
        make.a_company(session)
        site, item = make.a_site(session), make.an_item(session)
        lot = make.a_lot(session, site, item, 10)
        customer = make.a_customer(session)
        make.an_order(session, customer, [make.Wanted(item, 7)], site=site)
        line = session.scalars(select(OrderLine)).one()
        schedule = session.scalars(select(ScheduleLine)).one()
        session.add(
            Allocation(
                order_line_id=line.id,
                schedule_line_id=schedule.id,
                lot_id=lot.id,
                quantity=Decimal(4),
            )
        )
        session.flush()
        found = see(session, item)
        assert [b.quantity for b in found.buckets] == [Decimal(6)]
        assert [d.quantity for d in found.demands] == [Decimal(3)]
        found = see(session, item, leave_out_line_ids=[line.id])
        assert [b.quantity for b in found.buckets] == [Decimal(10)]
        assert found.demands == ()


def test_shipped_and_cancelled_orders_ask_for_nothing(session: Session) -> None:
    site, item = make.a_site(session), make.an_item(session)
    customer = make.a_customer(session)
    order = make.an_order(session, customer, [make.Wanted(item, 7)], site=site)
    schedule = session.scalars(select(ScheduleLine)).one()
    schedule.shipped_quantity = Decimal(5)
    assert [d.quantity for d in see(session, item).demands] == [Decimal(2)]
    schedule.shipped_quantity = Decimal(7)
    assert see(session, item).demands == ()
    assert order.id


def test_a_part_receipt_shrinks_what_is_expected(session: Session) -> None:
    site, item = make.a_site(session), make.an_item(session)
    day = MONDAY + timedelta(days=3)
    make.a_receipt(session, site, item, 100, day, number="PO1", received_quantity=Decimal(60))
    make.a_receipt(session, site, item, 50, day, number="PO2", received_quantity=Decimal(50))
    make.a_receipt(session, site, item, 50, day, number="PO3", closed=True)
    assert quantities(see(session, item)) == [("PO1", Decimal(40))]


def test_a_late_receipt_counts_some_working_days_from_today(session: Session) -> None:
    site, item = make.a_site(session), make.an_item(session)
    make.a_receipt(session, site, item, 9, MONDAY - timedelta(days=4))
    (bucket,) = see(session, item).buckets
    assert bucket.late and bucket.due_date == MONDAY + timedelta(days=7)


def test_a_receipt_on_a_sunday_leaves_on_the_next_working_day(session: Session) -> None:
    site, item = make.a_site(session, handling_days=1), make.an_item(session)
    make.a_receipt(session, site, item, 9, date(2026, 3, 8))
    (bucket,) = see(session, item).buckets
    assert bucket.ready_date == date(2026, 3, 10)


@pytest.mark.parametrize(
    ("hour", "day", "ships"),
    [(9, 2, 2), (14, 2, 2), (15, 2, 3), (15, 6, 9), (9, 7, 9)],
)
def test_cut_off_and_weekend(session: Session, hour: int, day: int, ships: int) -> None:
    """After the cut-off it leaves on the next working day; nothing leaves on Saturday."""
    make.a_site(session, cut_off="14:00")
    now = datetime(2026, 3, day, hour, 0, tzinfo=timezone.utc)
    (site,) = see(session, now=now).sites
    assert site.earliest_ship_date == date(2026, 3, ships)


def test_the_cut_off_is_on_the_companys_clock(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        make.a_company(session, time_zone="Europe/Berlin")
        make.a_site(session, cut_off="14:00")
        half_past_two = datetime(2026, 3, 2, 13, 30, tzinfo=timezone.utc)
        (site,) = see(session, now=half_past_two).sites
        assert site.earliest_ship_date == date(2026, 3, 3)


def test_preferred_sites_come_first_and_the_answer_survives_its_json(session: Session) -> None:
    second, first = make.a_site(session, priority=2), make.a_site(session, priority=1)
    item = make.an_item(session, lead_days=3)
    make.a_lot(session, second, item, 4)
    make.a_lot(session, first, item, 3)
    line = AskLine(5, item.id, Decimal(9), None, 1)
    found = promise_lines(session, Ask((line,), MONDAY), now=make.NOW)
    assert [(p.site_id, p.quantity) for p in found.lines[5]] == [
        (first.id, Decimal(3)),
        (second.id, Decimal(4)),
        (first.id, Decimal(2)),
    ]
    assert answer_of_json(answer_as_json(found)) == found


def test_what_was_seen_before_the_lock_does_not_come_back(postgres_database: Database) -> None:
    """Goods leave and a receipt arrives between a clerk's first look and the lock of the confirmation."""
    with postgres_database.begin() as session:
        make.a_company(session)
        site, item = make.a_site(session), make.an_item(session)
        make.a_lot(session, site, item, 10)
        make.a_receipt(session, site, item, 20, MONDAY + timedelta(days=3))
        item_id = item.id
    with postgres_database.begin() as session:
        seen = [
            *session.scalars(select(StockLot)).all(),
            *session.scalars(select(Receipt)).all(),
        ]
        with postgres_database.begin() as other:
            other.scalars(select(StockLot)).one().on_hand_quantity = Decimal(3)
            other.scalars(select(Receipt)).one().received_quantity = Decimal(15)
        found = picture(session, [item_id], now=make.NOW, lock=True)
        assert [b.quantity for b in found.buckets] == [Decimal(3), Decimal(5)]
        assert len(seen) == 2
