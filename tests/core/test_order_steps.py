"""Closing, reopening, acknowledging, holding: small steps, each taken once, each refused in words."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from core.database import Database
from core.drafts.change.own import change_order
from core.errors import BadInput, Blocked, IllegalStep, NotFound
from core.journal import Event
from core.orders.acknowledge import acknowledge
from core.orders.book import book
from core.orders.cancel import cancel, cancel_line, cancel_rest
from core.orders.change import LineChange
from core.orders.close import close, reopen
from core.orders.hold import place, release, require_free
from core.orders.view import order_view
from core.outbox import OutboxItem
from core.promising.ask import Answer
from core.shipping.view import shipment_view
from tests.builders import Wanted, a_customer, a_draft, an_act, an_item
from tests.steps import a_shop, lines, order_for, released, shipped


def test_an_order_with_open_lines_is_not_closed(database: Database) -> None:
    with database.begin() as session:
        order = order_for(session, a_shop(session), 5)
        with pytest.raises(IllegalStep, match="cancel what is left"):
            close(session, order, act=an_act())


def test_a_closed_order_is_opened_and_closed_again(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        order = order_for(session, shop, 5)
        shipped(session, order)
        act = an_act()
        opened = reopen(session, order, act=act)
        assert reopen(session, order, act=act).id == opened.id and order.status == "booked"
        closed = close(session, order, act=act)
        assert close(session, order, act=act).id == closed.id and order.status == "closed"
        with pytest.raises(IllegalStep, match="Possible now: acknowledge, reopen"):
            cancel(session, order, "late", act=an_act())


def test_a_reopened_order_takes_more_and_closes_by_itself(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        order = order_for(session, shop, 5)
        shipped(session, order)
        reopen(session, order, act=an_act())
        more = LineChange(
            lines(session, order)[0].id, quantity=lines(session, order)[0].quantity + 3
        )
        change_order(session, order, (more,), "three more", act=an_act())
        shipped(session, order)
        assert order.status == "closed" and lines(session, order)[0].shipped_quantity == 8


def test_the_acknowledgement_is_sent_again_once_per_key(database: Database) -> None:
    with database.begin() as session:
        order = order_for(session, a_shop(session), 5)
        act = an_act()
        acknowledge(session, order, act=act)
        acknowledge(session, order, act=act)
        acknowledge(session, order, act=an_act())
        tasks = session.scalars(select(OutboxItem.task)).all()
        assert tasks == ["order-acknowledgement"] * 2


def test_a_hold_needs_a_kind_a_reason_and_verbs_that_exist(database: Database) -> None:
    with database.begin() as session:
        order = order_for(session, a_shop(session), 5)
        for kind, reason, stops in (
            ("mood", "why not", ()),
            ("manual", " ", ()),
            ("manual", "why not", ("breathe",)),
        ):
            with pytest.raises(BadInput):
                place(session, order, kind, reason, stops, act=an_act())
        act = an_act()
        hold = place(session, order, "customer", "Stop until we call", act=act)
        assert place(session, order, "customer", "Stop until we call", act=act).id == hold.id
        second = place(session, order, "quality", "Batch 7", act=an_act())
        with pytest.raises(Blocked) as caught:
            require_free(session, order, "ship")
        assert len(caught.value.reasons) == 2
        with pytest.raises(BadInput):
            release(session, hold, "", act=an_act())
        event = release(session, hold, "They called", act=act)
        assert release(session, hold, "They called", act=act).id == event.id
        with pytest.raises(IllegalStep):
            release(session, hold, "once more", act=an_act())
        release(session, second, "Tested", act=an_act())
        require_free(session, order, "ship")


def test_cancelling_says_why_and_stops_at_the_warehouse_door(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        order = order_for(session, shop, 5)
        for step in (
            lambda: cancel(session, order, " ", act=an_act()),
            lambda: cancel_line(
                session, order, lines(session, order)[0].id, None, "", act=an_act()
            ),
        ):
            with pytest.raises(BadInput):
                step()
        released(session, order)
        for step in (cancel, cancel_rest):
            with pytest.raises(IllegalStep, match="void it first"):
                step(session, order, "too late", act=an_act())


def test_a_change_says_why_and_is_of_this_order(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        order, other = order_for(session, shop, 5), order_for(session, shop, 5)
        line, strange = lines(session, order)[0], lines(session, other)[0]
        with pytest.raises(BadInput, match="why"):
            change_order(session, order, (LineChange(line.id),), "", act=an_act())
        with pytest.raises(NotFound):
            change_order(session, order, (LineChange(strange.id),), "by phone", act=an_act())
        with pytest.raises(BadInput):
            wrong = LineChange(line.id, quantity=line.quantity * 0)
            change_order(session, order, (wrong,), "by phone", act=an_act())
        with pytest.raises(BadInput):
            change_order(
                session, order, (LineChange(line.id, price=-line.price),), "x", act=an_act()
            )
        change_order(
            session, order, (LineChange(line.id, price=line.price + 1),), "x", act=an_act()
        )
        event = session.scalars(select(Event).where(Event.name == "order.changed")).one()
        assert event.changes == {"line 1 price": ["10", "11"]}


def test_a_draft_that_lacks_something_is_not_booked(database: Database) -> None:
    with database.begin() as session:
        nobody = a_draft(session, None, [Wanted(an_item(session), 1)])
        with pytest.raises(BadInput, match="customer"):
            book(session, nobody, Answer(), act=an_act())
        nothing = a_draft(session, a_customer(session), [Wanted(an_item(session), 0)])
        with pytest.raises(BadInput, match="no quantity"):
            book(session, nothing, Answer(), act=an_act())


def test_a_draft_is_booked_once_and_an_unpromised_line_says_so(database: Database) -> None:
    with database.begin() as session:
        draft = a_draft(session, a_customer(session), [Wanted(an_item(session), 4)])
        order = book(session, draft, Answer(), act=an_act())
        assert book(session, draft, Answer(), act=an_act()).id == order.id
        assert order.number == "SO000001"
        (part,) = order_view(session, order.id).lines[0].schedule
        assert (part.quantity, part.promised_date, part.reason.code) == (4, None, "not-promised")


def test_what_is_not_there_is_not_found(database: Database) -> None:
    with database.read() as session:
        for view in (order_view, shipment_view):
            with pytest.raises(NotFound):
                view(session, 4711)
