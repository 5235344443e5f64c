"""Allocation: first promised first served, what expires first leaves first, never more than is there."""

from __future__ import annotations

import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from core.database import Database
from core.errors import Blocked, NotEnough
from core.execution.allocate import allocate
from core.execution.deallocate import deallocate
from core.execution.release import release
from core.execution.tables import Allocation
from core.orders.hold import place
from core.orders.hold import release as lift
from core.orders.tables import Order
from core.supply.tables import StockLot
from tests.builders import (
    TODAY,
    Wanted,
    a_company,
    a_customer,
    a_lot,
    a_receipt,
    a_site,
    an_act,
    an_item,
    an_order,
)
from tests.steps import a_shop, lines, order_for


def held(session, order: Order) -> dict[str, Decimal]:
    rows = session.execute(
        select(StockLot.lot, Allocation.quantity)
        .join(StockLot, StockLot.id == Allocation.lot_id)
        .where(Allocation.order_line_id.in_([line.id for line in lines(session, order)]))
    )
    return dict(rows.all())


def test_what_expires_first_is_taken_first_and_what_is_not_released_never(
    database: Database,
) -> None:
    with database.begin() as session:
        a_company(session)
        site, item = a_site(session), an_item(session)
        late = a_lot(session, site, item, 10, expires_on=TODAY + timedelta(days=90))
        soon = a_lot(session, site, item, 4, expires_on=TODAY + timedelta(days=9))
        a_lot(session, site, item, 50, expires_on=TODAY - timedelta(days=1))
        a_lot(session, site, item, 50, quality="inspection")
        order = an_order(session, a_customer(session), [Wanted(item, 6)], site=site)
        allocate(session, order, act=an_act())
        assert held(session, order) == {soon.lot: 4, late.lot: 2}


def test_a_lot_that_expires_before_the_ship_date_is_left(database: Database) -> None:
    with database.begin() as session:
        a_company(session)
        site, item = a_site(session), an_item(session)
        a_lot(session, site, item, 10, expires_on=TODAY + timedelta(days=3))
        later = TODAY + timedelta(days=10)
        order = an_order(session, a_customer(session), [Wanted(item, 6)], site=site, promised=later)
        with pytest.raises(NotEnough):
            allocate(session, order, act=an_act())


def test_of_lots_that_do_not_expire_the_oldest_goes_first(database: Database) -> None:
    with database.begin() as session:
        a_company(session)
        site, item = a_site(session), an_item(session)
        a_lot(session, site, item, 10, received_on=TODAY - timedelta(days=1))
        old = a_lot(session, site, item, 10, received_on=TODAY - timedelta(days=40))
        order = an_order(session, a_customer(session), [Wanted(item, 6)], site=site)
        allocate(session, order, act=an_act())
        assert held(session, order) == {old.lot: 6}


def test_only_the_promised_site_gives(database: Database) -> None:
    with database.begin() as session:
        a_company(session)
        near, far, item = a_site(session), a_site(session), an_item(session)
        a_lot(session, near, item, 10)
        order = an_order(session, a_customer(session), [Wanted(item, 6)], site=far)
        with pytest.raises(NotEnough):
            allocate(session, order, act=an_act())


def test_an_earlier_promise_is_served_first_whoever_asks_first(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=10)
        first = order_for(session, shop, 8)
        second = order_for(session, shop, 8)
        allocate(session, second, act=an_act())
        assert sum(held(session, second).values()) == 2
        allocate(session, first, act=an_act())
        assert sum(held(session, first).values()) == 8


def test_an_earlier_promise_that_a_receipt_covers_in_time_leaves_the_stock(
    database: Database,
) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=10)
        order_for(session, shop, 10, promised=TODAY + timedelta(days=30))
        a_receipt(session, shop.site, shop.item, 10, TODAY + timedelta(days=20))
        second = order_for(session, shop, 10)
        allocate(session, second, act=an_act())
        assert sum(held(session, second).values()) == 10


