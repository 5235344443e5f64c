"""Dates that cannot be kept get new ones, the first promise stays, and nobody is told of a change that is none."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.database import Database
from core.errors import IllegalStep
from core.execution.allocate import allocate
from core.execution.tables import Allocation
from core.journal import Event
from core.orders.repromise import repromise
from core.orders.tables import ScheduleLine
from tests.builders import TODAY, a_lot, a_receipt, an_act
from tests.steps import a_shop, order_for, released, shipped

DAY = timedelta(days=1)


def schedule(session) -> list[ScheduleLine]:
    return list(session.scalars(select(ScheduleLine).order_by(ScheduleLine.id)))


def test_a_date_that_holds_stays(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=10)
        order = order_for(session, shop, 10, promised=TODAY + 9 * DAY)
        with pytest.raises(IllegalStep, match="holds"):
            repromise(session, order, act=an_act())


def test_a_better_date_is_taken_only_when_asked_for(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=10)
        order = order_for(session, shop, 10, promised=TODAY + 9 * DAY)
        repromise(session, order, earlier=True, act=an_act())
        (row,) = schedule(session)
        assert row.promised_date < TODAY + 9 * DAY == row.first_promised_date


def test_late_supply_moves_the_promise_and_divides_it(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=4)
        shop.item.lead_days = 20
        a_receipt(session, shop.site, shop.item, 6, TODAY + 7 * DAY)
        order = order_for(session, shop, 10, promised=TODAY + DAY)
        act = an_act()
        event = repromise(session, order, "The supplier is late", act=act)
        assert repromise(session, order, "The supplier is late", act=act).id == event.id
        first, rest = schedule(session)
        assert (first.quantity, first.promised_date) == (4, TODAY + DAY)
        assert (rest.quantity, rest.promised_date) == (6, TODAY + 8 * DAY)
        assert {row.first_promised_date for row in (first, rest)} == {TODAY + DAY}
        assert rest.promise_version > first.promise_version
        found = session.scalars(select(Event).where(Event.name == "order.repromised")).one()
        old, new = (TODAY + DAY).isoformat(), (TODAY + 8 * DAY).isoformat()
        assert found.changes == {"line 1 arrival": [old, new]}


def test_what_has_left_or_is_on_a_shipment_keeps_its_row(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=4)
        shop.item.lead_days = 20
        order = order_for(session, shop, 12)
        shipped(session, order)
        a_lot(session, shop.site, shop.item, 3)
        released(session, order)
        a_receipt(session, shop.site, shop.item, 9, TODAY + 7 * DAY)
        repromise(session, order, act=an_act())
        first, rest = schedule(session)
        assert (first.quantity, first.shipped_quantity, first.promised_date) == (7, 4, TODAY)
        assert (rest.quantity, rest.first_promised_date) == (5, TODAY)
        assert rest.promised_date > TODAY


def test_an_overdue_promise_moves_and_keeps_its_stock(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=10)
        order = order_for(session, shop, 10, promised=TODAY - 3 * DAY)
        allocate(session, order, act=an_act())
        repromise(session, order, act=an_act())
        (row,) = schedule(session)
        assert row.promised_date > TODAY - 3 * DAY == row.first_promised_date
        assert session.scalars(select(Allocation.quantity)).one() == 10
