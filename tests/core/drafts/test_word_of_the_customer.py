"""What may be the customer's yes to an offer, how sure that is, and what has to be said where there is doubt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from core.database import Database
from core.drafts.confirm import confirm
from core.errors import BadInput
from core.inbound.tables import InboundDocument
from core.orders.consent import agree, replies
from core.orders.tables import Hold, Order
from core.outbox import put
from tests import builders as make
from tests.core.drafts.checked import Desk

OURS = "<offer-1@probe.example>"


@pytest.fixture
def desk(sqlite_database: Database) -> Iterator[Desk]:
    with sqlite_database.begin() as session:
        yield Desk(session)


def an_offer(desk: Desk) -> tuple[Order, Hold]:
    """Booked later than it was wanted, and told by a mail of ours."""
    desk.rule("acceptance-differs", "hold")
    soon = (make.NOW + timedelta(days=1)).date().isoformat()
    line = {"buyer_sku": "77120", "quantity": "300000", "uom": "EA", "unit_price": "4.10"}
    draft = desk.draft(line | {"requested_date": soon}, po_number="PO-7781")
    act = make.an_act(f"user:{desk.clerk.id}")
    order = confirm(desk.session, draft, version=draft.version, act=act)
    put(desk.session, "mail", subject="order", subject_id=order.id, key="offer-1").message_id = OURS
    desk.session.flush()
    return order, desk.session.scalars(select(Hold)).one()


def a_mail(desk: Desk, hold: Hold, **changes: Any) -> InboundDocument:
    """A day after the hold was placed, or as many as are told."""
    document = desk.session.scalars(select(InboundDocument).order_by(InboundDocument.id)).first()
    assert document is not None
    given = {
        "sender_address": document.sender_address,
        "authentication": "pass",
        "received_at": hold.created_at + timedelta(days=changes.pop("days", 1)),
        "subject_line": "Fine with us",
    }
    return make.a_document(desk.session, **{**given, **changes})


@pytest.mark.parametrize(
    ("mail", "why"),
    [
        ({"in_reply_to": OURS}, "answers"),
        ({"references": ["<other@x.example>", OURS]}, "thread"),
        ({"subject_line": "AW: Auftrag {order}"}, "number"),
        ({"subject_line": "our po-7781: agreed"}, "number"),
    ],
)
def test_a_word_of_a_known_contact_is_found_and_taken(
    desk: Desk, mail: dict[str, Any], why: str
) -> None:
    order, hold = an_offer(desk)
    if "subject_line" in mail:
        mail = {"subject_line": mail["subject_line"].format(order=order.number)}
    document = a_mail(desk, hold, **mail)
    (found,) = replies(desk.session, order, hold)
    assert (found.document_id, found.why, found.doubts) == (document.id, why, ())
    agree(desk.session, order, hold, document.id, act=make.an_act(f"user:{desk.clerk.id}"))
    assert hold.status == "released" and hold.facts["document_id"] == document.id


@pytest.mark.parametrize(
    ("mail", "doubt"),
    [
        ({"in_reply_to": OURS, "authentication": "fail"}, "not verified"),
        ({"in_reply_to": OURS, "sender_address": "who@elsewhere.example"}, "no known contact"),
    ],
)
def test_a_doubtful_word_needs_a_person_who_made_sure(
    desk: Desk, mail: dict[str, Any], doubt: str
) -> None:
    order, hold = an_offer(desk)
    document = a_mail(desk, hold, **mail)
    (found,) = replies(desk.session, order, hold)
    assert doubt in ", ".join(found.doubts)
    act = make.an_act(f"user:{desk.clerk.id}")
    with pytest.raises(BadInput, match="made sure"):
        agree(desk.session, order, hold, document.id, act=act)
    assert hold.status == "active"
    agree(desk.session, order, hold, document.id, "called Ana back", act=act)
    assert "called Ana back" in hold.release_reason


@pytest.mark.parametrize(
    "mail",
    [
        {"subject_line": "PO-77812 is another order"},
        {"subject_line": "PO-7781", "sender_address": "who@elsewhere.example"},
        {"in_reply_to": OURS, "automatic": "auto-replied"},
        {"in_reply_to": OURS, "days": -9},
        {"subject_line": "about something else"},
    ],
)
def test_what_is_no_word_on_it_is_not_found(desk: Desk, mail: dict[str, Any]) -> None:
    order, hold = an_offer(desk)
    a_mail(desk, hold, **mail)
    assert replies(desk.session, order, hold) == ()
