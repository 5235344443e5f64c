"""Ways out: whole files only, twice is once, and each refusal says whether to try again."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import paramiko
import pytest

from core.exchange.profile_values import Carrier, Inbox
from tests.servers.sftp_server import SftpServer
from workers.carriers import folder, https, sftp
from workers.carriers.values import Parcel

PARCEL = Parcel("855-acme-000000001.edi", b"ISA*00*" * 1000)
SECRETS = {"sftp-password": SftpServer.PASSWORD}


def test_a_folder_gets_the_whole_file_once(tmp_path: Path) -> None:
    first = folder.put(tmp_path / "out", PARCEL, make=True)
    written = (tmp_path / "out" / PARCEL.name).stat()
    assert (first.kind, first.place) == ("sent", str(tmp_path / "out" / PARCEL.name))
    assert folder.put(tmp_path / "out", PARCEL, make=True).kind == "sent"
    (file,) = (tmp_path / "out").iterdir()
    assert file.read_bytes() == PARCEL.raw and file.stat().st_ino == written.st_ino


def test_a_partners_folder_that_is_gone_is_waited_for(tmp_path: Path) -> None:
    handed = folder.put(tmp_path / "mount", PARCEL, make=False)
    assert (handed.kind, handed.reason) == ("later", "folder-missing")
    assert not (tmp_path / "mount").exists()


def test_a_half_file_of_an_earlier_attempt_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / f".{PARCEL.name}.writing").write_bytes(b"ISA")
    assert folder.put(tmp_path, PARCEL, make=False).kind == "sent"
    assert [p.name for p in tmp_path.iterdir()] == [PARCEL.name]


def _carrier(server: SftpServer, known_hosts: Path, **changes: object) -> Carrier:
    facts: dict[str, object] = {
        "kind": "sftp",
        "host": "127.0.0.1",
        "port": server.port,
        "user": server.USER,
        "known_hosts": str(known_hosts),
        "path": "in",
    }
    return Carrier(**{**facts, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize("posix_rename", [True, False])
def test_sftp_uploads_and_renames_once(tmp_path: Path, posix_rename: bool) -> None:
    (tmp_path / "in").mkdir()
    with SftpServer(tmp_path, posix_rename=posix_rename) as server:
        carrier = _carrier(server, server.known_hosts(tmp_path / "hosts"))
        for _ in range(2):
            assert sftp.put(carrier, PARCEL, SECRETS).kind == "sent"
        (file,) = (tmp_path / "in").iterdir()
        assert (file.name, file.read_bytes()) == (PARCEL.name, PARCEL.raw)
        other = Parcel(PARCEL.name, b"other")
        assert sftp.put(carrier, other, SECRETS).kind == "sent"
        assert file.read_bytes() == b"other"


def test_sftp_sends_nothing_to_a_server_whose_key_is_not_known(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "none").write_text("")
    with SftpServer(tmp_path) as server:
        other = server.known_hosts(tmp_path / "other", paramiko.ECDSAKey.generate())
        for hosts, word in ((tmp_path / "none", "is not in"), (other, "is not the one")):
            handed = sftp.put(_carrier(server, hosts), PARCEL, SECRETS)
            assert (handed.kind, handed.reason) == ("later", "misconfigured")
            assert word in handed.text
        assert not list((tmp_path / "in").iterdir())
        assert (tmp_path / "none").read_text() == ""


def test_sftp_says_what_is_wrong(tmp_path: Path) -> None:
    with SftpServer(tmp_path) as server:
        hosts = server.known_hosts(tmp_path / "hosts")
        carrier = _carrier(server, hosts)
        assert "refuses to sign in" in sftp.put(carrier, PARCEL, {"sftp-password": "x"}).text
        assert sftp.put(carrier, PARCEL, SECRETS).reason == "server-away"  # no folder "in" there
        missing = _carrier(server, tmp_path / "gone")
        assert "cannot be read" in sftp.put(missing, PARCEL, SECRETS).text
    assert sftp.put(carrier, PARCEL, SECRETS).reason == "server-away"


def test_an_sftp_inbox_is_listed_fetched_and_put_away(tmp_path: Path) -> None:
    (tmp_path / "b.edi").write_bytes(b"two")
    (tmp_path / "a.edi.part").write_bytes(b"half")
    (tmp_path / ".hidden").write_bytes(b"no")
    (tmp_path / "folder").mkdir()
    with SftpServer(tmp_path) as server:
        hosts = server.known_hosts(tmp_path / "folder" / "hosts")
        inbox = Inbox("127.0.0.1", server.port, server.USER, str(hosts), path=".", pattern="*.EDI")
        with sftp.connected(inbox, SECRETS) as session:
            (found,) = sftp.listed(session, inbox)
            assert (found.name, found.size) == ("b.edi", 3)
            assert sftp.fetch(session, inbox, "b.edi", 100) == b"two"
            with pytest.raises(OSError, match="larger"):
                sftp.fetch(session, inbox, "b.edi", 2)
            sftp.put_away(session, inbox, "b.edi", "abc")
    assert (tmp_path / "done" / "abc-b.edi").read_bytes() == b"two"
    assert not (tmp_path / "b.edi").exists()


@contextmanager
def _web(status: int, reply: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """An HTTP server that gives one answer to every post."""
    got: list[bytes] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", got
    finally:
        server.shutdown()
        server.server_close()


CXML = b"<cXML><Header><Sender><Credential><SharedSecret/></Credential></Sender></Header></cXML>"


@pytest.mark.parametrize(
    ("status", "reply", "kind"),
    [
        (
            200,
            b'<cXML><Response><Status code="200" text="OK">fine</Status></Response></cXML>',
            "sent",
        ),
        (200, b"<cXML><Response><Status text='no' code='406'/></Response></cXML>", "refused"),
        (200, b'<cXML><Response><Status code="500" text="down"/></Response></cXML>', "later"),
        (503, b"", "later"),
        (404, b"nothing here", "refused"),
        (429, b"", "later"),
    ],
)
def test_https_believes_the_status_inside(status: int, reply: bytes, kind: str) -> None:
    with _web(status, reply) as (url, got):
        handed = https.post(Carrier("https", url=url), Parcel("x", CXML), {})
    assert (handed.kind, handed.reply) == (kind, reply)
    assert got == [CXML]


def test_the_secret_stands_in_the_document_on_the_wire_only() -> None:
    with _web(200, b"") as (url, got):
        https.post(Carrier("https", url=url), Parcel("x", CXML), {"cxml-secret-out": "a<b&c"})
    assert b"<SharedSecret>a&lt;b&amp;c</SharedSecret>" in got[0]


def test_a_server_that_is_away_is_tried_again() -> None:
    with _web(200, b"") as (url, _):
        pass
    assert https.post(Carrier("https", url=url), Parcel("x", CXML), {}).kind == "later"
