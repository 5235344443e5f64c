"""Scarce stock is shared out by rule: shown before it is done, done once, and the watch agrees with it afterwards."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.correspondence.notice_page import drafted_notices
from core.database import Database
from core.errors import Stale
from core.execution.allocate import allocate
from core.execution.tables import Allocation
from core.journal import Event
from core.orders.tables import Order, OrderLine, PromiseVersion, ScheduleLine
from core.supply.count import count
from core.supply.tables import StockLot
from core.watch.check import Found, check
from core.watch.share_out import share_out
from core.watch.shares import Proposal, propose, scarce_items
from tests import builders as make
from tests.builders import NOW, TODAY, an_act
from tests.core.watch.test_check import Shop, look, rows_of
from tests.steps import released

D = Decimal


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def a_scarce_item(session: Session) -> tuple[Shop, list[ScheduleLine]]:
    """Twelve are there after a lot was blocked; three orders want ten, ten and four, ten more come in a week."""
    shop = Shop(session)
    make.a_lot(session, shop.site, shop.item, 12)
    rows = []
    for quantity, promised, priority in ((10, 2, 5), (10, 1, 5), (4, 3, 1)):
        shop.customer = make.a_customer(session, supply_priority=priority)
        rows.append(shop.order(quantity, day(promised)))
    look(session)
    return shop, rows


def proposed(session: Session, shop: Shop, rule: str) -> Proposal:
    return propose(session, shop.item.id, shop.site.id, rule, now=NOW)


def test_nobody_gets_a_part_that_its_customer_does_not_take(database: Database) -> None:
    """Fair shares would be 5, 5 and 2: the first order goes in one delivery, the second in parts of six and more."""
    with database.begin() as session:
        shop, (whole, least, _) = a_scarce_item(session)
        for row, terms in ((whole, {"complete": "yes"}), (least, {"part_quantity": "6"})):
            line = session.get_one(OrderLine, row.line_id)
            order = session.get_one(Order, line.order_id)
            order.delivery = {"": {"terms": terms}}
        session.flush()
        found = proposed(session, shop, "fair-share")
        gets = {row.kept.schedule.id: row.gets for row in found.rows}
        assert gets[whole.id] in (0, 10) and gets[least.id] in (0, 10)
        assert sum(gets.values()) <= 12


@pytest.mark.parametrize(
    ("unit", "gets"), [("EA", [4, 4, 2]), ("KG", ["4.166667", "4.166667", "1.666666"])]
)
def test_pieces_are_shared_whole(database: Database, unit: str, gets: list[Any]) -> None:
    with database.begin() as session:
        shop, rows = a_scarce_item(session)
        shop.item.stock_unit = unit
        lot = session.scalars(select(StockLot)).one()
        count(session, lot.id, D(10), "counted", act=an_act())
        found = {r.kept.schedule.id: r.gets for r in proposed(session, shop, "fair-share").rows}
        assert [found[row.id] for row in rows] == [D(x) for x in gets]


@pytest.mark.parametrize(
    ("rule", "gets", "gains"),
    [
        ("first-promised", [10, 2, 0], [0, 0, 0]),
        ("promise-date", [2, 10, 0], [-8, 8, 0]),
        ("priority", [8, 0, 4], [-2, -2, 4]),
        ("fair-share", [5, 5, 2], [-5, 3, 2]),
    ],
)
def test_who_gains_and_who_loses(
    database: Database, rule: str, gets: list[int], gains: list[int]
) -> None:
    with database.begin() as session:
        shop, _ = a_scarce_item(session)
        found = proposed(session, shop, rule)
        assert (found.there, found.wanted, found.until) == (12, 24, day(7))
        assert [row.gets for row in found.rows] == gets
        assert [row.gain for row in found.rows] == gains
        assert found.stock
        rests = [part for row in found.rows for part in row.later]
        assert sum(part.quantity for part in rests) == sum(row.lacks for row in found.rows) == 12
        assert sum(part.quantity for part in rests if part.promised_date == day(8)) == 10


def test_a_receipt_that_is_not_enough(database: Database) -> None:
    """Nothing is in stock; ten come in a week for two orders that want ten each."""
    with database.begin() as session:
        shop = Shop(session)
        late, early = shop.order(10, day(9)), shop.order(10, day(8))
        look(session)
        found = proposed(session, shop, "promise-date")
        assert (found.there, found.wanted, found.until, found.stock) == (10, 20, None, False)
        assert [row.gain for row in found.rows] == [-10, 10]
        where = (shop.item.id, shop.site.id, "promise-date", found.seen)
        share_out(session, *where, "they pay in advance", act=an_act())
        assert (early.promised_date, early.ranked_as) == (day(8), late.id)
        assert late.promised_date > day(9) == late.first_promised_date
        assert session.scalars(select(Allocation)).all() == []
        assert check(session, {shop.item.id}, act=an_act()) == Found(looked_at=2)


def test_it_is_applied_once_with_one_event_for_each_order(database: Database) -> None:
    with database.begin() as session:
        shop, rows = a_scarce_item(session)
        (scarce,) = scarce_items(session)
        assert (scarce.item_number, scarce.orders) == ("PUMP", 2)
        found = proposed(session, shop, "fair-share")
        act = an_act()
        where = (shop.item.id, shop.site.id, "fair-share", found.seen)
        assert share_out(session, *where, "everybody gets half", act=act) == 3
        assert share_out(session, *where, "everybody gets half", act=act) == 3
        held = dict(
            tuple(row)
            for row in session.execute(
                select(Allocation.schedule_line_id, func.sum(Allocation.quantity)).group_by(
                    Allocation.schedule_line_id
                )
            )
        )
        assert [held[row.id] for row in rows] == [5, 5, 2]
        assert [row.quantity for row in rows] == [5, 5, 2]
        assert [row.promised_date for row in rows] == [day(2), day(1), day(3)]
        later = session.scalars(
            select(ScheduleLine).where(ScheduleLine.promised_date > day(3))
        ).all()
        assert sorted(row.quantity for row in later) == [2, 5, 5]
        assert {row.first_promised_date for row in later} == {day(1), day(2), day(3)}
        events = session.scalars(select(Event).where(Event.name == "order.stock_shared")).all()
        assert len(events) == 3
        assert events[0].facts["rule"] == "fair share"
        causes = set(
            session.scalars(select(PromiseVersion.cause).where(PromiseVersion.version == 2))
        )
        assert causes == {"PUMP shared out by fair share: everybody gets half"}
        assert [notice.dates for notice in drafted_notices(session)] == [1, 1, 1]


def test_the_watch_agrees_with_what_was_shared_out(database: Database) -> None:
    with database.begin() as session:
        shop, _ = a_scarce_item(session)
        for rule in ("promise-date", "priority", "fair-share"):
            found = proposed(session, shop, rule)
            where = (shop.item.id, shop.site.id, rule, found.seen)
            share_out(session, *where, "as agreed", act=an_act())
            again = check(session, {shop.item.id}, act=an_act())
            assert again == Found(looked_at=again.looked_at)
            total = session.scalar(select(func.sum(Allocation.quantity)))
            assert total is not None and total <= 12


def test_what_changed_meanwhile_is_not_applied(database: Database) -> None:
    with database.begin() as session:
        shop, _ = a_scarce_item(session)
        seen = proposed(session, shop, "fair-share").seen
        make.a_lot(session, shop.site, shop.item, 3)
    with pytest.raises(Stale, match="changed in the meantime"), database.begin() as session:
        share_out(session, shop.item.id, shop.site.id, "fair-share", seen, "x", act=an_act())
    with database.begin() as session:
        assert session.scalars(select(Allocation)).all() == []


def test_what_is_in_the_warehouse_stays_and_what_is_allocated_moves(database: Database) -> None:
    with database.begin() as session:
        shop, rows = a_scarce_item(session)
        first = session.get_one(Order, 1)
        allocate(session, first, act=an_act())
        second = session.get_one(Order, 2)
        released(session, second)  # two of ten are on a shipment
        found = proposed(session, shop, "priority")
        assert [(r.has, r.gets) for r in found.rows] == [(10, 6), (2, 2), (0, 4)]
        where = (shop.item.id, shop.site.id, "priority", found.seen)
        share_out(session, *where, "the key account first", act=an_act())
        held = session.execute(
            select(Allocation.schedule_line_id, Allocation.quantity).order_by(
                Allocation.schedule_line_id
            )
        ).all()
        assert [tuple(row) for row in held] == [
            (rows[0].id, 6),
            (rows[1].id, 2),
            (rows[2].id, 4),
        ]
        assert len(rows_of(session, first)) == 2
