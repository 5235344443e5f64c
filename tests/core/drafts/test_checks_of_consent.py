"""The check that our answer is what was ordered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from core.correspondence.electronic.facts_of import order_answer
from core.correspondence.electronic.source import source_of
from core.correspondence.order_facts import draft_facts, order_facts
from core.database import Database
from core.drafts.confirm import confirm
from core.drafts.correct import Edit, correct
from core.drafts.tables import Draft, DraftField
from core.errors import NotAllowed
from core.orders.hold import reasons, release
from core.orders.tables import Hold, Order
from core.values import plain
from tests import builders as make
from tests.core.drafts.checked import Desk

CODE = "acceptance-differs"


@pytest.fixture
def desk(sqlite_database: Database) -> Iterator[Desk]:
    with sqlite_database.begin() as session:
        yield Desk(session)


def a_line(**texts: str) -> dict[str, str]:
    return {"buyer_sku": "77120", "quantity": "3", "uom": "EA", "unit_price": "4.10", **texts}


def changed(desk: Desk, draft: Draft, name: str, value: str, confidence: str = "0.99") -> Draft:
    """A person types another value over one that was read with this confidence."""
    line = desk.line(draft)
    field = desk.session.scalars(
        select(DraftField).where(DraftField.line_id == line.id, DraftField.name == name)
    ).one()
    field.confidence = Decimal(confidence)
    act = make.an_act(f"user:{desk.clerk.id}")
    correct(desk.session, draft, [Edit(line.id, name, value)], version=draft.version, act=act)
    return draft


def booked(desk: Desk, draft: Draft) -> Order:
    return confirm(
        desk.session, draft, version=draft.version, act=make.an_act(f"user:{desk.clerk.id}")
    )


def test_nobody_is_asked_unless_policy_wants_it(desk: Desk) -> None:
    draft = changed(desk, desk.draft(a_line()), "quantity", "5")
    assert CODE not in desk.codes(draft)
    assert desk.session.scalars(select(Hold)).all() == [] and booked(desk, draft).id


def test_what_is_answered_as_ordered_is_no_offer(desk: Desk) -> None:
    desk.rule(CODE, "hold")
    soon = (make.NOW + timedelta(days=20)).date().isoformat()
    draft = desk.draft(a_line(requested_date=soon))
    assert CODE not in desk.codes(draft)
    booked(desk, draft)
    assert desk.session.scalars(select(Hold)).all() == []


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [("quantity", "5", "quantity changed"), ("unit_price", "4.50", "price changed")],
)
def test_what_a_person_changed_differs_when_it_was_read_surely(
    desk: Desk, name: str, value: str, says: str
) -> None:
    desk.rule(CODE, "hold")
    draft = changed(desk, desk.draft(a_line()), name, value)
    assert f"line 1: {says}." in desk.says(draft, CODE)
    misread = changed(desk, desk.draft(a_line()), name, value, confidence="0.4")
    assert CODE not in desk.codes(misread)


def test_a_later_day_differs_and_holds_release_until_somebody_who_may_lifts_it(desk: Desk) -> None:
    desk.rule(CODE, "hold", roles=["clerk"])
    draft = desk.draft(a_line(quantity="20000", requested_date=make.NOW.date().isoformat()))
    assert "in several deliveries, date changed" in desk.says(draft, CODE)
    order = booked(desk, draft)
    (hold,) = desk.session.scalars(select(Hold)).all()
    assert (hold.kind, hold.code, hold.stops) == ("consent", CODE, ["release", "ship"])
    assert any("Consent hold" in told for told in reasons(desk.session, order, "release"))
    assert not reasons(desk.session, order, "allocate")
    source = source_of(desk.session, draft)
    told = order_answer(desk.session, order, source, is_change=False, at=make.NOW).order.notes
    assert "line 1: in several deliveries, date changed. This is our offer" in told
    packer = make.a_user(desk.session, role="warehouse")
    with pytest.raises(NotAllowed):
        release(desk.session, hold, "They called", act=make.an_act(f"user:{packer.id}"))
    release(desk.session, hold, "They called", act=make.an_act(f"user:{desk.clerk.id}"))
    told = order_answer(desk.session, order, source, is_change=False, at=make.NOW).order.notes
    assert told == ""
    assert not reasons(desk.session, order, "release")


def test_a_customer_who_agreed_beforehand_gets_no_hold(desk: Desk) -> None:
    desk.rule(CODE, "hold")
    draft = changed(desk, desk.draft(a_line()), "quantity", "5")
    desk.accept(draft, CODE, by=desk.clerk)
    booked(desk, draft)
    assert desk.session.scalars(select(Hold)).all() == []


@pytest.mark.parametrize(
    ("name", "value", "asked"),
    [("quantity", "5", ("3", "4.1")), ("unit_price", "4.50", ("3", "4.1"))],
)
def test_an_offer_tells_what_the_document_asked_beside_what_a_clerk_made_of_it(
    desk: Desk, name: str, value: str, asked: tuple[str, str]
) -> None:
    desk.rule(CODE, "hold")
    draft = changed(desk, desk.draft(a_line()), name, value)
    for line in (
        draft_facts(desk.session, draft.id).lines[0],
        order_facts(desk.session, booked(desk, draft).id).lines[0],
    ):
        assert line.asked.price is not None
        assert (plain(line.asked.quantity), plain(line.asked.price)) == asked
        ours = {"quantity": plain(line.parts[0].quantity), "unit_price": plain(line.price or 0)}
        assert ours[name] == plain(Decimal(value))


def test_where_nobody_has_to_agree_a_correction_is_what_was_asked(desk: Desk) -> None:
    draft = changed(desk, desk.draft(a_line()), "quantity", "5")
    assert order_facts(desk.session, booked(desk, draft).id).lines[0].asked.quantity == 5
