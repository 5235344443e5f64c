"""Lesson 17: a line that lacks no more than was agreed is done; more than that is backordered. Quantity and price have
tolerances of their own, and a price that rises strands no rest."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.billing.tables import Invoice
from core.correspondence.shipment_facts import shipment_facts
from core.database import Database
from core.drafts.change.own import change_order
from core.execution.backorder import backorders
from core.journal import Event
from core.orders.change import LineChange
from core.orders.postpone import split_off
from core.orders.tables import Order, ScheduleLine
from core.outbox import OutboxItem
from core.shipping.pack import in_one_package, pack
from core.shipping.pick import pick
from core.shipping.rows import pick_lines
from core.shipping.ship import ship
from core.shipping.tables import Shipment
from tests.builders import TODAY, a_customer_item, an_act
from tests.steps import Shop, a_shop, lines, order_for, released, shipped

D = Decimal


def shipped_short(session: Session, order: Order, taken: int) -> Shipment:
    """The picker finds only so many."""
    shipment = released(session, order)
    (row,) = pick_lines(session, shipment)
    pick(session, shipment, {row.id: (D(taken), "missing")}, act=an_act())
    pack(session, shipment, in_one_package(pick_lines(session, shipment)), act=an_act())
    ship(session, shipment, "Parcel Co", act=an_act())
    return shipment


def a_tolerant_shop(session: Session, percent: str = "5") -> Shop:
    return a_shop(session, stock=100, under_tolerance_percent=D(percent))


def test_a_small_rest_is_not_delivered_later(database: Database) -> None:
    with database.begin() as session:
        shop = a_tolerant_shop(session)
        order = order_for(session, shop, 100)
        shipment = shipped_short(session, order, 96)
        (line,) = lines(session, order)
        assert (line.shipped_quantity, line.cancelled_quantity) == (96, 4)
        assert order.status == "closed"
        assert backorders(session, today=TODAY) == ()
        event = session.scalars(select(Event).where(Event.verb == "cancel_line")).one()
        assert event.actor == "policy:delivery-tolerance"
        assert event.facts["reason"] == "within the delivery tolerance of 5 %"
        assert shipment_facts(session, shipment.id).lines[0].still_to_come == 0
        tasks = session.scalars(select(OutboxItem.task).order_by(OutboxItem.id)).all()
        assert "order-acknowledgement" not in tasks  # the ship notice tells it
        assert session.scalars(select(Invoice.net)).one() == 960


@pytest.mark.parametrize(("percent", "taken"), [("5", 94), ("0", 99), ("0.5", 99)])
def test_a_larger_rest_is_backordered(database: Database, percent: str, taken: int) -> None:
    with database.begin() as session:
        shop = a_tolerant_shop(session, percent)
        order = order_for(session, shop, 100)
        shipped_short(session, order, taken)
        (line,) = lines(session, order)
        assert (line.cancelled_quantity, order.status) == (0, "booked")
        (waiting,) = backorders(session, today=TODAY)
        assert waiting.backordered_quantity == 100 - taken


def test_what_was_agreed_for_the_item_comes_first(database: Database) -> None:
    with database.begin() as session:
        shop = a_tolerant_shop(session)
        a_customer_item(session, shop.customer, shop.item, "C-1").under_tolerance_percent = D(0)
        order = order_for(session, shop, 100)
        shipped_short(session, order, 99)
        assert lines(session, order)[0].cancelled_quantity == 0


def test_a_rest_that_is_promised_for_another_day_is_no_short_shipment(database: Database) -> None:
    with database.begin() as session:
        shop = a_tolerant_shop(session)
        order = order_for(session, shop, 100)
        (line,) = lines(session, order)
        row = session.scalars(select(ScheduleLine).where(ScheduleLine.line_id == line.id)).one()
        later = split_off(session, row, D(4))
        later.ship_date = later.promised_date = TODAY + timedelta(days=30)
        shop.lot.on_hand_quantity = D(96)
        shipped(session, order)
        assert (line.shipped_quantity, line.cancelled_quantity) == (96, 0)
        assert order.status == "booked"


def test_a_price_that_rises_strands_no_rest(database: Database) -> None:
    """Delivery and billing both go by quantity, so the tolerance of the price has no part in it."""
    with database.begin() as session:
        shop = a_tolerant_shop(session)
        shop.customer.price_tolerance_percent = D(50)
        order = order_for(session, shop, 100)
        shop.lot.on_hand_quantity = D(60)
        shipped(session, order)
        (line,) = lines(session, order)
        assert (line.shipped_quantity, line.cancelled_quantity) == (60, 0)
        change_order(session, order, (LineChange(line.id, price=D(14)),), "New list", act=an_act())
        shop.lot.on_hand_quantity = D(37)
        shipped(session, order)
        assert (line.shipped_quantity, line.invoiced_quantity) == (97, 97)
        assert (line.cancelled_quantity, order.status) == (3, "closed")
        nets = session.scalars(select(Invoice.net).order_by(Invoice.id)).all()
        assert list(nets) == [600, 37 * 14]
