"""A later copy of an order is usually a change of it (lesson 2): compared with what was agreed last, applied as one."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from core.database import Database
from core.drafts.confirm import confirm
from core.drafts.correct import Edit, correct
from core.drafts.tables import Draft
from core.drafts.workbench import workbench
from core.orders.tables import Order, OrderLine
from core.outbox import OutboxItem
from tests import builders as make
from tests.core.drafts.checked import Desk

NUMBER = "4500107186"


def a_line(quantity: str, sku: str = "77120", price: str = "4.10") -> dict[str, str]:
    return {"buyer_sku": sku, "quantity": quantity, "uom": "EA", "unit_price": price}


def a_desk(session: object) -> Desk:
    desk = Desk(session)  # type: ignore[arg-type]
    other = make.an_item(desk.session, number="BX-60")
    make.a_customer_item(desk.session, desk.customer, other, "77121")
    make.a_list_price(desk.session, other, "2.00")
    make.a_lot(desk.session, desk.site, other, 100)
    return desk


def as_change(desk: Desk, draft: Draft) -> None:
    """The clerk presses "It changes that order"."""
    bench = workbench(desk.session, draft.id)
    fixes = next(p for p in bench.problems if p.code == "revision-of-order").fixes
    fix = next(f for f in fixes if f.name == "kind")
    edits = (Edit(None, fix.name, fix.value),)
    correct(desk.session, draft, edits, version=draft.version, act=make.an_act())


def lines(desk: Desk, order: Order) -> list[tuple[int, Decimal, Decimal]]:
    rows = desk.session.scalars(
        select(OrderLine).where(OrderLine.order_id == order.id).order_by(OrderLine.position)
    )
    return [(row.position, row.stock_quantity, row.cancelled_quantity) for row in rows]


def test_a_copy_with_other_quantities_changes_the_confirmed_order(database: Database) -> None:
    with database.begin() as session:
        desk = a_desk(session)
        first = desk.draft(a_line("3"), a_line("5", "77121", "2.00"), po_number=NUMBER)
        order = confirm(session, first, version=first.version, act=make.an_act())
        copy = desk.draft(a_line("7"), a_line("5", "77121", "2.00"), po_number=f"{NUMBER} Rev. 2")
        assert desk.codes(copy) == {"revision-of-order": "blocking"}
        as_change(desk, copy)
        assert copy.blocking_count == 0
        bench = workbench(session, copy.id)
        assert bench.revision_of is not None
        assert bench.revision_of.differences == (("line 1 quantity", "3 EA", "7 EA"),)
        assert confirm(session, copy, version=copy.version, act=make.an_act()).id == order.id
        assert order.revision == 2
        assert lines(desk, order) == [(1, Decimal(7), Decimal(0)), (2, Decimal(5), Decimal(0))]
        owed = session.scalars(select(OutboxItem).where(OutboxItem.task == "order-acknowledgement"))
        assert len(owed.all()) == 2


def test_zero_is_delete_and_a_change_restates_the_new_value(database: Database) -> None:
    """X12 860 and EDIFACT ORDCHG say the new value and not the difference; a quantity of zero deletes the line."""
    with database.begin() as session:
        desk = a_desk(session)
        first = desk.draft(a_line("30"), a_line("5", "77121", "2.00"), po_number=NUMBER)
        order = confirm(session, first, version=first.version, act=make.an_act())
        change = desk.draft(a_line("10"), a_line("0", "77121", "2.00"), po_number=NUMBER)
        as_change(desk, change)
        assert change.blocking_count == 0, desk.codes(change)
        confirm(session, change, version=change.version, act=make.an_act())
        assert lines(desk, order) == [(1, Decimal(10), Decimal(0)), (2, Decimal(5), Decimal(5))]


def test_a_copy_while_the_first_is_still_a_draft_waits_for_it(database: Database) -> None:
    with database.begin() as session:
        desk = a_desk(session)
        first = desk.draft(a_line("3"), po_number=NUMBER)
        copy = desk.draft(a_line("4"), po_number=NUMBER)
        assert f"Draft {first.id} on the desk has the same number" in desk.says(
            copy, "revision-of-order"
        )
        confirm(session, first, version=first.version, act=make.an_act())
        desk.again(copy)
        assert "of today" in desk.says(copy, "revision-of-order")


def test_the_checks_of_a_new_order_hold_for_the_change_too(database: Database) -> None:
    with database.begin() as session:
        desk = a_desk(session)
        first = desk.draft(a_line("3"), po_number=NUMBER)
        confirm(session, first, version=first.version, act=make.an_act())
        cheap = desk.draft(a_line("3", price="3.00"), po_number=NUMBER)
        as_change(desk, cheap)
        assert desk.codes(cheap) == {"price-differs": "blocking"}
        desk.customer.blocked = True
        desk.again(cheap)
        assert desk.codes(cheap)["customer-blocked"] == "blocking"
