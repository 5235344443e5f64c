"""A later mail about an order: change, cancellation, revision, duplicate."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.database import Database
from core.drafts.accept import accept_problem
from core.drafts.assess import assess
from core.drafts.confirm import confirm
from core.drafts.correct import Edit, correct
from core.drafts.open import open_drafts
from core.drafts.reasons import problem_sentence
from core.drafts.tables import Draft, DraftLine, Problem
from core.drafts.workbench import workbench
from core.inbound.reading import Extraction
from core.orders.tables import Order, OrderLine
from core.parties.tables import Customer
from tests import builders as make
from tests.core.drafts.test_open import a_house, codes, reading

LINE = {"buyer_sku": "77120", "quantity": "3", "uom": "CS", "line_no": "10", "unit_price": "49.2"}


def mail(session: Session, extraction: Extraction, **changes: Any) -> Draft:
    document = make.a_document(
        session,
        sender_address="einkauf@nordlicht.example",
        authentication="pass",
        lane=extraction.lane,
        **changes,
    )
    (draft,) = open_drafts(session, document, extraction, act=make.an_act())
    return draft


def booked(session: Session, *lines: dict[str, str]) -> Order:
    draft = mail(session, reading(*(lines or (LINE,)), po_number="PO-4711"))
    return confirm(session, draft, version=draft.version, act=make.an_act())


def of_firm(session: Session, firm: Customer, draft: Draft) -> Draft:
    edit = Edit(None, "customer_id", str(firm.id))
    correct(session, draft, (edit,), version=draft.version, act=make.an_act())
    return draft


def facts_of(session: Session, draft: Draft, code: str) -> dict[str, Any]:
    query = select(Problem).where(Problem.draft_id == draft.id, Problem.code == code)
    return session.scalars(query).one().facts


def test_a_change_of_a_quantity_by_line_number_alone(database: Database) -> None:
    with database.begin() as session:
        a_house(session)
        order = booked(session)
        change = reading({"line_no": "10", "quantity": "5"}, lane="change", po_number="po 4711")
        draft = mail(session, change)
        assert codes(session, draft) == []
        line = session.scalars(select(DraftLine).where(DraftLine.draft_id == draft.id)).one()
        assert (line.unit, line.stock_quantity) == ("CS", Decimal(60))
        bench = workbench(session, draft.id)
        assert bench.revision_of is not None
        assert ("line 1 quantity", "3 CS", "5 CS") in bench.revision_of.differences
        same = confirm(session, draft, version=draft.version, act=make.an_act())
        assert (same.id, same.revision) == (order.id, 2)
        assert session.scalars(select(OrderLine.stock_quantity)).one() == Decimal(60)


def test_the_stock_of_the_changed_line_counts_for_the_change(sqlite_database: Database) -> None:
    """100 are there, 96 are the order's own: the change to 96 needs nothing else."""
    with sqlite_database.begin() as session:
        a_house(session)
        booked(session, {**LINE, "quantity": "8"})
        draft = mail(
            session, reading({"line_no": "10", "quantity": "8"}, lane="change", po_number="PO-4711")
        )
        (parts,) = draft.promise["lines"].values()
        assert [p["reason"]["code"] for p in parts] == ["from-stock"]


def test_a_cancellation_cancels_the_order(database: Database) -> None:
    with database.begin() as session:
        a_house(session)
        order = booked(session)
        draft = mail(session, reading(lane="cancellation", po_number="PO-4711"))
        assert codes(session, draft) == []
        confirm(session, draft, version=draft.version, act=make.an_act())
        assert order.status == "cancelled"


