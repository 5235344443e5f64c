"""The clerk's verbs: correct, undo, accept, remember, park, ask, answer, reject, withdraw, confirm."""

from __future__ import annotations

import threading
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.agreements.strictness import DEFAULTS
from core.catalogue.tables import CustomerItem
from core.database import Database
from core.drafts.accept import accept_problem
from core.drafts.ask import ask
from core.drafts.confirm import confirm
from core.drafts.correct import Edit, accept_field, add_line, correct, remove_line, undo
from core.drafts.fixes.find import fixes
from core.drafts.open import open_drafts
from core.drafts.park import park, resume
from core.drafts.promise import promise_draft
from core.drafts.reject import reject
from core.drafts.remember import remember_item
from core.drafts.tables import Draft, DraftField, DraftLine, Problem
from core.drafts.withdraw import restore, withdraw
from core.drafts.workbench import workbench
from core.errors import BadInput, Blocked, IllegalStep, NotFound, OrderclerkError, Stale
from core.inbound.reading import Candidate, Extraction, ReadOrder
from core.inbound.tables import Part
from core.journal import history
from core.orders.tables import Order, ScheduleLine
from core.outbox import OutboxItem
from core.parties.tables import CustomerAddress
from core.supply.tables import StockLot
from tests import builders as make
from tests.core.drafts.checked import look_at_waiting
from tests.core.drafts.test_changes import LINE, mail
from tests.core.drafts.test_open import a_house, codes, reading


def edited(session: Session, draft: Draft, *edits: Edit) -> Any:
    return correct(session, draft, edits, version=draft.version, act=make.an_act())


def line_of(session: Session, draft: Draft) -> DraftLine:
    return session.scalars(select(DraftLine).where(DraftLine.draft_id == draft.id)).all()[-1]


def problem(session: Session, draft: Draft, code: str) -> Problem:
    query = select(Problem).where(Problem.draft_id == draft.id, Problem.code == code)
    return session.scalars(query).one()


def test_a_correction_is_kept_with_old_and_new_and_can_be_undone(database: Database) -> None:
    with database.begin() as session:
        a_house(session)
        draft = mail(session, reading(LINE, po_number="1"))
        line = line_of(session, draft)
        event = edited(
            session, draft, Edit(line.id, "quantity", "1.000"), Edit(None, "po_number", "2")
        )
        assert event.changes == {"line 1 quantity": ["3", "1"], "po_number": ["1", "2"]}
        assert (line.stock_quantity, draft.po_key) == (Decimal(12), "2")
        undo(session, draft, act=make.an_act())
        assert (line.stock_quantity, draft.po_key) == (Decimal(36), "1")
        field = session.scalars(select(DraftField).where(DraftField.name == "po_number")).one()
        assert not field.corrected and not field.accepted
        with pytest.raises(BadInput):
            undo(session, draft, act=make.an_act())


