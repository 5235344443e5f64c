"""A booked order is changed by a later mail, then what is left of it is cancelled by another."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import Database
from core.drafts.confirm import confirm
from core.drafts.open import open_drafts
from core.drafts.tables import Draft, DraftField, Problem
from core.drafts.workbench import workbench
from core.errors import Blocked
from core.inbound.reading import Candidate, Extraction, ReadOrder
from core.orders.tables import Order
from core.orders.timeline import timeline
from core.orders.view import order_view
from core.outbox import OutboxItem
from core.parties.tables import Customer
from core.shipping.void import void
from tests.builders import (
    a_company,
    a_contact,
    a_customer,
    a_customer_item,
    a_document,
    a_list_price,
    a_lot,
    a_site,
    an_act,
    an_address,
    an_item,
)
from tests.steps import delivered, released

LATER = date(2026, 3, 20)


def a_firm(session: Session) -> None:
    a_company(session)
    customer = a_customer(session, name="Nordlicht Pumpen GmbH", domains=["nordlicht.example"])
    an_address(session, customer, code="W1")
    a_contact(session, customer, email="einkauf@nordlicht.example")
    site = a_site(session)
    for sku, price in (("77120", "4.10"), ("77121", "2.00")):
        item = an_item(session, lead_days=5)
        a_customer_item(session, customer, item, sku)
        a_list_price(session, item, price)
        a_lot(session, site, item, 40)


def mailed(session: Session, lane: str, *lines: dict[str, str], **fields: str) -> Draft:
    def sure(values: dict[str, str]) -> dict[str, Candidate]:
        return {name: Candidate(value, 0.97, source="table") for name, value in values.items()}

    document = a_document(
        session,
        lane=lane,
        sender_address="einkauf@nordlicht.example",
        authentication="pass",
        subject_line=f"{lane} 4711",
    )
    head = {"po_number": "4711", "buyer_name": "Nordlicht Pumpen GmbH", **fields}
    order = ReadOrder(sure(head), tuple(sure(line) for line in lines))
    (draft,) = open_drafts(session, document, Extraction(lane, 0.9, orders=(order,)), act=an_act())
    return draft


def agreed(session: Session, draft: Draft) -> Order:
    problems = session.scalars(
        select(Problem.code).where(Problem.draft_id == draft.id, Problem.blocking)
    ).all()
    assert problems == []
    return confirm(session, draft, version=draft.version, act=an_act())


def a_line(sku: str, quantity: int, price: str) -> dict[str, str]:
    return {"buyer_sku": sku, "quantity": str(quantity), "uom": "EA", "unit_price": price}


def test_a_change_and_a_cancellation_revise_the_same_order(database: Database) -> None:
    with database.begin() as session:
        a_firm(session)
        order = agreed(
            session,
            mailed(session, "order", a_line("77120", 10, "4.10"), a_line("77121", 6, "2.00")),
        )
        changed = mailed(session, "change", a_line("77121", 9, "2.00"))
        assert (changed.kind, changed.revision_of_id) == ("change", order.id)
        assert agreed(session, changed).id == order.id
        view = order_view(session, order.id)
        assert view.revision == 2
        assert [(line.quantity, line.cancelled_quantity) for line in view.lines] == [
            (10, 0),
            (9, 0),
        ]
        assert [part.quantity for part in view.lines[1].schedule] == [6, 3]
        assert [line.proof_draft_id for line in view.lines] == [view.draft_id, changed.id]
        field = session.get_one(DraftField, view.lines[1].proofs["quantity"])
        assert (field.draft_id, field.value) == (changed.id, "9")

        cancelled = agreed(session, mailed(session, "cancellation"))
        assert cancelled.status == "cancelled"
        told = [row.name for row in timeline(session, order.id)]
        assert told.count("document.sent") == 3 and told.count("draft.confirmed") == 3
        assert told.index("order.changed") < told.index("order.cancelled")
        acks = session.scalars(
            select(OutboxItem).where(OutboxItem.task == "order-acknowledgement")
        ).all()
        assert {ack.subject_id for ack in acks} == {order.id} and len(acks) == 3


def test_a_new_day_for_the_whole_order(database: Database) -> None:
    with database.begin() as session:
        a_firm(session)
        order = agreed(session, mailed(session, "order", a_line("77120", 10, "4.10")))
        agreed(session, mailed(session, "change", requested_date=LATER.isoformat()))
        (line,) = order_view(session, order.id).lines
        assert line.requested_date == LATER
        assert line.schedule[0].promised_date == LATER
        assert line.schedule[0].first_promised_date < LATER - timedelta(days=7)


def test_the_rest_goes_to_another_place(database: Database) -> None:
    with database.begin() as session:
        a_firm(session)
        order = agreed(session, mailed(session, "order", a_line("77120", 50, "4.10")))
        customer = session.get_one(Customer, order.customer_id)
        place = an_address(
            session, customer, code="W2", name="Nordlicht Pumpen Werk 2", is_default=False
        )
        quiet = mailed(session, "change", a_line("77120", 45, "4.10"))
        agreed(session, quiet)
        first = released(session, order)
        changed = mailed(session, "change", a_line("77120", 45, "4.10"), ship_to_id="W2")
        assert changed.ship_to_id == place.id
        (shown,) = workbench(session, changed.id, None).revision_of.consequences
        assert "void it before they go to Nordlicht Pumpen Werk 2" in shown[0] and shown[1]
        void(session, first, "other address", act=an_act())
        agreed(session, changed)
        assert order_view(session, order.id).ship_to[0] == "Nordlicht Pumpen Werk 2"
        assert first.ship_to["name"] != order.ship_to["name"]


def test_a_change_that_comes_too_late_says_what_to_do_first(database: Database) -> None:
    with database.begin() as session:
        a_firm(session)
        order = agreed(session, mailed(session, "order", a_line("77120", 10, "4.10")))
        released(session, order)
        change = mailed(session, "change", a_line("77120", 4, "4.10"))
        (shown,) = workbench(session, change.id, None).revision_of.consequences
        assert shown == ("Line 1: 10 are on a shipment in the warehouse; void it first.", True)
    with pytest.raises(Blocked, match="void it first"), database.begin() as session:
        draft = session.get_one(Draft, change.id)
        confirm(session, draft, version=draft.version, act=an_act())
    with database.begin() as session:
        assert session.get_one(Draft, change.id).status == "open"
        assert order_view(session, order.id).revision == 1


def test_what_is_left_is_cancelled_after_a_part_shipment(database: Database) -> None:
    with database.begin() as session:
        a_firm(session)
        order = agreed(session, mailed(session, "order", a_line("77120", 50, "4.10")))
        delivered(session, order)
        asked = mailed(session, "cancellation")
        assert workbench(session, asked.id, None).revision_of.consequences == (
            ("Line 1: 10 are cancelled; 40 have left and stay.", False),
            ("Line 1: 10 were still to be bought or made; that is no longer needed.", False),
        )
        cancelled = agreed(session, asked)
        assert workbench(session, asked.id, None).revision_of.consequences == ()
        assert (cancelled.id, cancelled.status) == (order.id, "closed")
        (line,) = order_view(session, order.id).lines
        assert (line.shipped_quantity, line.cancelled_quantity, line.state) == (40, 10, "delivered")
