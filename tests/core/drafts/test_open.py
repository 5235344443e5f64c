"""From a reading to a draft and a booked order."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import Database
from core.drafts.confirm import confirm
from core.drafts.open import open_blank, open_drafts
from core.drafts.tables import Draft, DraftField, DraftLine, Problem
from core.errors import Blocked
from core.inbound.reading import Candidate, Extraction, ReadOrder
from core.orders.tables import ScheduleLine
from tests import builders as make


def reading(*lines: dict[str, str], lane: str = "order", **fields: str) -> Extraction:
    def sure(values: dict[str, str]) -> dict[str, Candidate]:
        return {name: Candidate(value, 0.97, source="table") for name, value in values.items()}

    return Extraction(lane, 0.9, orders=(ReadOrder(sure(fields), tuple(sure(v) for v in lines)),))


def a_house(session: Session) -> dict[str, object]:
    make.a_company(session)
    make.a_user(session)
    customer = make.a_customer(session, name="Nordlicht Pumpen GmbH", domains=["nordlicht.example"])
    make.an_address(session, customer, code="W1")
    make.a_contact(session, customer, email="einkauf@nordlicht.example")
    item = make.an_item(session, number="BX-40", units=(("CS", 12, 1),), lead_days=10)
    make.a_customer_item(session, customer, item, "77120")
    make.a_list_price(session, item, "4.10")
    site = make.a_site(session, code="MAIN")
    make.a_lot(session, site, item, 100)
    document = make.a_document(
        session, sender_address="einkauf@nordlicht.example", authentication="pass"
    )
    return {"customer": customer, "item": item, "document": document, "site": site}


def codes(session: Session, draft: Draft) -> list[str]:
    return list(session.scalars(select(Problem.code).where(Problem.draft_id == draft.id)))


def test_a_clear_order_becomes_a_draft_and_an_order(database: Database) -> None:
    with database.begin() as session:
        house = a_house(session)
        line = {"buyer_sku": "77120", "quantity": "3", "uom": "case", "unit_price": "49.2"}
        extraction = reading(line, po_number="PO-4711", buyer_name="Nordlicht Pumpen GmbH")
        (draft,) = open_drafts(session, house["document"], extraction, act=make.an_act())  # type: ignore[arg-type]
        assert codes(session, draft) == []
        row = session.scalars(select(DraftLine).where(DraftLine.draft_id == draft.id)).one()
        assert (row.unit, row.stock_quantity, row.agreed_price) == (
            "CS",
            Decimal(36),
            Decimal("49.2"),
        )
        assert draft.customer_reason["code"] == "by-name"
        order = confirm(session, draft, version=draft.version, act=make.an_act())
        schedule = session.scalars(select(ScheduleLine)).one()
        assert (order.po_number, draft.status, schedule.quantity) == (
            "PO-4711",
            "confirmed",
            Decimal(36),
        )
        assert schedule.promised_date == date(2026, 3, 3)
        assert schedule.reason["code"] == "from-stock"


def test_the_same_document_opens_its_drafts_once(database: Database) -> None:
    with database.begin() as session:
        document = a_house(session)["document"]
        extraction = reading({"buyer_sku": "77120", "quantity": "3"}, po_number="1")
        (first,) = open_drafts(session, document, extraction, act=make.an_act())  # type: ignore[arg-type]
        (again,) = open_drafts(session, document, extraction, act=make.an_act())  # type: ignore[arg-type]
        assert first.id == again.id
        assert len(session.scalars(select(DraftField)).all()) == 3


def test_a_blocking_problem_stops_the_confirmation(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        document = a_house(session)["document"]
        extraction = reading({"buyer_sku": "0815", "quantity": "3"}, po_number="1")
        (draft,) = open_drafts(session, document, extraction, act=make.an_act())  # type: ignore[arg-type]
        with pytest.raises(Blocked, match="0815"):
            confirm(session, draft, version=draft.version, act=make.an_act())


def test_a_phone_order_begins_empty(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        make.a_company(session)
        draft = open_blank(session, act=make.an_act())
        assert set(codes(session, draft)) == {"customer-unknown", "po-number-missing", "no-lines"}


def test_a_change_without_an_order_of_ours_stays_in_its_lane(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        document = a_house(session)["document"]
        document.lane = "change"  # type: ignore[attr-defined]
        extraction = reading({"buyer_sku": "77120", "quantity": "3"}, po_number="unheard")
        assert open_drafts(session, document, extraction, act=make.an_act()) == []  # type: ignore[arg-type]
