"""The mailbox against Dovecot: TLS, keywords, namespaces, many mails."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from core.errors import Misconfigured
from intake.mailbox import MailboxAccount, connect
from tests.servers import dovecot_server
from tests.servers.dovecot_server import DovecotServer

pytestmark = [
    pytest.mark.dovecot,
    pytest.mark.skipif(
        not dovecot_server.is_installed(), reason="Dovecot (dovecot-imapd) or openssl is missing"
    ),
]
ORDER = b"From: a@b.example\r\nSubject: PO 1\r\n\r\n5 bolts\r\n"


@pytest.fixture(scope="module")
def server() -> Iterator[DovecotServer]:
    with DovecotServer("secret") as running:
        yield running


def account(server: DovecotServer, user: str, **changes: object) -> MailboxAccount:
    plain = MailboxAccount(
        1, "orders", server.host, server.tls_port, "tls", user, "secret", ca_file=server.ca_file
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("tls", ["tls", "starttls", "none"])
def test_every_kind_of_connection(server: DovecotServer, tls: str) -> None:
    server.deliver(tls, ORDER)
    port = server.tls_port if tls == "tls" else server.port
    with connect(account(server, tls, tls=tls, port=port)) as box:
        mail = box.fetch(box.list_uids()[0])
        assert mail.raw == ORDER
        box.mark_done(mail.uid)
        assert box.list_uids() == []
    assert server.messages(tls, "Orderclerk") == [ORDER]


@pytest.mark.parametrize("tls", ["tls", "starttls"])
def test_an_untrusted_certificate(server: DovecotServer, tls: str) -> None:
    port = server.tls_port if tls == "tls" else server.port
    strange = account(server, "a", ca_file="", tls=tls, port=port)
    with pytest.raises(Misconfigured, match="not to be trusted"), connect(strange):
        pass


def test_a_certificate_for_another_name(server: DovecotServer) -> None:
    strange = account(server, "a", host="127.0.0.2")
    with pytest.raises(Exception, match=r"certificate|refuses") as refused, connect(strange):
        pass
    assert refused.type.__module__ == "core.errors"


def test_a_wrong_password(server: DovecotServer) -> None:
    with (
        pytest.raises(Misconfigured, match="Check user name"),
        connect(account(server, "a", password="x")),
    ):
        pass


def test_keywords_and_other_clients(server: DovecotServer) -> None:
    server.deliver("keyword", ORDER)
    with connect(account(server, "keyword", after="keyword")) as box:
        (uid,) = box.list_uids()
        box.fetch(uid)
        assert box._client.get_flags([uid])[uid] == (b"\\Recent",)
        box.mark_done(uid)
        assert b"Orderclerk" in box._client.get_flags([uid])[uid]
    with server.client("keyword") as colleague:
        colleague.select_folder("INBOX")
        colleague.add_flags([uid], [b"\\Seen"])
    with connect(account(server, "keyword", after="keyword")) as box:
        assert box.list_uids() == [uid]


def test_a_server_where_folders_stand_below_the_inbox() -> None:
    with DovecotServer("secret", prefix="INBOX.") as server:
        server.deliver("below", ORDER)
        with connect(account(server, "below", processed_folder="Orders/Taken")) as box:
            box.mark_done(box.list_uids()[0])
        assert server.messages("below", "INBOX.Orders.Taken") == [ORDER]


def test_uids_lost_on_the_server(server: DovecotServer) -> None:
    for number in range(5):
        server.deliver("lost", ORDER.replace(b"PO 1", b"PO %d" % number))
    with connect(account(server, "lost")) as box:
        before, raws = box.uid_validity, {box.fetch(uid).raw for uid in box.list_uids()}
    time.sleep(1.1)  # Dovecot takes the second as the new UIDVALIDITY
    server.forget_uids("lost")
    with connect(account(server, "lost")) as box:
        assert box.uid_validity != before
        assert {box.fetch(uid).raw for uid in box.list_uids()} == raws


def test_idle_hears_of_new_mail(server: DovecotServer) -> None:
    with connect(account(server, "idle")) as box:
        assert not box.idle(0.3)
        server.deliver("idle", ORDER)
        assert box.idle(20)
        assert len(box.list_uids()) == 1
