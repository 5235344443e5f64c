"""Looking at promises only reads, asks no more of many items than of few, and says the same of each in any company."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, event, select
from sqlalchemy.orm import Session

from core.database import Database
from core.orders.tables import ScheduleLine
from core.supply.count import count
from core.supply.tables import BomLine, StockLot
from core.watch.check import check
from core.watch.look import unsettled
from tests import builders as make
from tests.builders import NOW, TODAY, Wanted, an_act
from tests.core.promising.test_plan_in_the_book import a_plant, book
from tests.core.promising.test_plan_in_the_book import ask as plan


def a_range(session: Session, items: int) -> list[int]:
    """Items with three promises each from stock."""
    make.a_company(session)
    site, customer = make.a_site(session), make.a_customer(session)
    found = []
    for _ in range(items):
        item = make.an_item(session)
        make.a_lot(session, site, item, 30)
        promised = TODAY + timedelta(days=9)
        make.an_order(session, customer, [Wanted(item, 10)] * 3, promised=promised, site=site)
        found.append(item.id)
    for row in session.scalars(select(ScheduleLine)):
        row.ship_date = TODAY + timedelta(days=8)
    return found


def test_as_many_questions_for_many_items(database: Database) -> None:
    with database.begin() as session:
        items = a_range(session, 12)
    asked = []
    for some in (items[:2], items):
        found = list[str]()

        def listen(*args: Any, found: list[str] = found) -> None:
            found.append(args[2])

        with database.read() as session:
            unsettled(session, some, now=NOW)
            event.listen(database.engine, "before_cursor_execute", listen)
            try:
                assert unsettled(session, some, now=NOW) == (3 * len(some), set())
            finally:
                event.remove(database.engine, "before_cursor_execute", listen)
        assert all(text.startswith("SELECT") for text in found)
        asked.append(len(found))
    assert asked[0] == asked[1]


def test_what_is_to_be_written_is_found_until_it_is(database: Database) -> None:
    with database.begin() as session:
        items = a_range(session, 5)
        lot = session.scalars(select(StockLot).where(StockLot.item_id == items[2])).one()
        count(session, lot.id, Decimal(0), "count", act=an_act())
    with database.read() as session:
        assert unsettled(session, items, now=NOW) == (15, {items[2]})
    with database.begin() as session:
        assert check(session, [items[2]], act=an_act()).slipped == 3
    with database.read() as session:
        assert unsettled(session, items, now=NOW) == (15, set())
    with database.begin() as session:
        count(session, lot.id, Decimal(30), "count", act=an_act())
    with database.read() as session:
        assert unsettled(session, items, now=NOW) == (15, {items[2]})


def test_a_promise_lives_from_the_components_that_it_took(database: Database) -> None:
    """Also when the recipe has changed since, and the item is looked at without its old component."""
    with database.begin() as session:
        site, kit, bar = a_plant(session)
        bars = make.a_lot(session, site, bar, 100)
        book(session, site, kit, 20, plan(session, kit, 20))
        session.execute(delete(BomLine))
        assert unsettled(session, [kit.id], now=NOW) == (1, set())
        count(session, bars.id, Decimal(0), "count", act=an_act())
        alone = unsettled(session, [kit.id], now=NOW)
        assert alone == (1, {kit.id})
        assert alone == unsettled(session, [kit.id, bar.id], now=NOW)
