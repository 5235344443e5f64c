"""What fault tests begin with: a mailbox's worth of work in a database, and a worker's tools without a fork server."""

from __future__ import annotations

import io
import json
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy.engine import URL

from core import crash, outbox
from core.act import Act
from core.config import Settings
from core.database import Database, connect
from core.drafts.tables import Draft
from core.inbound.receive import Arrival, receive
from core.inbound.tables import InboundDocument
from core.values import utc_now
from extraction.extract import extract
from extraction.memory.learn import Corrected, learn
from extraction.origin import sender_of
from fixtures.build import FIXED_DAY, build_mails
from intake import mime
from intake.edi_message import from_drop
from tests.builders import a_company, a_contact, a_customer, an_item
from workers.reader.streaming import Walk
from workers.reader.values import Hints, Learned, Picture, ReadFailure, ReadResult, Sender
from workers.tools import Tools

Work = Callable[[Database], object]

MAIL = next(s.raw for s in build_mails(FIXED_DAY) if s.name == "order-csv")


@dataclass(slots=True)
class ReaderInProcess:
    """Reads as the child does, without the child; `fails` is given back instead when set."""

    fails: ReadFailure | None = None

    def read_document(
        self, raw: bytes, channel: str, filename: str, hints: Hints
    ) -> ReadResult | ReadFailure:
        if self.fails:
            return self.fails
        if channel == "mail":
            message = mime.parse(raw, channel=channel, authserv_ids=hints.authserv_ids)
        else:
            message = from_drop(raw, filename, channel=channel)
        return ReadResult(message, extract(message, hints.context))

    @contextmanager
    def walk(
        self, content: Iterable[bytes], known: int, closed: int
    ) -> Iterator[Iterator[dict[str, Any]]]:
        lines = Walk(known, closed).lines(io.BytesIO(b"".join(content)))
        yield (json.loads(json.dumps(line)) for line in lines)

    def sender_of(
        self, raw: bytes, channel: str, filename: str, hints: Hints
    ) -> Sender | ReadFailure:
        message = mime.parse(raw, channel=channel, authserv_ids=hints.authserv_ids)
        return self.fails or Sender(
            sender_of(message, hints.context).address, message.authentication.verdict
        )

    def learn(
        self,
        raw: bytes,
        channel: str,
        filename: str,
        hints: Hints,
        orders: tuple[dict[str, Any], ...],
    ) -> Learned | ReadFailure:
        message = mime.parse(raw, channel=channel)
        taught = learn(message, [Corrected.of_json(o) for o in orders], hints.context)
        sender = sender_of(message, hints.context).address
        return self.fails or Learned(sender, taught.lessons, taught.confirmed, taught.contradicted)

    def render_pages(
        self, content: bytes, pages: tuple[int, ...]
    ) -> tuple[Picture, ...] | ReadFailure:
        return self.fails or tuple(Picture(p, b"png", 10, 10) for p in pages)


def tools_for(
    database: Database, settings: Settings, reader: ReaderInProcess | None = None
) -> Tools:
    return Tools(settings, database, reader or ReaderInProcess(), "test/worker-1")


def an_owed_mail(database: Database) -> int:
    """A receipt note to a known contact of a customer, due now; the outbox row's id."""
    with database.begin() as session:
        a_company(session)
        customer = a_customer(session)
        contact = a_contact(session, customer)
        draft = Draft(kind="order", customer_id=customer.id, contact_id=contact.id, status="open")
        draft.po_number = "PO-1"
        session.add(draft)
        session.flush()
        return outbox.put(
            session, "receipt-note", subject="draft", subject_id=draft.id, key="receipt-1"
        ).id


def a_received_mail(database: Database, raw: bytes = MAIL) -> tuple[int, int]:
    """A mail that arrived and is to be read: (document id, outbox row's id)."""
    with database.begin() as session:
        a_company(session)
        an_item(session, weight_kg=Decimal("0.1"))
        received = receive(
            session, Arrival("mail", raw, utc_now()), act=Act("system:intake", key="arrival")
        )
        session.flush()
        (row,) = outbox.due(session, utc_now())
        return received.document_id, row[0]


def document_in(database: Database, document_id: int) -> InboundDocument:
    with database.read() as session:
        document = session.get_one(InboundDocument, document_id)
        session.expunge(document)
    return document


def killed_at(point: str, database: Database, work: Work) -> None:
    """Does `work` in a forked child that must die at `point`; the child has its own connections."""
    url: URL = database.engine.url
    database.engine.dispose()
    pid = os.fork()
    if pid == 0:
        try:
            crash.arm(point)
            work(Database(connect(url.render_as_string(hide_password=False))))
        finally:
            os._exit(0)
    status = os.waitpid(pid, 0)[1]
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, (
        f"{point} was not passed"
    )
