"""From the drop folder to the 997 in the partner's: killed at every point on the way, each order and each answer is there once."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from core import outbox
from core.config import Settings
from core.database import Database
from core.drafts.tables import Draft
from core.exchange.tables import ExchangeInterchange, ExchangeMessage
from core.inbound.reading import Extraction
from core.inbound.tables import InboundDocument
from core.values import utc_now
from extraction.edi import read_any
from extraction.extract import extract
from intake.edi_message import from_drop
from tests.builders import a_company
from tests.exchanged import a_drop_folder
from tests.extraction.test_edi_envelopes import x12
from tests.faults.given import ReaderInProcess, killed_at, tools_for
from tests.faults.test_answers import _leases_run_out
from tests.workers.conftest import settings_in
from workers import jobs, poll_drops, sweep
from workers.reader.values import Hints, ReadFailure, ReadResult

POINTS = (
    "drop.claimed", "drop.committed", "drop.archived", "read.claimed", "read.child-done", "read.before-commit",
    "read.committed", "deliver.claimed", "deliver.before-answer-commit", "send.claimed", "send.written-beside",
    "send.renamed", "send.before-settle", "send.settled",
)  # fmt: skip


class ReadsDrops(ReaderInProcess):
    def read_document(
        self, raw: bytes, channel: str, filename: str, hints: Hints
    ) -> ReadResult | ReadFailure:
        message = from_drop(raw, filename)
        found: Extraction = extract(message, hints.context)
        return ReadResult(message, Extraction.of_json(found.as_json()))


def _turn(database: Database, settings: Settings) -> None:
    """One look into the folder, and whatever is due for the exchange."""
    poll_drops.poll(database, poll_drops.Drops())
    sweep.sweep(database)
    jobs.bind(tools_for(database, settings, ReadsDrops()))
    tasks = ("read-document", "technical-answer", "send-interchange")
    for _ in range(30):
        with database.read() as session:
            due = [i for i, _, _ in outbox.due(session, utc_now(), only=tasks)]
        if not due:
            return
        for item_id in due:
            jobs.perform({"v": 1, "id": item_id})
    raise AssertionError("work does not end")


@pytest.mark.parametrize("point", POINTS)
def test_each_order_and_each_answer_once(point: str, database: Database, tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    folder = tmp_path / "drop"
    folder.mkdir()
    with database.begin() as session:
        a_company(session)
        a_drop_folder(session, folder).settle_seconds = 0
    (folder / "orders.edi").write_bytes(x12(2).encode())
    killed_at(point, database, lambda found: _turn(found, settings))
    for _ in range(2):
        _leases_run_out(database)
        _turn(database, settings)
    with database.read() as session:
        assert list(session.scalars(select(InboundDocument.status))) == ["read"]
        assert sorted(session.scalars(select(Draft.po_number))) == ["K-1", "K-2"]
        came, *went = session.scalars(
            select(ExchangeInterchange).order_by(
                ExchangeInterchange.direction, ExchangeInterchange.id
            )
        ).all()
        assert came.status == "received"
        assert {(row.status, row.answers_id) for row in went} == {("sent", came.id)}
        formats = session.scalars(
            select(ExchangeMessage.format)
            .where(ExchangeMessage.interchange_id != came.id)
            .order_by(ExchangeMessage.interchange_id)
        )
        assert list(formats) == ["x12/TA1", "x12/997"]
        assert [int(row.control) for row in went] == [1, 2]
    found = {}
    for path in (folder / "out").iterdir():
        reading = read_any(path.read_bytes(), 1) if path.is_file() else None
        assert reading is not None and len(reading.messages) == 1
        found[reading.format] = reading.messages[0].values
    assert {form: (a.control, a.verdict) for form, a in found.items()} == {  # type: ignore[union-attr]
        "x12/TA1": ("000000123", "accepted"),
        "x12/997": ("55", "accepted"),
    }
