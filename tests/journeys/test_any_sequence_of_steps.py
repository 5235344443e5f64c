"""Whatever people do in whatever order, goods, promises and money stay true."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from core.billing.tables import CreditNoteLine, InvoiceLine
from core.catalogue.tables import Item
from core.database import Database, connect
from core.drafts.change.own import change_order
from core.errors import OrderclerkError
from core.execution.allocate import allocate
from core.execution.deallocate import deallocate
from core.execution.release import release
from core.execution.tables import Allocation
from core.orders.cancel import cancel, cancel_line, cancel_rest
from core.orders.change import LineChange
from core.orders.close import reopen
from core.orders.quantities import quantities
from core.orders.repromise import repromise
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.parties.tables import Customer
from core.returns.authorise import ReturnAsk, authorise
from core.returns.close import close as close_return
from core.returns.dispose import dispose
from core.returns.inspect import inspect
from core.returns.receive import receive, shipped_lots
from core.returns.rows import return_lines
from core.returns.tables import ReturnAuthorization
from core.shipping.deliver import deliver
from core.shipping.pack import in_one_package, pack
from core.shipping.pick import pick
from core.shipping.rows import pick_lines
from core.shipping.ship import ship
from core.shipping.tables import Shipment
from core.shipping.void import void
from core.supply.receive import receive_goods
from core.supply.tables import Receipt, Site, StockLot
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
from tests.steps import ledger_agrees, lines

few = st.integers(0, 20)
some = st.integers(1, 12)


class Firm(RuleBasedStateMachine):
    """Two sites, two items, orders of two lines; every rule tries a step and takes a refusal for an answer."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="oc-steps-"))
        path = self.folder / "firm.sqlite"
        shutil.copyfile(self.template, path)
        self.engine = connect(f"sqlite:///{path}")
        self.database = Database(self.engine)
        with self.database.begin() as session:
            a_company(session)
            self.sites = [a_site(session).id, a_site(session).id]
            items = [an_item(session), an_item(session)]
            self.items = [item.id for item in items]
            self.customer = a_customer(session, tax_percent=Decimal("7.7")).id
            for site in self.sites:
                for item in items:
                    a_lot(session, session.get_one(Site, site), item, 30)
        for first in (4, 9):
            self.an_order_is_booked(first, 5, None, first)

    def teardown(self) -> None:
        self.engine.dispose()
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextlib.contextmanager
    def step(self):
        with contextlib.suppress(OrderclerkError), self.database.begin() as session:
            yield session

    def _one(self, session, kind, pick_number: int, *where):
        rows = session.scalars(select(kind).where(*where).order_by(kind.id)).all()
        return rows[pick_number % len(rows)] if rows else None

    @rule(first=some, second=some, site=st.sampled_from([0, 1, None]), days=few)
    def an_order_is_booked(self, first, second, site, days) -> None:
        with self.step() as session:
            items = [session.get_one(Item, item) for item in self.items]
            place = None if site is None else session.get_one(Site, self.sites[site])
            customer = session.get_one(Customer, self.customer)
            wanted = [Wanted(items[0], first, price="3.33"), Wanted(items[1], second, price="7.77")]
            an_order(session, customer, wanted, site=place, promised=TODAY + timedelta(days=days))

    @rule(n=few, item=st.integers(0, 1), quantity=some)
    def goods_come_in(self, n, item, quantity) -> None:
        with self.step() as session:
            site = session.get_one(Site, self.sites[n % 2])
            goods = session.get_one(Item, self.items[item])
            receipt = a_receipt(session, site, goods, quantity, TODAY)
            receive_goods(session, receipt.id, Decimal(quantity), f"R{receipt.id}", act=an_act())

    @rule(n=few, item=st.integers(0, 1), quantity=some, days=few)
    def goods_are_expected(self, n, item, quantity, days) -> None:
        with self.step() as session:
            site = session.get_one(Site, self.sites[n % 2])
            goods = session.get_one(Item, self.items[item])
            a_receipt(session, site, goods, quantity, TODAY + timedelta(days=days))

    @rule(n=few, far=st.integers(1, 5), short=st.sampled_from([0, 0, 0, 2]))
    def an_order_goes_its_way(self, n, far, short) -> None:
        """Several steps in one, so that chance gets far."""
        reaches = (
            lambda: self.stock_is_allocated(n),
            lambda: self.goods_go_to_the_warehouse(n),
            lambda: self.a_shipment_is_picked(n, short, "missing"),
            lambda: self.a_shipment_is_packed_and_leaves(n),
            lambda: self.a_shipment_arrives(n),
        )
        for reach in reaches[:far]:
            reach()

    @rule(
        n=few,
        quantity=some,
        which=st.integers(0, 1),
        decision=st.sampled_from(["accepted", "rejected"]),
    )
    def goods_come_back(self, n, quantity, which, decision) -> None:
        self.a_return_is_allowed(n, quantity, which)
        self.returned_goods_arrive(-1, quantity, 0)
        self.returned_goods_are_inspected(-1, decision)
        kind = "restock" if decision == "accepted" else "send_back"
        self.returned_goods_are_disposed_of(-1, quantity, kind)
        self.a_return_is_closed(-1)

    @rule(n=few)
    def stock_is_allocated(self, n) -> None:
        with self.step() as session:
            if order := self._one(session, Order, n):
                allocate(session, order, act=an_act())

    @rule(n=few)
    def stock_is_freed(self, n) -> None:
        with self.step() as session:
            if order := self._one(session, Order, n):
                deallocate(session, order, act=an_act())

    @rule(n=few)
    def goods_go_to_the_warehouse(self, n) -> None:
        with self.step() as session:
            if order := self._one(session, Order, n):
                release(session, order, act=an_act())

    @rule(n=few, short=few, reason=st.sampled_from(["missing", "later"]))
    def a_shipment_is_picked(self, n, short, reason) -> None:
        with self.step() as session:
            if shipment := self._one(session, Shipment, n, Shipment.status == "released"):
                taken = {
                    row.id: (max(row.quantity - short % 4, Decimal(0)), reason)
                    for row in pick_lines(session, shipment)
                }
                pick(session, shipment, taken, act=an_act())

    @rule(n=few)
    def a_shipment_is_packed_and_leaves(self, n) -> None:
        with self.step() as session:
            if shipment := self._one(session, Shipment, n, Shipment.status == "picked"):
                pack(session, shipment, in_one_package(pick_lines(session, shipment)), act=an_act())
                ship(session, shipment, "Parcel Co", act=an_act())

    @rule(n=few)
    def a_shipment_arrives(self, n) -> None:
        with self.step() as session:
            if shipment := self._one(session, Shipment, n, Shipment.status == "shipped"):
                deliver(session, shipment, act=an_act())

    @rule(n=few)
    def a_shipment_is_given_up(self, n) -> None:
        with self.step() as session:
            if shipment := self._one(session, Shipment, n):
                void(session, shipment, "wrong carrier", act=an_act())

    @rule(n=few, quantity=some, which=st.integers(0, 1), days=st.none() | few)
    def a_line_is_changed(self, n, quantity, which, days) -> None:
        with self.step() as session:
            if order := self._one(session, Order, n):
                line = lines(session, order)[which]
                day = None if days is None else TODAY + timedelta(days=days)
                wanted = LineChange(line.id, Decimal(quantity), requested_date=day)
                change_order(session, order, (wanted,), "by telephone", act=an_act())

    @rule(n=few, quantity=st.none() | some, which=st.integers(0, 1))
    def a_line_is_cancelled(self, n, quantity, which) -> None:
        with self.step() as session:
            if order := self._one(session, Order, n):
                line = lines(session, order)[which]
                amount = None if quantity is None else Decimal(quantity)
                cancel_line(session, order, line.id, amount, "not needed", act=an_act())

    @rule(n=few, rest=st.booleans())
    def an_order_is_cancelled(self, n, rest) -> None:
        with self.step() as session:
            if order := self._one(session, Order, n):
                (cancel_rest if rest else cancel)(session, order, "not needed", act=an_act())

    @rule(n=few)
    def an_order_is_opened_again(self, n) -> None:
        with self.step() as session:
            if order := self._one(session, Order, n):
                reopen(session, order, act=an_act())

    @rule(n=few, earlier=st.booleans())
    def promises_are_asked_again(self, n, earlier) -> None:
        with self.step() as session:
            if order := self._one(session, Order, n):
                repromise(session, order, earlier=earlier, act=an_act())

    @rule(n=few, quantity=some, which=st.integers(0, 1))
    def a_return_is_allowed(self, n, quantity, which) -> None:
        with self.step() as session:
            if order := self._one(session, Order, n):
                ask = ReturnAsk(lines(session, order)[which].id, Decimal(quantity))
                authorise(session, order, (ask,), "wrong size", act=an_act())

    @rule(n=few, quantity=some, lot=few)
    def returned_goods_arrive(self, n, quantity, lot) -> None:
        with self.step() as session:
            if rma := self._one(session, ReturnAuthorization, n):
                (line,) = return_lines(session, rma)
                names = [row.lot for row in shipped_lots(session, line.order_line_id)]
                arrived = {line.id: (Decimal(quantity), "", names[lot % len(names)])}
                receive(session, rma, arrived, act=an_act())

    @rule(n=few, decision=st.sampled_from(["accepted", "rejected"]))
    def returned_goods_are_inspected(self, n, decision) -> None:
        with self.step() as session:
            if rma := self._one(session, ReturnAuthorization, n):
                (line,) = return_lines(session, rma)
                inspect(session, rma, {line.id: (decision, "looked at")}, act=an_act())

    @rule(n=few, quantity=some, kind=st.sampled_from(["restock", "repair", "scrap", "send_back"]))
    def returned_goods_are_disposed_of(self, n, quantity, kind) -> None:
        with self.step() as session:
            if rma := self._one(session, ReturnAuthorization, n):
                (line,) = return_lines(session, rma)
                dispose(session, rma, line.id, kind, Decimal(quantity), act=an_act())

    @rule(n=few)
    def a_return_is_closed(self, n) -> None:
        with self.step() as session:
            if rma := self._one(session, ReturnAuthorization, n):
                close_return(session, rma, act=an_act())

    @invariant()
    def the_ledger_agrees_with_the_balances(self) -> None:
        with self.database.read() as session:
            assert ledger_agrees(session)

    @invariant()
    def nothing_is_allocated_twice(self) -> None:
        with self.database.read() as session:
            held = session.execute(
                select(StockLot, func.sum(Allocation.quantity))
                .join(Allocation, Allocation.lot_id == StockLot.id)
                .group_by(StockLot.id)
            )
            for lot, quantity in held:
                assert quantity <= lot.on_hand_quantity and lot.quality == "released"

    @invariant()
    def a_schedule_adds_up_to_its_line(self) -> None:
        with self.database.read() as session:
            for line in session.scalars(select(OrderLine)):
                rows = session.scalars(
                    select(ScheduleLine).where(ScheduleLine.line_id == line.id)
                ).all()
                wanted = line.stock_quantity - line.cancelled_quantity
                assert sum(row.quantity for row in rows) == wanted
                assert sum(row.shipped_quantity for row in rows) == line.shipped_quantity
                for row in rows:
                    held = session.scalars(
                        select(Allocation.quantity).where(Allocation.schedule_line_id == row.id)
                    ).all()
                    assert sum(held) <= row.quantity - row.shipped_quantity

    @invariant()
    def quantities_are_where_they_should_be(self) -> None:
        with self.database.read() as session:
            orders = {order.id: order for order in session.scalars(select(Order))}
            for line in session.scalars(select(OrderLine)):
                q = quantities(session, [line.order_id])[line.id]
                assert q.on_shipment <= q.allocated <= q.open
                assert q.delivered <= q.shipped and q.invoiced == q.shipped
                if orders[line.order_id].status in ("closed", "cancelled"):
                    assert q.open == 0

    @invariant()
    def money_given_back_never_exceeds_money_asked(self) -> None:
        with self.database.read() as session:
            for line in session.scalars(select(OrderLine)):
                billed = session.scalars(
                    select(InvoiceLine).where(InvoiceLine.order_line_id == line.id)
                ).all()
                given = session.scalars(
                    select(CreditNoteLine).where(CreditNoteLine.order_line_id == line.id)
                ).all()
                assert sum(g.net for g in given) <= sum(b.net for b in billed)
                assert sum(g.tax for g in given) <= sum(b.tax for b in billed)

    @invariant()
    def a_receipt_never_gives_more_than_it_has(self) -> None:
        with self.database.read() as session:
            for receipt in session.scalars(select(Receipt)):
                assert 0 <= receipt.received_quantity <= receipt.quantity


@pytest.mark.slow
def test_any_sequence_of_steps_keeps_goods_promises_and_money_true(sqlite_template: Path) -> None:
    Firm.template = sqlite_template
    run_state_machine_as_test(
        Firm,
        settings=settings(
            max_examples=15,
            stateful_step_count=40,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
