"""A substitute that comes by itself: when, which, what it says, and that a person has the last word."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.agreements.tables import ItemApproval
from core.catalogue.tables import CustomerItem, ListPrice, Substitute
from core.database import Database
from core.drafts.confirm import confirm
from core.drafts.delivery import set_delivery
from core.drafts.promise import promise_draft
from core.drafts.tables import Draft, Problem
from core.drafts.ways.find import ways
from core.drafts.ways.take import take_alternative
from core.journal import history
from core.orders.tables import OrderLine, ScheduleLine
from core.promising.sentences import promise_sentence
from tests import builders as make
from tests.core.drafts.counter import a_counter, day, lines_of, ordered, promised


def a_shelf(session: Session, **customer: Any) -> dict[str, Any]:
    """A comes on day 7, B is there; B may stand in for A."""
    counter = a_counter(session, **customer)
    items = counter["items"]
    make.a_lot(session, counter["site"], items["B"], 100)
    make.a_receipt(session, counter["site"], items["A"], 100, day(4))
    session.add(Substitute(item_id=items["A"].id, substitute_id=items["B"].id))
    session.flush()
    return counter


def goes(session: Session, draft: Draft, number: int = 0) -> str:
    """The description of what goes on a line."""
    line = lines_of(session, draft)[number]
    return f"{line.item_id} for {line.ordered_item_id}"


def test_a_substitute_keeps_the_wish_and_says_so(database: Database) -> None:
    with database.begin() as session:
        counter = a_shelf(session, substitutes="in-time")
        a, b = counter["items"]["A"], counter["items"]["B"]
        draft = ordered(session, ("A", 10))
        assert goes(session, draft) == f"{b.id} for {a.id}" and promised(draft) == [[(10, 1)]]
        (line,) = lines_of(session, draft)
        reason = draft.promise["lines"][str(line.id)][0]["reason"]
        assert promise_sentence(reason).endswith(
            "It goes instead of IT-A, which would be there on Mon 9 Mar 2026."
        )
        told = [e for e in history(session, "draft", draft.id) if e.name == "draft.substituted"]
        assert [e.facts["line"] for e in told] == [1] and "IT-B instead" in told[0].facts["taken"]
        assert session.scalars(select(Problem).where(Problem.draft_id == draft.id)).all() == []
        confirm(session, draft, version=draft.version, act=make.an_act())
        booked = session.scalars(select(OrderLine)).one()
        assert (booked.item_id, booked.ordered_item_id) == (b.id, a.id)
        kept = session.scalars(select(ScheduleLine)).one()
        assert kept.reason["facts"]["instead_of"] == "IT-A"


def test_looking_again_changes_nothing(database: Database) -> None:
    with database.begin() as session:
        a_shelf(session, substitutes="in-time")
        draft_id = ordered(session, ("A", 10)).id
    with database.begin() as session:
        draft = session.get_one(Draft, draft_id)
        version, events = draft.version, len(history(session, "draft", draft_id))
        promise_draft(session, draft, act=make.an_act("system:x"), hold=False)
        session.flush()
        told = history(session, "draft", draft_id)[events:]
        assert [event.name for event in told] == ["draft.promised"]
        assert draft.version == version + 1  # by the look itself


def test_what_was_ordered_comes_back_when_it_is_in_time_after_all(database: Database) -> None:
    with database.begin() as session:
        counter = a_shelf(session, substitutes="in-time")
        draft = ordered(session, ("A", 10))
        make.a_lot(session, counter["site"], counter["items"]["A"], 10)
        promise_draft(session, draft, act=make.an_act(), hold=False)
        assert goes(session, draft) == f"{counter['items']['A'].id} for None"
        assert draft.choices == {}
        told = [e for e in history(session, "draft", draft.id) if e.name == "draft.substituted"]
        assert [e.facts["policy"] for e in told] == ["in-time", ""]


@pytest.mark.parametrize(
    ("policy", "wish", "substituted"),
    [
        ("never", 1, False),
        ("ask", 1, False),
        ("in-time", 0, False),  # the substitute is late too
        ("earliest", 0, True),
        ("earliest", 7, False),  # what was ordered is in time
        ("in-time", 7, False),
    ],
)
def test_policies(sqlite_database: Database, policy: str, wish: int, substituted: bool) -> None:
    with sqlite_database.begin() as session:
        a_shelf(session, substitutes=policy)
        draft = ordered(session, ("A", 10), wish=wish)
        (line,) = lines_of(session, draft)
        assert (line.ordered_item_id is not None) is substituted
        offered = {way.kind for way in ways(session, draft, line.id, now=make.NOW)}
        assert ("substitute" in offered) is (policy in ("ask", "in-time") and wish < 7)


def test_the_word_on_one_item_counts_before_the_general_one(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        counter = a_shelf(session, substitutes="in-time")
        own = session.scalars(
            select(CustomerItem).where(CustomerItem.item_id == counter["items"]["A"].id)
        ).first()
        if own is None:
            own = CustomerItem(
                customer_id=counter["customers"]["north"].id,
                customer_sku="THEIR-A",
                item_id=counter["items"]["A"].id,
            )
            session.add(own)
        own.substitutes = "never"
        session.flush()
        draft = ordered(session, ("A", 10))
        assert lines_of(session, draft)[0].ordered_item_id is None
        terms = {"substitutes": "in-time"}
        set_delivery(session, draft, "", terms, "Ana", version=draft.version, act=make.an_act())
        assert lines_of(session, draft)[0].ordered_item_id is not None


def test_a_person_has_the_last_word(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        counter = a_shelf(session, substitutes="in-time")
        draft = ordered(session, ("A", 10))
        (line,) = lines_of(session, draft)

        def usual() -> None:
            take_alternative(
                session, draft, line.id, "usual", version=draft.version, act=make.an_act()
            )

        usual()
        assert line.ordered_item_id is None and promised(draft) == [[(10, 7)]]
        promise_draft(session, draft, act=make.an_act(), hold=False)
        assert line.ordered_item_id is None
        usual()
        assert line.ordered_item_id == counter["items"]["A"].id


def test_what_costs_more_or_is_not_approved_waits_for_a_person(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        counter = a_shelf(session, substitutes="in-time")
        b, customer = counter["items"]["B"], counter["customers"]["north"]
        price = session.scalars(select(ListPrice).where(ListPrice.item_id == b.id)).one()
        price.price = Decimal("10.01")
        draft = ordered(session, ("A", 10))
        assert lines_of(session, draft)[0].ordered_item_id is None
        price.price, customer.approved_items_only = Decimal(10), True
        session.add(ItemApproval(customer_id=customer.id, item_id=counter["items"]["A"].id))
        promise_draft(session, draft, act=make.an_act(), hold=False)
        assert lines_of(session, draft)[0].ordered_item_id is None
        session.add(ItemApproval(customer_id=customer.id, item_id=b.id))
        promise_draft(session, draft, act=make.an_act(), hold=False)
        assert lines_of(session, draft)[0].ordered_item_id == counter["items"]["A"].id


def test_two_lines_do_not_take_the_same_substitute_twice(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        a_shelf(session, substitutes="in-time")
        draft = ordered(session, ("A", 60), ("A", 60))
        assert [line.ordered_item_id is not None for line in lines_of(session, draft)] == [
            True,
            False,
        ]


def test_of_a_complete_delivery_all_that_is_late_or_nothing(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        counter = a_shelf(session, substitutes="in-time", delivery_policy="complete")
        items = counter["items"]
        make.a_receipt(session, counter["site"], items["C"], 100, day(4))
        draft = ordered(session, ("A", 10), ("C", 10))
        assert [line.ordered_item_id for line in lines_of(session, draft)] == [None, None]
        other = make.an_item(session, number="IT-D")
        make.a_list_price(session, other, "9")
        make.a_lot(session, counter["site"], other, 100)
        session.add(Substitute(item_id=items["C"].id, substitute_id=other.id))
        promise_draft(session, draft, act=make.an_act(), hold=False)
        assert all(line.ordered_item_id for line in lines_of(session, draft))
        assert promised(draft) == [[(10, 1)], [(10, 1)]]


def test_what_was_seen_is_booked_though_the_ordered_item_has_come_in(database: Database) -> None:
    with database.begin() as session:
        counter = a_shelf(session, substitutes="in-time")
        draft = ordered(session, ("A", 10))
        make.a_lot(session, counter["site"], counter["items"]["A"], 10)
        confirm(session, draft, version=draft.version, act=make.an_act())
        assert session.scalars(select(OrderLine.item_id)).all() == [counter["items"]["B"].id]
