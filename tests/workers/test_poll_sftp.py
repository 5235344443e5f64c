"""An SFTP inbox: taken when settled, stored before it is put away, one failing partner never in another's way."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from core.config import Settings
from core.database import Database
from core.exchange.partners import partner_coded, save
from core.exchange.secrets import set_secret
from core.inbound.tables import InboundDocument
from tests.builders import an_act
from tests.exchanged import a_profile
from tests.servers.sftp_server import SftpServer
from workers import poll_sftp
from workers.poll_sftp import Inboxes

FILE = b"UNB+UNOC:3+A:14+B:14+260302:0900+1'"


def keep_partner(
    database: Database, settings: Settings, more: str, password: str, code: str = "acme"
) -> None:
    """A partner with a table of its own for files, and the password for it."""
    text = a_profile(more=more).replace('"acme"', f'"{code}"')
    text = text.replace("ACMEWORKS", code.upper()) if code != "acme" else text
    with database.begin() as session:
        save(session, "", text, act=an_act())
        partner = partner_coded(session, code)
        set_secret(
            session, partner, "sftp-password", password,
            secret_key=settings.secret_key, act=an_act(),
        )  # fmt: skip


def keep_inbox(
    database: Database, settings: Settings, server: SftpServer, hosts: Path, code: str = "acme"
) -> None:
    inbox = (
        f'\n[inbox]\nhost = "127.0.0.1"\nport = {server.port}\nuser = "{server.USER}"\n'
        f'known_hosts = "{hosts}"\npath = "."\n'
    )
    keep_partner(database, settings, inbox, server.PASSWORD, code)


def _documents(database: Database) -> list[tuple[str, str]]:
    with database.read() as session:
        rows = session.scalars(select(InboundDocument).order_by(InboundDocument.id))
        return [(row.source_name, row.status) for row in rows]


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    folder = tmp_path / "remote"
    folder.mkdir()
    return folder


def test_a_settled_file_is_stored_and_put_away(
    database: Database, settings: Settings, remote: Path, tmp_path: Path
) -> None:
    (remote / "o.edi").write_bytes(FILE)
    memory = Inboxes()
    with SftpServer(remote) as server:
        keep_inbox(database, settings, server, server.known_hosts(tmp_path / "hosts"))
        assert poll_sftp.poll(settings, database, memory) == 0  # it may still be written
        assert poll_sftp.poll(settings, database, memory) == 1
        assert poll_sftp.poll(settings, database, memory) == 0
    assert _documents(database) == [("o.edi", "received")]
    (done,) = (remote / "done").iterdir()
    assert done.read_bytes() == FILE and done.name.endswith("-o.edi")
    with database.read() as session:
        partner = partner_coded(session, "acme")
        assert partner.last_error == "" and partner.polled_at is not None


def test_one_partner_that_fails_does_not_stop_the_next(
    database: Database, settings: Settings, remote: Path, tmp_path: Path
) -> None:
    (remote / "o.edi").write_bytes(FILE)
    memory = Inboxes()
    with SftpServer(remote) as server:
        keep_inbox(database, settings, server, tmp_path / "nowhere", "aaa")
        keep_inbox(database, settings, server, server.known_hosts(tmp_path / "hosts"), "bbb")
        poll_sftp.poll(settings, database, memory)
        assert poll_sftp.poll(settings, database, memory) == 1
    with database.read() as session:
        assert "cannot be read" in partner_coded(session, "aaa").last_error
        assert partner_coded(session, "bbb").last_error == ""
