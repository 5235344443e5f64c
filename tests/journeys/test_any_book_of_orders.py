"""A book of orders lives: whatever comes, changes, is cancelled or arrives in parts, no goods, bar or minute is promised twice."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.database import Database
from core.drafts.change.own import change_order
from core.errors import OrderclerkError
from core.execution.allocate import allocate
from core.execution.deallocate import deallocate
from core.orders.cancel import cancel_line
from core.orders.change import LineChange
from core.orders.repromise import repromise
from core.orders.schedule import plan_line
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.promising.ask import Ask, AskLine
from core.promising.promise import promise_lines
from core.supply.count import set_quality
from core.supply.receive import receive_goods
from core.supply.tables import (
    BomLine,
    Receipt,
    RoutingAlternate,
    RoutingStep,
    Site,
    StockLot,
    TransferLane,
    WorkCentre,
)
from tests import builders as make
from tests.promised import HAIR, goods_lacking, minutes_promised

D = Decimal
ZERO = D(0)
few = st.integers(0, 12)
some = st.integers(1, 12)
MINUTES = {"SAW": 60, "BENCH": 100, "SAW-2": 40}


class Plant(RuleBasedStateMachine):
    """A set is made of one kit and a bar, a kit of two bars; bars are bought. Kits can be sawn at another site too."""

    database: Database

    def __init__(self) -> None:
        super().__init__()
        with self.database.begin() as session:
            session.execute(update(Site).values(ships=False))  # of the book before
            if session.scalar(select(func.count()).select_from(Site)) == 0:
                make.a_company(session)
            site = make.a_site(session)
            kinds = (("made", 40), ("made", 40), ("bought", 9))
            items = [make.an_item(session, kind=kind, lead_days=days) for kind, days in kinds]
            whole, kit, bar = (item.id for item in items)
            other = make.a_site(session, ships=False)
            saw, bench, second = (
                WorkCentre(code=f"{code}-{site.id}", name=code, minutes_per_day=m, site_id=at.id)
                for (code, m), at in zip(MINUTES.items(), (site, site, other), strict=True)
            )
            session.add_all([saw, bench, second])
            for start, end in ((site, other), (other, site)):
                session.add(TransferLane(from_site_id=start.id, to_site_id=end.id, days=1))
            for parent, part, per in ((whole, kit, 1), (whole, bar, 1), (kit, bar, 2)):
                session.add(BomLine(item_id=parent, component_id=part, quantity_per=D(per)))
            session.flush()
            for item_id, centre in ((kit, saw), (whole, bench)):
                step = RoutingStep(
                    item_id=item_id, step=10, work_centre_id=centre.id, run_minutes=7
                )
                session.add(step)
                session.flush()
                if centre is saw:
                    session.add(RoutingAlternate(routing_step_id=step.id, work_centre_id=second.id))
            make.a_lot(session, site, items[2], 30)
            make.a_lot(session, site, items[1], 4)
            make.a_receipt(session, site, items[2], 20, make.TODAY + timedelta(days=4))
            self.site, self.items = site.id, [whole, kit, bar]
            self.centres = {saw.id: D(60), bench.id: D(100), second.id: D(40)}

    @contextlib.contextmanager
    def step(self) -> Iterator[Session]:
        with contextlib.suppress(OrderclerkError), self.database.begin() as session:
            yield session

    def an_order(self, session: Session, n: int) -> Order | None:
        rows = session.scalars(
            select(Order)
            .join(OrderLine, OrderLine.order_id == Order.id)
            .where(OrderLine.item_id.in_(self.items), Order.status == "booked")
            .order_by(Order.id)
        ).all()
        return rows[n % len(rows)] if rows else None

    @rule(item=st.integers(0, 2), quantity=some, wish=st.none() | few)
    def an_order_comes(self, item: int, quantity: int, wish: int | None) -> None:
        with self.step() as session:
            goods = session.get_one(Item, self.items[item])
            day = None if wish is None else make.TODAY + timedelta(days=wish)
            asked = Ask((AskLine(1, goods.id, D(quantity), day),), make.TODAY)
            parts = promise_lines(session, asked, now=make.NOW, lock=True).lines[1]
            wanted = make.Wanted(goods, quantity, requested=day)
            order = make.an_order(session, make.a_customer(session), [wanted])
            line = session.scalars(select(OrderLine).where(OrderLine.order_id == order.id)).one()
            for row in session.scalars(
                select(ScheduleLine).where(ScheduleLine.line_id == line.id)
            ).all():
                session.delete(row)
            session.flush()
            plan_line(session, line, parts)

    @rule(n=few, quantity=some, wish=st.none() | few)
    def an_order_is_changed(self, n: int, quantity: int, wish: int | None) -> None:
        with self.step() as session:
            if order := self.an_order(session, n):
                line = session.scalars(
                    select(OrderLine).where(OrderLine.order_id == order.id)
                ).one()
                day = None if wish is None else make.TODAY + timedelta(days=wish)
                wanted = LineChange(line.id, D(quantity), requested_date=day)
                change_order(session, order, (wanted,), "by telephone", act=make.an_act())

    @rule(n=few, quantity=st.none() | some)
    def a_line_is_cancelled(self, n: int, quantity: int | None) -> None:
        with self.step() as session:
            if order := self.an_order(session, n):
                line = session.scalars(
                    select(OrderLine).where(OrderLine.order_id == order.id)
                ).one()
                amount = None if quantity is None else D(quantity)
                cancel_line(session, order, line.id, amount, "not needed", act=make.an_act())

    @rule(n=few, quantity=some)
    def part_of_a_receipt_arrives(self, n: int, quantity: int) -> None:
        with self.step() as session:
            rows = session.scalars(
                select(Receipt).where(Receipt.site_id == self.site, Receipt.closed.is_(False))
            ).all()
            if rows:
                row = rows[n % len(rows)]
                part = min(D(quantity), row.quantity - row.received_quantity)
                receive_goods(session, row.id, part, f"R{row.id}", act=make.an_act())

    @rule(item=st.integers(0, 2), quantity=some, days=few, made=st.booleans())
    def more_is_ordered(self, item: int, quantity: int, days: int, made: bool) -> None:
        with self.step() as session:
            site, goods = (
                session.get_one(Site, self.site),
                session.get_one(Item, self.items[item]),
            )
            day = make.TODAY + timedelta(days=days)
            make.a_receipt(session, site, goods, quantity, day)

    @rule(item=st.integers(0, 2), quantity=some, days=few)
    def goods_come_into_inspection(self, item: int, quantity: int, days: int) -> None:
        with self.step() as session:
            site, goods = (
                session.get_one(Site, self.site),
                session.get_one(Item, self.items[item]),
            )
            day = make.TODAY + timedelta(days=days)
            make.a_lot(session, site, goods, quantity, quality="inspection", release_on=day)

    @rule(n=few)
    def a_lot_is_released(self, n: int) -> None:
        with self.step() as session:
            rows = session.scalars(
                select(StockLot.id).where(
                    StockLot.item_id.in_(self.items), StockLot.quality == "inspection"
                )
            ).all()
            if rows:
                set_quality(session, rows[n % len(rows)], "released", act=make.an_act())

    @rule(n=few, earlier=st.booleans())
    def promises_are_asked_again(self, n: int, earlier: bool) -> None:
        with self.step() as session:
            if order := self.an_order(session, n):
                repromise(session, order, earlier=earlier, act=make.an_act())

    @rule(n=few, back=st.booleans())
    def stock_is_tied_or_let_go(self, n: int, back: bool) -> None:
        with self.step() as session:
            if order := self.an_order(session, n):
                (deallocate if back else allocate)(session, order, act=make.an_act())

    @invariant()
    def no_minute_is_promised_twice(self) -> None:
        with self.database.read() as session:
            for (centre, _), minutes in minutes_promised(session, self.items).items():
                assert minutes <= self.centres[centre] + HAIR

    @invariant()
    def no_goods_are_promised_twice(self) -> None:
        with self.database.read() as session:
            assert goods_lacking(session, self.items) == []


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_no_book_of_orders_promises_more_than_there_is(database: Database) -> None:
    Plant.database = database
    run_state_machine_as_test(
        Plant,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
