"""What the order, warehouse, return and supply screens get to show."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from core.database import Database
from core.execution.allocate import allocate
from core.execution.backorder import backorders
from core.orders.hold import place
from core.orders.view import order_page, order_view
from core.returns.authorise import ReturnAsk, authorise
from core.returns.receive import receive
from core.returns.rows import return_lines
from core.returns.view import return_page, return_view, returnable_lines
from core.shipping.view import shipment_view, warehouse_queue
from core.supply.view import item_supply, supply_page
from tests.builders import TODAY, a_receipt, an_act
from tests.steps import a_shop, delivered, lines, order_for, packed, released


def test_an_order_shows_where_its_goods_are(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=10)
        order = order_for(session, shop, 8, 5)
        allocate(session, order, act=an_act())
    with database.read() as session:
        view = order_view(session, order.id)
    first, second = view.lines
    assert (first.allocated_quantity, first.backordered_quantity, first.state) == (
        8,
        0,
        "allocated",
    )
    assert (second.allocated_quantity, second.backordered_quantity) == (2, 3)
    assert (view.progress.supply, view.progress.shipping, view.net) == ("partly", "none", 130)
    assert {"allocate", "release", "cancel", "hold"} <= set(view.verbs)
    assert "close" not in view.verbs and "return" not in view.verbs
    assert first.schedule[0].allocated_quantity == 8
    assert view.ship_to[0] == shop.customer.name


def test_a_hold_takes_the_verbs_that_it_stops(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        order = order_for(session, shop, 8)
        allocate(session, order, act=an_act())
        place(session, order, "quality", "Batch under question", act=an_act())
        view = order_view(session, order.id)
        assert "release" not in view.verbs and view.holds[0].stops == ("release", "ship")
        assert order_page(session, view="held").rows[0].hold_count == 1
        (ready,) = warehouse_queue(session, "ready").ready
        assert "Batch under question" in ready.stopped


def test_the_list_finds_late_and_backordered_orders(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=5)
        late = order_for(session, shop, 5, promised=TODAY - timedelta(days=2))
        short = order_for(session, shop, 20)
        allocate(session, late, act=an_act())
        page = order_page(session, view="open", today=TODAY)
        assert [row.id for row in page.rows] == [short.id, late.id]
        assert page.counts["late"] == 1 and page.counts["backordered"] == 1
        assert order_page(session, view="late", today=TODAY).rows[0].late
        assert order_page(session, search=short.po_number.lower()).total == 1
        assert order_page(session, search="100%").total == 0
        (waiting,) = backorders(session, today=TODAY)
        assert (waiting.order_id, waiting.backordered_quantity, waiting.free_quantity) == (
            short.id,
            20,
            0,
        )


def test_the_warehouse_sees_each_shipment_with_its_goods(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        shipment = packed(session, order_for(session, shop, 8))
        waiting = released(session, order_for(session, shop, 3))
        queue = warehouse_queue(session, today=TODAY)
        assert {row.shipment_id for row in queue.rows} == {shipment.id, waiting.id}
        assert queue.counts["packed"] == 1 and queue.counts["released"] == 1
        view = shipment_view(session, shipment.id)
        (parcel,) = view.packages
        assert len(parcel.sscc) == 18 and parcel.contents[0].quantity == 8
        assert view.pick_lines[0].lot == shop.lot.lot and view.verbs == ("ship", "void")


def test_a_return_shows_its_figures_before_it_is_closed(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, tax_percent=Decimal(10))
        order = order_for(session, shop, 8)
        delivered(session, order)
        (row,) = returnable_lines(session, order.id)
        assert row.returnable_quantity == 8 and row.refusal == ""
        ask = (ReturnAsk(lines(session, order)[0].id, Decimal(3)),)
        rma = authorise(session, order, ask, "Wrong size", act=an_act())
        (line,) = return_lines(session, rma)
        receive(session, rma, {line.id: (Decimal(2), "dented", "")}, act=an_act())
        view = return_view(session, rma.id, today=TODAY)
        assert view.lines[0].shipped_lots == (shop.lot.lot,)
        assert set(view.verbs) == {"receive", "inspect"}
        assert return_page(session, status="waiting").counts["received"] == 1
        assert order_view(session, order.id).lines[0].returnable_quantity == 5


def test_supply_shows_what_is_free_and_what_is_short(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=10)
        a_receipt(session, shop.site, shop.item, 5, TODAY + timedelta(days=3))
        allocate(session, order_for(session, shop, 4), act=an_act())
        order_for(session, shop, 20)
        (row,) = supply_page(session, search=shop.item.number, today=TODAY).rows
        assert (row.free_quantity, row.incoming_quantity, row.demand_quantity) == (6, 5, 20)
        assert row.short
        picture = item_supply(session, shop.item.id, today=TODAY)
        assert len(picture.demand) == 2 and picture.lots[0].free_quantity == 6
