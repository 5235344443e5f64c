"""A clerk's own change of a booked order meets the checks of a new one, for what it changes and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from core.agreements.tables import ExportControl
from core.catalogue.tables import Item
from core.database import Database
from core.drafts.change.own import Changed, change_order, open_change
from core.drafts.confirm import confirm
from core.drafts.correct import Edit, correct, remove_line
from core.drafts.tables import DraftLine
from core.errors import Blocked
from core.execution.allocate import allocate
from core.execution.release import release
from core.orders.change import LineChange
from core.orders.tables import Hold, Order, OrderLine
from tests import builders as make
from tests.core.drafts.checked import Desk

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def desk(sqlite_database: Database) -> Iterator[Desk]:
    with sqlite_database.begin() as session:
        yield Desk(session)


def booked(desk: Desk, quantity: str = "3") -> Order:
    draft = desk.draft(
        {"buyer_sku": "77120", "quantity": quantity, "uom": "EA", "unit_price": "4.10"}
    )
    return confirm(desk.session, draft, version=draft.version, act=make.an_act())


def the_line(desk: Desk, order: Order) -> OrderLine:
    return desk.session.scalars(select(OrderLine).where(OrderLine.order_id == order.id)).one()


def changed(desk: Desk, order: Order, **terms: object) -> Changed:
    wanted = LineChange(the_line(desk, order).id, **terms)  # type: ignore[arg-type]
    return change_order(desk.session, order, (wanted,), "By telephone", act=make.an_act())


def test_a_change_that_nothing_stands_in_the_way_of_is_made_at_once(desk: Desk) -> None:
    order = booked(desk)
    done = changed(desk, order, quantity=Decimal(5))
    assert done.applied and done.draft.order_id == order.id
    assert (the_line(desk, order).quantity, order.revision) == (5, 2)


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({"price": Decimal(3)}, "price-differs"),
        ({"quantity": Decimal(7)}, "quantity-not-pack-multiple"),
        ({"quantity": Decimal(2)}, "quantity-below-minimum"),
        ({"requested_date": make.TODAY - DAY}, "requested-date-past"),
    ],
)
def test_what_stands_in_the_way_waits_on_the_desk_and_the_order_stays(
    desk: Desk, terms: dict[str, object], code: str
) -> None:
    order = booked(desk, "4")
    desk.item.minimum_quantity, desk.item.multiple_quantity = Decimal(4), Decimal(4)
    if code == "quantity-below-minimum":
        desk.item.multiple_quantity = Decimal(1)
    before = (the_line(desk, order).quantity, the_line(desk, order).price, order.revision)
    done = changed(desk, order, **terms)
    assert not done.applied and desk.codes(done.draft)[code] == "blocking"
    assert (the_line(desk, order).quantity, the_line(desk, order).price, order.revision) == before
    desk.accept(done.draft, code)
    confirm(desk.session, done.draft, version=done.draft.version, act=make.an_act())
    assert order.revision == 2


def test_what_the_change_leaves_alone_is_not_checked_anew(desk: Desk) -> None:
    """An item that is blocked meanwhile, a price list that rose, a wish that is over: none stops a smaller quantity."""
    order = booked(desk, "5")
    desk.item.sale_state, desk.item.minimum_quantity = "blocked", Decimal(1)
    make.a_list_price(desk.session, make.an_item(desk.session), "9.99")
    desk.customer.blocked = True
    assert changed(desk, order, quantity=Decimal(4)).applied
    more = changed(desk, order, quantity=Decimal(6))
    assert not more.applied
    assert {"item-blocked", "customer-blocked"} <= set(desk.codes(more.draft))


def test_value_and_margin_are_of_the_whole_order_and_need_a_second_person(desk: Desk) -> None:
    order = booked(desk, "100")
    desk.rule("value-over-limit", "blocking", roles=["sales", "admin"], limits={"value": "500"})
    assert changed(desk, order, quantity=Decimal(110)).applied
    done = changed(desk, order, quantity=Decimal(200))
    assert desk.says(done.draft, "value-over-limit").startswith("The order is worth 820.00 EUR")
    desk.accept(done.draft, "value-over-limit")
    boss = make.an_act(f"user:{desk.boss.id}")
    with pytest.raises(Blocked, match="two people"):
        confirm(desk.session, done.draft, version=done.draft.version, act=boss)
    second = make.a_user(desk.session)
    act = make.an_act(f"user:{second.id}")
    confirm(desk.session, done.draft, version=done.draft.version, act=act)
    assert changed(desk, order, quantity=Decimal(190)).applied, "worth less than was agreed"


def test_an_override_that_has_run_out_lets_no_change_pass(desk: Desk) -> None:
    order = booked(desk)
    done = changed(desk, order, price=Decimal(4))
    desk.accept(done.draft, "price-differs", until=make.NOW + HOUR)
    late = make.an_act(at=make.NOW + 2 * HOUR)
    with pytest.raises(Blocked, match="in the way"):
        confirm(desk.session, done.draft, version=done.draft.version, act=late)
    assert the_line(desk, order).price == Decimal("4.10")


def test_credit_counts_what_a_change_adds_and_the_word_counts_at_release(desk: Desk) -> None:
    order = booked(desk, "10")
    desk.customer.credit_limit, desk.customer.open_receivables = Decimal(100), Decimal(50)
    assert changed(desk, order, quantity=Decimal(9)).applied
    done = changed(desk, order, quantity=Decimal(20))
    assert desk.problem(done.draft, "credit-exceeded").facts["over"] == "32"
    desk.accept(done.draft, "credit-exceeded")
    confirm(desk.session, done.draft, version=done.draft.version, act=make.an_act())
    allocate(desk.session, order, act=make.an_act())
    assert release(desk.session, order, act=make.an_act())


def test_the_whole_order_is_changed_on_the_desk(desk: Desk) -> None:
    """Another item, a line more and one that falls away, all in one confirmed revision."""
    order = booked(desk)
    other = make.an_item(desk.session, number="BX-60")
    make.a_list_price(desk.session, other, "6.00")
    make.a_lot(desk.session, desk.site, other, 100)
    draft = open_change(desk.session, order, act=make.an_act())
    assert desk.codes(draft) == {}
    line = desk.line(draft)
    edits = (Edit(line.id, "item_id", str(other.id)), Edit(line.id, "unit_price", "6.00"))
    correct(desk.session, draft, edits, version=draft.version, act=make.an_act())
    confirm(desk.session, draft, version=draft.version, act=make.an_act())
    rows = desk.session.scalars(select(OrderLine).where(OrderLine.order_id == order.id)).all()
    assert [(r.item_id, r.cancelled_quantity) for r in rows] == [(desk.item.id, 3), (other.id, 0)]


def test_a_removed_line_of_the_whole_order_is_cancelled(desk: Desk) -> None:
    other: Item = make.an_item(desk.session, number="BX-60")
    make.a_list_price(desk.session, other, "6.00")
    make.a_lot(desk.session, desk.site, other, 100)
    first = desk.draft(
        {"buyer_sku": "77120", "quantity": "3", "uom": "EA", "unit_price": "4.10"},
        {"supplier_sku": "BX-60", "quantity": "2", "uom": "EA", "unit_price": "6"},
    )
    order = confirm(desk.session, first, version=first.version, act=make.an_act())
    draft = open_change(desk.session, order, act=make.an_act())
    lines = desk.session.scalars(select(DraftLine).where(DraftLine.draft_id == draft.id)).all()
    remove_line(desk.session, draft, lines[1].id, act=make.an_act())
    confirm(desk.session, draft, version=draft.version, act=make.an_act())
    rows = desk.session.scalars(select(OrderLine).where(OrderLine.order_id == order.id)).all()
    assert [r.cancelled_quantity for r in rows] == [0, 2]


def test_goods_that_go_to_another_country_are_checked_for_it(desk: Desk) -> None:
    """Also lines that the change does not name; what policy wants held is a typed hold of the order."""
    order = booked(desk)
    desk.item.export_code = "3A001"
    desk.session.add(ExportControl(export_code="3A001", country="NO", need="licence"))
    abroad = make.an_address(desk.session, desk.customer, code="W2", country="NO", city="Oslo")
    draft = open_change(desk.session, order, act=make.an_act())
    edit = Edit(None, "ship_to_id", str(abroad.id))
    correct(desk.session, draft, (edit,), version=draft.version, act=make.an_act())
    assert desk.codes(draft)["export-licence-missing"] == "hold"
    confirm(desk.session, draft, version=draft.version, act=make.an_act())
    held = desk.session.scalars(select(Hold).where(Hold.order_id == order.id)).all()
    assert {(h.kind, h.code) for h in held} == {("export", "export-licence-missing")}
    assert order.ship_to_id == abroad.id


def test_the_same_press_twice_is_one_change(desk: Desk) -> None:
    order, act = booked(desk), make.an_act()
    wanted = (LineChange(the_line(desk, order).id, quantity=Decimal(5)),)
    first = change_order(desk.session, order, wanted, "By telephone", act=act)
    second = change_order(desk.session, order, wanted, "By telephone", act=act)
    assert (first, order.revision) == (second, 2)
