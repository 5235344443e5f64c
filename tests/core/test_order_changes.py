"""Changes and cancellations of booked orders, by stage of each line."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.database import Database
from core.drafts.change.own import change_order
from core.drafts.tables import Draft, DraftLine
from core.errors import Blocked, IllegalStep
from core.execution.allocate import allocate
from core.execution.tables import Allocation
from core.journal import Event
from core.orders.cancel import cancel, cancel_line, cancel_rest
from core.orders.change import LineChange, apply_change_draft, preview_change_draft
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.promising.ask import Answer, Promised
from core.shipping.void import void
from core.values import Parameters
from tests.builders import TODAY, Wanted, a_draft, an_act, an_item
from tests.steps import Shop, a_shop, lines, order_for, released, shipped

SOON = TODAY + timedelta(days=2)


def a_change(session, order: Order, wanted, kind="change", **changes) -> Draft:
    return a_draft(
        session,
        None,
        wanted,
        kind=kind,
        customer_id=order.customer_id,
        revision_of_id=order.id,
        po_number=order.po_number,
        po_key=order.po_key,
        **changes,
    )


def promised(session, draft: Draft, shop: Shop, day=SOON) -> Answer:
    rows = session.scalars(select(DraftLine).where(DraftLine.draft_id == draft.id))
    reason = Parameters("from-stock", {})
    return Answer(
        {row.id: (Promised(row.stock_quantity, day, day, shop.site.id, reason),) for row in rows}
    )


def schedule(session, line: OrderLine) -> list[ScheduleLine]:
    return list(
        session.scalars(
            select(ScheduleLine)
            .where(ScheduleLine.line_id == line.id)
            .order_by(ScheduleLine.position)
        )
    )


def wanted_equals_scheduled(session) -> bool:
    for line in session.scalars(select(OrderLine)):
        rows = schedule(session, line)
        if sum(row.quantity for row in rows) != line.stock_quantity - line.cancelled_quantity:
            return False
        if sum(row.shipped_quantity for row in rows) != line.shipped_quantity:
            return False
    return True


def test_more_of_a_line_gets_a_promise_of_its_own_and_keeps_the_first(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        order = order_for(session, shop, 10)
        draft = a_change(session, order, [Wanted(shop.item, 15)])
        apply_change_draft(session, order, draft, promised(session, draft, shop), act=an_act())
        (line,) = lines(session, order)
        old, new = schedule(session, line)
        assert (old.quantity, old.first_promised_date, old.promised_date) == (10, TODAY, TODAY)
        assert (new.quantity, new.first_promised_date) == (5, TODAY + timedelta(days=1))
        assert (line.quantity, order.revision) == (15, 2)
        event = session.scalars(select(Event).where(Event.name == "order.changed")).one()
        assert event.changes == {"line 1 quantity": ["10 EA", "15 EA"]}
        assert wanted_equals_scheduled(session)


def test_less_of_a_line_frees_what_was_allocated(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        order = order_for(session, shop, 10)
        allocate(session, order, act=an_act())
        draft = a_change(session, order, [Wanted(shop.item, 4)])
        (note,) = preview_change_draft(session, order, draft)
        assert (note.stage, note.blocking) == ("allocated", False)
        apply_change_draft(session, order, draft, Answer(), act=an_act())
        assert session.scalar(select(func.sum(Allocation.quantity))) == 4
        assert wanted_equals_scheduled(session)


def test_what_is_on_a_shipment_stops_a_change_until_it_is_voided(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        order = order_for(session, shop, 10)
        shipment = released(session, order)
        draft = a_change(session, order, [Wanted(shop.item, 4)])
        with pytest.raises(Blocked) as caught:
            apply_change_draft(session, order, draft, Answer(), act=an_act())
        assert "void it first" in caught.value.reasons[0]
        void(session, shipment, "customer changed the order", act=an_act())
        apply_change_draft(session, order, draft, Answer(), act=an_act())
        assert lines(session, order)[0].stock_quantity == 4


def test_a_change_never_goes_below_what_was_shipped(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=6)
        order = order_for(session, shop, 10)
        shipped(session, order)
        draft = a_change(session, order, [Wanted(shop.item, 5)])
        with pytest.raises(Blocked, match="return"):
            apply_change_draft(session, order, draft, Answer(), act=an_act())
        draft = a_change(session, order, [Wanted(shop.item, 8)])
        apply_change_draft(session, order, draft, Answer(), act=an_act())
        assert lines(session, order)[0].stock_quantity == 8
        assert wanted_equals_scheduled(session)


def test_a_change_that_names_some_lines_leaves_the_others_alone(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        other, new = an_item(session), an_item(session)
        order = order_for(session, shop, 10)
        first = a_change(session, order, [Wanted(other, 3)])
        apply_change_draft(session, order, first, promised(session, first, shop), act=an_act())
        second = a_change(session, order, [Wanted(other, 0), Wanted(new, 7)])
        apply_change_draft(session, order, second, promised(session, second, shop), act=an_act())
        kept, dropped, added = lines(session, order)
        assert (kept.quantity, dropped.cancelled_quantity, added.quantity) == (10, 3, 7)
        assert order.revision == 3 and wanted_equals_scheduled(session)


def test_a_whole_order_sent_again_drops_the_lines_that_it_lacks(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        other = an_item(session)
        order = order_for(session, shop, 10)
        first = a_change(session, order, [Wanted(other, 3)])
        apply_change_draft(session, order, first, promised(session, first, shop), act=an_act())
        again = a_change(session, order, [Wanted(shop.item, 10)], kind="order")
        apply_change_draft(session, order, again, promised(session, again, shop), act=an_act())
        assert [line.cancelled_quantity for line in lines(session, order)] == [0, 3]


def test_a_new_day_moves_the_promise_and_keeps_the_first(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=10)
        order = order_for(session, shop, 10)
        day = TODAY + timedelta(days=10)
        draft = a_change(session, order, [Wanted(shop.item, 10, requested=day)])
        answer = promised(session, draft, shop, day)
        apply_change_draft(session, order, draft, answer, act=an_act())
        (row,) = schedule(session, lines(session, order)[0])
        assert (row.first_promised_date, row.promised_date, row.requested_date) == (TODAY, day, day)
        assert row.promise_version == 2


def test_a_change_without_lines_is_a_new_day_for_all(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=50)
        order = order_for(session, shop, 10, 5)
        day = TODAY + timedelta(days=14)
        draft = a_change(session, order, [], requested_date=day)
        apply_change_draft(session, order, draft, Answer(), act=an_act())
        assert {line.requested_date for line in lines(session, order)} == {day}
        dates = session.scalars(select(ScheduleLine.promised_date)).all()
        assert set(dates) == {day}


def test_a_clerk_raises_a_line_and_gets_a_fresh_promise(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=12)
        order = order_for(session, shop, 10)
        line = lines(session, order)[0]
        change_order(
            session, order, (LineChange(line.id, Decimal(12)),), "By telephone", act=an_act()
        )
        assert [row.quantity for row in schedule(session, line)] == [10, 2]
        with pytest.raises(IllegalStep, match="like that already"):
            change_order(session, order, (LineChange(line.id, Decimal(12)),), "again", act=an_act())


def test_the_rest_is_cancelled_after_a_part_shipment_and_the_order_closes(
    database: Database,
) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=6)
        order = order_for(session, shop, 10)
        shipped(session, order)
        line = lines(session, order)[0]
        with pytest.raises(IllegalStep):
            cancel_line(session, order, line.id, Decimal(5), "too many", act=an_act())
        act = an_act()
        first = cancel_line(session, order, line.id, None, "not needed", act=act)
        assert (line.stock_quantity, line.cancelled_quantity, line.shipped_quantity) == (10, 4, 6)
        assert order.status == "closed"
        assert cancel_line(session, order, line.id, None, "not needed", act=act).id == first.id


def test_raising_again_gives_back_what_was_cancelled(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        order = order_for(session, shop, 10)
        line = lines(session, order)[0]
        cancel_line(session, order, line.id, Decimal(4), "for now", act=an_act())
        assert wanted_equals_scheduled(session)
        change_order(
            session, order, (LineChange(line.id, Decimal(10)),), "wanted again", act=an_act()
        )
        assert (line.stock_quantity, line.cancelled_quantity) == (10, 0)
        assert wanted_equals_scheduled(session)


def test_a_whole_order_is_cancelled_only_before_anything_left(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=6)
        whole = order_for(session, shop, 3)
        allocate(session, whole, act=an_act())
        cancel(session, whole, "budget cut", act=an_act())
        assert whole.status == "cancelled"
        assert session.scalar(select(func.count()).select_from(Allocation)) == 0
        part = order_for(session, shop, 10)
        shipped(session, part)
        with pytest.raises(IllegalStep, match="rest of its lines"):
            cancel(session, part, "budget cut", act=an_act())
        cancel_rest(session, part, "budget cut", act=an_act())
        assert part.status == "closed" and wanted_equals_scheduled(session)


def test_a_cancellation_draft_cancels_what_it_names(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        order = order_for(session, shop, 10)
        draft = a_change(session, order, [Wanted(shop.item, 3)], kind="cancellation")
        apply_change_draft(session, order, draft, Answer(), act=an_act())
        assert (lines(session, order)[0].cancelled_quantity, order.status) == (3, "booked")
        draft = a_change(session, order, [], kind="cancellation")
        apply_change_draft(session, order, draft, Answer(), act=an_act())
        assert order.status == "cancelled"


def in_two(session: Session, order: Order, first: int, then: int) -> list[ScheduleLine]:
    """The only line in two promises: 4 for the first day, 6 for the other (days from today)."""
    row = session.scalars(select(ScheduleLine)).one()
    row.quantity, row.promised_date = Decimal(4), TODAY + timedelta(days=first)
    when = TODAY + timedelta(days=then)
    session.add(
        ScheduleLine(
            line_id=row.line_id,
            position=2,
            quantity=6,
            site_id=row.site_id,
            first_promised_date=when,
            promised_date=when,
            ship_date=when,
        )
    )
    session.flush()
    return list(session.scalars(select(ScheduleLine).order_by(ScheduleLine.id)))


def test_what_is_cancelled_comes_off_the_latest_promise(database: Database) -> None:
    with database.begin() as session:
        order = order_for(session, a_shop(session), 10)
        sooner, later = in_two(session, order, 1, 9)
        cancel_line(session, order, sooner.line_id, Decimal(5), "less", act=an_act())
        assert (sooner.quantity, later.quantity) == (4, 1)


def test_what_is_on_a_shipment_stays_also_when_it_was_promised_last(database: Database) -> None:
    with database.begin() as session:
        order = order_for(session, a_shop(session, stock=4), 10)
        packed, other = in_two(session, order, 9, 3)
        released(session, order)
        cancel_line(session, order, packed.line_id, Decimal(5), "less", act=an_act())
        assert (packed.quantity, other.quantity) == (4, 1)
