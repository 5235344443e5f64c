"""Terms of delivery: the customer's, or others agreed for an order or a group of its lines."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import select

from core.database import Database
from core.drafts.accept import accept_problem
from core.drafts.confirm import confirm
from core.drafts.delivery import set_delivery
from core.drafts.open import open_drafts
from core.drafts.tables import Draft, Problem
from core.errors import BadInput, Blocked, Stale
from core.inbound.reading import Candidate, Extraction, ReadOrder
from core.journal import history
from core.orders.repromise import repromise
from core.orders.tables import Order, OrderLine, ScheduleLine
from tests import builders as make
from tests.core.drafts.counter import a_counter, day, lines_of, ordered, promised


def agree(
    session, draft: Draft, group: str = "", reason: str = "Ana, by phone", lines=(), **changes: str
):  # type: ignore[no-untyped-def]
    ids = tuple(line.id for line in lines)
    return set_delivery(
        session,
        draft,
        group,
        changes,
        reason,
        line_ids=ids,
        version=draft.version,
        act=make.an_act(),
    )


def stocked(session, **customer):  # type: ignore[no-untyped-def]
    """IT-A and IT-C are there, IT-B comes in on Friday."""
    counter = a_counter(session, **customer)
    for letter in "AC":
        make.a_lot(session, counter["site"], counter["items"][letter], 10)
    make.a_receipt(session, counter["site"], counter["items"]["B"], 10, day(4))
    return counter


def test_the_customer_s_terms_are_the_order_s_until_a_person_agrees_to_others(
    database: Database,
) -> None:
    with database.begin() as session:
        stocked(session, delivery_policy="complete")
        draft = ordered(session, ("A", 5), ("B", 5))
        assert promised(draft) == [[(5, 7)], [(5, 7)]]
        event = agree(session, draft, complete="no")
        assert promised(draft) == [[(5, 1)], [(5, 7)]]
        assert (event.actor, event.facts["reason"]) == ("user:1", "Ana, by phone")
        agree(session, draft, reason="")
        assert promised(draft) == [[(5, 7)], [(5, 7)]]
        assert [e.name for e in history(session, "draft", draft.id)].count(
            "draft.delivery_set"
        ) == 2


def test_a_group_of_lines_is_delivered_together_and_the_order_keeps_who_agreed(
    database: Database,
) -> None:
    with database.begin() as session:
        stocked(session)
        draft = ordered(session, ("A", 5), ("B", 5), ("C", 5))
        lines = lines_of(session, draft)
        agree(session, draft, "Kit", lines=lines[:2], complete="yes")
        assert promised(draft) == [[(5, 7)], [(5, 7)], [(5, 1)]]
        order = confirm(session, draft, version=draft.version, act=make.an_act())
        assert order.delivery["Kit"]["terms"]["complete"] == "yes"
        assert (order.delivery["Kit"]["by"], order.delivery_policy) == ("user:1", "partial")
        booked = session.scalars(select(OrderLine).order_by(OrderLine.position)).all()
        assert [line.group_name for line in booked] == ["Kit", "Kit", ""]
        agree_again = repromise_of(session, order)
        assert agree_again == [(1, day(10)), (2, day(10))]


def repromise_of(session, order: Order):  # type: ignore[no-untyped-def]
    """The receipt of IT-B comes three days later: the whole group moves, and nothing else."""
    from core.supply.tables import Receipt

    session.scalars(select(Receipt)).one().expected_date = day(9)
    session.flush()
    event = repromise(session, order, "late receipt", act=make.an_act())
    assert sorted(event.changes) == ["line 1 arrival", "line 2 arrival"]
    rows = session.execute(
        select(OrderLine.position, ScheduleLine.promised_date)
        .join(OrderLine, OrderLine.id == ScheduleLine.line_id)
        .where(OrderLine.group_name == "Kit")
        .order_by(OrderLine.position)
    )
    return [tuple(row) for row in rows]


def test_a_latest_day_leaves_the_rest_unpromised_until_a_person_lets_it_pass(
    database: Database,
) -> None:
    with database.begin() as session:
        stocked(session, latest_days=2)
        draft = ordered(session, ("A", 5), ("B", 5))
        assert promised(draft) == [[(5, 1)], []]
        problem = session.scalars(select(Problem).where(Problem.code == "beyond-latest")).one()
        assert problem.blocking and problem.facts["arrives"] == day(7).isoformat()
        with pytest.raises(Blocked):
            confirm(session, draft, version=draft.version, act=make.an_act())
        by = make.an_act(f"user:{make.a_user(session).id}")
        accept_problem(session, draft, problem.id, "they will call", act=by)
        confirm(session, draft, version=draft.version, act=make.an_act())
        rows = session.scalars(select(ScheduleLine).order_by(ScheduleLine.id)).all()
        assert [(row.promised_date, row.reason["code"]) for row in rows][1] == (
            None,
            "beyond-latest",
        )


def test_small_parts_and_many_days_are_the_customer_s_to_refuse(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        counter = a_counter(session, part_quantity=Decimal(5))
        for quantity, offset in ((2, 0), (2, 1), (2, 2), (20, 8)):
            make.a_receipt(session, counter["site"], counter["items"]["A"], quantity, day(offset))
        draft = ordered(session, ("A", 10))
        assert promised(draft) == [[(5, 3), (5, 9)]]
        agree(session, draft, part_quantity="0", most_dates="2")
        assert promised(draft) == [[(2, 1), (8, 9)]]


def test_terms_need_sense_a_reason_and_the_draft_as_it_was_seen(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        stocked(session)
        draft = ordered(session, ("A", 5))
        for changes, field in (
            ({"most_dates": "many"}, "most_dates"),
            ({"part_value": "-1"}, "part_value"),
            ({"latest_date": "soon"}, "latest_date"),
        ):
            with pytest.raises(BadInput) as refused:
                agree(session, draft, **changes)
            assert refused.value.field == field
        with pytest.raises(BadInput):
            agree(session, draft, reason=" ", complete="yes")
        with pytest.raises(Stale):
            set_delivery(session, draft, "", {}, "", version=draft.version - 1, act=make.an_act())
        assert draft.delivery == {}


def test_a_change_brings_its_own_terms_to_the_order(database: Database) -> None:
    with database.begin() as session:
        stocked(session, delivery_policy="complete")
        first = ordered(session, ("A", 5), ("B", 5))
        order = confirm(session, first, version=first.version, act=make.an_act())
        rows = (
            {
                "line_no": "1",
                "supplier_sku": "IT-A",
                "quantity": "6",
                "uom": "EA",
                "unit_price": "10",
            },
            {
                "line_no": "2",
                "supplier_sku": "IT-B",
                "quantity": "6",
                "uom": "EA",
                "unit_price": "10",
            },
        )
        head = {"po_number": order.po_number, "requested_date": day(1).isoformat()}

        def sure(values: dict[str, str]) -> dict[str, Candidate]:
            return {name: Candidate(value, 0.97, source="table") for name, value in values.items()}

        document = make.a_document(
            session, sender_address="buyer@north.example", authentication="pass", lane="change"
        )
        read = ReadOrder(sure(head), tuple(sure(row) for row in rows))
        (change,) = open_drafts(
            session, document, Extraction("change", 0.9, orders=(read,)), act=make.an_act()
        )
        assert promised(change) == [[(6, 7)], [(6, 7)]]
        agree(session, change, complete="no", reason="A is urgent now")
        assert promised(change) == [[(6, 1)], [(6, 7)]]
        confirm(session, change, version=change.version, act=make.an_act())
        assert order.delivery[""]["terms"]["complete"] == "no"
        assert (order.delivery[""]["reason"], order.delivery_policy) == (
            "A is urgent now",
            "partial",
        )
