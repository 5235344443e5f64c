"""Key figures, counted by hand in small worlds."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from sqlalchemy import select

from core import journal
from core.database import Database
from core.drafts.tables import DraftField
from core.insight.figures import FIGURES, insight
from core.insight.intake import cycle_time, field_accuracy, touchless
from core.insight.on_time import on_time_to_promised, on_time_to_requested, orders_on_time
from core.insight.returned import return_rate
from core.insight.values import shown_hours
from core.insight.waiting import oldest_waiting
from core.orders.cancel import cancel
from core.outbox import put, settle
from core.returns.authorise import ReturnAsk, authorise
from core.returns.receive import receive
from core.returns.rows import return_lines
from core.shipping.deliver import deliver
from core.values import Period
from tests.builders import (
    NOW,
    TODAY,
    Wanted,
    a_customer,
    a_document,
    a_draft,
    a_lot,
    an_act,
    an_order,
)
from tests.steps import a_shop, delivered, lines, order_for, shipped

MARCH = Period(TODAY.replace(day=1), TODAY.replace(day=31))
DAY = timedelta(days=1)


def test_nothing_to_count_is_not_zero(database: Database) -> None:
    with database.begin() as session:
        found = insight(session, now=NOW)
        assert all(figure.value is None and figure.text == "–" for figure in found.figures)
        assert all(figure.definition for figure in found.figures)
        assert len(found.figures) == len(FIGURES)


def test_on_time_is_measured_against_the_wish_and_the_first_promise(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        wish = TODAY + DAY
        kept = an_order(
            session,
            shop.customer,
            [Wanted(shop.item, 1, requested=wish)],
            site=shop.site,
            promised=TODAY + 2 * DAY,
        )
        missed = an_order(
            session,
            shop.customer,
            [Wanted(shop.item, 1, requested=TODAY), Wanted(shop.item, 1, requested=wish)],
            site=shop.site,
        )
        unwanted = an_order(
            session, shop.customer, [Wanted(shop.item, 1, requested=wish)], site=shop.site
        )
        cancel(session, unwanted, "gone", act=an_act())
        deliver(session, shipped(session, kept), at=NOW + 2 * DAY, act=an_act())
        deliver(session, shipped(session, missed), at=NOW, act=an_act())
        requested = on_time_to_requested(session, MARCH)
        assert (requested.of, requested.text) == ("2 of 3 lines", "66.7 %")
        assert on_time_to_promised(session, MARCH).of == "3 of 3 lines"
        assert orders_on_time(session, MARCH).of == "2 of 2 orders"


def test_what_has_not_arrived_is_late_and_a_part_is_not_all(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=4)
        order = order_for(session, shop, 6)
        delivered(session, order)
        assert on_time_to_promised(session, MARCH).of == "0 of 1 lines"
        a_lot(session, shop.site, shop.item, 5)
        delivered(session, order)
        assert on_time_to_promised(session, MARCH).of == "1 of 1 lines"


def test_touchless_and_accuracy_come_from_what_clerks_did(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        orders = []
        for _ in range(2):
            document = a_document(session)
            draft = a_draft(session, shop.customer, [Wanted(shop.item, 1)], document_id=document.id)
            orders.append(
                an_order(
                    session,
                    shop.customer,
                    [Wanted(shop.item, 1)],
                    draft_id=draft.id,
                    document_id=document.id,
                )
            )
        field = session.scalars(
            select(DraftField).where(DraftField.draft_id == draft.id).order_by(DraftField.id)
        ).first()
        field.value, field.corrected = "4711", True
        journal.advance(session, draft, "correct", act=an_act("user:1"))
        assert touchless(session, MARCH).of == "1 of 2 orders"
        assert field_accuracy(session, MARCH).of == "5 of 6 fields"
        assert field_accuracy(session, MARCH).parts[0].label == "po number"
        assert touchless(session, Period(TODAY + DAY, TODAY + DAY)).value is None


def test_cycle_time_runs_from_arrival_to_the_first_acknowledgement(database: Database) -> None:
    with database.begin() as session:
        customer, hours = a_customer(session), (1, 2, 9)
        for late in hours:
            document = a_document(session)
            order = an_order(session, customer, [], document_id=document.id)
            for extra in (0, 5):
                item = put(
                    session,
                    "order-acknowledgement",
                    subject="order",
                    subject_id=order.id,
                    key=f"{order.id}-{extra}",
                )
                settle(item, "done", NOW + timedelta(hours=late + extra))
        figure = cycle_time(session, MARCH)
        assert (figure.value, figure.text) == (Decimal("2.00"), "2 h")
        assert "nine of ten within 9 h" in figure.of


def test_less_than_an_hour_is_told_in_minutes() -> None:
    assert [shown_hours(Decimal(h)) for h in ("0", "0.25", "1.5")] == [
        "under 1 min",
        "15 min",
        "1.5 h",
    ]


def test_return_rate_counts_lines_that_came_back(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        order = order_for(session, shop, 2, 2)
        delivered(session, order)
        ask = (ReturnAsk(lines(session, order)[0].id, Decimal(1)),)
        rma = authorise(session, order, ask, "Broken", act=an_act())
        assert return_rate(session, MARCH).of == "0 of 2 lines"
        (line,) = return_lines(session, rma)
        receive(session, rma, {line.id: (Decimal(1), "", "")}, act=an_act())
        assert return_rate(session, MARCH).value == 50


def test_the_oldest_waiting_thing_comes_first(database: Database) -> None:
    with database.begin() as session:
        a_draft(session, created_at=NOW - timedelta(hours=5))
        a_document(session, received_at=NOW - timedelta(hours=30))
        found = oldest_waiting(session, NOW)
        assert [(w.kind, w.count, w.oldest_hours) for w in found[:2]] == [
            ("unread", 1, 30),
            ("drafts", 1, 5),
        ]
        assert found[2].oldest_hours is None
