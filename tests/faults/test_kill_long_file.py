"""A long electronic file and a worker that is killed at every named point: no order is lost, none is there twice."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select

from core.database import Database
from core.drafts.tables import Draft
from core.exchange.tables import ExchangeInterchange, ExchangeMessage
from core.inbound.tables import BlobPiece, DropFolder, InboundDocument
from core.outbox import OutboxItem
from tests import builders as make
from tests.extraction.long_edi import long_x12
from tests.faults.given import killed_at
from tests.faults.test_crash_points import _leases_run_out
from tests.workers.test_read_long import work
from workers import poll_drops, read_long

MESSAGES, EVERY = 60, 6
NUMBERS = [f"PO{n + 1}" for n in range(0, MESSAGES, EVERY)]

POINTS = (
    "long.before-commit",
    "long.before-commit:3",
    "long.batch-committed",
    "long.batch-committed:2",
    "long.batch-committed:5",
    "long.before-end",
    "long.before-done",
)


def _dropped(database: Database, tmp_path: Path, content: bytes) -> Path:
    folder = tmp_path / "drop"
    folder.mkdir()
    with database.begin() as session:
        make.a_company(session)
        make.an_item(session)
        session.add(DropFolder(name="EDI", path=str(folder), settle_seconds=0))
    (folder / "orders.edi").write_bytes(content)
    return folder


def _poll(database: Database) -> None:
    poll_drops.poll(database, poll_drops.Drops())


@pytest.mark.parametrize("point", POINTS)
def test_killed_while_it_is_read(
    point: str, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_long, "LINES_AT_ONCE", 7)
    _dropped(database, tmp_path, b"".join(long_x12(MESSAGES, EVERY, 300)))
    _poll(database)
    killed_at(point, database, lambda found: work(found, tmp_path))
    for _ in range(2):
        _leases_run_out(database)
        work(database, tmp_path)
    with database.read() as session:
        assert sorted(session.scalars(select(Draft.po_number))) == sorted(NUMBERS)
        row = session.scalars(select(ExchangeInterchange)).one()
        assert (row.status, row.verdict) == ("received", "accepted")
        ordinals = session.scalars(select(ExchangeMessage.ordinal)).all()
        assert sorted(ordinals) == list(range(MESSAGES))
        answers = session.scalars(
            select(OutboxItem).where(OutboxItem.task == "technical-answer")
        ).all()
        assert len(answers) == 1
        document = session.scalars(select(InboundDocument)).one()
        assert document.status == "read"


def test_killed_again_and_again_it_still_comes_to_its_end(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_long, "LINES_AT_ONCE", 7)
    _dropped(database, tmp_path, b"".join(long_x12(MESSAGES, EVERY, 300)))
    _poll(database)
    for _ in range(6):
        killed_at("long.batch-committed", database, lambda found: work(found, tmp_path))
        _leases_run_out(database)
    work(database, tmp_path)
    with database.read() as session:
        assert sorted(session.scalars(select(Draft.po_number))) == sorted(NUMBERS)
        assert session.scalars(select(InboundDocument.status)).all() == ["read"]


def test_killed_while_a_refused_file_is_taken_back(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_long, "TAKEN_BACK_AT_ONCE", 3)
    content = b"".join(long_x12(MESSAGES, EVERY, 300, trailer=False))
    _dropped(database, tmp_path, content)
    _poll(database)
    killed_at("long.taken-back:2", database, lambda found: work(found, tmp_path))
    _leases_run_out(database)
    work(database, tmp_path)
    with database.read() as session:
        statuses = Counter(session.scalars(select(Draft.status)))
        assert statuses == {"withdrawn": len(NUMBERS)}
        assert session.scalars(select(InboundDocument.status)).all() == ["quarantined"]


@pytest.mark.parametrize(
    "point",
    ["drop.claimed", "drop.piece-committed", "drop.piece-committed:2", "drop.committed", "drop.archived"],
)  # fmt: skip
def test_killed_while_it_is_stored(point: str, database: Database, tmp_path: Path) -> None:
    content = b"".join(long_x12(12, 6, 30_000))
    assert len(content) > 9_000_000
    folder = _dropped(database, tmp_path, content)
    killed_at(point, database, _poll)
    _poll(database)
    _poll(database)
    with database.read() as session:
        document = session.scalars(select(InboundDocument)).one()
        assert (document.status, document.size) == ("received", len(content))
        pieces = session.scalar(select(func.sum(func.length(BlobPiece.content))))
        assert pieces == len(content)
    assert len(list((folder / "done").iterdir())) == 1
