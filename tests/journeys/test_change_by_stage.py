"""Lesson 16: a change after downstream work is told by stage, each with its proposal, before anything is done."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.database import Database
from core.drafts.change.own import change_order
from core.drafts.tables import Draft
from core.errors import Blocked
from core.execution.allocate import allocate
from core.execution.release import release
from core.execution.tables import Allocation
from core.orders.change import LineChange, apply_change_draft, preview_change_draft
from core.orders.revise import Consequence
from core.orders.tables import Order, ScheduleLine
from core.shipping.pack import in_one_package, pack
from core.shipping.rows import pick_lines
from core.shipping.ship import ship
from core.shipping.void import void
from tests.builders import TODAY, Wanted, a_draft, a_receipt, an_act
from tests.core.test_order_changes import promised
from tests.steps import Shop, a_shop, lines, order_for, pick_all, released, shipped

D = Decimal


def asked(
    session: Session, shop: Shop, order: Order, *quantities: int, kind: str = "change"
) -> Draft:
    return a_draft(
        session,
        None,
        [Wanted(shop.item, quantity) for quantity in quantities],
        kind=kind,
        customer_id=order.customer_id,
        revision_of_id=order.id,
        po_number=order.po_number,
        po_key=order.po_key,
    )


def told(session: Session, order: Order, draft: Draft) -> list[tuple[str, str, bool]]:
    found: tuple[Consequence, ...] = preview_change_draft(session, order, draft)
    return [(row.stage, row.sentence, row.blocking) for row in found]


def lives_from(session: Session, shop: Shop, order: Order, kind: str, **changes: object) -> None:
    """The order's line waits for a receipt, MO-7."""
    (line,) = lines(session, order)
    row = session.scalars(select(ScheduleLine).where(ScheduleLine.line_id == line.id)).one()
    due = TODAY + timedelta(days=7)
    receipt = a_receipt(session, shop.site, shop.item, 10, due, kind=kind, number="MO-7", **changes)
    peg = {"kind": "receipt", "id": receipt.id, "number": "MO-7", "quantity": "10"}
    row.pegging = [{**peg, "due_date": due.isoformat(), "late": False}]


def test_free(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        order = order_for(session, shop, 10)
        assert told(session, order, asked(session, shop, order, 8)) == []


def test_allocated(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        order = order_for(session, shop, 10)
        allocate(session, order, act=an_act())
        draft = asked(session, shop, order, 8)
        said = "Line 1: 2 allocated are given back to stock."
        assert told(session, order, draft) == [("allocated", said, False)]
        apply_change_draft(session, order, draft, promised(session, draft, shop), act=an_act())
        assert session.scalar(select(func.sum(Allocation.quantity))) == 8


def test_on_a_production_order_that_has_not_begun(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=0)
        order = order_for(session, shop, 10)
        lives_from(session, shop, order, "production")
        fewer = "Line 1: 4 were to come from production order MO-7, due Mon 9 Mar 2026; lower it by 4, or they become stock."
        assert told(session, order, asked(session, shop, order, 6)) == [("on order", fewer, False)]
        more = "Line 1: Production order MO-7 serves it; raise that by 5, or they are promised by themselves."
        assert told(session, order, asked(session, shop, order, 15)) == [("on order", more, False)]


def test_on_a_production_order_that_has_begun(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=0)
        order = order_for(session, shop, 10)
        lives_from(session, shop, order, "production", stage="started")
        fewer = "Line 1: 4 were to come from production order MO-7, due Mon 9 Mar 2026; it has begun, so they become stock."
        assert told(session, order, asked(session, shop, order, 6)) == [("on order", fewer, False)]
        more = "Line 1: Production order MO-7 has begun; the 5 more are promised by themselves."
        assert told(session, order, asked(session, shop, order, 15)) == [("on order", more, False)]


def test_a_cancellation_says_what_becomes_of_the_purchase(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=0)
        order = order_for(session, shop, 10)
        lives_from(session, shop, order, "purchase")
        found = told(session, order, asked(session, shop, order, kind="cancellation"))
        assert found == [
            ("free", "Line 1: 10 are cancelled.", False),
            (
                "on order",
                "Line 1: 10 were to come from purchase order MO-7, due Mon 9 Mar 2026; lower it by 10, or they become stock.",
                False,
            ),
        ]


def test_in_the_warehouse_shipped_and_billed(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=10)
        order = order_for(session, shop, 10)
        shipment = released(session, order)
        draft = asked(session, shop, order, 8)
        said = "Line 1: 10 are on a shipment in the warehouse; void it first."
        assert told(session, order, draft) == [("on shipment", said, True)]
        with pytest.raises(Blocked, match="void it first"):
            apply_change_draft(session, order, draft, promised(session, draft, shop), act=an_act())
        void(session, shipment, "fewer are wanted", act=an_act())
        apply_change_draft(session, order, draft, promised(session, draft, shop), act=an_act())
        (again,) = release(session, order, act=an_act())
        pick_all(session, again)
        pack(session, again, in_one_package(pick_lines(session, again)), act=an_act())
        ship(session, again, "Parcel Co", act=an_act())
        (line,) = lines(session, order)
        assert (line.shipped_quantity, line.invoiced_quantity, order.status) == (8, 8, "closed")


def test_more_after_a_part_was_billed_at_the_old_price(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=6)
        order = order_for(session, shop, 10)
        shipped(session, order)
        (line,) = lines(session, order)
        change_order(
            session, order, (LineChange(line.id, D(12), D(11)),), "A new price", act=an_act()
        )
        assert (line.price, line.invoiced_quantity, line.stock_quantity) == (11, 6, 12)
        with pytest.raises(Blocked, match="must come back as a return first"):
            change_order(session, order, (LineChange(line.id, D(5)),), "Fewer", act=an_act())
