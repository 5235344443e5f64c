"""Stock moves only with its row in the ledger; the database refuses what a verb should have refused."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from core.database import Database
from core.errors import BadInput, IllegalStep, NotEnough, NotFound
from core.execution.allocate import allocate
from core.execution.deallocate import deallocate
from core.supply.count import count, set_quality
from core.supply.receive import receive_goods
from core.supply.stock import lock_lots, move
from core.supply.tables import StockLot
from tests.builders import TODAY, a_receipt, an_act
from tests.steps import a_shop, ledger_agrees, lines, order_for


def test_a_receipt_shrinks_by_what_arrives_and_closes_when_complete(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=0)
        receipt = a_receipt(session, shop.site, shop.item, 10, TODAY)
        receive_goods(session, receipt.id, Decimal(6), "N1", act=an_act())
        assert (receipt.received_quantity, receipt.closed) == (6, False)
        receive_goods(session, receipt.id, Decimal(4), "N1", act=an_act())
        assert receipt.closed
        with pytest.raises(IllegalStep):
            receive_goods(session, receipt.id, Decimal(1), "N1", act=an_act())
        allocate(session, order_for(session, shop, 10), act=an_act())
        assert ledger_agrees(session)


def test_a_delivery_for_inspection_is_not_for_sale(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=0)
        receipt = a_receipt(session, shop.site, shop.item, 10, TODAY)
        soon = TODAY + timedelta(days=40)
        receive_goods(
            session,
            receipt.id,
            Decimal(5),
            "N1",
            quality="inspection",
            expires_on=soon,
            act=an_act(),
        )
        order = order_for(session, shop, 5)
        with pytest.raises(NotEnough):
            allocate(session, order, act=an_act())
        with pytest.raises(BadInput, match="another bin"):
            receive_goods(session, receipt.id, Decimal(5), "N1", act=an_act())
        lot = session.scalars(select(StockLot).where(StockLot.lot == "N1")).one()
        set_quality(session, lot.id, "released", act=an_act())
        allocate(session, order, act=an_act())
        with pytest.raises(NotEnough, match="allocated to orders"):
            set_quality(session, lot.id, "blocked", act=an_act())
        with pytest.raises(BadInput):
            set_quality(session, lot.id, "fine", act=an_act())


def test_a_count_never_takes_what_orders_hold(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=10)
        order = order_for(session, shop, 6)
        allocate(session, order, act=an_act())
        with pytest.raises(NotEnough, match="6 of lot"):
            count(session, shop.lot.id, Decimal(5), "", act=an_act())
        assert count(session, shop.lot.id, Decimal(10), "", act=an_act()) is None
        movement = count(session, shop.lot.id, Decimal(8), "yearly count", act=an_act())
        assert movement is not None and (movement.quantity, movement.reason) == (-2, "yearly count")
        deallocate(session, order, lines(session, order)[0].id, act=an_act())
        count(session, shop.lot.id, Decimal(0), "", act=an_act())
        with pytest.raises(BadInput):
            count(session, shop.lot.id, Decimal(-1), "", act=an_act())
        assert ledger_agrees(session)


def test_a_lot_is_never_taken_below_nothing(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=3)
        lot = lock_lots(session, [shop.lot.id])[shop.lot.id]
        with pytest.raises(NotEnough, match="holds 3"):
            move(session, lot, Decimal(-4), "test", act=an_act())
        with pytest.raises(NotFound):
            receive_goods(session, 999, Decimal(1), "X", act=an_act())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE stock_lot SET on_hand_quantity = -1",
        "UPDATE order_line SET shipped_quantity = stock_quantity, cancelled_quantity = stock_quantity",
        "UPDATE order_line SET returned_quantity = stock_quantity",
        "UPDATE order_line SET cancelled_quantity = -1",
        "UPDATE allocation SET quantity = 0",
        "UPDATE schedule_line SET quantity = -1",
    ],
)
def test_the_database_is_the_last_fuse(database: Database, statement: str) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        allocate(session, order_for(session, shop, 5), act=an_act())
    with pytest.raises(IntegrityError), database.begin() as session:
        session.execute(text(statement))