def test_a_choice_stays_until_it_is_taken_back(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        house: Any = a_house(session)
        other = make.an_item(session, number="BX-60")
        draft = mail(session, reading(LINE, po_number="1"))
        line = line_of(session, draft)
        edited(session, draft, Edit(line.id, "item_id", str(other.id)))
        edited(session, draft, Edit(None, "notes", "x"))
        assert line.item_id == other.id
        undo(session, draft, act=make.an_act())
        undo(session, draft, act=make.an_act())
        assert line.item_id == house["item"].id


@pytest.mark.parametrize(
    ("edit", "error"),
    [
        (Edit(None, "quantity", "1"), BadInput),
        (Edit(None, "requested_date", "31.31.2026"), BadInput),
        (Edit(None, "customer_id", "9999"), NotFound),
        (Edit(None, "customer_id", "x"), BadInput),
        (Edit(None, "item_id", "1"), BadInput),
        (Edit(9999, "quantity", "1"), NotFound),
        (Edit(None, "kind", "gift"), BadInput),
        (Edit(None, "ship_to_id", "1"), None),
    ],
)
def test_edits_that_cannot_be(
    sqlite_database: Database, edit: Edit, error: type[Exception] | None
) -> None:
    with sqlite_database.begin() as session:
        a_house(session)
        draft = mail(session, reading(LINE, po_number="1"))
        if error is None:
            edited(session, draft, edit)
        else:
            with pytest.raises(error):
                edited(session, draft, edit)


def test_a_stale_screen_is_told_what_it_would_have_overwritten(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        a_house(session)
        draft = mail(session, reading(LINE, po_number="1"))
        seen = draft.version
        later = make.an_act(at=make.NOW + timedelta(minutes=1))
        correct(session, draft, (Edit(None, "notes", "theirs"),), version=seen, act=later)
        with pytest.raises(Stale) as caught:
            correct(session, draft, (Edit(None, "notes", "mine"),), version=seen, act=make.an_act())
        assert caught.value.differences == (("notes", "mine", "theirs"),)


def test_the_same_press_twice_is_one_correction(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        a_house(session)
        draft = mail(session, reading(LINE, po_number="1"))
        act, version = make.an_act(key="press"), draft.version
        first = correct(session, draft, (Edit(None, "notes", "x"),), version=version, act=act)
        again = correct(session, draft, (Edit(None, "notes", "x"),), version=version, act=act)
        assert first.id == again.id


def test_lines_come_and_go(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        house: Any = a_house(session)
        draft = mail(session, reading(LINE, po_number="1"))
        add_line(session, draft, act=make.an_act())
        added = line_of(session, draft)
        assert "item-unknown" in codes(session, draft)
        edited(
            session, draft, Edit(added.id, "supplier_sku", "BX-40"), Edit(added.id, "quantity", "2")
        )
        assert (added.item_id, added.position) == (house["item"].id, 2)
        remove_line(session, draft, added.id, act=make.an_act())
        assert [line.removed for line in workbench(session, draft.id).lines] == [False, True]
        undo(session, draft, act=make.an_act())
        assert not added.removed


def test_an_accepted_problem_stays_accepted_while_its_facts_do(database: Database) -> None:
    with database.begin() as session:
        a_house(session)
        draft = mail(session, reading({**LINE, "unit_price": "40"}, po_number="1"))
        found = problem(session, draft, "price-differs")
        accept_problem(session, draft, found.id, "Agreed by phone", act=make.an_act())
        assert draft.blocking_count == 0
        edited(session, draft, Edit(None, "notes", "x"))
        assert problem(session, draft, "price-differs").accepted_reason == "Agreed by phone"
        line = line_of(session, draft)
        edited(session, draft, Edit(line.id, "unit_price", "30"))
        assert problem(session, draft, "price-differs").accepted_by == ""
        assert draft.blocking_count == 1


def test_what_leaves_nothing_to_book_cannot_be_accepted(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        a_house(session)
        draft = mail(session, reading({"buyer_sku": "0", "quantity": "1"}, po_number="1"))
        with pytest.raises(Blocked):
            accept_problem(
                session,
                draft,
                problem(session, draft, "item-unknown").id,
                "so what",
                act=make.an_act(),
            )


@pytest.mark.parametrize("code", sorted(c for c, rule in DEFAULTS.items() if rule.fixed))
def test_what_cannot_pass_is_not_offered_for_accepting(code: str) -> None:
    row = Problem(code=code, field="po_number", facts={"po_number": "1"}, line_id=None)
    assert all(fix.kind != "accept" for fix in fixes(row, {}, None, DEFAULTS[code]))


def test_a_doubtful_field_is_accepted_by_looking(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        a_house(session)
        unsure = ReadOrder({"po_number": Candidate("77", 0.4)})
        draft = mail(session, Extraction("order", orders=(unsure,)))
        assert (draft.doubtful_count, draft.warning_count) == (1, 0)
        field = session.scalars(select(DraftField).where(DraftField.name == "po_number")).one()
        accept_field(session, draft, (field.id,), act=make.an_act())
        assert draft.doubtful_count == 0
        assert "field-doubtful" not in codes(session, draft)


def test_one_correction_teaches_all_waiting_drafts(database: Database) -> None:
    with database.begin() as session:
        house: Any = a_house(session)
        unknown = {"buyer_sku": "N-9", "quantity": "2", "uom": "CS"}
        draft = mail(session, reading(unknown, po_number="1"))
        waiting = mail(session, reading(unknown, po_number="2"))
        line = line_of(session, draft)
        with pytest.raises(BadInput):
            remember_item(session, line, act=make.an_act())
        edited(session, draft, Edit(line.id, "item_id", str(house["item"].id)))
        assert workbench(session, draft.id).lines[0].can_remember
        remember_item(session, line, act=make.an_act())
        known = session.scalars(
            select(CustomerItem).where(CustomerItem.customer_sku == "N-9")
        ).one()
        assert (known.item_id, known.unit) == (house["item"].id, "CS")
        assert look_at_waiting(session) == 2
        assert line_of(session, waiting).item_id == house["item"].id


def test_a_question_and_its_answer(database: Database) -> None:
    with database.begin() as session:
        a_house(session)
        draft = mail(session, reading({"buyer_sku": "0", "quantity": "1"}, po_number="1"))
        found = problem(session, draft, "item-unknown")
        with pytest.raises(BadInput):
            ask(session, draft, (), " ", act=make.an_act())
        ask(session, draft, (found.id,), "Thank you!", act=make.an_act())
        item = session.scalars(select(OutboxItem).where(OutboxItem.task == "question")).one()
        assert draft.status == "waiting"
        assert item.facts["questions"] == ["Which article do you mean by “0”?"]
        item.message_id = "<q1@probe.example>"
        answer = make.a_document(session, in_reply_to="<q1@probe.example>", lane="other")
        body = "The blue one.\n\nOn Mon, 2 Mar 2026 Probe Fittings wrote:\n> Which article?"
        session.add(
            Part(
                document_id=answer.id,
                number=1,
                kind="body-text",
                content_type="text/plain",
                size=len(body),
                sha256=answer.raw_sha256,
                text=body,
            )
        )
        (same,) = open_drafts(session, answer, Extraction("other"), act=make.an_act())
        again = open_drafts(session, answer, Extraction("other"), act=make.an_act(key="again"))
        assert (same.id, draft.status) == (draft.id, "open")
        assert [d.id for d in again] == [draft.id]
        told = [(r.kind, r.text) for r in workbench(session, draft.id).conversation]
        assert told == [
            ("question", "Which article do you mean by “0”?\nThank you!"),
            ("answer", "The blue one."),
        ]


def test_park_reject_withdraw_restore(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        a_house(session)
        draft = mail(session, reading(LINE, po_number="1"))
        with pytest.raises(BadInput):
            park(session, draft, make.NOW - timedelta(days=1), "late", act=make.an_act())
        park(session, draft, None, "Waits for Mara", act=make.an_act())
        with pytest.raises(IllegalStep):
            confirm(session, draft, version=draft.version, act=make.an_act())
        resume(session, draft, act=make.an_act())
        with pytest.raises(BadInput):
            reject(session, draft, "", act=make.an_act())
        reject(session, draft, "We do not deliver there", act=make.an_act())
        mails = session.scalars(select(OutboxItem).where(OutboxItem.task == "rejection")).all()
        assert [m.facts["reason"] for m in mails] == ["We do not deliver there"]
        restore(session, draft, act=make.an_act())
        withdraw(session, draft, "A test", act=make.an_act())
        restore(session, draft, act=make.an_act())
        assert [e.to_status for e in history(session, "draft", draft.id)][-1] == "open"


def test_a_later_date_is_news_that_stops_the_confirmation(database: Database) -> None:
    with database.begin() as session:
        a_house(session)
        draft = mail(session, reading(LINE, po_number="1"))
        session.scalars(select(StockLot)).one().on_hand_quantity = Decimal(0)
        with pytest.raises(Stale) as caught:
            confirm(session, draft, version=draft.version, act=make.an_act())
        assert [d[0] for d in caught.value.differences] == ["line 1"]
    with database.begin() as session:
        mine = session.get_one(Draft, draft.id)
        promise_draft(session, mine, act=make.an_act())
        order = confirm(session, mine, version=mine.version, act=make.an_act())
        assert order.number


def test_confirming_twice_is_one_order(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        a_house(session)
        draft = mail(session, reading(LINE, po_number="1"))
        act, version = make.an_act(), draft.version
        first = confirm(session, draft, version=version, act=act)
        assert confirm(session, draft, version=version, act=act).id == first.id
        assert confirm(session, draft, version=0, act=make.an_act()).id == first.id


def test_two_clerks_confirm_orders_for_the_same_goods(postgres_database: Database) -> None:
    """Sixty are there for two orders of sixty: one gets them, the other one's clerk sees a later date."""
    database = postgres_database
    with database.begin() as session:
        a_house(session)
        session.scalars(select(StockLot)).one().on_hand_quantity = Decimal(60)
        drafts = [
            mail(session, reading({**LINE, "quantity": "5"}, po_number=f"PO-{n}")) for n in (1, 2)
        ]
        seen = [(d.id, d.version) for d in drafts]
    results: list[object] = []
    start = threading.Barrier(2)

    def work(draft_id: int, version: int) -> None:
        start.wait()
        try:
            with database.begin() as session:
                draft = session.get_one(Draft, draft_id)
                confirm(session, draft, version=version, act=make.an_act())
            results.append("booked")
        except OrderclerkError as error:
            results.append(type(error).__name__)

    threads = [threading.Thread(target=work, args=pair) for pair in seen]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(map(str, results)) == ["Stale", "booked"]
    with database.read() as session:
        assert len(session.scalars(select(Order)).all()) == 1
        assert sum(s.quantity for s in session.scalars(select(ScheduleLine))) == Decimal(60)


def test_a_new_address_is_added_by_one_press(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        a_house(session)
        where = "Nordlicht Baustelle, Deichstraße 300, 26736 Krummhörn, Deutschland"
        draft = mail(session, reading(LINE, po_number="1", ship_to=where))
        view = next(p for p in workbench(session, draft.id).problems if p.code == "ship-to-unknown")
        fix = next(f for f in view.fixes if f.value == "new")
        edited(session, draft, Edit(fix.line_id, fix.name, fix.value))
        assert codes(session, draft) == ["ship-to-new"]
        place = session.get_one(CustomerAddress, draft.ship_to_id)
        assert (place.name, place.street, place.postal_code, place.city, place.country) == (
            "Nordlicht Baustelle",
            "Deichstraße 300",
            "26736",
            "Krummhörn",
            "DE",
        )


def test_a_sender_becomes_a_contact_and_is_known_next_time(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        a_house(session)
        read = reading(LINE, po_number="1", buyer_name="Nordlicht Pumpen GmbH")
        document = make.a_document(
            session, sender_address="New@Site.example", authentication="pass"
        )
        (draft,) = open_drafts(session, document, read, act=make.an_act())
        assert codes(session, draft) == ["sender-not-verified"]
        edited(session, draft, Edit(None, "sender", "known"))
        assert codes(session, draft) == []
        undo(session, draft, act=make.an_act())
        assert codes(session, draft) == ["sender-not-verified"]


def test_a_sender_that_failed_its_check_cannot_become_known(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        a_house(session)
        read = reading(LINE, po_number="1", buyer_name="Nordlicht Pumpen GmbH")
        document = make.a_document(session, sender_address="x@y.example", authentication="fail")
        (draft,) = open_drafts(session, document, read, act=make.an_act())
        with pytest.raises(BadInput):
            edited(session, draft, Edit(None, "sender", "known"))


def test_letting_a_doubt_pass_is_saying_that_it_is_right(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        a_house(session)
        unsure = ReadOrder({"po_number": Candidate("77", 0.4)})
        draft = mail(session, Extraction("order", orders=(unsure,)))
        doubt = problem(session, draft, "field-doubtful")
        accept_problem(session, draft, doubt.id, "Right as read", act=make.an_act())
        assert draft.doubtful_count == 0
        edited(session, draft, Edit(None, "notes", "x"))
        assert (draft.doubtful_count, codes(session, draft)) == (0, ["no-lines"])


def test_without_a_warehouse_nothing_is_booked(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        make.a_company(session)
        customer = make.a_customer(session, name="Nordlicht Pumpen GmbH")
        make.an_address(session, customer)
        make.a_contact(session, customer, email="einkauf@nordlicht.example")
        make.a_list_price(session, make.an_item(session, number="BX-40"), "4.10")
        line = {"supplier_sku": "BX-40", "quantity": "1", "uom": "EA"}
        draft = mail(session, reading(line, po_number="1"))
        with pytest.raises(Blocked, match="warehouse"):
            confirm(session, draft, version=draft.version, act=make.an_act())


@pytest.mark.parametrize(("accepted", "terms"), [(False, "NET30"), (True, "90 days net")])
def test_other_terms_count_only_when_a_person_lets_them_pass(
    sqlite_database: Database, accepted: bool, terms: str
) -> None:
    with sqlite_database.begin() as session:
        house: Any = a_house(session)
        house["customer"].payment_terms = "NET30"
        draft = mail(session, reading(LINE, po_number="1", payment_terms="90 days net"))
        differ = problem(session, draft, "terms-differ")
        if accepted:
            accept_problem(session, draft, differ.id, "Agreed", act=make.an_act())
        order = confirm(session, draft, version=draft.version, act=make.an_act())
        assert order.payment_terms == terms
