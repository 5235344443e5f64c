"""Long electronic files: in pieces, in slices, the first draft before the end, and taken back when the end refuses them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from core import outbox
from core.database import Database
from core.drafts.confirm import confirm
from core.drafts.tables import Draft
from core.errors import Blocked
from core.exchange.decide import release
from core.exchange.tables import ExchangeGroup, ExchangeInterchange, ExchangeMessage
from core.inbound.blobs import blob_pieces, load_blob
from core.inbound.tables import BlobPiece, DropFolder, InboundDocument, Part
from core.outbox import OutboxItem
from core.values import utc_now
from extraction.extract import extract
from intake.edi_message import from_drop
from tests import builders as make
from tests.extraction.long_edi import long_x12
from tests.faults.given import ReaderInProcess, document_in, tools_for
from tests.workers.conftest import settings_in
from workers import jobs, poll_drops, read_long
from workers.reader import streaming
from workers.reader.values import Hints, ReadFailure, ReadResult

ORDERS, MESSAGES, EVERY = 10, 100, 10


@pytest.fixture
def given(database: Database, tmp_path: Path) -> Callable[[bytes], int]:
    """Drops a file and polls; the document's id."""
    folder = tmp_path / "drop"
    folder.mkdir()
    with database.begin() as session:
        make.a_company(session)
        make.an_item(session)
        session.add(DropFolder(name="EDI", path=str(folder), settle_seconds=0))

    def drop(content: bytes) -> int:
        (folder / "orders.edi").write_bytes(content)
        assert poll_drops.poll(database, poll_drops.Drops()) == 1
        with database.read() as session:
            return session.scalar(select(func.max(InboundDocument.id))) or 0

    return drop


def work(database: Database, tmp_path: Path, reader: ReaderInProcess | None = None) -> int:
    """Does the readings that are due until none is; how many jobs that took."""
    jobs.bind(tools_for(database, settings_in(tmp_path), reader))
    count = 0
    while True:
        with database.read() as session:
            due = outbox.due(session, utc_now(), only=("read-document",))
        if not due:
            return count
        for item_id, _, _ in due:
            jobs.perform({"v": 1, "id": item_id})
            count += 1


def a_file(**facts: Any) -> bytes:
    return b"".join(long_x12(MESSAGES, EVERY, 160, **facts))


def drafts(database: Database) -> list[tuple[str, str]]:
    with database.read() as session:
        rows = session.execute(select(Draft.po_number, Draft.status).order_by(Draft.ordinal))
        return [(number, status) for number, status in rows]


def rows(database: Database) -> list[tuple[str, str, int | None]]:
    with database.read() as session:
        found = session.scalars(select(ExchangeInterchange).order_by(ExchangeInterchange.id))
        return [(r.status, r.verdict, r.copy_of_id) for r in found]


EXPECTED = [(f"PO{n * EVERY + 1}", "open") for n in range(ORDERS)]


def test_a_long_file_becomes_the_same_as_a_short_one(
    database: Database, tmp_path: Path, given: Callable[[bytes], int]
) -> None:
    content = a_file()
    assert len(content) > read_long.LONG_BYTES
    document_id = given(content)
    work(database, tmp_path)
    assert drafts(database) == EXPECTED
    assert rows(database) == [("received", "accepted", None)]
    found = document_in(database, document_id)
    assert (found.status, found.lane, found.reading["format"]) == ("read", "order", "x12/850")
    with database.read() as session:
        messages = session.scalars(select(ExchangeMessage).order_by(ExchangeMessage.ordinal)).all()
        assert [m.ordinal for m in messages] == list(range(MESSAGES))
        assert {m.verdict for m in messages} == {"accepted", "rejected"}
        (group,) = session.scalars(select(ExchangeGroup)).all()
        assert (group.counted, group.declared) == (MESSAGES, str(MESSAGES))
        (part,) = session.scalars(select(Part)).all()
        assert (part.number, part.sha256, part.content_type) == (
            1, found.raw_sha256, "application/edi-x12",
        )  # fmt: skip
        (answer,) = session.scalars(select(OutboxItem).where(OutboxItem.task == "technical-answer"))
        assert answer.facts["kinds"] == ["x12/997"]


class ReadsDrops(ReaderInProcess):
    def read_document(
        self, raw: bytes, channel: str, filename: str, hints: Hints
    ) -> ReadResult | ReadFailure:
        message = from_drop(raw, filename)
        return ReadResult(message, extract(message, hints.context))


