"""Arithmetic of units is exact and goes one way (lesson 18), and a case is the item's own affair (lesson 19)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.billing.invoice import issue
from core.billing.tables import InvoiceLine
from core.catalogue.tables import CustomerItem, Item, ItemUnit
from core.correspondence.compose import Outgoing, compose
from core.database import Database
from core.drafts.confirm import confirm
from core.drafts.correct import Edit, correct
from core.drafts.tables import Draft
from core.drafts.workbench import workbench
from core.errors import Blocked
from core.execution.allocate import allocate
from core.execution.release import release
from core.orders.tables import Order, OrderLine
from core.outbox import OutboxItem
from core.returns.authorise import ReturnAsk, authorise
from core.returns.tables import ReturnLine
from core.shipping.deliver import deliver
from core.shipping.pack import in_one_package, pack
from core.shipping.pick import pick
from core.shipping.rows import pick_lines
from core.shipping.ship import ship
from core.shipping.tables import Shipment
from tests import builders as make
from tests.core.drafts.checked import Desk

SECRET = "a secret for tests"


def an_item(
    desk: Desk,
    number: str,
    price: str,
    unit: str = "EA",
    *,
    stock: str = "100000",
    units: tuple[tuple[str, int, int], ...] = (),
    **changes: object,
) -> Item:
    item = make.an_item(desk.session, number=number, stock_unit=unit, units=units, **changes)
    make.a_list_price(desk.session, item, price, unit=unit)
    make.a_lot(desk.session, desk.site, item, stock)
    return item


def ordered(desk: Desk, sku: str, quantity: str, unit: str, **texts: str) -> Draft:
    return desk.draft({"supplier_sku": sku, "quantity": quantity, "uom": unit, **texts})


def booked(desk: Desk, draft: Draft) -> Order:
    assert draft.blocking_count == 0, desk.codes(draft)
    return confirm(desk.session, draft, version=draft.version, act=make.an_act())


def line_of(session: Session, order: Order) -> OrderLine:
    return session.scalars(select(OrderLine).where(OrderLine.order_id == order.id)).one()


def shipped(session: Session, order: Order) -> Shipment:
    allocate(session, order, act=make.an_act())
    (shipment,) = release(session, order, act=make.an_act())
    rows = pick_lines(session, shipment)
    pick(session, shipment, {row.id: (row.quantity, "") for row in rows}, act=make.an_act())
    pack(session, shipment, in_one_package(pick_lines(session, shipment)), act=make.an_act())
    ship(session, shipment, "Parcel Co", "T-1", act=make.an_act())
    return shipment


def test_a_pack_of_999_is_never_rounded_in_silence(database: Database) -> None:
    """1004 pieces became about 1009 by rounding the count of packs."""
    with database.begin() as session:
        desk = Desk(session)
        an_item(desk, "SC-999", "0.02", units=(("BX", 999, 1),), multiple_quantity=Decimal(999))
        draft = ordered(desk, "SC-999", "1004", "EA")
        assert desk.says(draft, "quantity-not-pack-multiple").startswith(
            "1004 EA are no multiple of 999 EA; 999 or 1998 would be"
        )
        assert desk.line(draft).stock_quantity == Decimal(1004)
        with pytest.raises(Blocked):
            confirm(session, draft, version=draft.version, act=make.an_act())
        bench = workbench(session, draft.id)
        fixes = next(p for p in bench.problems if p.code == "quantity-not-pack-multiple").fixes
        assert [f.label for f in fixes if f.kind == "edit"] == ["999 EA", "1998 EA"]
        desk.accept(draft, "quantity-not-pack-multiple", desk.clerk)
        assert line_of(session, booked(desk, draft)).stock_quantity == Decimal(1004)


def test_fractions_that_fail_in_binary_hold_here(database: Database) -> None:
    """62.23 is 49 times 1.27, which floats deny."""
    with database.begin() as session:
        desk = Desk(session)
        an_item(desk, "RB-127", "1", "M", multiple_quantity=Decimal("1.27"))
        assert desk.codes(ordered(desk, "RB-127", "62.23", "m", unit_price="1")) == {}
        assert "quantity-not-pack-multiple" in desk.codes(
            ordered(desk, "RB-127", "62.24", "m", unit_price="1")
        )


def test_five_pieces_stay_five_through_to_the_invoice(database: Database) -> None:
    """5 became 5.001, and 2.92 delivered were 2.91 invoiced: converted once, what is shipped is what is billed."""
    with database.begin() as session:
        desk = Desk(session)
        an_item(desk, "WR-30", "0.1", "M", units=(("RO", 3048, 100),))
        draft = ordered(desk, "WR-30", "3", "rolls", unit_price="3.048")
        assert desk.line(draft).stock_quantity == Decimal("91.44")
        order = booked(desk, draft)
        shipment = shipped(session, order)
        deliver(session, shipment, "Gate 2", act=make.an_act())
        invoice = issue(session, shipment, act=make.an_act())
        billed = session.scalars(
            select(InvoiceLine).where(InvoiceLine.invoice_id == invoice.id)
        ).one()
        line = line_of(session, order)
        assert (line.quantity, line.unit, line.shipped_quantity) == (
            Decimal(3),
            "RO",
            Decimal("91.44"),
        )
        assert (billed.quantity, billed.unit, billed.stock_quantity) == (
            Decimal(3),
            "RO",
            Decimal("91.44"),
        )
        assert billed.net == Decimal("9.14")


def test_what_cannot_be_said_exactly_is_not_booked_nearly(database: Database) -> None:
    with database.begin() as session:
        desk = Desk(session)
        an_item(desk, "PW-7", "1", "KG", units=(("BG", 1000, 7),))
        draft = ordered(desk, "PW-7", "2", "bags")
        assert desk.line(draft).stock_quantity is None
        assert desk.says(draft, "quantity-not-pack-multiple") == "2 BG is no exact number of KG."
        with pytest.raises(Blocked, match="cannot be accepted"):
            desk.accept(draft, "quantity-not-pack-multiple")
        assert desk.line(ordered(desk, "PW-7", "7", "bags")).stock_quantity == Decimal(1000)


@pytest.mark.parametrize(
    ("quantity", "factor"),
    [("3", (12, 1)), ("0.5", (24, 1)), ("7", (1000, 7)), ("2.5", (3048, 100))],
)
def test_there_and_back_is_the_same(
    database: Database, quantity: str, factor: tuple[int, int]
) -> None:
    with database.begin() as session:
        desk = Desk(session)
        an_item(desk, "X-1", "1", units=(("PK", *factor),))
        stock = desk.line(ordered(desk, "X-1", quantity, "pk")).stock_quantity
        assert stock is not None
        assert Fraction(stock) / Fraction(*factor) == Fraction(Decimal(quantity))


def test_a_case_is_another_amount_for_another_item(database: Database) -> None:
    with database.begin() as session:
        desk = Desk(session)
        an_item(desk, "A-12", "1", units=(("CS", 12, 1),))
        an_item(desk, "A-24", "1", units=(("CS", 24, 1),))
        an_item(desk, "A-0", "1")
        stock = [
            desk.line(ordered(desk, sku, "3", "cases")).stock_quantity for sku in ("A-12", "A-24")
        ]
        assert stock == [Decimal(36), Decimal(72)]
        assert "it has EA" in desk.says(ordered(desk, "A-0", "3", "cases"), "unit-unknown")


def test_the_conversion_is_said_in_words_and_doubted_when_the_paper_says_otherwise(
    database: Database,
) -> None:
    with database.begin() as session:
        desk = Desk(session)
        an_item(desk, "A-12", "1", units=(("CS", 12, 1),))
        draft = ordered(desk, "A-12", "3", "case", unit_price="12")
        assert workbench(session, draft.id).lines[0].unit_sentence == "3 CS = 36 EA"
        assert desk.codes(draft) == {}
        lying = ordered(
            desk, "A-12", "3", "case", unit_price="12", description="Gloves, case of 10"
        )
        assert desk.codes(lying) == {"pack-content-differs": "blocking"}
        assert (
            "Do you want 3 CS (36 EA), or 30 EA?"
            in workbench(session, lying.id).problems[0].question
        )


def test_a_part_number_may_mean_the_case(database: Database) -> None:
    """The customer writes no unit; their number stands for a case of ours."""
    with database.begin() as session:
        desk = Desk(session)
        item = an_item(desk, "A-12", "1", units=(("CS", 12, 1),))
        session.add(
            CustomerItem(
                customer_id=desk.customer.id, customer_sku="C-77", item_id=item.id, unit="CS"
            )
        )
        session.flush()
        draft = desk.draft({"buyer_sku": "C-77", "quantity": "2", "unit_price": "12"})
        assert desk.line(draft).stock_quantity == Decimal(24)
        assert desk.codes(draft) == {}


def test_the_customers_unit_comes_back_on_the_answer_and_the_invoice(database: Database) -> None:
    with database.begin() as session:
        desk = Desk(session)
        an_item(desk, "A-12", "1", units=(("CS", 12, 1),))
        order = booked(desk, ordered(desk, "A-12", "3", "case", unit_price="12"))
        owed = session.scalars(
            select(OutboxItem).where(OutboxItem.task == "order-acknowledgement")
        ).one()
        mail = compose(session, owed, now=make.NOW, secret_key=SECRET)
        assert isinstance(mail, Outgoing)
        assert line_of(session, order).unit == "CS"
        shipment = shipped(session, order)
        invoice = issue(session, shipment, act=make.an_act())
        billed = session.scalars(
            select(InvoiceLine).where(InvoiceLine.invoice_id == invoice.id)
        ).one()
        assert (billed.quantity, billed.unit, billed.net) == (Decimal(3), "CS", Decimal(36))


def test_an_opened_case_comes_back_in_pieces(database: Database) -> None:
    with database.begin() as session:
        desk = Desk(session)
        an_item(desk, "A-12", "1", units=(("CS", 12, 1),))
        order = booked(desk, ordered(desk, "A-12", "3", "case", unit_price="12"))
        deliver(session, shipped(session, order), "Gate 2", act=make.an_act())
        ask = ReturnAsk(line_of(session, order).id, Decimal(5))
        authorise(session, order, (ask,), "Five are scratched", act=make.an_act())
        back = session.scalars(select(ReturnLine)).one()
        assert Decimal(back.quantity) == Decimal(5)


def test_a_corrected_unit_factor_reaches_drafts_and_leaves_orders(database: Database) -> None:
    """What was agreed stays as it was agreed; what waits is counted anew."""
    with database.begin() as session:
        desk = Desk(session)
        item = an_item(desk, "A-12", "1", units=(("CS", 12, 1),))
        order = booked(desk, ordered(desk, "A-12", "3", "case", unit_price="12"))
        draft = ordered(desk, "A-12", "3", "case")
        row = session.scalars(
            select(ItemUnit).where(ItemUnit.item_id == item.id, ItemUnit.unit == "CS")
        ).one()
        row.numerator = 10
        desk.again(draft)
        assert desk.line(draft).stock_quantity == Decimal(30)
        assert line_of(session, order).stock_quantity == Decimal(36)
        edits = (Edit(desk.line(draft).id, "quantity", "4"),)
        correct(session, draft, edits, version=draft.version, act=make.an_act())
        assert desk.line(draft).stock_quantity == Decimal(40)