def test_a_change_waits_for_the_order_that_is_still_a_draft(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        a_house(session)
        first = mail(session, reading(LINE, po_number="PO-4711"))
        draft = mail(
            session, reading({"line_no": "10", "quantity": "5"}, lane="change", po_number="PO-4711")
        )
        assert "order-not-booked" in codes(session, draft)
        waits = next(p for p in workbench(session, draft.id).problems if p.field == "po_number")
        assert waits.sentence == (
            f"PO PO-4711 is still draft {first.id} on the desk: decide on that first, then on this change."
        )
        assert [(f.kind, f.value) for f in waits.fixes] == [("draft", str(first.id))]
        confirm(session, first, version=first.version, act=make.an_act())
        edit = Edit(None, "notes", "checked again")
        correct(session, draft, (edit,), version=draft.version, act=make.an_act())
        assert codes(session, draft) == []


def test_the_same_order_again_is_a_duplicate(database: Database) -> None:
    with database.begin() as session:
        a_house(session)
        order = booked(session)
        draft = mail(session, reading(LINE, po_number="4711"))
        assert facts_of(session, draft, "duplicate-order")["order"] == order.number
        assert facts_of(session, draft, "duplicate-order")["outcome"] == "same"
        assert draft.duplicate_of_id == order.id


def test_another_channel_is_named(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        a_house(session)
        booked(session)
        draft = mail(session, reading(LINE, po_number="PO-4711"), channel="drop")
        assert facts_of(session, draft, "duplicate-order")["outcome"] == "other-channel"


def test_another_firm_of_the_group_sends_the_order_once_more(database: Database) -> None:
    """Lesson 1: the group's number and content are compared; a sister's number alone says nothing."""
    with database.begin() as session:
        a_house(session)
        order = booked(session)
        ours = session.get_one(Customer, order.customer_id)
        sister = make.a_customer(session, name="Nordlicht Holding SE")
        make.an_address(session, sister)
        item = session.scalars(select(Item).join(OrderLine, OrderLine.item_id == Item.id)).first()
        assert item is not None
        row = {"supplier_sku": item.number, "quantity": "3", "uom": "CS"}
        again = of_firm(session, sister, mail(session, reading(row, po_number="PO-4711")))
        codes = set(session.scalars(select(Problem.code).where(Problem.draft_id == again.id)))
        assert "duplicate-order" not in codes, "no group, no relation"
        ours.group_name = sister.group_name = "Nordlicht group"
        assess(session, again, act=make.an_act())
        facts = facts_of(session, again, "duplicate-order")
        assert (facts["order"], facts["group"]) == (order.number, "Nordlicht group")
        said = problem_sentence("duplicate-order", facts)
        assert f"{order.number} of another firm of Nordlicht group" in said
        other = {"supplier_sku": make.an_item(session).number, "quantity": "8", "uom": "EA"}
        fresh = of_firm(session, sister, mail(session, reading(other, po_number="PO-4711")))
        codes = set(session.scalars(select(Problem.code).where(Problem.draft_id == fresh.id)))
        assert not codes & {"duplicate-order", "reused-number"}


def test_other_contents_under_the_same_number_are_a_revision(database: Database) -> None:
    with database.begin() as session:
        a_house(session)
        order = booked(session)
        draft = mail(session, reading({**LINE, "quantity": "4"}, po_number="PO-4711"))
        assert facts_of(session, draft, "revision-of-order")["outcome"] == "revision"
        edit = Edit(None, "kind", "change")
        correct(session, draft, (edit,), version=draft.version, act=make.an_act())
        assert codes(session, draft) == []
        same = confirm(session, draft, version=draft.version, act=make.an_act())
        assert same.id == order.id
        line = session.scalars(select(OrderLine)).one()
        assert (line.quantity, line.stock_quantity) == (Decimal(4), Decimal(48))


def test_a_person_may_say_that_it_is_a_new_order(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        a_house(session)
        order = booked(session)
        draft = mail(session, reading({**LINE, "quantity": "4"}, po_number="PO-4711"))
        (problem,) = session.scalars(select(Problem).where(Problem.draft_id == draft.id))
        accept_problem(session, draft, problem.id, "They split it", act=make.an_act())
        second = confirm(session, draft, version=draft.version, act=make.an_act())
        assert second.id != order.id


def test_a_call_off_is_only_mentioned(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        a_house(session)
        booked(session)
        draft = mail(
            session,
            reading({**LINE, "quantity": "4"}, po_number="PO-4711", purpose="call-off 2"),
        )
        assert facts_of(session, draft, "revision-of-order")["outcome"] == "call-off"
        assert draft.blocking_count == 0


def test_a_cancelled_order_may_be_entered_again(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        a_house(session)
        booked(session)
        cancel = mail(session, reading(lane="cancellation", po_number="PO-4711"))
        confirm(session, cancel, version=cancel.version, act=make.an_act())
        draft = mail(session, reading(LINE, po_number="PO-4711"))
        assert codes(session, draft) == []


def test_the_same_contents_without_a_number_are_pointed_out(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        a_house(session)
        booked(session)
        draft = mail(session, reading(LINE))
        assert facts_of(session, draft, "duplicate-order")["outcome"] == "same-content"


def test_a_number_that_tells_nothing_apart_is_no_evidence(sqlite_database: Database) -> None:
    """Two orders "by phone" with different goods are two orders."""
    with sqlite_database.begin() as session:
        a_house(session)
        first = mail(session, reading(LINE, po_number="Telefon"))
        confirm(session, first, version=first.version, act=make.an_act())
        draft = mail(session, reading({**LINE, "quantity": "4"}, po_number="Telefon"))
        assert codes(session, draft) == []
        again = mail(session, reading(LINE, po_number="telefon"))
        assert facts_of(session, again, "duplicate-order")["outcome"] == "same-content"


def test_a_revision_mark_in_the_number_names_the_same_order(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        a_house(session)
        order = booked(session)
        draft = mail(session, reading({**LINE, "quantity": "4"}, po_number="PO-4711 Rev 2"))
        assert facts_of(session, draft, "revision-of-order")["order"] == order.number


def test_what_a_change_does_not_speak_of_is_wanted_as_agreed(database: Database) -> None:
    with database.begin() as session:
        a_house(session)
        wish = make.TODAY + timedelta(days=21)
        order = booked(session, {**LINE, "requested_date": wish.isoformat()})
        more = {"line_no": "10", "quantity": "4"}
        draft = mail(session, reading(more, lane="change", po_number="PO-4711"))
        (line,) = draft.promise["lines"].values()
        assert {part["promised_date"] for part in line} == {wish.isoformat()}
        bench = workbench(session, draft.id, now=make.NOW)
        assert bench.lines[0].requested_date == wish
        assert bench.revision_of is not None
        (ahead,) = bench.revision_of.days
        assert {day for _, day in (*ahead.now, *ahead.then)} == {wish}
        (what,) = [row[0] for row in bench.revision_of.differences]
        assert what == "line 1 quantity"
        confirm(session, draft, version=draft.version, act=make.an_act())
        kept = session.scalars(select(OrderLine).where(OrderLine.order_id == order.id)).one()
        assert (kept.quantity, kept.requested_date) == (Decimal(4), wish)


def test_a_new_day_for_the_whole_order_stands_among_the_differences(database: Database) -> None:
    with database.begin() as session:
        a_house(session)
        booked(session)
        later = (make.TODAY + timedelta(days=30)).isoformat()
        same = {"line_no": "10", "quantity": "3"}
        told = reading(same, lane="change", po_number="PO-4711", requested_date=later)
        draft = mail(session, told)
        bench = workbench(session, draft.id, now=make.NOW)
        assert bench.revision_of is not None
        rows = {what: new for what, _, new in bench.revision_of.differences}
        assert rows == {"line 1 wanted": later}
