"""Before goods leave, what was right at booking is looked at again: held with who may lift it, freed when the cause is gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from core.agreements.tables import Certificate, ExportControl, RequiredPaper
from core.database import Database
from core.drafts.confirm import confirm
from core.drafts.leaving import lift, look_over
from core.errors import Blocked, NotAllowed
from core.execution.allocate import allocate
from core.execution.release import release
from core.journal import history
from core.orders.hold import lifters
from core.orders.tables import Hold, Order
from core.screening.load import load_list
from tests import builders as make
from tests.core.drafts.checked import Desk

DAY = timedelta(days=1)
LATER = make.NOW + 3 * DAY


@pytest.fixture
def desk(sqlite_database: Database) -> Iterator[Desk]:
    with sqlite_database.begin() as session:
        yield Desk(session)


def booked(desk: Desk) -> Order:
    draft = desk.draft()
    order = confirm(desk.session, draft, version=draft.version, act=make.an_act())
    allocate(desk.session, order, act=make.an_act())
    return order


def looked(desk: Desk, order: Order, at=LATER) -> list[tuple[str, str]]:  # type: ignore[no-untyped-def]
    """(kind, code) of what is newly held."""
    desk.session.flush()
    return [(h.kind, h.code) for h in look_over(desk.session, order, act=make.an_act(at=at))]


def holds(desk: Desk, order: Order) -> list[Hold]:
    found = select(Hold).where(Hold.order_id == order.id).order_by(Hold.id)
    return list(desk.session.scalars(found))


def test_nothing_is_held_while_everything_is_right(desk: Desk) -> None:
    order = booked(desk)
    assert looked(desk, order) == []
    assert release(desk.session, order, act=make.an_act(at=LATER))


def test_a_certificate_that_ended_since_holds_and_the_new_one_frees(desk: Desk) -> None:
    paper = RequiredPaper(item_id=desk.item.id, kind="EN 10204 3.1", needed_for="shipment")
    held = Certificate(kind="EN 10204 3.1", item_id=desk.item.id, valid_to=make.TODAY + DAY)
    desk.session.add_all([paper, held])
    order = booked(desk)
    assert holds(desk, order) == []
    assert looked(desk, order) == [("quality", "paper-missing")]
    assert looked(desk, order) == []
    (hold,) = holds(desk, order)
    assert "ended on" in hold.reason and lifters(desk.session, order, hold) == ("quality", "admin")
    with pytest.raises(Blocked, match="Quality hold: Line 1"):
        release(desk.session, order, act=make.an_act(at=LATER))
    held.valid_to = make.TODAY + 90 * DAY
    assert looked(desk, order) == [] and hold.status == "released"
    assert release(desk.session, order, act=make.an_act(at=LATER))
    said = [e.facts.get("reason") for e in history(desk.session, "hold", hold.id)]
    assert said[-1] == "The check finds nothing any more"


def test_an_export_licence_is_asked_for_again(desk: Desk) -> None:
    desk.place.country, desk.item.export_code = "NO", "3A001"
    licence = Certificate(kind="export licence", country="NO", valid_to=make.TODAY + DAY)
    control = ExportControl(export_code="3A001", country="NO", need="licence")
    desk.session.add_all([licence, control])
    order = booked(desk)
    assert looked(desk, order) == [("export", "export-licence-missing")]
    (hold,) = holds(desk, order)
    clerk = make.an_act(f"user:{desk.clerk.id}", at=LATER)
    with pytest.raises(NotAllowed, match="export duty"):
        lift(desk.session, order, hold, "It is fine", None, act=clerk)
    boss = f"user:{desk.boss.id}"
    lift(desk.session, order, hold, "Licence is at customs", None, act=make.an_act(boss, at=LATER))
    assert looked(desk, order) == [], "lifted for just this"
    assert release(desk.session, order, act=make.an_act(at=LATER))


def test_a_word_that_runs_out_holds_again(desk: Desk) -> None:
    paper = RequiredPaper(customer_id=desk.customer.id, kind="end-use statement")
    desk.session.add(paper)
    order = booked(desk)
    (hold,) = holds(desk, order)
    boss = f"user:{desk.boss.id}"
    act = make.an_act(boss)
    lift(desk.session, order, hold, "They send it today", make.NOW + DAY, act=act)
    assert looked(desk, order, make.NOW + timedelta(hours=1)) == []
    assert looked(desk, order) == []
    with pytest.raises(Blocked, match="end-use statement"):
        release(desk.session, order, act=make.an_act(at=LATER))


def test_credit_at_release_is_a_typed_hold_that_a_payment_frees(desk: Desk) -> None:
    order = booked(desk)
    desk.customer.credit_limit, desk.customer.open_receivables = Decimal(100), Decimal(95)
    assert looked(desk, order) == [("credit", "credit-exceeded")]
    (hold,) = holds(desk, order)
    with pytest.raises(Blocked) as caught:
        release(desk.session, order, act=make.an_act(at=LATER))
    assert len(caught.value.reasons) == 1
    desk.customer.open_receivables = Decimal(10)
    assert looked(desk, order) == [] and hold.status == "released"
    desk.customer.open_receivables = Decimal(95)
    assert looked(desk, order) == [("credit", "credit-exceeded")]
    again = holds(desk, order)[-1]
    boss = f"user:{desk.boss.id}"
    lift(desk.session, order, again, "They pay", None, act=make.an_act(boss, at=LATER))
    assert looked(desk, order) == []
    desk.customer.open_receivables = Decimal(200)
    assert looked(desk, order) == [("credit", "credit-exceeded")], "more than it was lifted for"


def test_a_customer_who_was_blocked_since_is_held(desk: Desk) -> None:
    order = booked(desk)
    desk.customer.blocked, desk.customer.blocked_reason = True, "unpaid"
    assert looked(desk, order) == [("customer", "customer-blocked")]
    (hold,) = holds(desk, order)
    desk.customer.blocked = False
    boss = make.an_act(f"user:{desk.boss.id}", at=LATER)
    assert lift(desk.session, order, hold, "Paid", None, act=boss) is None, "its cause is gone"
    assert hold.status == "released"


def test_a_newer_list_of_restricted_parties_is_looked_at(desk: Desk) -> None:
    order = booked(desk)
    load_list(desk.session, "L", "l.csv", b"name\nNordlicht Pumpen\n", act=make.an_act())
    assert looked(desk, order) == [("export", "restricted-party")]
    assert looked(desk, order) == []


def test_what_a_person_let_pass_when_it_was_booked_stays_passed(desk: Desk) -> None:
    desk.session.add(
        RequiredPaper(customer_id=desk.customer.id, kind="end-use statement", needed_for="order")
    )
    draft = desk.draft()
    desk.accept(draft, "paper-missing", until=make.NOW + 2 * DAY)
    order = confirm(desk.session, draft, version=draft.version, act=make.an_act())
    assert looked(desk, order, make.NOW + DAY) == []
    assert looked(desk, order) == [("quality", "paper-missing")], "the word has run out"
