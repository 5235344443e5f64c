"""A booked order is allocated, picked, packed, shipped, delivered and billed; a part of it comes back."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from core.billing.tables import CreditNote, Invoice
from core.database import Database
from core.execution.allocate import allocate
from core.execution.release import release
from core.outbox import OutboxItem
from core.returns.authorise import ReturnAsk, authorise
from core.returns.close import close
from core.returns.dispose import dispose
from core.returns.inspect import inspect
from core.returns.receive import receive
from core.returns.rows import return_lines
from core.shipping.deliver import deliver
from core.shipping.pack import PackageSpec, pack
from core.shipping.pick import pick
from core.shipping.rows import pick_lines
from core.shipping.ship import ship
from core.supply.tables import StockLot
from tests.builders import an_act
from tests.steps import a_shop, ledger_agrees, lines, order_for


def test_from_a_booked_order_to_a_credited_return(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=100, tax_percent=Decimal(19))
        order = order_for(session, shop, 30)

    with database.begin() as session:
        order = session.merge(order)
        allocate(session, order, act=an_act("user:planner"))
        (shipment,) = release(session, order, act=an_act("user:planner"))
        (row,) = pick_lines(session, shipment)
        pick(session, shipment, {row.id: (Decimal(30), "")}, act=an_act("user:warehouse"))
        parcels = (
            PackageSpec({row.id: Decimal(20)}, Decimal("4.2")),
            PackageSpec({row.id: Decimal(10)}),
        )
        pack(session, shipment, parcels, act=an_act("user:warehouse"))
        ship(session, shipment, "Parcel Co", "1Z-9", act=an_act("user:warehouse"))
        deliver(session, shipment, "Gate 2", act=an_act("system:carrier"))
        assert (shipment.status, order.status) == ("delivered", "closed")
        assert session.get_one(StockLot, shop.lot.id).on_hand_quantity == 70
        invoice = session.scalars(select(Invoice)).one()
        assert (invoice.net, invoice.tax, invoice.total) == (300, 57, 357)

    with database.begin() as session:
        order = session.merge(order)
        (line,) = lines(session, order)
        rma = authorise(session, order, (ReturnAsk(line.id, Decimal(5)),), "Too many", act=an_act())
        (back,) = return_lines(session, rma)
        receive(session, rma, {back.id: (Decimal(5), "unopened", "")}, act=an_act())
        inspect(session, rma, {back.id: ("accepted", "")}, act=an_act())
        dispose(session, rma, back.id, "restock", Decimal(4), act=an_act())
        dispose(session, rma, back.id, "scrap", Decimal(1), act=an_act())
        close(session, rma, act=an_act())
        note = session.scalars(select(CreditNote)).one()
        assert (rma.status, note.net, note.tax) == ("closed", 50, Decimal("9.5"))
        assert session.get_one(StockLot, shop.lot.id).on_hand_quantity == 74
        assert ledger_agrees(session)
        tasks = set(session.scalars(select(OutboxItem.task)))
        assert tasks == {"ship-notice", "return-authorisation"}
