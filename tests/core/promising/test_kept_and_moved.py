"""Whose stock it is, how long it lasts, from where it can be fetched, and for how far ahead it is kept."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.agreements.tables import Blanket
from core.catalogue.tables import Item
from core.database import Database
from core.errors import NotEnough
from core.execution.allocate import allocate
from core.execution.tables import Allocation
from core.orders.schedule import plan_line
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.parties.tables import Customer
from core.promising.ask import Ask, AskLine, Promised
from core.promising.picture import picture
from core.promising.promise import answer_as_json, answer_of_json, promise_lines
from core.promising.sentences import peg_sentence, promise_sentence
from core.supply.tables import KeptStock, Site, StockLot, Supplier, TransferLane
from tests import builders as make

MONDAY = make.TODAY
D = Decimal


def day(offset: int) -> date:
    return MONDAY + timedelta(days=offset)


@pytest.fixture
def session(sqlite_database: Database) -> Any:
    with sqlite_database.begin() as session:
        make.a_company(session)
        yield session


def ask(
    session: Session,
    item: Item,
    quantity: int,
    wish: date | None = None,
    customer: Customer | None = None,
    **how: Any,
) -> list[tuple[int, int, str]]:
    """(quantity, days until it leaves, reason) of each part."""
    return [
        (int(p.quantity), (p.ship_date - MONDAY).days, p.reason.code)
        for p in parts_of(session, item, quantity, wish, customer, **how)
    ]


def parts_of(
    session: Session,
    item: Item,
    quantity: int,
    wish: date | None = None,
    customer: Customer | None = None,
    **how: Any,
) -> tuple[Promised, ...]:
    asked = Ask(
        (AskLine(1, item.id, D(quantity), wish),),
        MONDAY,
        transit_days=0,
        customer_id=customer.id if customer else 0,
    )
    found = promise_lines(session, asked, now=make.NOW, **how)
    assert answer_of_json(answer_as_json(found)) == found
    return found.lines[1]


def booked(
    session: Session, item: Item, quantity: int, site: Site, promised: date, **how: Any
) -> Order:
    customer = how.pop("customer", None) or make.a_customer(session)
    wanted = [make.Wanted(item, quantity)]
    return make.an_order(session, customer, wanted, site=site, promised=promised, **how)


class TestKept:
    def test_a_lot_of_one_customer_is_for_nobody_else(self, database: Database) -> None:
        with database.begin() as session:
            make.a_company(session)
            site, item = make.a_site(session), make.an_item(session, lead_days=9)
            owner, other = make.a_customer(session), make.a_customer(session)
            make.a_lot(session, site, item, 10, customer_id=owner.id)
            make.a_lot(session, site, item, 4)
            assert ask(session, item, 14, None, owner) == [(14, 0, "from-stock")]
            assert [part[:2] for part in ask(session, item, 14, None, other)] == [(4, 0), (10, 11)]

    def test_the_owner_uses_its_own_first(self, session: Session) -> None:
        site, item = make.a_site(session), make.an_item(session, lead_days=9)
        owner = make.a_customer(session)
        make.a_lot(session, site, item, 10, customer_id=owner.id)
        make.a_lot(session, site, item, 10)
        booked(session, item, 10, site, MONDAY, customer=owner)
        assert ask(session, item, 10, None, make.a_customer(session)) == [(10, 0, "from-stock")]

    def test_a_kept_quantity_is_taken_from_what_lasts_longest(self, session: Session) -> None:
        site, item = make.a_site(session), make.an_item(session, lead_days=9)
        owner, other = make.a_customer(session), make.a_customer(session)
        make.a_lot(session, site, item, 10, expires_on=day(30), lot="short")
        make.a_lot(session, site, item, 10, expires_on=day(90), lot="long")
        row = KeptStock(item_id=item.id, site_id=site.id, customer_id=owner.id, quantity=D(15))
        session.add(row)
        session.flush()
        mine = parts_of(session, item, 5, None, other)[0]
        assert [peg.number for peg in mine.pegging] == ["short"]
        assert ask(session, item, 6, None, other)[0][0] == 5
        assert ask(session, item, 20, None, owner) == [(20, 0, "from-stock")]
        row.until = day(-1)
        session.flush()
        assert ask(session, item, 20, None, other) == [(20, 0, "from-stock")]

    def test_what_is_kept_for_one_is_allocated_to_nobody_else(self, database: Database) -> None:
        with database.begin() as session:
            make.a_company(session)
            site, item = make.a_site(session), make.an_item(session)
            owner, other = make.a_customer(session), make.a_customer(session)
            lot = make.a_lot(session, site, item, 10)
            session.add(
                KeptStock(item_id=item.id, site_id=site.id, customer_id=owner.id, quantity=D(7))
            )
            session.flush()
            theirs = booked(session, item, 10, site, MONDAY, customer=other)
            allocate(session, theirs, act=make.an_act())
            assert session.scalars(select(Allocation.quantity)).all() == [D(3)]
            with pytest.raises(NotEnough):
                allocate(session, theirs, act=make.an_act())
            ours = booked(session, item, 10, site, MONDAY, customer=owner)
            allocate(session, ours, act=make.an_act())
            assert sorted(session.scalars(select(Allocation.quantity))) == [D(3), D(7)]
            assert session.get_one(StockLot, lot.id).on_hand_quantity == 10


class TestLasting:
    def test_goods_must_last_as_long_as_the_customer_wants(self, database: Database) -> None:
        with database.begin() as session:
            make.a_company(session)
            site, item = make.a_site(session), make.an_item(session, lead_days=9)
            picky = make.a_customer(session, shelf_life_days=30)
            make.a_lot(session, site, item, 10, expires_on=day(29))
            make.a_lot(session, site, item, 4, expires_on=day(30))
            assert [part[:2] for part in ask(session, item, 14, None, picky)] == [(4, 0), (10, 11)]
            assert ask(session, item, 14, None, make.a_customer(session))[0][0] == 14
            sku = make.a_customer_item(session, picky, item, "THEIRS")
            sku.shelf_life_days = 20
            session.flush()
            assert ask(session, item, 14, None, picky) == [(14, 0, "from-stock")]

    def test_an_earlier_promise_keeps_the_goods_that_last(self, session: Session) -> None:
        site, item = make.a_site(session), make.an_item(session, lead_days=9)
        picky = make.a_customer(session, shelf_life_days=30)
        make.a_lot(session, site, item, 10, expires_on=day(29))
        make.a_lot(session, site, item, 10, expires_on=day(90))
        booked(session, item, 10, site, MONDAY, customer=picky)
        assert ask(session, item, 10) == [(10, 0, "from-stock")]
        assert parts_of(session, item, 10)[0].pegging[0].due_date == MONDAY
        assert [part[0] for part in ask(session, item, 5, None, picky)] == [5]
        assert ask(session, item, 5, None, picky)[0][1] == 11

    def test_what_comes_in_lasts_from_then_on(self, session: Session) -> None:
        site, item = make.a_site(session), make.an_item(session, lead_days=9, shelf_life_days=20)
        make.a_receipt(session, site, item, 10, day(2))
        picky = make.a_customer(session, shelf_life_days=18)
        assert ask(session, item, 5, day(3), picky)[0][:2] == (5, 3)
        assert ask(session, item, 5, day(7), picky)[0][1] > 7

    def test_allocation_gives_what_lasts(self, session: Session) -> None:
        site, item = make.a_site(session), make.an_item(session)
        picky = make.a_customer(session, shelf_life_days=30)
        make.a_lot(session, site, item, 10, expires_on=day(10))
        good = make.a_lot(session, site, item, 10, expires_on=day(40))
        allocate(
            session, booked(session, item, 10, site, MONDAY, customer=picky), act=make.an_act()
        )
        assert session.scalars(select(Allocation.lot_id)).all() == [good.id]


class TestMoved:
    def two_sites(self, session: Session, **of_store: Any) -> tuple[Site, Site, Item]:
        shop, store = (
            make.a_site(session, code="SHOP"),
            make.a_site(session, code="STORE", priority=2, **of_store),
        )
        session.add(TransferLane(from_site_id=store.id, to_site_id=shop.id, days=2))
        session.flush()
        return shop, store, make.an_item(session, lead_days=20)

    def test_a_store_that_does_not_ship_supplies_the_one_that_does(
        self, database: Database
    ) -> None:
        with database.begin() as session:
            make.a_company(session)
            shop, store, item = self.two_sites(session, ships=False)
            make.a_lot(session, store, item, 10, lot="S-1")
            make.a_lot(session, shop, item, 3)
            early, later = parts_of(session, item, 8)
            assert (early.quantity, early.ship_date, early.site_id) == (3, MONDAY, shop.id)
            assert (later.quantity, later.ship_date, later.site_id) == (5, day(2), shop.id)
            assert later.reason.code == "by-transfer"
            said = {"code": later.reason.code, "facts": later.reason.facts}
            assert "by transfer to SHOP, which leaves on Mon 2 Mar 2026" in promise_sentence(said)
            (peg,) = later.pegging
            assert (peg.from_site, peg.begins_on) == ("STORE", MONDAY)
            kept = answer_as_json(promise_lines(session, Ask((), MONDAY), now=make.NOW))
            assert kept == {"lines": {}}
            assert peg_sentence(
                {"kind": "stock", "number": "S-1", "quantity": "5", "from_site": "STORE"}, "X"
            ).endswith("by transfer from STORE")

    def test_lorries_go_on_their_days(self, session: Session) -> None:
        _, store, item = self.two_sites(session, ships=False)
        lane = session.scalars(select(TransferLane)).one()
        lane.weekdays = [4]
        make.a_lot(session, store, item, 10)
        assert ask(session, item, 8) == [(8, 7, "by-transfer")]  # Thursday, and two working days

    def test_an_earlier_promise_by_transfer_keeps_its_goods(self, session: Session) -> None:
        shop, store, item = self.two_sites(session, ships=False)
        make.a_lot(session, store, item, 10)
        booked(session, item, 8, shop, day(2))
        found = ask(session, item, 5)
        assert found[0][:2] == (2, 2) and found[1][1] > 20

    def test_goods_are_shipped_from_where_they_are_when_that_is_sooner(
        self, session: Session
    ) -> None:
        _, store, item = self.two_sites(session)
        make.a_lot(session, store, item, 10)
        (part,) = parts_of(session, item, 8)
        assert (part.site_id, part.ship_date) == (store.id, MONDAY)

    def test_one_parcel_is_preferred_when_nothing_comes_later_by_it(self, session: Session) -> None:
        shop, store, item = self.two_sites(session)
        make.a_lot(session, store, item, 6)
        make.a_lot(session, shop, item, 6)
        in_time = parts_of(session, item, 10, day(4))
        assert [(p.site_id, p.quantity) for p in in_time] == [(shop.id, D(10))]
        at_once = parts_of(session, item, 10)
        assert {p.site_id for p in at_once} == {shop.id, store.id}

    def test_two_lines_come_from_one_site_when_it_can_give_both(self, session: Session) -> None:
        near, far = make.a_site(session), make.a_site(session, priority=2)
        first, second = make.an_item(session), make.an_item(session)
        make.a_lot(session, near, first, 10)
        make.a_lot(session, far, first, 10)
        make.a_lot(session, far, second, 10)
        lines = tuple(AskLine(n, item.id, D(5), None) for n, item in enumerate((first, second)))
        found = promise_lines(session, Ask(lines, MONDAY), now=make.NOW)
        assert {p.site_id for parts in found.lines.values() for p in parts} == {far.id}

    def test_a_transfer_on_its_way_is_supply_there_and_a_need_here(
        self, database: Database
    ) -> None:
        with database.begin() as session:
            make.a_company(session)
            shop, store, item = self.two_sites(session)
            make.a_lot(session, store, item, 10)
            row = make.a_receipt(
                session,
                shop,
                item,
                7,
                day(3),
                kind="transfer",
                from_site_id=store.id,
                begins_on=day(1),
                stage="planned",
            )
            found = picture(session, [item.id], now=make.NOW)
            needs = [(d.site_id, d.quantity, d.ship_date) for d in found.demands]
            assert needs == [(store.id, D(7), day(1))]
            # ten here, seven of them leave tomorrow for there: never seventeen
            assert (
                sum(p.quantity for p in parts_of(session, item, 17) if p.ship_date < day(9)) == 10
            )
            row.stage = "started"
            lot = session.scalars(select(StockLot)).one()
            lot.on_hand_quantity = D(3)
            session.flush()
            assert picture(session, [item.id], now=make.NOW).demands == ()
            assert (
                sum(p.quantity for p in parts_of(session, item, 17) if p.ship_date < day(9)) == 10
            )


class TestFarAhead:
    def test_an_order_far_ahead_does_not_lock_today_s_stock(self, database: Database) -> None:
        with database.begin() as session:
            company = make.a_company(session, policy={"horizon_days": 60})
            site, item = make.a_site(session), make.an_item(session, lead_days=10)
            make.a_lot(session, site, item, 10)
            far = ask(session, item, 10, day(200))
            assert far == [(10, 200, "in-time-bought")]
            booked(session, item, 10, site, day(200))
            assert ask(session, item, 10) == [(10, 0, "from-stock")]
            company.policy = {"horizon_days": 0}
            session.flush()
            assert ask(session, item, 10)[0][1] > 0

    def test_the_horizon_is_never_shorter_than_it_takes_to_get_more(self, session: Session) -> None:
        site, item = make.a_site(session), make.an_item(session, lead_days=200)
        make.a_lot(session, site, item, 10)
        booked(session, item, 10, site, day(150))
        assert ask(session, item, 10)[0][1] > 200

    def test_a_person_may_tie_stock_to_an_order_far_ahead(self, session: Session) -> None:
        site, item = make.a_site(session), make.an_item(session, lead_days=10)
        make.a_lot(session, site, item, 10)
        order = booked(session, item, 10, site, day(300))
        allocate(session, order, act=make.an_act())
        assert ask(session, item, 5)[0][1] > 0


class TestTurns:
    def test_a_call_off_is_served_as_of_its_blanket(self, database: Database) -> None:
        with database.begin() as session:
            make.a_company(session)
            site, item = make.a_site(session), make.an_item(session, lead_days=20)
            frame = Blanket(
                number="B1",
                customer_id=make.a_customer(session).id,
                currency="EUR",
                agreed_on=day(-30),
            )
            session.add(frame)
            session.flush()
            make.a_lot(session, site, item, 10)
            before = booked(session, item, 2, site, day(5), booked_at=make.NOW - timedelta(days=40))
            first = booked(session, item, 6, site, day(5))
            call = booked(session, item, 6, site, day(5), blanket_id=frame.id)
            line = session.scalars(select(OrderLine).where(OrderLine.order_id == call.id)).one()
            row = session.scalars(select(ScheduleLine).where(ScheduleLine.line_id == line.id)).one()
            session.delete(row)
            session.flush()
            promised = Promised(D(6), day(5), day(5), site.id, parts_of(session, item, 1)[0].reason)
            (planned,) = plan_line(session, line, (promised,))
            oldest = session.scalars(
                select(ScheduleLine.id)
                .join(OrderLine, OrderLine.id == ScheduleLine.line_id)
                .where(OrderLine.order_id == before.id)
            ).one()
            assert planned.ranked_as == oldest
            allocate(session, first, act=make.an_act())
            allocate(session, call, act=make.an_act())
            tied = select(OrderLine.order_id, Allocation.quantity).join(
                OrderLine, OrderLine.id == Allocation.order_line_id
            )
            got = {row.order_id: row.quantity for row in session.execute(tied)}
            assert got == {first.id: D(2), call.id: D(6)}  # two are kept for the oldest


def test_what_a_supplier_is_late_by_is_counted(session: Session) -> None:
    site, item = make.a_site(session), make.an_item(session, lead_days=30)
    supplier = Supplier(number="S1", name="Late & Sons", late_days=2)
    session.add(supplier)
    session.flush()
    make.a_receipt(session, site, item, 10, day(1), supplier_id=supplier.id)
    assert ask(session, item, 5) == [(5, 3, "from-receipt")]
