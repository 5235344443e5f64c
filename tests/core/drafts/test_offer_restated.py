"""A change that restates our offer is the customer's yes by itself; anything else is told line by line and waits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from core.correspondence.order_facts import order_facts
from core.database import Database
from core.drafts.change.own import change_order
from core.drafts.confirm import confirm
from core.drafts.open import open_drafts
from core.drafts.tables import Draft
from core.inbound.reading import Schedule
from core.inbound.tables import InboundDocument
from core.journal import Event
from core.messages.outcome import outcome
from core.orders.agreed import take_in
from core.orders.change import LineChange
from core.orders.consent import agree, replies
from core.orders.hold import release
from core.orders.restated import Restated
from core.orders.tables import Hold, Order, OrderLine, PromiseVersion, ScheduleLine
from core.outbox import OutboxItem
from core.promising.sentences import day_text
from tests import builders as make
from tests.core.drafts.checked import BUYER, NAME, Desk
from tests.core.drafts.test_open import reading

SOON = (make.NOW + timedelta(days=1)).date().isoformat()
EA = {"buyer_sku": "77120", "uom": "EA", "unit_price": "4.10"}


@pytest.fixture
def desk(sqlite_database: Database) -> Iterator[Desk]:
    with sqlite_database.begin() as session:
        found = Desk(session)
        found.rule("acceptance-differs", "hold")
        yield found


def offered(desk: Desk, *lines: dict[str, str], split: bool = False) -> tuple[Order, Hold]:
    """Booked later than it was wanted; whole, or what is in stock at once and the rest later."""
    desk.customer.delivery_policy = "partial" if split else "complete"
    rows = lines or ({**EA, "line_no": "1", "quantity": "12000", "requested_date": SOON},)
    draft = desk.draft(*rows, po_number="PO-7781")
    order = confirm(
        desk.session, draft, version=draft.version, act=make.an_act(f"user:{desk.clerk.id}")
    )
    return order, desk.session.scalars(select(Hold)).one()


def after(desk: Desk, hours: int) -> datetime:
    """So many hours after the offer was made."""
    offered_at = desk.session.scalars(select(Hold.created_at).order_by(Hold.id)).first()
    assert offered_at is not None
    return offered_at + timedelta(hours=hours)


def promised(desk: Desk, order: Order) -> list[ScheduleLine]:
    return list(
        desk.session.scalars(
            select(ScheduleLine)
            .join(OrderLine, OrderLine.id == ScheduleLine.line_id)
            .where(OrderLine.order_id == order.id)
            .order_by(ScheduleLine.id)
        )
    )


def changed(
    desk: Desk,
    *lines: dict[str, str],
    mail: dict[str, Any] | None = None,
    schedules: dict[int, tuple[Schedule, ...]] | None = None,
    **fields: str,
) -> Draft:
    """A change of theirs, an hour after the offer."""
    at = after(desk, 1)
    given = {
        "sender_address": BUYER,
        "authentication": "pass",
        "lane": "change",
        "received_at": at,
    }
    document = make.a_document(desk.session, **{**given, **(mail or {})})
    document.lane = "change"
    read = reading(*lines, **{"po_number": "PO-7781", "buyer_name": NAME, **fields})
    if schedules:
        read = replace(read, orders=(replace(read.orders[0], schedules=schedules),))
    document.reading = read.as_json()
    (draft,) = open_drafts(desk.session, document, read, act=make.an_act("system:reader", at=at))
    desk.session.flush()
    return draft


def our_day(desk: Desk, order: Order) -> str:
    days = {row.promised_date for row in promised(desk, order)}
    assert len(days) == 1 and SOON not in {str(day) for day in days}
    return str(days.pop())


def test_the_same_quantity_day_and_price_is_their_yes(desk: Desk) -> None:
    order, hold = offered(desk)
    before = [(r.id, r.first_promised_date, r.promised_date) for r in promised(desk, order)]
    day = our_day(desk, order)
    draft = changed(desk, {**EA, "line_no": "1", "quantity": "12000", "requested_date": day})
    assert (draft.status, draft.order_id) == ("confirmed", order.id)
    assert hold.status == "released" and hold.released_by == "policy:offer-restated"
    assert hold.facts["document_id"] == draft.document_id
    assert "Line 1 agrees to our offer" in hold.release_reason
    assert [(r.id, r.first_promised_date, r.promised_date) for r in promised(desk, order)] == before
    line = desk.session.scalars(select(OrderLine)).one()
    assert str(line.requested_date) == day and order.revision == 2
    assert len(desk.session.scalars(select(PromiseVersion)).all()) == 1
    event = desk.session.scalars(select(Event).where(Event.name == "order.agreed")).one()
    assert event.actor == "policy:offer-restated"
    assert event.facts["code"] == "offer-restated"
    assert event.facts["document_id"] == draft.document_id
    owed = desk.session.scalars(
        select(OutboxItem).where(OutboxItem.task == "order-acknowledgement")
    ).all()
    assert len(owed) == 2


def test_it_may_be_said_in_another_unit(desk: Desk) -> None:
    order, hold = offered(desk)
    line = {"buyer_sku": "77120", "uom": "CS", "quantity": "1000", "unit_price": "49.20"}
    changed(desk, {**line, "line_no": "1", "requested_date": our_day(desk, order)})
    assert hold.status == "released"


def test_the_day_may_stand_in_the_head(desk: Desk) -> None:
    order, hold = offered(desk)
    changed(desk, {**EA, "line_no": "1", "quantity": "12000"}, requested_date=our_day(desk, order))
    assert hold.status == "released"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ({"quantity": "11999"}, "line 1 differs: wants 11999, we offered 12000"),
        (
            {"unit_price": "4.05"},
            "line 1 differs: wants a price of 4.05, we offered a price of 4.1",
        ),
        ({"requested_date": SOON}, "line 1 differs: wants"),
        ({"requested_date": ""}, "line 1 differs: does not say the date, we offered"),
        ({"buyer_sku": "BX-NEW"}, "line 1 differs: another item"),
    ],
)
def test_another_figure_is_no_yes(desk: Desk, line: dict[str, str], says: str) -> None:
    order, hold = offered(desk)
    make.an_item(desk.session, number="BX-NEW")
    said = {**EA, "line_no": "1", "quantity": "12000", "requested_date": our_day(desk, order)}
    draft = changed(desk, {name: v for name, v in {**said, **line}.items() if v})
    assert hold.status == "active" and draft.status == "open"
    assert says.lower() in desk.says(draft, "offer-answered").lower()
    assert desk.says(draft, "offer-answered").count("we offered") <= 1
    (reply,) = replies(desk.session, order, hold)
    assert says.lower() in " ".join(reply.doubts).lower()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"payment_terms": "60 days, and 5 % less"}, "other payment terms"),
        ({"notes": "only if the price drops next time"}, "a note to be read"),
        ({"incoterms": "DAP Oslo"}, "other delivery terms"),
        ({"discount": "100"}, "another discount"),
        ({"freight": "0"}, "other freight"),
        ({"currency": "USD"}, "another currency"),
    ],
)
def test_what_is_said_beside_the_lines_is_for_a_person(
    desk: Desk, fields: dict[str, str], says: str
) -> None:
    order, hold = offered(desk)
    said = {**EA, "line_no": "1", "quantity": "12000", "requested_date": our_day(desk, order)}
    draft = changed(desk, said, **fields)
    assert hold.status == "active"
    assert says in desk.says(draft, "offer-answered")


def two_lines() -> tuple[dict[str, str], dict[str, str]]:
    late = {**EA, "line_no": "1", "quantity": "12000", "requested_date": SOON}
    return late, {**late, "line_no": "2", "quantity": "13000"}


def test_some_lines_only_are_told_each(desk: Desk) -> None:
    order, hold = offered(desk, *two_lines())
    day = our_day(desk, order)
    draft = changed(desk, {**two_lines()[0], "requested_date": day})
    assert hold.status == "active" and draft.status == "open"
    assert "Line 1 agrees to our offer; line 2 is not spoken of" in desk.says(
        draft, "offer-answered"
    )
    whole = changed(desk, *({**line, "requested_date": day} for line in two_lines()))
    assert whole.status == "confirmed" and hold.status == "released"


def test_another_line_beside_it_is_for_a_person(desk: Desk) -> None:
    order, hold = offered(desk)
    said = {**EA, "line_no": "1", "quantity": "12000", "requested_date": our_day(desk, order)}
    make.an_item(desk.session, number="BX-NEW")
    draft = changed(desk, said, {**EA, "line_no": "7", "buyer_sku": "BX-NEW", "quantity": "1"})
    assert hold.status == "active"
    assert "line 7 is new" in desk.says(draft, "offer-answered")


def test_an_offer_in_parts_needs_every_part(desk: Desk) -> None:
    order, hold = offered(desk, split=True)
    parts = [(str(int(r.quantity)), str(r.promised_date)) for r in promised(desk, order)]
    assert len(parts) == 2
    line = {**EA, "line_no": "1", "quantity": "12000"}
    one = changed(desk, {**line, "requested_date": parts[0][1]})
    assert hold.status == "active"
    said = desk.says(one, "offer-answered")
    assert (
        f"line 1 differs: wants {day_text(promised(desk, order)[0].promised_date)}".lower()
        in said.lower()
    )
    assert f"we offered {parts[0][0]} on " in said and f", {parts[1][0]} on " in said
    every = tuple(Schedule(quantity, "EA", day) for quantity, day in parts)
    elsewhere = tuple(replace(one, ship_to="Dock 9") for one in every)
    places = changed(desk, line, schedules={0: elsewhere})
    assert "another place of delivery" in desk.says(places, "offer-answered")
    whole = changed(desk, line, schedules={0: every})
    assert (whole.status, hold.status) == ("confirmed", "released")


@pytest.mark.parametrize(
    "mail",
    [
        {"authentication": "fail"},
        {"authentication": "none"},
        {"sender_address": "who@elsewhere.example"},
        {"sender_address": "colleague@nordlicht.example"},
        {"received_at": make.NOW - timedelta(days=2)},
    ],
)
def test_who_may_not_be_the_customer_takes_nothing(desk: Desk, mail: dict[str, Any]) -> None:
    order, hold = offered(desk)
    said = {**EA, "line_no": "1", "quantity": "12000", "requested_date": our_day(desk, order)}
    draft = changed(desk, said, mail=mail)
    assert hold.status == "active" and draft.status != "confirmed"


def test_a_person_may_take_it_when_they_made_sure_and_the_change_is_settled_with_it(
    desk: Desk,
) -> None:
    order, hold = offered(desk)
    said = {**EA, "line_no": "1", "quantity": "12000", "requested_date": our_day(desk, order)}
    draft = changed(desk, said, mail={"authentication": "none"})
    (reply,) = replies(desk.session, order, hold)
    assert reply.doubts == ("the sender is not verified",)
    act = make.an_act(f"user:{desk.clerk.id}", at=after(desk, 2))
    agree(desk.session, order, hold, reply.document_id, "called Ana back", act=act)
    assert (hold.status, draft.status, draft.order_id) == ("released", "confirmed", order.id)


def test_policy_may_want_a_person_for_each(desk: Desk) -> None:
    desk.rule("offer-answered", "blocking")
    order, hold = offered(desk)
    said = {**EA, "line_no": "1", "quantity": "12000", "requested_date": our_day(desk, order)}
    draft = changed(desk, said)
    assert (hold.status, draft.status) == ("active", "open")


def test_a_change_of_an_order_without_an_offer_is_a_change(desk: Desk) -> None:
    order, hold = offered(desk)
    document = desk.session.get_one(InboundDocument, order.document_id)
    agree_by_mail = make.a_document(
        desk.session,
        sender_address=BUYER,
        authentication="pass",
        subject_line=f"PO-7781 {document.id}",
        received_at=after(desk, 1),
    )
    act = make.an_act(f"user:{desk.clerk.id}", at=after(desk, 2))
    agree(desk.session, order, hold, agree_by_mail.id, act=act)
    said = {**EA, "line_no": "1", "quantity": "12000", "requested_date": our_day(desk, order)}
    draft = changed(desk, said)
    assert draft.status == "open" and "offer-answered" not in desk.codes(draft)


def confirmed(desk: Desk, draft: Draft) -> Order:
    act = make.an_act(f"user:{desk.clerk.id}", at=after(desk, 2))
    return confirm(desk.session, draft, version=draft.version, act=act)


def holds(desk: Desk) -> list[tuple[str, str]]:
    rows = desk.session.scalars(select(Hold).order_by(Hold.id))
    return [(hold.status, str(hold.facts["lines"])) for hold in rows]


def test_another_word_on_what_was_offered_ends_the_offer_when_it_is_taken(desk: Desk) -> None:
    order, hold = offered(desk)
    said = {**EA, "line_no": "1", "quantity": "11000", "requested_date": our_day(desk, order)}
    confirmed(desk, changed(desk, said))
    assert (hold.status, hold.released_by) == ("released", "policy:look-again")
    assert "took the place" in hold.release_reason
    facts = order_facts(desk.session, order.id)
    assert not facts.is_offer and outcome(facts.lines[0]).code == "accepted"


def test_what_the_word_leaves_open_of_the_offer_stays_open(desk: Desk) -> None:
    order, _ = offered(desk, *two_lines())
    day = our_day(desk, order)
    draft = changed(desk, {**two_lines()[0], "quantity": "11000", "requested_date": day})
    confirmed(desk, draft)
    assert holds(desk) == [
        ("released", "1:date-changed;2:date-changed"),
        ("active", "2:date-changed"),
    ]
    facts = order_facts(desk.session, order.id)
    assert facts.is_offer and facts.differing == (("2", ("date-changed",)),)
    assert [line.offered for line in facts.lines] == [(), ("date-changed",)]


def test_a_word_that_we_answer_otherwise_again_is_the_new_offer(desk: Desk) -> None:
    order, _ = offered(desk)
    sooner = (make.NOW + timedelta(days=2)).date().isoformat()
    draft = changed(desk, {**EA, "line_no": "1", "quantity": "11500", "requested_date": sooner})
    confirmed(desk, draft)
    assert [status for status, _ in holds(desk)] == ["released", "active"]
    assert order_facts(desk.session, order.id).is_offer


def test_a_clerks_own_change_is_no_word_of_the_customers(desk: Desk) -> None:
    order, hold = offered(desk)
    line = desk.session.scalars(select(OrderLine)).one()
    act = make.an_act(f"user:{desk.clerk.id}", at=after(desk, 2))
    change_order(
        desk.session, order, (LineChange(line.id, quantity=Decimal(11000)),), "Ana", act=act
    )
    assert hold.status == "active"


def test_a_yes_that_was_taken_meanwhile_is_not_taken_twice(postgres_database: Database) -> None:
    """A clerk lifts the hold in the moment in which the change comes: one of the two ends it, and nothing is told twice."""
    database = postgres_database  # SQLite lets one writer in at a time
    with database.begin() as session:
        desk = Desk(session)
        desk.rule("acceptance-differs", "hold")
        order, hold = offered(desk)
        ids = order.id, hold.id
    with database.begin() as session:
        mine = session.get_one(Hold, ids[1])
        with database.begin() as other:
            act = make.an_act("user:1", at=mine.created_at + timedelta(minutes=5))
            release(other, other.get_one(Hold, ids[1]), "They called", act=act)
        found = Restated((mine,), (), (), ())
        draft = make.a_draft(session, kind="change")
        take_in(session, session.get_one(Order, ids[0]), draft, found, act=make.an_act())
    with database.read() as session:
        names = session.scalars(select(Event.name).where(Event.subject == "hold")).all()
        assert names.count("hold.released") == 1
        assert session.get_one(Hold, ids[1]).release_reason == "They called"
