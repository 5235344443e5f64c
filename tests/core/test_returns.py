"""Returns: capped, inspected before anything is sold again, credited at the price and tax of the sale."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from core.billing.tables import CreditNote
from core.database import Database
from core.errors import BadInput, IllegalStep, NotEnough
from core.execution.allocate import allocate
from core.orders.money import share
from core.orders.tables import Order
from core.returns.authorise import ReturnAsk, authorise, authorise_requested, request
from core.returns.close import close
from core.returns.dispose import dispose
from core.returns.inspect import inspect
from core.returns.receive import receive
from core.returns.refuse import cancel, refuse
from core.returns.rows import return_lines
from core.returns.tables import ReturnAuthorization, ReturnLine
from core.returns.view import return_view
from core.shipping.deliver import deliver
from core.supply.tables import StockLot
from tests.builders import Wanted, a_lot, an_act, an_order
from tests.steps import Shop, a_shop, delivered, ledger_agrees, lines, order_for, shipped


def allow(session, order: Order, quantity: int, **more) -> ReturnAuthorization:
    ask = (ReturnAsk(lines(session, order)[0].id, Decimal(quantity)),)
    return authorise(session, order, ask, "Wrong size", act=an_act(), **more)


def back(session, rma: ReturnAuthorization, quantity: int, lot: str = "") -> ReturnLine:
    (line,) = return_lines(session, rma)
    receive(session, rma, {line.id: (Decimal(quantity), "", lot)}, act=an_act())
    return line


def taken_back(session, order: Order, quantity: int) -> ReturnAuthorization:
    rma = allow(session, order, quantity)
    line = back(session, rma, quantity)
    inspect(session, rma, {line.id: ("accepted", "")}, act=an_act())
    dispose(session, rma, line.id, "restock", Decimal(quantity), act=an_act())
    close(session, rma, act=an_act())
    return rma


def test_no_more_comes_back_than_was_delivered_and_is_still_there(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        order = order_for(session, shop, 5)
        shipment = shipped(session, order)
        with pytest.raises(NotEnough, match="on its way"):
            allow(session, order, 1)
        deliver(session, shipment, act=an_act())
        with pytest.raises(NotEnough, match="5 EA can come back"):
            allow(session, order, 6)
        announced = allow(session, order, 3)
        with pytest.raises(NotEnough, match="2 EA can come back"):
            allow(session, order, 3)
        cancel(session, announced, "customer keeps it", act=an_act())
        allow(session, order, 5)


def test_a_request_is_decided_by_a_person(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        order = order_for(session, shop, 5)
        delivered(session, order)
        ask = (ReturnAsk(lines(session, order)[0].id, Decimal(2)),)
        first = request(session, order, ask, "Too long", act=an_act())
        refuse(session, first, "Cut to your length", act=an_act())
        second = request(session, order, ask, "Broken", act=an_act())
        authorise_requested(session, second, act=an_act())
        assert (first.status, second.status) == ("refused", "authorised")
        assert second.expires_on is not None


def test_returned_goods_cannot_be_sold_before_they_are_decided(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=5)
        order = order_for(session, shop, 5)
        delivered(session, order)
        line = back(session, rma := allow(session, order, 4), 4)
        waiting = order_for(session, shop, 4)
        with pytest.raises(NotEnough):
            allocate(session, waiting, act=an_act())
        with pytest.raises(IllegalStep, match="Inspect"):
            dispose(session, rma, line.id, "restock", Decimal(4), act=an_act())
        inspect(session, rma, {line.id: ("accepted", "")}, act=an_act())
        dispose(session, rma, line.id, "restock", Decimal(3), act=an_act())
        allocate(session, waiting, act=an_act())
        with pytest.raises(IllegalStep, match="what becomes of all"):
            close(session, rma, act=an_act())
        dispose(session, rma, line.id, "repair", Decimal(1), act=an_act())
        close(session, rma, act=an_act())
        states = {
            (lot.bin, lot.quality): lot.on_hand_quantity
            for lot in session.scalars(select(StockLot))
        }
        assert states[shop.lot.bin, "released"] == 3 and states["REPAIR", "blocked"] == 1
        assert states[rma.number, "inspection"] == 0 and ledger_agrees(session)


def test_only_a_lot_that_we_shipped_can_come_back(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=3)
        other = a_lot(session, shop.site, shop.item, 3)
        order = order_for(session, shop, 6)
        delivered(session, order)
        rma = allow(session, order, 4)
        with pytest.raises(BadInput, match=f"we shipped {shop.lot.lot}, {other.lot}"):
            back(session, rma, 2)
        with pytest.raises(BadInput):
            back(session, rma, 2, "SN-OF-OTHERS")
        line = back(session, rma, 2, other.lot)
        back(session, rma, 2, shop.lot.lot)
        assert line.lot == f"{other.lot}, {shop.lot.lot}"
        with pytest.raises(BadInput, match="Up to 0"):
            back(session, rma, 1, other.lot)
        inspect(session, rma, {line.id: ("accepted", "")}, act=an_act())
        dispose(session, rma, line.id, "restock", Decimal(4), act=an_act())
        assert [lot.on_hand_quantity for lot in (shop.lot, other)] == [2, 2]


def test_rejected_goods_go_back_to_the_customer_and_may_come_again(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        order = order_for(session, shop, 5)
        delivered(session, order)
        rma = allow(session, order, 5)
        line = back(session, rma, 5)
        with pytest.raises(BadInput, match="why it is rejected"):
            inspect(session, rma, {line.id: ("rejected", "")}, act=an_act())
        inspect(session, rma, {line.id: ("rejected", "Used")}, act=an_act())
        with pytest.raises(IllegalStep, match="cannot go to restock"):
            dispose(session, rma, line.id, "restock", Decimal(5), act=an_act())
        dispose(session, rma, line.id, "send_back", Decimal(5), act=an_act())
        with pytest.raises(IllegalStep):
            inspect(session, rma, {line.id: ("accepted", "")}, act=an_act())
        close(session, rma, act=an_act())
        assert session.scalars(select(CreditNote)).all() == []
        assert lines(session, order)[0].returned_quantity == 0
        allow(session, order, 5)


def test_many_small_credits_give_what_one_big_one_gives(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, tax_percent=Decimal(19))
        wanted = Wanted(shop.item, 3, price="3.3333")
        order = an_order(session, shop.customer, [wanted], site=shop.site)
        delivered(session, order)
        for _ in range(3):
            taken_back(session, order, 1)
        notes = session.scalars(select(CreditNote).order_by(CreditNote.id)).all()
        assert [note.net for note in notes] == [Decimal("3.33"), Decimal("3.33"), Decimal("3.34")]
        assert sum(note.tax for note in notes) == Decimal("1.90")
        with pytest.raises(NotEnough):
            allow(session, order, 1)


def test_a_later_tax_rate_does_not_change_the_credit(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, tax_percent=Decimal(19))
        order = order_for(session, shop, 2)
        delivered(session, order)
        shop.customer.tax_percent = Decimal(7)
        taken_back(session, order, 1)
        assert session.scalars(select(CreditNote)).one().tax == Decimal("1.90")


def test_what_a_customer_owes_follows_invoices_and_credits(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, tax_percent=Decimal(10), open_receivables=Decimal(100))
        order = order_for(session, shop, 2)
        delivered(session, order)
        assert shop.customer.open_receivables == 122
        taken_back(session, order, 1)
        assert shop.customer.open_receivables == 111


def test_a_replacement_is_not_credited(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        order = order_for(session, shop, 2)
        delivered(session, order)
        rma = allow(session, order, 1, resolution="replace")
        line = back(session, rma, 1)
        inspect(session, rma, {line.id: ("accepted", "")}, act=an_act())
        assert return_view(session, rma.id).credit_total == 0
        dispose(session, rma, line.id, "scrap", Decimal(1), act=an_act())
        close(session, rma, act=an_act())
        assert session.scalars(select(CreditNote)).all() == []


def test_each_step_of_a_return_is_taken_once_per_key(database: Database) -> None:
    with database.begin() as session:
        shop: Shop = a_shop(session)
        order = order_for(session, shop, 5)
        delivered(session, order)
        ask = (ReturnAsk(lines(session, order)[0].id, Decimal(2)),)
        act = an_act()
        rma = authorise(session, order, ask, "Broken", act=act)
        assert authorise(session, order, ask, "Broken", act=act).id == rma.id
        (line,) = return_lines(session, rma)
        arrived = {line.id: (Decimal(1), "", "")}
        first = receive(session, rma, arrived, act=act)
        assert receive(session, rma, arrived, act=act).id == first.id
        assert line.received_quantity == 1


money = st.decimals("0.01", "99999.99", places=2)
pieces = st.lists(st.integers(1, 50), min_size=1, max_size=8)


@given(money, pieces)
def test_shares_never_exceed_the_whole_and_all_of_them_are_the_whole(
    whole: Decimal, parts: list[int]
) -> None:
    total, given_back, before = sum(parts), Decimal(0), 0
    for part in parts:
        before += part
        given_back += share(whole, Decimal(before), Decimal(total), "EUR") - given_back
        assert given_back <= whole
    assert given_back == whole