def test_allocating_twice_takes_nothing_twice(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=10)
        order = order_for(session, shop, 8)
        act = an_act()
        event = allocate(session, order, act=act)
        assert allocate(session, order, act=act).id == event.id
        with pytest.raises(NotEnough):
            allocate(session, order, act=an_act())
        assert sum(held(session, order).values()) == 8


def test_two_lines_of_one_item_share_what_is_there(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=10)
        order = order_for(session, shop, 6, 6)
        event = allocate(session, order, act=an_act())
        assert event.changes == {"line 1": ["", "6"], "line 2": ["", "4"]}
        assert event.facts["backordered"] == "2"


def test_many_at_once_never_take_more_than_there_is(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=10)
        orders = [order_for(session, shop, 3).id for _ in range(8)]
    failures: list[Exception] = []
    start = threading.Barrier(len(orders))

    def work(order_id: int) -> None:
        start.wait()
        try:
            database.run(
                lambda session: allocate(session, session.get_one(Order, order_id), act=an_act())
            )
        except NotEnough:
            pass
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(order_id,)) for order_id in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with database.read() as session:
        # Who asks early may find that earlier orders, not allocated yet, have all of it promised.
        assert 0 < session.scalar(select(func.sum(Allocation.quantity))) <= 10


def test_deallocated_stock_serves_another_order(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=10)
        first, second = order_for(session, shop, 10), order_for(session, shop, 5)
        allocate(session, first, act=an_act())
        deallocate(session, first, act=an_act())
        with pytest.raises(NotEnough):  # the first order still has the earlier promise
            allocate(session, second, act=an_act())
        assert sum(held(session, first).values()) == 0


def test_a_hold_stops_what_it_names_and_nothing_else(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        order = order_for(session, shop, 5)
        hold = place(session, order, "data", "Address to be checked", act=an_act())
        second = place(session, order, "manual", "Ask Mara", ("release",), act=an_act())
        with pytest.raises(Blocked) as caught:
            allocate(session, order, act=an_act())
        assert caught.value.reasons == ("Data hold: Address to be checked",)
        lift(session, hold, "Checked by phone", act=an_act())
        allocate(session, order, act=an_act())
        with pytest.raises(Blocked, match="Ask Mara"):
            release(session, order, act=an_act())
        lift(session, second, "Asked", act=an_act())
        assert len(release(session, order, act=an_act())) == 1


def test_credit_is_asked_again_at_release_and_a_person_may_let_it_pass(
    database: Database,
) -> None:
    with database.begin() as session:
        shop = a_shop(session, credit_limit=Decimal(100), open_receivables=Decimal(60))
        order = order_for(session, shop, 5)
        allocate(session, order, act=an_act())
        with pytest.raises(Blocked, match="over the credit limit"):
            release(session, order, act=an_act())
        hold = place(session, order, "credit", "Over the limit by 10", act=an_act())
        lift(session, hold, "Prepaid by transfer", act=an_act())
        assert release(session, order, act=an_act())


def test_an_order_that_ships_complete_waits_for_its_last_line(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=8, delivery_policy="complete")
        order = order_for(session, shop, 5, 5)
        allocate(session, order, act=an_act())
        with pytest.raises(Blocked, match="everything together"):
            release(session, order, act=an_act())
        a_lot(session, shop.site, shop.item, 10)
        allocate(session, order, act=an_act())
        (shipment,) = release(session, order, act=an_act())
        assert shipment.status == "released"


def test_releasing_makes_one_shipment_per_site_and_only_once(database: Database) -> None:
    with database.begin() as session:
        a_company(session)
        one, two, item = a_site(session), a_site(session), an_item(session)
        customer = a_customer(session)
        a_lot(session, one, item, 5)
        a_lot(session, two, item, 5)
        order = an_order(session, customer, [Wanted(item, 3), Wanted(item, 4)])
        allocate(session, order, act=an_act())
        act = an_act()
        shipments = release(session, order, act=act)
        assert [s.site_id for s in shipments] == [one.id, two.id]
        assert release(session, order, act=act) == shipments
        with pytest.raises(NotEnough):
            release(session, order, act=an_act())
