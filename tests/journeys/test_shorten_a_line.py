"""Lesson 15: one line is shortened, with its reason, and the others go on; the money follows what is delivered."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import select

from core.billing.tables import Invoice, InvoiceLine
from core.correspondence.order_facts import order_facts
from core.database import Database
from core.errors import BadInput
from core.messages.outcome import outcome
from core.orders.cancel import cancel_line
from core.orders.timeline import timeline
from core.shipping.pack import in_one_package, pack
from core.shipping.pick import pick
from core.shipping.rows import pick_lines
from core.shipping.ship import ship
from core.supply.tables import StockLot
from tests.builders import an_act
from tests.steps import a_shop, lines, order_for, released

D = Decimal


def test_one_line_is_shortened_with_its_reason(database: Database) -> None:
    with database.begin() as session:
        order = order_for(session, a_shop(session), 10, 8)
        first, second = lines(session, order)
        with pytest.raises(BadInput, match="Say why"):
            cancel_line(session, order, first.id, D(3), "  ", act=an_act())
        cancel_line(session, order, first.id, D(3), "Three were damaged in the kiln", act=an_act())
        assert (first.stock_quantity, first.cancelled_quantity) == (10, 3)
        assert second.cancelled_quantity == 0
        assert order.status == "booked"
        told = {row.number: outcome(row).code for row in order_facts(session, order.id).lines}
        assert told == {"1": "quantity-changed", "2": "accepted"}
        (said,) = [r for r in timeline(session, order.id) if r.name == "order.line_cancelled"]
        assert said.sentence == "Line 1: 3 cancelled: Three were damaged in the kiln"
        assert said.changes == (("line 1 cancelled", "0", "3"),)


def test_a_short_pick_is_shortened_and_only_what_left_is_billed(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=10)
        order = order_for(session, shop, 10)
        shipment = released(session, order)
        (row,) = pick_lines(session, shipment)
        pick(session, shipment, {row.id: (D(7), "damaged")}, act=an_act())
        pack(session, shipment, in_one_package(pick_lines(session, shipment)), act=an_act())
        ship(session, shipment, "Parcel Co", act=an_act())
        (line,) = lines(session, order)
        assert (line.shipped_quantity, order.status) == (7, "booked")
        aside = session.scalars(select(StockLot).where(StockLot.quality == "inspection")).one()
        assert aside.on_hand_quantity == 3
        cancel_line(
            session, order, line.id, None, "Short shipped: damaged in our store", act=an_act()
        )
        assert order.status == "closed"
        (invoice,) = session.scalars(select(Invoice))
        (billed,) = session.scalars(select(InvoiceLine))
        assert (billed.quantity, invoice.net) == (7, 70)
        assert (line.invoiced_quantity, line.cancelled_quantity) == (7, 3)
