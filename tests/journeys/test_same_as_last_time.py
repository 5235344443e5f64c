"""Customers order by pointing at an earlier order: in English by its number, in German the last, in French the usual."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.database import Database
from core.drafts.accept import accept_problem
from core.drafts.confirm import confirm
from core.drafts.open import open_drafts
from core.drafts.tables import Draft, DraftLine, Problem
from core.drafts.withdraw import withdraw
from core.drafts.workbench import workbench
from core.errors import Blocked
from core.inbound.tables import InboundDocument
from core.orders.tables import Order
from extraction.context import Context, OwnCompany
from extraction.extract import extract
from fixtures.build import build_mails
from fixtures.load import load
from fixtures.sample import SampleMail
from intake.mime import parse
from tests.builders import TODAY, a_document, a_user, an_act

SAMPLES = {sample.name: sample for sample in build_mails(TODAY)}
OWN = OwnCompany(("Halden Fixings",), (), ("halden.example",))


def read(session: Session, sample: SampleMail) -> Draft:
    """The mail read and its draft opened."""
    message = parse(sample.raw)
    extraction = extract(message, Context(own=OWN, received=message.date))
    document = a_document(
        session,
        sender_address=message.sender.address,
        authentication="pass",
        lane=extraction.lane,
        subject_line=message.subject,
        findings=[
            {"code": f.code, "severity": f.severity, "text": f.text} for f in extraction.findings
        ],
    )
    assert isinstance(document, InboundDocument)
    (draft,) = open_drafts(session, document, extraction, act=an_act())
    return draft


def open_codes(session: Session, draft: Draft) -> set[str]:
    return set(
        session.scalars(
            select(Problem.code).where(
                Problem.draft_id == draft.id, Problem.blocking, Problem.accepted_by == ""
            )
        )
    )


def lines(session: Session, draft: Draft) -> list[tuple[str, str, Decimal]]:
    rows = session.execute(
        select(Item.number, DraftLine.unit, DraftLine.quantity)
        .join(Item, Item.id == DraftLine.item_id)
        .where(DraftLine.draft_id == draft.id, DraftLine.removed.is_(False))
    )
    return sorted((n, unit, Decimal(q)) for n, unit, q in rows)


def expected(draft: dict[str, Any]) -> list[tuple[str, str, Decimal]]:
    return sorted((x["item"], x["unit"], Decimal(x["quantity"])) for x in draft["lines"])


def test_orders_told_by_earlier_ones(database: Database) -> None:
    load(database, TODAY)
    with database.begin() as session:
        a_user(session)
    for name in ("order-again-by-number", "order-again-german", "order-again-french"):
        follow(database, SAMPLES[name])


def follow(database: Database, sample: SampleMail) -> None:
    """Before the order meant is booked the draft says so; then it is filled, checked by a person and booked."""
    told, (wanted,) = sample.expected["told_by"], sample.expected["drafts"]
    with database.begin() as session:
        early = read(session, sample)
        assert "earlier-order-missing" in open_codes(session, early)
        assert lines(session, early) == []
        withdraw(session, early, "It came too early", act=an_act())
    with database.begin() as session:
        first = read(session, SAMPLES[told["sample"]])
        model = confirm(session, first, version=first.version, act=an_act())
        assert model.po_number == told["order"]
        draft = read(session, sample)
        assert draft.po_number == wanted["po_number"]
        assert lines(session, draft) == expected(wanted)
        assert open_codes(session, draft) == set(wanted["blocking"])
        with pytest.raises(Blocked, match=model.number):
            confirm(session, draft, version=draft.version, act=an_act())
    with database.begin() as session:
        draft = session.get_one(Draft, draft.id)
        shown = next(p for p in workbench(session, draft.id).problems if p.code == "earlier-order")
        assert (shown.fixes[0].kind, shown.fixes[0].value) == ("link", str(model.id))
        accept_problem(session, draft, shown.id, "Looked at", act=an_act())
        order = confirm(session, draft, version=draft.version, act=an_act())
        assert session.get_one(Order, order.id).po_number == wanted["po_number"]
