"""Acknowledging by itself invites loops (lesson 4): machines, bounces and ourselves are not answered, and a fuse is left."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.company.tables import Company
from core.correspondence.bounced import note_bounce
from core.correspondence.compose import Outgoing, compose
from core.correspondence.gate import Suppressed
from core.database import Database
from core.drafts.tables import Draft
from core.inbound.tables import InboundDocument
from core.outbox import OutboxItem, settle
from tests import builders as make
from tests.core.drafts.checked import BUYER, Desk

SECRET = "a secret for tests"


def receipt_of(session: Session, draft: Draft) -> OutboxItem:
    return session.scalars(
        select(OutboxItem).where(
            OutboxItem.task == "receipt-note", OutboxItem.subject_id == draft.id
        )
    ).one()


def written(session: Session, item: OutboxItem) -> Outgoing | Suppressed:
    return compose(session, item, now=make.NOW, secret_key=SECRET)


def document_of(session: Session, draft: Draft) -> InboundDocument:
    return session.get_one(InboundDocument, draft.document_id)


def test_a_person_gets_one_receipt_that_says_it_is_automatic(database: Database) -> None:
    with database.begin() as session:
        desk = Desk(session)
        mail = written(session, receipt_of(session, desk.draft()))
        assert isinstance(mail, Outgoing)
        raw = mail.raw.decode()
        assert "Auto-Submitted: auto-" in raw
        assert BUYER in raw


@pytest.mark.parametrize("kind", ["auto-submitted", "bounce", "list", "null-return-path"])
def test_no_machine_is_answered(database: Database, kind: str) -> None:
    with database.begin() as session:
        desk = Desk(session)
        draft = desk.draft()
        document_of(session, draft).automatic = kind
        session.flush()
        refused = written(session, receipt_of(session, draft))
        assert isinstance(refused, Suppressed)
        assert refused.reason == "automatic-sender"


def test_our_own_address_and_strangers_are_not_answered(database: Database) -> None:
    with database.begin() as session:
        desk = Desk(session)
        stranger = desk.draft(sender="who@elsewhere.example")
        refused = written(session, receipt_of(session, stranger))
        assert isinstance(refused, Suppressed) and refused.reason == "sender-not-verified"
        forged = desk.draft()
        document_of(session, forged).authentication = "fail"
        session.flush()
        refused = written(session, receipt_of(session, forged))
        assert isinstance(refused, Suppressed) and refused.reason == "sender-not-verified"
        company = session.get_one(Company, 1)
        company.mail_from = BUYER
        session.flush()
        refused = written(session, receipt_of(session, desk.draft()))
        assert isinstance(refused, Suppressed) and refused.reason == "own-address"


def test_a_bounce_of_our_mail_is_noted_and_not_answered(database: Database) -> None:
    with database.begin() as session:
        desk = Desk(session)
        draft = desk.draft()
        item = receipt_of(session, draft)
        mail = written(session, item)
        assert isinstance(mail, Outgoing)
        item.message_id = "<ours-1@probe.example>"
        settle(item, "done", make.NOW)
        report = make.a_document(
            session, automatic="bounce", bounce_of="<ours-1@probe.example>", lane="automatic"
        )
        noted = note_bounce(session, report, act=make.an_act("system:intake"))
        assert noted is not None and (noted.state, noted.reason) == ("failed", "bounced")
        tasks = session.scalars(
            select(OutboxItem.task).where(
                OutboxItem.subject_id == report.id, OutboxItem.subject == "document"
            )
        )
        assert set(tasks) <= {"read-document"}


def test_the_last_fuse_is_a_number_of_notes_per_hour(database: Database) -> None:
    with database.begin() as session:
        desk = Desk(session)
        session.get_one(Company, 1).policy = {"ack_per_hour": 2}
        session.flush()
        for n in range(2):
            item = receipt_of(session, desk.draft(po_number=f"A-{n}"))
            assert isinstance(written(session, item), Outgoing)
            item.recipient = BUYER
            settle(item, "done", make.NOW - timedelta(minutes=5))
        session.flush()
        refused = written(session, receipt_of(session, desk.draft(po_number="A-9")))
        assert isinstance(refused, Suppressed) and refused.reason == "too-many"
