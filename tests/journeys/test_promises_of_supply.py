"""Lessons 10 to 12 as stories: what counts as supply, whose turn it is, and that two cannot have the same."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.agreements.tables import Blanket
from core.catalogue.tables import Item
from core.database import Database
from core.drafts.change.own import change_order
from core.drafts.confirm import confirm
from core.drafts.promise import promise_draft
from core.drafts.tables import Draft
from core.errors import IllegalStep, NotEnough, Stale
from core.execution.allocate import allocate
from core.execution.tables import Allocation
from core.orders.change import LineChange
from core.orders.repromise import repromise
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.parties.tables import Customer
from core.promising.sentences import promise_sentence
from core.supply.count import set_quality
from core.supply.receive import receive_goods
from core.supply.tables import BomLine, InspectionTime, RoutingStep, Site, StockLot, WorkCentre
from core.watch.due import check_changes
from core.watch.tables import PromiseSlip
from tests import builders as make
from tests.core.drafts.test_changes import mail
from tests.core.drafts.test_open import a_house, reading

D = Decimal


def day(offset: int) -> date:
    return make.TODAY + timedelta(days=offset)


@pytest.fixture
def house(database: Database) -> dict[str, Any]:
    """Goods in one lot that can be bought in ten working days; parcels need a day."""
    with database.begin() as session:
        found = a_house(session)
        return {"item": found["item"].id, "site": found["site"].id}  # type: ignore[attr-defined]


def stock(session: Session, quantity: int) -> StockLot:
    lot = session.scalars(select(StockLot).order_by(StockLot.id)).first()
    assert lot is not None
    lot.on_hand_quantity = D(quantity)
    session.flush()
    return lot


def wanted(session: Session, quantity: int, number: str, wish: date | None = None) -> Draft:
    line = {"buyer_sku": "77120", "quantity": str(quantity), "uom": "EA", "unit_price": "4.10"}
    if wish is not None:
        line["requested_date"] = wish.isoformat()
    return mail(session, reading(line, po_number=number))


def confirmed(session: Session, draft: Draft) -> Order:
    return confirm(session, draft, version=draft.version, act=make.an_act())


def schedule(session: Session, order: Order) -> list[ScheduleLine]:
    return list(
        session.scalars(
            select(ScheduleLine)
            .join(OrderLine, OrderLine.id == ScheduleLine.line_id)
            .where(OrderLine.order_id == order.id)
            .order_by(ScheduleLine.id)
        )
    )


def told(session: Session, order: Order) -> list[tuple[int, int]]:
    """(quantity, days until it arrives) of each promise."""
    return [
        (int(row.quantity), (row.promised_date - make.TODAY).days)
        for row in schedule(session, order)
        if row.promised_date is not None
    ]


class TestLesson10:
    """An order does not compete with itself; what came in part is expected no more; what is late counts by a rule."""

    def test_an_order_that_grows_keeps_what_it_has(
        self, database: Database, house: dict[str, Any]
    ) -> None:
        with database.begin() as session:
            stock(session, 10)
            order = confirmed(session, wanted(session, 8, "N-1"))
            line = session.scalars(select(OrderLine).where(OrderLine.order_id == order.id)).one()
            change_order(
                session, order, (LineChange(line.id, D(10)),), "two more", act=make.an_act()
            )
            assert told(session, order) == [(8, 1), (2, 1)]  # all ten are there for it

    def test_an_order_that_is_asked_again_does_not_stand_behind_itself(
        self, database: Database, house: dict[str, Any]
    ) -> None:
        with database.begin() as session:
            stock(session, 8)
            order = confirmed(session, wanted(session, 8, "N-1"))
            with pytest.raises(IllegalStep, match="Every date"):
                repromise(session, order, "is it still so?", act=make.an_act())
            assert told(session, order) == [(8, 1)]

    def test_a_part_receipt_shrinks_what_is_expected(
        self, database: Database, house: dict[str, Any]
    ) -> None:
        with database.begin() as session:
            stock(session, 0)
            goods = session.get_one(Item, house["item"])
            row = make.a_receipt(session, _site(session), goods, 30, day(3))
            first = confirmed(session, wanted(session, 20, "N-1"))
            assert told(session, first) == [(20, 4)]
            receive_goods(session, row.id, D(20), "R-1", act=make.an_act())
            # twenty are there and ten still come: nobody is promised thirty on top of twenty
            second = confirmed(session, wanted(session, 15, "N-2"))
            now, later = told(session, second)
            assert now == (10, 1)  # the first lives from what still comes in time for it
            assert later[0] == 5 and later[1] > 10

    def test_an_overdue_receipt_counts_by_rule_and_says_so(
        self, database: Database, house: dict[str, Any]
    ) -> None:
        with database.begin() as session:
            stock(session, 0)
            goods = session.get_one(Item, house["item"])
            make.a_receipt(session, _site(session), goods, 30, day(-3), number="PO-881")
            order = confirmed(session, wanted(session, 5, "N-1"))
            (row,) = schedule(session, order)
            assert row.promised_date == day(
                8
            )  # five working days from today, and a day on the road
            assert "PO-881, which is overdue and counted as due Mon 9 Mar" in promise_sentence(
                row.reason
            )

    def test_plenty_next_quarter_does_not_block_making_it_now(
        self, database: Database, house: dict[str, Any]
    ) -> None:
        with database.begin() as session:
            stock(session, 0)
            goods, site = session.get_one(Item, house["item"]), _site(session)
            make.a_receipt(session, site, goods, 5000, day(80))
            goods.kind = "made"
            bar = make.an_item(session, number="BAR-1")
            make.a_lot(session, site, bar, 100)
            mill = WorkCentre(code="MILL", name="Mill", minutes_per_day=480, site_id=site.id)
            session.add_all([mill, BomLine(item_id=goods.id, component_id=bar.id, quantity_per=1)])
            session.flush()
            session.add(
                RoutingStep(item_id=goods.id, step=10, work_centre_id=mill.id, run_minutes=D(60))
            )
            session.flush()
            order = confirmed(session, wanted(session, 12, "N-1"))
            assert told(session, order) == [(12, 2)]  # a day and a half of work, and the road


class TestInspected:
    """Goods are promised from the day of their release on: on their way, in inspection, and when it ends."""

    def test_from_the_order_to_the_shelf_the_day_stays(
        self, database: Database, house: dict[str, Any]
    ) -> None:
        with database.begin() as session:
            stock(session, 0)
            goods = session.get_one(Item, house["item"])
            goods.lead_days = 40
            session.add(InspectionTime(item_id=goods.id, days=2))
            bought = make.a_receipt(session, _site(session), goods, 30, day(0), number="PO-5")
            order = confirmed(session, wanted(session, 20, "N-1"))
            assert told(session, order) == [(20, 3)]  # two days of inspection, and the road
            (row,) = schedule(session, order)
            assert "On the shelf on Wed 4 Mar 2026, " in promise_sentence(row.reason)
            receive_goods(session, bought.id, D(30), "L-5", quality="inspection", act=make.an_act())
            second = confirmed(session, wanted(session, 10, "N-2"))
            (other,) = schedule(session, second)
            assert told(session, second) == [(10, 3)]
            assert "lot L-5 is in inspection until Wed 4 Mar" in promise_sentence(other.reason)
            third = confirmed(session, wanted(session, 1, "N-3"))
            assert told(session, third)[0][1] > 40  # all thirty are promised
            with pytest.raises(NotEnough):
                allocate(session, order, act=make.an_act())
            lot = session.scalars(select(StockLot).where(StockLot.lot == "L-5")).one()
            set_quality(session, lot.id, "released", act=make.an_act())
            check_changes(session, act=make.an_act("system:watch"))
            slipped = select(PromiseSlip).where(PromiseSlip.kind == "slip")
            assert session.scalars(slipped).all() == []
            assert (told(session, order), told(session, second)) == ([(20, 3)], [(10, 3)])
            allocate(session, order, act=make.an_act())
            assert sum(session.scalars(select(Allocation.quantity))) == 20


class TestLesson11:
    """First promised, first served; call-offs as of their blanket; what is far ahead does not lock today's stock."""

    def test_who_allocates_first_does_not_get_what_was_promised_to_another(
        self, database: Database, house: dict[str, Any]
    ) -> None:
        with database.begin() as session:
            stock(session, 10)
            early = confirmed(session, wanted(session, 8, "N-1"))
            late = confirmed(session, wanted(session, 8, "N-2"))
            assert [quantity for quantity, _ in told(session, late)] == [2, 6]
            allocate(session, late, act=make.an_act())
            assert session.scalars(select(Allocation.quantity)).all() == [D(2)]
            with pytest.raises(NotEnough):
                allocate(session, late, act=make.an_act())
            allocate(session, early, act=make.an_act())
            assert sum(session.scalars(select(Allocation.quantity))) == 10

    def test_a_call_off_keeps_its_day_as_of_its_blanket_when_supply_slips(
        self, database: Database, house: dict[str, Any]
    ) -> None:
        with database.begin() as session:
            stock(session, 10)
            customer = session.scalars(select(Customer)).one()
            session.add(
                Blanket(
                    number="RV-2025",
                    customer_id=customer.id,
                    currency="EUR",
                    agreed_on=day(-60),
                )
            )
            goods = session.get_one(Item, house["item"])
            receipt = make.a_receipt(session, _site(session), goods, 10, day(3))
            first = confirmed(session, wanted(session, 10, "N-1"))
            line = {"buyer_sku": "77120", "quantity": "6", "uom": "EA", "unit_price": "4.10"}
            draft = mail(session, reading(line, po_number="N-2", contract_number="RV-2025"))
            call = confirmed(session, draft)
            assert (told(session, first), told(session, call)) == ([(10, 1)], [(6, 4)])
            receipt.expected_date = day(30)
            session.flush()
            allocate(session, first, act=make.an_act())
            allocate(session, call, act=make.an_act())
            sums = select(OrderLine.order_id, func.sum(Allocation.quantity).label("tied"))
            rows = session.execute(
                sums.join(Allocation, Allocation.order_line_id == OrderLine.id).group_by(
                    OrderLine.order_id
                )
            )
            assert {row.order_id: row.tied for row in rows} == {first.id: 4, call.id: 6}

    def test_an_order_for_next_year_leaves_the_stock_to_this_week(
        self, database: Database, house: dict[str, Any]
    ) -> None:
        with database.begin() as session:
            stock(session, 10)
            far = confirmed(session, wanted(session, 10, "N-1", wish=day(300)))
            (row,) = schedule(session, far)
            assert row.promised_date is not None and row.promised_date > day(290)
            assert row.reason["code"] == "in-time-bought"
            near = confirmed(session, wanted(session, 10, "N-2"))
            assert told(session, near) == [(10, 1)]


class TestLesson12:
    """What the clerk saw is asked again, under lock, in the transaction that books it (fifty at once: test_confirm_at_once)."""

    def test_the_second_clerk_is_told_and_nothing_is_booked(
        self, database: Database, house: dict[str, Any]
    ) -> None:
        with database.begin() as session:
            stock(session, 10)
            first, second = wanted(session, 10, "N-1"), wanted(session, 10, "N-2")
            ids = first.id, second.id
        with database.begin() as session:
            confirmed(session, session.get_one(Draft, ids[0]))
        with pytest.raises(Stale) as told_why, database.begin() as session:
            confirmed(session, session.get_one(Draft, ids[1]))
        assert "other orders took supply" in str(told_why.value)
        with database.begin() as session:
            assert len(session.scalars(select(Order)).all()) == 1
            draft = session.get_one(Draft, ids[1])
            promise_draft(session, draft, act=make.an_act())
            order = confirmed(session, draft)
            assert told(session, order)[0][1] > 10


def _site(session: Session) -> Site:
    return session.scalars(select(Site).order_by(Site.id)).all()[0]
