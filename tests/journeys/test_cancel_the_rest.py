"""Lesson 14: after a part shipment the rest is cancelled; what was cancelled is kept apart from what was ordered, comes
back when more is wanted again, and no line is ever ordered below what has left."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.correspondence.order_facts import order_facts
from core.database import Database
from core.drafts.change.own import change_order
from core.errors import Blocked, IllegalStep
from core.execution.allocate import allocate
from core.execution.tables import Allocation
from core.messages.outcome import outcome
from core.orders.cancel import cancel_line, cancel_rest
from core.orders.change import LineChange
from core.orders.close import reopen
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.orders.view import order_view
from core.outbox import OutboxItem
from core.shipping.void import void
from tests.builders import an_act
from tests.steps import Shop, a_shop, ledger_agrees, lines, order_for, released, shipped

D = Decimal


def scheduled(session: Session, line: OrderLine) -> Decimal:
    found = session.scalar(
        select(func.sum(ScheduleLine.quantity)).where(ScheduleLine.line_id == line.id)
    )
    return found or D(0)


def half_shipped(session: Session) -> tuple[Shop, Order, OrderLine]:
    """Of ten, six were in stock and have left."""
    shop = a_shop(session, stock=6)
    order = order_for(session, shop, 10)
    shipped(session, order)
    (line,) = lines(session, order)
    assert (line.stock_quantity, line.shipped_quantity) == (10, 6)
    return shop, order, line


def test_the_rest_is_cancelled_and_the_order_closes(database: Database) -> None:
    with database.begin() as session:
        _, order, line = half_shipped(session)
        act = an_act()
        event = cancel_rest(session, order, "The site is finished", act=act)
        assert cancel_rest(session, order, "The site is finished", act=act).id == event.id
        assert (line.quantity, line.stock_quantity) == (10, 10)  # what was ordered stays on record
        assert (line.cancelled_quantity, line.shipped_quantity) == (4, 6)
        assert scheduled(session, line) == 6
        assert order.status == "closed"
        (told,) = order_facts(session, order.id).lines
        assert (told.cancelled, outcome(told).code) == (4, "quantity-changed")
        acks = session.scalars(
            select(OutboxItem.task).where(OutboxItem.task == "order-acknowledgement")
        ).all()
        assert len(acks) == 1


def test_goods_on_their_way_through_the_warehouse_are_not_cancelled_behind_its_back(
    database: Database,
) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=6)
        order = order_for(session, shop, 10)
        shipment = released(session, order)
        (line,) = lines(session, order)
        with pytest.raises(IllegalStep, match="void it first"):
            cancel_rest(session, order, "Not wanted", act=an_act())
        with pytest.raises(IllegalStep, match="4 can be cancelled"):
            cancel_line(session, order, line.id, D(5), "Not wanted", act=an_act())
        cancel_line(session, order, line.id, None, "Not wanted", act=an_act())
        assert line.cancelled_quantity == 4
        void(session, shipment, "Not wanted either", act=an_act())
        cancel_line(session, order, line.id, D(6), "Not wanted either", act=an_act())
        assert order.status == "cancelled"
        assert session.scalars(select(Allocation)).all() == []
        assert ledger_agrees(session)


def test_what_was_cancelled_is_wanted_again(database: Database) -> None:
    with database.begin() as session:
        shop, order, line = half_shipped(session)
        cancel_rest(session, order, "The site is finished", act=an_act())
        reopen(session, order, act=an_act())
        change_order(
            session, order, (LineChange(line.id, D(9)),), "They do need three more", act=an_act()
        )
        assert (line.quantity, line.stock_quantity, line.cancelled_quantity) == (9, 9, 0)
        assert scheduled(session, line) == 9
        view = order_view(session, order.id)
        assert view.lines[0].open_quantity == 3
        with pytest.raises(Blocked, match="come back as a return first"):
            change_order(session, order, (LineChange(line.id, D(5)),), "Fewer", act=an_act())
        assert (line.quantity, line.shipped_quantity) == (9, 6)
        assert shop.lot.on_hand_quantity == 0


def test_cancelling_gives_the_stock_to_who_waits_for_it(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=10)
        first, second = order_for(session, shop, 10), order_for(session, shop, 4)
        allocate(session, first, act=an_act())
        (line,) = lines(session, first)
        cancel_line(session, first, line.id, D(4), "Fewer are needed", act=an_act())
        allocate(session, second, act=an_act())
        held = session.scalars(select(Allocation.quantity).order_by(Allocation.id)).all()
        assert list(held) == [6, 4]
