"""Picking short, packing exactly, shipping once, delivering twice, voiding whole."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from stdnum import ean

from core.billing.invoice import issue, issue_due
from core.billing.tables import Invoice, InvoiceLine
from core.database import Database
from core.errors import BadInput, Blocked, IllegalStep, NotEnough
from core.execution.allocate import allocate
from core.execution.release import release
from core.execution.tables import Allocation
from core.journal import Event
from core.orders.hold import place
from core.orders.hold import release as lift
from core.orders.tables import ScheduleLine
from core.outbox import OutboxItem
from core.shipping.deliver import deliver
from core.shipping.pack import PackageSpec, in_one_package, pack
from core.shipping.pick import pick
from core.shipping.rows import pick_lines
from core.shipping.ship import ship
from core.shipping.sscc import company_prefix, sscc
from core.shipping.tables import Package
from core.shipping.void import void
from core.supply.tables import StockLot
from tests.builders import NOW, Wanted, a_company, a_customer, a_lot, an_act, an_order
from tests.steps import (
    a_shop,
    delivered,
    ledger_agrees,
    lines,
    order_for,
    packed,
    pick_all,
    released,
    shipped,
)


def test_a_short_pick_opens_the_rest_and_sets_the_missing_goods_aside(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=10)
        order = order_for(session, shop, 10)
        shipment = released(session, order)
        (row,) = pick_lines(session, shipment)
        with pytest.raises(BadInput, match="why"):
            pick(session, shipment, {row.id: (Decimal(7), "")}, act=an_act())
        pick(session, shipment, {row.id: (Decimal(7), "missing")}, act=an_act())
        assert session.scalar(select(func.sum(Allocation.quantity))) == 7
        lots = session.scalars(select(StockLot).order_by(StockLot.id)).all()
        assert [(lot.on_hand_quantity, lot.quality) for lot in lots] == [
            (7, "released"),
            (3, "inspection"),
        ]
        with pytest.raises(NotEnough):
            allocate(session, order, act=an_act())
        pack(session, shipment, in_one_package([row]), act=an_act())
        ship(session, shipment, "Parcel Co", act=an_act())
        (line,) = lines(session, order)
        assert (line.shipped_quantity, order.status) == (7, "booked")
        a_lot(session, shop.site, shop.item, 3)
        delivered(session, order)
        assert (line.shipped_quantity, order.status) == (10, "closed")
        assert ledger_agrees(session)


def test_a_pick_says_something_about_every_line(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        shipment = released(session, order_for(session, shop, 3, 4))
        first, _second = pick_lines(session, shipment)
        with pytest.raises(BadInput):
            pick(session, shipment, {first.id: (Decimal(3), "")}, act=an_act())
        with pytest.raises(BadInput, match="Between 0 and 3"):
            taken = {row.id: (Decimal(4), "") for row in pick_lines(session, shipment)}
            pick(session, shipment, taken, act=an_act())


def test_packages_hold_exactly_what_was_picked(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        shipment = released(session, order_for(session, shop, 5))
        pick_all(session, shipment)
        (row,) = pick_lines(session, shipment)
        for wrong in (Decimal(4), Decimal(6)):
            with pytest.raises(BadInput, match="were picked"):
                pack(session, shipment, (PackageSpec({row.id: wrong}),), act=an_act())
        with pytest.raises(BadInput, match="empty"):
            pack(
                session, shipment, (PackageSpec({row.id: Decimal(5)}), PackageSpec()), act=an_act()
            )
        halves = tuple(PackageSpec({row.id: Decimal(q)}) for q in (2, 3))
        pack(session, shipment, halves, act=an_act())
        codes = session.scalars(select(Package.sscc).order_by(Package.number)).all()
        assert len(set(codes)) == 2
        assert all(
            code[1:8] == "2970000" and ean.calc_check_digit(code[:-1]) == code[-1] for code in codes
        )


@given(st.from_regex(r"[0-9]{4,12}", fullmatch=True), st.integers(0, 10**6))
def test_a_container_code_has_18_digits_and_any_slip_of_one_digit_shows(
    prefix: str, serial: int
) -> None:
    code = sscc(prefix, serial)
    assert len(code) == 18 and code.isdigit()
    wrong = str((int(code[5]) + 1) % 10)
    assert ean.calc_check_digit(code[:5] + wrong + code[6:-1]) != code[-1]


def test_the_published_example_of_a_container_code() -> None:
    # GS1's own example of AI 00: 106141412345678908
    assert sscc("0614141", 234567890, extension=1) == "106141412345678908"


def test_the_company_prefix_comes_from_policy_then_gln_then_internal_use(
    database: Database,
) -> None:
    with database.begin() as session:
        company = a_company(session)
        assert company_prefix(company) == "2970000"
        company.policy = {"gs1_prefix": "42970001"}
        assert company_prefix(company) == "42970001"
    assert company_prefix(None) == "2000000"


def test_goods_leave_once_and_are_billed_once(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, tax_percent=Decimal("7.7"))
        order = order_for(session, shop, 3)
        shipment = packed(session, order)
        act = an_act()
        event = ship(session, shipment, "Parcel Co", "T1", act=act)
        assert ship(session, shipment, "Parcel Co", "T1", act=act).id == event.id
        with pytest.raises(IllegalStep, match="Possible now: deliver"):
            ship(session, shipment, "Parcel Co", "T1", act=an_act())
        first = session.scalars(select(Invoice)).one()
        assert issue(session, shipment, act=an_act()).id == first.id
        assert (first.net, first.tax, first.total) == (30, Decimal("2.31"), Decimal("32.31"))
        assert session.get_one(StockLot, shop.lot.id).on_hand_quantity == 97
        assert session.scalar(select(func.count()).select_from(Allocation)) == 0
        notices = session.scalars(select(OutboxItem).where(OutboxItem.task == "ship-notice"))
        assert len(notices.all()) == 1


def test_a_delivery_reported_twice_is_a_fact_not_an_error(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        shipment = shipped(session, order_for(session, shop, 3))
        deliver(session, shipment, "Gate 2", NOW, act=an_act())
        deliver(session, shipment, "Somebody else", NOW + timedelta(days=1), act=an_act())
        assert (shipment.received_by, shipment.delivered_at) == ("Gate 2", NOW)
        names = session.scalars(
            select(Event.name).where(Event.subject == "shipment").order_by(Event.sequence)
        ).all()
        assert names[-2:] == ["shipment.delivered", "shipment.delivered_again"]
        row = session.scalars(select(ScheduleLine)).one()
        assert row.actual_date == NOW.date()


def test_a_schedule_line_in_two_shipments_arrives_with_the_second(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=4)
        order = order_for(session, shop, 6)
        first = shipped(session, order)
        a_lot(session, shop.site, shop.item, 10)
        second = shipped(session, order)
        deliver(session, second, at=NOW, act=an_act())
        row = session.scalars(select(ScheduleLine)).one()
        assert row.actual_date is None
        deliver(session, first, at=NOW + timedelta(days=2), act=an_act())
        assert row.actual_date == (NOW + timedelta(days=2)).date()


@pytest.mark.parametrize("until", ["released", "picked", "packed"])
def test_voiding_gives_everything_back_to_the_order(database: Database, until: str) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=5)
        order = order_for(session, shop, 5)
        shipment = released(session, order) if until != "packed" else packed(session, order)
        if until == "picked":
            pick_all(session, shipment)
        with pytest.raises(BadInput):
            void(session, shipment, " ", act=an_act())
        void(session, shipment, "Wrong carrier", act=an_act())
        assert session.get_one(StockLot, shop.lot.id).on_hand_quantity == 5
        assert session.scalar(select(func.sum(Allocation.quantity))) == 5
        (again,) = release(session, order, act=an_act())
        assert again.id != shipment.id and pick_lines(session, again)[0].quantity == 5


def test_what_has_left_cannot_be_voided(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        shipment = shipped(session, order_for(session, shop, 5))
        with pytest.raises(IllegalStep):
            void(session, shipment, "too late", act=an_act())


def test_a_hold_stops_the_truck_but_never_the_bill_for_what_left(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        order = order_for(session, shop, 5)
        shipment = packed(session, order)
        stop = place(session, order, "export", "Licence missing", act=an_act())
        with pytest.raises(Blocked, match="Licence missing"):
            ship(session, shipment, "Parcel Co", act=an_act())
        lift(session, stop, "Licence 12", act=an_act())
        billing = place(session, order, "manual", "Price in dispute", ("invoice",), act=an_act())
        ship(session, shipment, "Parcel Co", act=an_act())
        assert session.scalar(select(func.count()).select_from(Invoice)) == 0
        assert issue_due(session, act=an_act()) == ()
        lift(session, billing, "Agreed", act=an_act())
        assert len(issue_due(session, act=an_act())) == 1
        assert session.scalars(select(Invoice)).one().net == 50


def test_boxes_are_billed_per_box_also_when_one_is_opened(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=16)
        wanted = Wanted(shop.item, 2, price="9.99", unit="BX", factor=12)
        order = an_order(session, shop.customer, [wanted], site=shop.site)
        shipped(session, order)
        a_lot(session, shop.site, shop.item, 20)
        shipped(session, order)
        rows = session.scalars(select(InvoiceLine).order_by(InvoiceLine.id)).all()
        assert [(r.stock_quantity, r.net) for r in rows] == [
            (16, Decimal("13.32")),
            (8, Decimal("6.66")),
        ]
        assert rows[1].quantity == Decimal("0.666667")


def test_yen_have_no_cents(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, currency="JPY", tax_percent=Decimal(10))
        wanted = Wanted(shop.item, 3, price="33.5")
        shipped(session, an_order(session, shop.customer, [wanted], site=shop.site))
        invoice = session.scalars(select(Invoice)).one()
        assert (invoice.net, invoice.tax) == (101, 10)


def test_an_order_for_somebody_else_is_not_touched(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        order, other = order_for(session, shop, 5), order_for(session, shop, 5)
        other.customer_id = a_customer(session).id
        shipped(session, order)
        assert lines(session, other)[0].shipped_quantity == 0 and other.status == "booked"
