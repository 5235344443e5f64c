"""A document that arrived: read once, its drafts opened once; what cannot be read ends in quarantine with its reason."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from core import outbox
from core.config import Settings
from core.database import Database
from core.drafts.tables import Draft
from core.errors import Unavailable
from core.inbound.lanes import replay
from core.inbound.tables import InboundDocument, Part
from core.outbox import OutboxItem
from core.values import utc_now
from fixtures.build import FIXED_DAY, build_mails
from tests.builders import an_act
from tests.faults.given import ReaderInProcess, a_received_mail, document_in, tools_for
from workers import extract_document
from workers.reader.values import ReadFailure


def _count(database: Database, table: type) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def _again(database: Database, item_id: int) -> None:
    with database.begin() as session:
        session.get_one(OutboxItem, item_id).due_at = utc_now() - timedelta(seconds=1)


def test_run_twice_it_opens_one_draft(database: Database, settings: Settings) -> None:
    document_id, item_id = a_received_mail(database)
    tools = tools_for(database, settings)
    extract_document.run(tools, item_id)
    extract_document.run(tools, item_id)
    assert document_in(database, document_id).status == "read"
    assert _count(database, Draft) == 1


def test_a_second_job_for_the_same_row_finds_it_read(
    sqlite_database: Database, settings: Settings
) -> None:
    document_id, item_id = a_received_mail(sqlite_database)
    tools = tools_for(sqlite_database, settings)
    extract_document.run(tools, item_id)
    parts = _count(sqlite_database, Part)
    with sqlite_database.begin() as session:
        session.get_one(OutboxItem, item_id).state = "due"
    extract_document.run(tools, item_id)
    assert _count(sqlite_database, Draft) == 1
    assert _count(sqlite_database, Part) == parts
    assert document_in(sqlite_database, document_id).attempts == 1


def test_what_can_never_be_read_is_quarantined_at_once(
    database: Database, settings: Settings
) -> None:
    document_id, item_id = a_received_mail(database)
    reader = ReaderInProcess(ReadFailure("too-complex", "more than 500 parts"))
    extract_document.run(tools_for(database, settings, reader), item_id)
    document = document_in(database, document_id)
    assert (document.status, document.reason) == ("quarantined", "too-complex")
    assert document.reason_text == "more than 500 parts"


def test_three_failures_and_it_is_quarantined(database: Database, settings: Settings) -> None:
    document_id, item_id = a_received_mail(database)
    tools = tools_for(database, settings, ReaderInProcess(ReadFailure("time-limit", "too slow")))
    for attempt in (1, 2, 3):
        assert document_in(database, document_id).status == "received"
        extract_document.run(tools, item_id)
        assert document_in(database, document_id).attempts == attempt
        _again(database, item_id)
    assert document_in(database, document_id).reason == "time-limit"


def test_a_document_that_takes_workers_with_it_is_not_tried_for_ever(
    sqlite_database: Database, settings: Settings
) -> None:
    document_id, item_id = a_received_mail(sqlite_database)
    with sqlite_database.begin() as session:
        session.get_one(OutboxItem, item_id).attempts = extract_document.ATTEMPTS
    extract_document.run(tools_for(sqlite_database, settings), item_id)
    assert document_in(sqlite_database, document_id).reason == "reader-crashed"


def test_an_outage_is_no_attempt(
    sqlite_database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    document_id, item_id = a_received_mail(sqlite_database)

    def away(*_: object) -> None:
        raise Unavailable("the reader does not answer")

    monkeypatch.setattr(ReaderInProcess, "read_document", away)
    for _ in range(5):
        extract_document.run(tools_for(sqlite_database, settings), item_id)
        _again(sqlite_database, item_id)
    document = document_in(sqlite_database, document_id)
    assert (document.status, document.attempts) == ("received", 0)


def test_a_replayed_document_is_read_anew_without_a_second_draft(
    sqlite_database: Database, settings: Settings
) -> None:
    document_id, item_id = a_received_mail(sqlite_database)
    tools = tools_for(sqlite_database, settings)
    extract_document.run(tools, item_id)
    with sqlite_database.begin() as session:
        replay(session, session.get_one(InboundDocument, document_id), act=an_act())
    with sqlite_database.read() as session:
        again = session.scalar(
            select(OutboxItem.id).where(
                OutboxItem.task == "read-document", OutboxItem.id != item_id
            )
        )
    assert again is not None
    extract_document.run(tools, again)
    assert document_in(sqlite_database, document_id).status == "read"
    assert _count(sqlite_database, Draft) == 1


def test_a_delivery_report_marks_the_mail_it_is_about(
    database: Database, settings: Settings
) -> None:
    sample = next(s for s in build_mails(FIXED_DAY) if s.name == "bounce")
    document_id, item_id = a_received_mail(database, sample.raw)
    with database.begin() as session:
        mail = outbox.put(session, "ship-notice", subject="shipment", subject_id=1, key="m")
        mail.state, mail.message_id = "done", sample.expected["bounce_of"]
        mail_id = mail.id
    extract_document.run(tools_for(database, settings), item_id)
    with database.read() as session:
        bounced = session.get_one(OutboxItem, mail_id)
        assert (bounced.state, bounced.reason) == ("failed", "bounced")
        assert f"document {document_id}" in bounced.reason_text
