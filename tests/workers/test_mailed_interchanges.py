"""Electronic files that come as attachments of a mail: the same bookkeeping, the mail's way back."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import select

from core import outbox
from core.act import Act
from core.database import Database
from core.drafts.tables import Draft
from core.exchange.tables import ExchangeInterchange, ExchangeMessage
from core.exchange.view import interchange_view
from core.inbound.edit import replay_edited
from core.inbound.receive import Arrival, receive
from core.inbound.tables import InboundDocument
from core.values import utc_now
from tests.builders import a_company, an_act
from tests.extraction.test_edi_envelopes import edifact, x12
from tests.faults.given import ReaderInProcess, tools_for
from tests.workers.conftest import settings_in
from workers import jobs
from workers.reader.child import edited
from workers.reader.values import Hints, ReadFailure, ReadResult


class ReadsEdits(ReaderInProcess):
    def read_document(
        self, raw: bytes, channel: str, filename: str, hints: Hints
    ) -> ReadResult | ReadFailure:
        from extraction.extract import extract
        from intake import mime

        message = edited(mime.parse(raw, channel=channel), hints.edits)
        return ReadResult(message, extract(message, hints.context))


def a_mail(number: int, *files: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = "edi@kestrel.example", "orders@us.example"
    mail["Subject"], mail["Message-ID"] = "Order", f"<{number}@kestrel.example>"
    mail.set_content("Please find our order attached.")
    for n, text in enumerate(files):
        mail.add_attachment(
            text.encode(), maintype="application", subtype="edi-x12", filename=f"order-{n}.edi"
        )
    return mail.as_bytes()


def comes(database: Database, folder: Path, raw: bytes) -> int:
    with database.begin() as session:
        received = receive(session, Arrival("mail", raw, utc_now()), act=Act("system:intake"))
    work(database, folder)
    return received.document_id


def work(database: Database, folder: Path) -> None:
    jobs.bind(tools_for(database, settings_in(folder), ReadsEdits()))
    with database.read() as session:
        due = outbox.due(session, utc_now(), only=("read-document",))
    for item_id, _, _ in due:
        jobs.perform({"v": 1, "id": item_id})


@pytest.fixture
def house(database: Database) -> Database:
    with database.begin() as session:
        a_company(session)
    return database


def test_each_attachment_is_an_interchange_of_the_mail(house: Database, tmp_path: Path) -> None:
    document_id = comes(house, tmp_path, a_mail(1, x12(2), edifact(1)))
    with house.read() as session:
        first, second = session.scalars(
            select(ExchangeInterchange).order_by(ExchangeInterchange.ordinal)
        ).all()
        assert (first.standard, second.standard) == ("x12", "edifact")
        assert {first.carrier, second.carrier} == {"mail"}
        assert first.part != second.part
        drafts = session.execute(select(Draft.document_id, Draft.po_number).order_by(Draft.ordinal))
        assert [tuple(d) for d in drafts] == [
            (document_id, "K-1"), (document_id, "K-2"), (document_id, "H-1"),
        ]  # fmt: skip
        became = interchange_view(session, second.id).messages[0].became
        assert became is not None and became.label == "H-1"


def test_the_same_order_in_a_second_mail_opens_no_second_draft(
    house: Database, tmp_path: Path
) -> None:
    comes(house, tmp_path, a_mail(1, x12(1)))
    again = comes(house, tmp_path, a_mail(2, x12(1)))
    with house.read() as session:
        assert session.scalars(select(Draft.po_number)).all() == ["K-1"]
        statuses = session.scalars(
            select(ExchangeInterchange.status).order_by(ExchangeInterchange.id)
        )
        assert list(statuses) == ["received", "copy"]
        document = session.get_one(InboundDocument, again)
        assert "edi-copy" in {f["code"] for f in document.findings}


def test_an_attachment_is_corrected_and_read_again(house: Database, tmp_path: Path) -> None:
    broken = x12(1).replace("IEA*1*000000123~\n", "")
    document_id = comes(house, tmp_path, a_mail(1, broken))
    with house.begin() as session:
        row = session.scalars(select(ExchangeInterchange)).one()
        assert row.status == "quarantined"
        document = session.get_one(InboundDocument, document_id)
        replay_edited(session, document, x12(1).encode(), part=row.part, act=an_act())
    work(house, tmp_path)
    with house.read() as session:
        row = session.scalars(select(ExchangeInterchange)).one()
        assert (row.status, row.verdict) == ("received", "accepted")
        (message,) = session.scalars(select(ExchangeMessage)).all()
        numbers = session.scalars(
            select(Draft.po_number).where(Draft.ordinal == message.order_ordinal)
        )
        assert list(numbers) == ["K-1"]
