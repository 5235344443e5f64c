"""Two people do the same thing at the same moment, on a real server."""

from __future__ import annotations

import threading
from collections.abc import Callable
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.billing.tables import Invoice
from core.database import Database
from core.errors import IllegalStep, NotEnough, OrderclerkError
from core.execution.release import release
from core.numbers import next_number
from core.orders.cancel import cancel_line
from core.orders.tables import Order, OrderLine
from core.returns.authorise import ReturnAsk, authorise
from core.returns.tables import ReturnAuthorization
from core.shipping.ship import ship
from core.shipping.tables import Shipment
from core.supply.tables import StockLot
from tests.builders import an_act
from tests.steps import a_shop, delivered, ledger_agrees, lines, order_for, packed, released


def at_once(database: Database, *works: Callable[[Session], object]) -> list[Exception | None]:
    """Runs the works in threads that start together; their errors in the order of the works."""
    start = threading.Barrier(len(works))
    outcomes: list[Exception | None] = [None] * len(works)

    def run(number: int) -> None:
        start.wait()
        try:
            database.run(works[number])
        except Exception as error:
            outcomes[number] = error

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    strangers = [e for e in outcomes if e is not None and not isinstance(e, OrderclerkError)]
    assert strangers == []
    return outcomes


def test_the_first_numbers_of_a_sequence_are_given_out_once(database: Database) -> None:
    given: list[str] = []
    outcomes = at_once(
        database, *[lambda session: given.append(next_number(session, "fresh", "N"))] * 6
    )
    assert outcomes == [None] * 6
    assert sorted(given) == [f"N{n:06d}" for n in range(1, 7)]


def test_two_clicks_ship_once(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        shipment = packed(session, order_for(session, shop, 5)).id

    def click(session: Session) -> None:
        ship(session, session.get_one(Shipment, shipment), "Parcel Co", act=an_act())

    outcomes = at_once(database, click, click, click)
    assert sum(isinstance(error, IllegalStep) for error in outcomes) == 2
    with database.read() as session:
        assert session.get_one(StockLot, shop.lot.id).on_hand_quantity == 95
        assert session.scalar(select(func.count()).select_from(Invoice)) == 1
        assert ledger_agrees(session)


def test_goods_go_to_one_shipment_only(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        order = order_for(session, shop, 5)
        first = released(session, order)
        first_id, order_id = first.id, order.id

    def hand_over(session: Session) -> None:
        release(session, session.get_one(Order, order_id), act=an_act())

    outcomes = at_once(database, hand_over, hand_over)
    assert all(isinstance(error, NotEnough) for error in outcomes)
    with database.read() as session:
        assert session.scalars(select(Shipment.id)).all() == [first_id]


def test_a_line_is_cancelled_or_shipped_but_not_both(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        order = order_for(session, shop, 5)
        shipment, order_id = packed(session, order).id, order.id
        line_id = lines(session, order)[0].id

    def leave(session: Session) -> None:
        ship(session, session.get_one(Shipment, shipment), "Parcel Co", act=an_act())

    def stop(session: Session) -> None:
        order = session.get_one(Order, order_id)
        cancel_line(session, order, line_id, None, "too late", act=an_act())

    outcomes = at_once(database, leave, stop)
    assert outcomes[0] is None and isinstance(outcomes[1], IllegalStep)
    with database.read() as session:
        line = session.get_one(OrderLine, line_id)
        assert (line.shipped_quantity, line.cancelled_quantity) == (5, 0)


def test_the_same_goods_are_not_allowed_back_twice(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        order = order_for(session, shop, 5)
        delivered(session, order)
        order_id, line_id = order.id, lines(session, order)[0].id

    def allow(session: Session) -> None:
        order = session.get_one(Order, order_id)
        authorise(session, order, (ReturnAsk(line_id, Decimal(4)),), "wrong", act=an_act())

    outcomes = at_once(database, allow, allow, allow)
    assert sum(isinstance(error, NotEnough) for error in outcomes) == 2
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(ReturnAuthorization)) == 1
