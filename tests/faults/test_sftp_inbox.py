"""Killed between fetching, committing and putting away: the file of an SFTP inbox is one document all the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from core.database import Database
from core.inbound.tables import InboundDocument
from tests.faults.given import killed_at
from tests.servers.sftp_server import SftpServer
from tests.workers.conftest import settings_in
from tests.workers.test_poll_sftp import FILE, keep_inbox
from workers import poll_sftp
from workers.poll_sftp import Inboxes


@pytest.mark.parametrize("point", ["sftp.fetched", "sftp.committed", "sftp.put-away"])
def test_one_file_is_one_document(point: str, database: Database, tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    remote = tmp_path / "remote"
    remote.mkdir()
    (remote / "o.edi").write_bytes(FILE)

    def look_twice(into: Database) -> None:
        memory = Inboxes()
        for _ in range(2):
            poll_sftp.poll(settings, into, memory)

    with SftpServer(remote) as server:
        keep_inbox(database, settings, server, server.known_hosts(tmp_path / "hosts"))
        killed_at(point, database, look_twice)
        look_twice(database)
    with database.read() as session:
        (document,) = session.scalars(select(InboundDocument)).all()
        assert document.status == "received"
    assert [p.read_bytes() for p in (remote / "done").iterdir()] == [FILE]
