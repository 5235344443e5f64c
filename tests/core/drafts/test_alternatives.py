"""Other ways to promise a line: what each brings, what it costs others, and what taking it does."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from core.catalogue.tables import Substitute
from core.correspondence.order_facts import draft_facts, order_facts
from core.database import Database
from core.drafts.confirm import confirm
from core.drafts.correct import Edit, correct, remove_line
from core.drafts.delivery import set_delivery
from core.drafts.tables import Draft, Problem
from core.drafts.ways.find import Way, ways
from core.drafts.ways.take import take_alternative
from core.drafts.workbench import workbench
from core.errors import Stale
from core.journal import history
from core.messages.outcome import outcome
from core.orders.tables import Order, OrderLine, PromiseVersion, ScheduleLine
from core.promising.tables import Expedite
from core.supply.tables import Supplier
from core.watch.tables import PromiseNotice, PromiseSlip
from tests import builders as make
from tests.core.drafts.counter import a_counter, day, lines_of, ordered, promised


def ways_of(session, draft: Draft, number: int = 0) -> dict[str, Way]:  # type: ignore[no-untyped-def]
    line = lines_of(session, draft)[number]
    return {way.kind: way for way in ways(session, draft, line.id, now=make.NOW)}


def take(session, draft: Draft, kind: str, id: int = 0, number: int = 0):  # type: ignore[no-untyped-def]
    line = lines_of(session, draft)[number]
    return take_alternative(
        session, draft, line.id, kind, id, version=draft.version, act=make.an_act()
    )


def test_all_in_one_delivery_instead_of_parts(database: Database) -> None:
    with database.begin() as session:
        counter = a_counter(session)
        make.a_lot(session, counter["site"], counter["items"]["A"], 4)
        make.a_receipt(session, counter["site"], counter["items"]["A"], 20, day(4))
        draft = ordered(session, ("A", 10))
        assert promised(draft) == [[(4, 1), (6, 7)]]
        way = ways_of(session, draft)["complete"]
        assert (way.arrives, way.late_days, way.slips) == (day(7), 6, ())
        take(session, draft, "complete")
        assert promised(draft) == [[(10, 7)]]
        take(session, draft, "usual")
        assert promised(draft) == [[(4, 1), (6, 7)]]


def test_the_slow_line_leaves_a_complete_delivery_and_the_others_stop_waiting(
    database: Database,
) -> None:
    with database.begin() as session:
        counter = a_counter(session, delivery_policy="complete")
        make.a_lot(session, counter["site"], counter["items"]["A"], 10)
        make.a_receipt(session, counter["site"], counter["items"]["B"], 10, day(4))
        draft = ordered(session, ("A", 10), ("B", 10))
        assert promised(draft) == [[(10, 7)], [(10, 7)]]
        way = ways_of(session, draft, 1)["split"]
        assert way.others == ((1, day(7), day(1)),)
        take(session, draft, "split", number=1)
        assert promised(draft) == [[(10, 1)], [(10, 7)]]


def test_a_substitute_with_its_price_is_promised_booked_and_acknowledged(
    database: Database,
) -> None:
    with database.begin() as session:
        counter = a_counter(session, substitutes="in-time")
        ordered_item, instead = counter["items"]["A"], counter["items"]["B"]
        make.a_lot(session, counter["site"], instead, 100)
        make.a_list_price(session, counter["items"]["C"], "1", unit="CS")
        session.add(
            Substitute(
                item_id=ordered_item.id, substitute_id=instead.id, numerator=2, denominator=1
            )
        )
        session.flush()
        draft = ordered(session, ("A", 10))
        way = ways_of(session, draft)["substitute"]
        assert (way.arrives, way.parts[0].quantity) == (day(1), 20)
        assert (way.price_difference, way.agreed) == (Decimal("100.00"), True)
        event = take(session, draft, "substitute", instead.id)
        assert "IT-B instead" in event.facts["taken"]
        (line,) = lines_of(session, draft)
        assert (line.item_id, line.ordered_item_id) == (instead.id, ordered_item.id)
        assert (line.quantity, line.stock_quantity, line.agreed_price) == (10, 20, 20)
        (told,) = draft_facts(session, draft.id).lines
        assert outcome(told).code == "substituted"
        assert [part.quantity for part in told.parts] == [10]
        again = promised(draft)
        correct(
            session,
            draft,
            (Edit(None, "notes", "x"),),
            version=draft.version,
            act=make.an_act(),
        )
        assert promised(draft) == again
        correct(
            session,
            draft,
            (Edit(line.id, "unit_price", "20"),),
            version=draft.version,
            act=make.an_act(),
        )
        order = confirm(session, draft, version=draft.version, act=make.an_act())
        booked = session.scalars(select(OrderLine)).one()
        assert (booked.item_id, booked.ordered_item_id) == (instead.id, ordered_item.id)
        (told,) = order_facts(session, order.id).lines
        assert (told.item, told.substituted, outcome(told).code) == ("IT-B", True, "substituted")


def test_who_chooses_another_item_ends_the_substitution(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        counter = a_counter(session)
        items = counter["items"]
        make.a_lot(session, counter["site"], items["B"], 100)
        session.add(Substitute(item_id=items["A"].id, substitute_id=items["B"].id))
        session.flush()
        draft = ordered(session, ("A", 10))
        take(session, draft, "substitute", items["B"].id)
        (line,) = lines_of(session, draft)
        edit = Edit(line.id, "item_id", str(items["C"].id))
        correct(session, draft, (edit,), version=draft.version, act=make.an_act())
        assert (line.item_id, line.ordered_item_id) == (items["C"].id, None)


@pytest.mark.parametrize(
    ("row", "offered"),
    [
        ({}, True),
        ({"valid_to": day(-1)}, False),
        ({"valid_from": day(1)}, False),
        ({"turned": True}, False),
        ({"turned": True, "both_ways": True}, True),
        ({"other_customer": True}, False),
    ],
)
def test_a_substitute_counts_in_its_time_its_direction_and_for_its_customer(
    sqlite_database: Database, row: dict[str, object], offered: bool
) -> None:
    with sqlite_database.begin() as session:
        counter = a_counter(session)
        a, b = counter["items"]["A"], counter["items"]["B"]
        make.a_lot(session, counter["site"], b, 100)
        pair = (b.id, a.id) if row.pop("turned", False) else (a.id, b.id)
        if row.pop("other_customer", False):
            row["customer_id"] = counter["customers"]["south"].id
        session.add(Substitute(item_id=pair[0], substitute_id=pair[1], **row))
        session.flush()
        draft = ordered(session, ("A", 10))
        assert ("substitute" in ways_of(session, draft)) is offered


def test_a_receipt_is_asked_for_sooner_and_counts_so_for_the_order_it_was_promised_to(
    database: Database,
) -> None:
    with database.begin() as session:
        counter = a_counter(session)
        session.add(Supplier(number="S1", name="Fast Metal", rush_days=3, rush_cost=Decimal(80)))
        item = counter["items"]["A"]
        receipt = make.a_receipt(
            session, counter["site"], item, 20, day(7), supplier="Fast Metal", number="PO-77"
        )
        draft, other = ordered(session, ("A", 10), wish=4), ordered(session, ("A", 5), who="south")
        assert promised(draft) == [[(10, 8)]]
        way = ways_of(session, draft)["expedite"]
        assert (way.arrives, way.cost, way.slips) == (day(4), Decimal(80), ())
        assert "PO-77 2 working days sooner" in way.words
        take(session, draft, "expedite", receipt.id)
        assert promised(draft) == [[(10, 4)]]
        assert promised(other) == [[(5, 8)]]
        order = confirm(session, draft, version=draft.version, act=make.an_act())
        asked = session.scalars(select(Expedite)).one()
        assert (asked.order_id, asked.due_date, asked.by) == (order.id, day(3), "user:1")
        third = ordered(session, ("A", 5), who="south")
        assert promised(third) == [[(5, 4)]]
        asked.refused = True
        session.flush()
        fourth = ordered(session, ("A", 5), who="south")
        assert promised(fourth) == [[(5, 8)]]


def test_served_first_says_who_slips_and_their_promises_give_way_when_it_is_booked(
    database: Database,
) -> None:
    with database.begin() as session:
        counter = a_counter(session)
        item = counter["items"]["A"]
        make.a_lot(session, counter["site"], item, 10)
        make.a_receipt(session, counter["site"], item, 10, day(4))
        early = ordered(session, ("A", 10), who="south")
        early_order = confirm(session, early, version=early.version, act=make.an_act())
        draft = ordered(session, ("A", 10))
        assert promised(draft) == [[(10, 7)]]
        way = ways_of(session, draft)["first"]
        (slip,) = way.slips
        assert (way.arrives, slip.order_number, slip.customer) == (
            day(1),
            early_order.number,
            "South Works",
        )
        assert (slip.position, slip.from_date, slip.to_date, slip.days) == (1, day(1), day(7), 6)
        event = take(session, draft, "first")
        assert f"{early_order.number} line 1 (+6 d)" in event.facts["taken"]
        assert promised(draft) == [[(10, 1)]]
        row = session.scalars(select(ScheduleLine)).one()
        assert row.promised_date == day(1)
        order = confirm(session, draft, version=draft.version, act=make.an_act())
        assert (row.first_promised_date, row.promised_date) == (day(1), day(7))
        versions = session.scalars(
            select(PromiseVersion)
            .where(PromiseVersion.schedule_line_id == row.id)
            .order_by(PromiseVersion.version)
        ).all()
        assert [(v.version, v.promised_date, v.cause) for v in versions] == [
            (1, day(1), ""),
            (2, day(7), f"{order.number} was served first"),
        ]
        assert history(session, "order", early_order.id)[-1].name == "order.repromised"
        told = session.scalars(select(PromiseSlip)).one()
        assert (told.status, told.promised_date, told.new_date) == ("accepted", day(1), day(7))
        notice = session.get_one(PromiseNotice, told.notice_id)
        assert (notice.status, notice.customer_id) == ("drafted", early_order.customer_id)


def test_nothing_is_booked_when_who_gives_way_needs_the_goods_after_all(
    database: Database,
) -> None:
    with database.begin() as session:
        counter = a_counter(session)
        item = counter["items"]["A"]
        make.a_lot(session, counter["site"], item, 10)
        receipt = make.a_receipt(session, counter["site"], item, 10, day(4))
        make.a_receipt(session, counter["site"], item, 10, day(11))
        early = ordered(session, ("A", 10), who="south")
        confirm(session, early, version=early.version, act=make.an_act())
        draft = ordered(session, ("A", 10))
        take(session, draft, "first")
        receipt.expected_date = day(9)
        session.flush()
        with pytest.raises(Stale, match="took supply in the meantime"):
            confirm(session, draft, version=draft.version, act=make.an_act())
        assert session.scalars(select(Order)).one().draft_id == early.id


def test_a_way_that_is_gone_is_not_taken(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        counter = a_counter(session)
        make.a_lot(session, counter["site"], counter["items"]["A"], 10)
        draft = ordered(session, ("A", 10))
        with pytest.raises(Stale):
            take(session, draft, "complete")
        assert draft.choices == {}


def test_looking_at_the_ways_writes_nothing(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        counter = a_counter(session)
        make.a_receipt(session, counter["site"], counter["items"]["A"], 20, day(4))
        draft_id = ordered(session, ("A", 10)).id
    with sqlite_database.read() as session:
        draft = session.get_one(Draft, draft_id)
        assert "expedite" in ways_of(session, draft)
        assert not session.dirty and not session.new


def test_from_another_site_in_one_parcel(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        counter = a_counter(session)
        item = counter["items"]["A"]
        south = make.a_site(session, code="SOUTH", priority=2)
        make.a_lot(session, counter["site"], item, 6)
        make.a_lot(session, south, item, 4)
        make.a_receipt(session, south, item, 10, make.TODAY + timedelta(days=1))
        draft = ordered(session, ("A", 10), wish=1)
        assert len(draft.promise["lines"][str(lines_of(session, draft)[0].id)]) == 2
        found = ways_of(session, draft)
        assert "site" not in found or found["site"].id == south.id


def test_a_substitute_waits_for_a_customer_who_wants_to_be_asked(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        counter = a_counter(session)
        a, b = counter["items"]["A"], counter["items"]["B"]
        make.a_lot(session, counter["site"], b, 100)
        session.add(Substitute(item_id=a.id, substitute_id=b.id))
        session.flush()
        draft = ordered(session, ("A", 10))
        assert ways_of(session, draft)["substitute"].agreed is False
        take(session, draft, "substitute", b.id)
        problem = session.scalars(select(Problem).where(Problem.draft_id == draft.id)).one()
        assert (problem.code, problem.blocking) == ("substitute-not-agreed", True)
        agreed = {"substitutes": "in-time"}
        set_delivery(session, draft, "", agreed, "Ana", version=draft.version, act=make.an_act())
        assert session.scalars(select(Problem).where(Problem.draft_id == draft.id)).all() == []


def test_a_line_that_is_taken_off_asks_nobody_to_give_way(database: Database) -> None:
    with database.begin() as session:
        counter = a_counter(session)
        item = counter["items"]["A"]
        make.a_lot(session, counter["site"], item, 10)
        make.a_lot(session, counter["site"], counter["items"]["B"], 10)
        receipt = make.a_receipt(session, counter["site"], item, 40, day(4))
        early = ordered(session, ("A", 10), who="south")
        confirm(session, early, version=early.version, act=make.an_act())
        draft = ordered(session, ("A", 10), ("B", 10), ("A", 5))
        take(session, draft, "first")
        take(session, draft, "expedite", receipt.id, number=2)
        bench = workbench(session, draft.id)
        assert "1 earlier promise gives way, a receipt asked for sooner" in bench.confirm_sentence
        for line in (lines_of(session, draft)[0], lines_of(session, draft)[2]):
            remove_line(session, draft, line.id, act=make.an_act())
        confirm(session, draft, version=draft.version, act=make.an_act())
        rows = session.scalars(select(ScheduleLine).order_by(ScheduleLine.id)).all()
        assert [row.promised_date for row in rows] == [day(1), day(1)]
        assert session.scalars(select(Expedite.order_id)).all() == [None]


def test_who_is_delivered_complete_gives_way_with_all_lines(database: Database) -> None:
    with database.begin() as session:
        counter = a_counter(session)
        counter["customers"]["south"].delivery_policy = "complete"
        item = counter["items"]["A"]
        make.a_lot(session, counter["site"], item, 10)
        make.a_lot(session, counter["site"], counter["items"]["B"], 10)
        make.a_receipt(session, counter["site"], item, 10, day(4))
        early = ordered(session, ("A", 10), ("B", 5), who="south")
        confirm(session, early, version=early.version, act=make.an_act())
        draft = ordered(session, ("A", 10))
        way = ways_of(session, draft)["first"]
        assert sorted((s.position, s.to_date) for s in way.slips) == [(1, day(7)), (2, day(7))]
        take(session, draft, "first")
        confirm(session, draft, version=draft.version, act=make.an_act())
        rows = session.scalars(select(ScheduleLine).order_by(ScheduleLine.id)).all()
        assert [row.promised_date for row in rows] == [day(7), day(7), day(1)]