class Watching(ReaderInProcess):
    """Looks at the database while the file is walked through."""

    def __init__(self, look: Callable[[int], None]) -> None:
        super().__init__()
        self.look = look

    @contextmanager
    def walk(
        self, content: Iterable[bytes], known: int, closed: int
    ) -> Iterator[Iterator[dict[str, Any]]]:
        with super().walk(content, known, closed) as lines:
            yield self._watched(lines)

    def _watched(self, lines: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for n, line in enumerate(lines):
            self.look(n)
            yield line


def test_the_first_draft_is_there_before_the_end_and_waits_for_it(
    database: Database, tmp_path: Path, given: Callable[[bytes], int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(read_long, "LINES_AT_ONCE", 5)
    seen: list[int] = []

    def look(line: int) -> None:
        if line != MESSAGES // 2:
            return
        with database.begin() as session:
            found = session.scalars(select(Draft).order_by(Draft.ordinal)).all()
            seen.append(len(found))
            with pytest.raises(Blocked, match="still being read"):
                confirm(session, found[0], version=found[0].version, act=make.an_act())

    document_id = given(a_file())
    work(database, tmp_path, Watching(look))
    assert seen == [5]
    assert drafts(database) == EXPECTED
    assert document_in(database, document_id).status == "read"


@pytest.mark.parametrize("seconds", [0.0, -1.0])
def test_slices_come_to_the_same(
    database: Database, tmp_path: Path, given: Callable[[bytes], int],
    monkeypatch: pytest.MonkeyPatch, seconds: float,
) -> None:  # fmt: skip
    monkeypatch.setattr(read_long, "SLICE_SECONDS", seconds)
    monkeypatch.setattr(read_long, "LINES_AT_ONCE", 17)
    given(a_file())
    assert work(database, tmp_path) == 6
    assert drafts(database) == EXPECTED
    assert rows(database) == [("received", "accepted", None)]


def test_what_is_known_is_passed_over_with_a_sign_of_life(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(streaming, "SIGN_OF_LIFE", 20)
    lines = list(streaming.Walk(70, 0).lines(io.BytesIO(a_file())))
    assert [line["passed"] for line in lines if "passed" in line] == [20, 40, 60]
    told = [line["message"]["number"] for line in lines if "message" in line]
    assert told == list(range(70, MESSAGES))
    assert lines[-1]["end"]["messages"] == MESSAGES


def test_orders_of_a_file_that_is_cut_are_taken_back(
    database: Database, tmp_path: Path, given: Callable[[bytes], int]
) -> None:
    document_id = given(a_file(trailer=False))
    work(database, tmp_path)
    assert rows(database) == [("quarantined", "rejected", None)]
    assert drafts(database) == [(number, "withdrawn") for number, _ in EXPECTED]
    found = document_in(database, document_id)
    assert (found.status, found.reason) == ("quarantined", "edi-cut")
    given(a_file())
    work(database, tmp_path)
    assert [r[0] for r in rows(database)] == ["closed", "received"]
    assert [s for _, s in drafts(database)].count("open") == ORDERS


def test_a_person_takes_on_a_cut_file_all_the_same(
    database: Database, tmp_path: Path, given: Callable[[bytes], int]
) -> None:
    given(a_file(trailer=False))
    work(database, tmp_path)
    with database.begin() as session:
        row = session.scalars(select(ExchangeInterchange)).one()
        release(session, row, "They confirmed that it is whole.", act=make.an_act())
    work(database, tmp_path)
    assert rows(database) == [("received", "rejected", None)]
    assert drafts(database) == EXPECTED


def test_a_number_that_came_before_opens_nothing(
    database: Database, tmp_path: Path, given: Callable[[bytes], int]
) -> None:
    given(a_file())
    work(database, tmp_path)
    copy = given(a_file().replace(b"~\n", b"~"))
    held = given(b"".join(long_x12(MESSAGES + 10, EVERY, 160)))
    work(database, tmp_path)
    assert drafts(database) == EXPECTED
    statuses = [(status, verdict) for status, verdict, _ in rows(database)]
    assert statuses == [
        ("received", "accepted"), ("copy", "accepted"), ("quarantined", "rejected"),
    ]  # fmt: skip
    assert document_in(database, copy).status == "closed"
    assert document_in(database, held).reason == "edi-duplicate-number"


def test_what_is_longer_than_a_few_megabytes_is_kept_in_pieces(
    database: Database, tmp_path: Path, given: Callable[[bytes], int]
) -> None:
    content = b"".join(long_x12(60, 30, 2_500))
    assert len(content) > 5_000_000
    document_id = given(content)
    found = document_in(database, document_id)
    with database.read() as session:
        pieces = list(blob_pieces(session, found.raw_sha256))
        assert len(pieces) > 5 and b"".join(pieces) == content
        assert load_blob(session, found.raw_sha256) == content
        counted = session.scalar(select(func.count()).select_from(BlobPiece))
        assert counted == len(pieces)
    work(database, tmp_path)
    assert drafts(database) == [("PO1", "open"), ("PO31", "open")]


def test_a_file_that_only_begins_like_one_is_read_as_any_other(
    database: Database, tmp_path: Path, given: Callable[[bytes], int]
) -> None:
    document_id = given(b"ISABELLA writes a very long letter about the weather.\n" * 3_000)
    work(database, tmp_path, ReadsDrops())
    found = document_in(database, document_id)
    assert (found.status, rows(database)) == ("read", [])
