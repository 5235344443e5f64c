"""Drop folders: every file once, a bad one never in another's way."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from core.database import Database
from core.inbound.tables import DropFolder, InboundDocument
from workers.poll_drops import Drops, poll


@pytest.fixture
def folder(sqlite_database: Database, tmp_path: Path) -> Path:
    found = tmp_path / "drop"
    found.mkdir()
    with sqlite_database.begin() as session:
        session.add(DropFolder(name="EDI", path=str(found), settle_seconds=0))
    return found


def _documents(database: Database) -> list[tuple[str, str]]:
    with database.read() as session:
        rows = session.execute(
            select(InboundDocument.source_name, InboundDocument.status).order_by(InboundDocument.id)
        )
        return [(name, status) for name, status in rows]


def test_taken_once_and_put_away(sqlite_database: Database, folder: Path) -> None:
    (folder / "a.edi").write_bytes(b"ISA1")
    memory = Drops()
    assert poll(sqlite_database, memory) == 1
    assert poll(sqlite_database, memory) == 0
    assert _documents(sqlite_database) == [("a.edi", "received")]
    assert len(list((folder / "done").iterdir())) == 1


def test_the_same_bytes_again_are_a_copy_and_other_bytes_are_new(
    sqlite_database: Database, folder: Path
) -> None:
    for content in (b"ISA1", b"ISA1", b"ISA2"):
        (folder / "a.edi").write_bytes(content)
        poll(sqlite_database, Drops())
    assert [status for _, status in _documents(sqlite_database)] == ["received", "copy", "received"]


def test_a_link_is_not_touched_and_does_not_stop_the_next(
    sqlite_database: Database, folder: Path
) -> None:
    (folder / "a.edi").symlink_to("/etc/passwd")
    (folder / "b.edi").write_bytes(b"ISA1")
    assert poll(sqlite_database, Drops()) == 1
    assert _documents(sqlite_database) == [("b.edi", "received")]


def test_a_missing_folder_is_told_and_does_not_stop_another(
    sqlite_database: Database, folder: Path, tmp_path: Path
) -> None:
    with sqlite_database.begin() as session:
        session.add(DropFolder(name="A gone one", path=str(tmp_path / "gone"), settle_seconds=0))
    (folder / "b.edi").write_bytes(b"ISA1")
    assert poll(sqlite_database, Drops()) == 1
    with sqlite_database.read() as session:
        gone = session.scalars(select(DropFolder).where(DropFolder.name == "A gone one")).one()
        assert "missing" in gone.last_error
