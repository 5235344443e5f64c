"""The mailbox against a real IMAP server, and against one that misbehaves."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from imapclient import SocketTimeout

from core.errors import Misconfigured, NotFound, Unavailable
from intake import connection, limits
from intake.mailbox import MailboxAccount, connect, unseen_by_ledger
from tests.servers.proxy import Proxy
from tests.servers.pymap_server import PymapServer, free_port

USER, PASSWORD = "orders@demo.example", "secret"
ORDER = b"From: a@b.example\r\nSubject: PO 1\r\n\r\n" + b"5 bolts, please\r\n" * 200


@pytest.fixture(scope="module")
def running() -> Iterator[PymapServer]:
    with PymapServer({USER: PASSWORD}) as server:
        yield server


@pytest.fixture
def server(running: PymapServer) -> PymapServer:
    with connect(account(running)) as box:
        for uid in box.list_uids():
            box.mark_done(uid)
    return running


def account(server: PymapServer | Proxy, **changes: object) -> MailboxAccount:
    plain = MailboxAccount(1, "orders", server.host, server.port, "none", USER, PASSWORD)
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_fetching_changes_nothing_and_marking_moves(server: PymapServer) -> None:
    server.deliver(USER, ORDER)
    before = len(server.messages(USER, "Orderclerk"))
    with connect(account(server)) as box:
        (uid,) = box.list_uids()
        mail = box.fetch(uid)
        assert (mail.raw, mail.size, mail.is_whole) == (ORDER, len(ORDER), True)
        assert abs(time.time() - mail.internal_date.timestamp()) < 60
        assert box.fetch(uid) == mail
        assert box._client.get_flags([uid])[uid] in ((), (b"\\Recent",))
        box.mark_done(uid)
        assert box.list_uids() == []
        box.mark_done(uid)  # again, as after a crash
    assert server.messages(USER, "Orderclerk")[before:] == [ORDER]


def test_the_processed_folder_is_made(server: PymapServer) -> None:
    server.deliver(USER, ORDER)
    folder = f"Taken{time.monotonic_ns()}"
    with connect(account(server, processed_folder=folder)) as box:
        box.mark_done(box.list_uids()[0])
    assert server.messages(USER, folder) == [ORDER]


def test_mails_that_stay_where_they_are(server: PymapServer) -> None:
    server.deliver(USER, ORDER)
    with connect(account(server, after="leave")) as box:
        (uid,) = box.list_uids()
        box.fetch(uid)
        box.mark_done(uid)
        assert box.list_uids() == [uid]


def test_a_server_that_keeps_no_keywords_says_so(server: PymapServer) -> None:
    server.deliver(USER, ORDER)
    with (
        connect(account(server, after="keyword")) as box,
        pytest.raises(Misconfigured, match="keeps no keywords"),
    ):
        box.mark_done(box.list_uids()[0])


@pytest.mark.parametrize("without", [b"MOVE", b"MOVE UIDPLUS"])
def test_a_server_that_cannot_move_loses_nobody_elses_mail(
    server: PymapServer, without: bytes
) -> None:
    before = len(server.messages(USER, "Orderclerk"))
    server.deliver(USER, b"Subject: of a colleague, marked for deletion\r\n\r\n")
    server.deliver(USER, ORDER)

    def poorer(chunk: bytes) -> bytes:
        for word in without.split():
            chunk = re.sub(rb" %s\b(?=[^\r\n]*\r?\n)" % word, b"", chunk)
        return chunk

    with Proxy(server.port, change=poorer) as proxy, connect(account(proxy)) as box:
        assert not box._client.has_capability("MOVE")
        other, uid = box.list_uids()
        box._client.add_flags([other], [b"\\Deleted"])
        box.mark_done(uid)
        left = box.list_uids()
        assert other in left
        assert (uid in left) == (b"UIDPLUS" in without)
    assert server.messages(USER, "Orderclerk")[before:] == [ORDER]
    with connect(account(server)) as box:
        box._client.remove_flags([other], [b"\\Deleted"])


def test_a_mail_that_is_gone(server: PymapServer) -> None:
    with connect(account(server)) as box, pytest.raises(NotFound):
        box.fetch(99999)


def test_uid_validity_changes_when_the_folder_was_made_anew(server: PymapServer) -> None:
    server.deliver(USER, ORDER)
    with connect(account(server)) as box:
        before = box.uid_validity
    server.forget_uids(USER)
    with connect(account(server)) as box:
        assert box.uid_validity != before
        assert [box.fetch(uid).raw for uid in box.list_uids()] == [ORDER]


def test_only_the_headers_of_a_mail_that_is_too_large(
    server: PymapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAIL_BYTES", 1000)
    server.deliver(USER, ORDER)
    with connect(account(server)) as box:
        mail = box.fetch(box.list_uids()[0])
    assert mail.raw == ORDER.split(b"\r\n\r\n")[0] + b"\r\n\r\n"
    assert (mail.size, mail.is_whole) == (len(ORDER), False)


def test_an_estimated_size_is_no_reason_to_lose_a_mail(server: PymapServer) -> None:
    server.deliver(USER, ORDER)
    wrong = b"RFC822.SIZE %d" % (len(ORDER) + 100)
    with (
        Proxy(
            server.port, change=lambda c: c.replace(b"RFC822.SIZE %d" % len(ORDER), wrong)
        ) as proxy,
        connect(account(proxy)) as box,
    ):
        assert box.fetch(box.list_uids()[0]).raw == ORDER


def test_a_shortened_mail_is_not_taken(server: PymapServer) -> None:
    """A literal that claims and holds less than the mail has."""
    server.deliver(USER, ORDER)
    short = ORDER[:100]
    whole = b"{%d}\r\n%s" % (len(ORDER), ORDER)
    with (
        Proxy(server.port, change=lambda c: c.replace(whole, b"{100}\r\n" + short)) as proxy,
        connect(account(proxy)) as box,
        pytest.raises(Unavailable, match="100 of"),
    ):
        box.fetch(box.list_uids()[0])


def test_a_mail_without_its_body_is_not_taken(server: PymapServer) -> None:
    server.deliver(USER, ORDER)
    whole = b"{%d}\r\n%s" % (len(ORDER), ORDER)
    with (
        Proxy(server.port, change=lambda c: c.replace(whole, b"NIL")) as proxy,
        connect(account(proxy)) as box,
        pytest.raises(Unavailable, match="0 of"),
    ):
        box.fetch(box.list_uids()[0])


def test_a_connection_cut_anywhere_gives_a_whole_mail_or_none(server: PymapServer) -> None:
    server.deliver(USER, ORDER)
    whole, broken = 0, 0
    for place in range(300, len(ORDER) + 3000, 700):
        with Proxy(server.port, cut_after=place) as proxy:
            try:
                with connect(account(proxy, after="leave")) as box:
                    assert box.fetch(box.list_uids()[0]).raw == ORDER
                    whole += 1
            except Unavailable:
                broken += 1
    assert broken > len(ORDER) // 700
    assert whole >= 1


def test_a_server_that_falls_silent(server: PymapServer, monkeypatch: pytest.MonkeyPatch) -> None:
    server.deliver(USER, ORDER)
    monkeypatch.setattr(connection, "_TIMEOUTS", SocketTimeout(1, 0.5))
    started = time.monotonic()
    with (
        Proxy(server.port, stall_after=2000) as proxy,
        pytest.raises(Unavailable),
        connect(account(proxy)) as box,
    ):
        box.fetch(box.list_uids()[0])
    assert time.monotonic() - started < 30


def test_idle_hears_of_new_mail() -> None:
    """pymap now and then tells a waiting client half a line while another one writes: a new server then, thrice."""
    for attempt in range(3):
        with PymapServer({USER: PASSWORD}) as server:
            try:
                return _hears_of_new_mail(server)
            except Unavailable:
                if attempt == 2:
                    raise


def _hears_of_new_mail(server: PymapServer) -> None:
    with connect(account(server)) as box:
        threading.Timer(0.3, server.deliver, (USER, ORDER)).start()
        started = time.monotonic()
        assert box.idle(60)
        assert time.monotonic() - started < 30
        assert len(box.list_uids()) == 1
        assert not box.idle(0.2)
        assert len(box.list_uids()) == 1


def test_idle_on_a_dead_connection(server: PymapServer) -> None:
    with (
        Proxy(server.port) as proxy,
        pytest.raises(Unavailable),
        connect(account(proxy)) as box,
    ):
        threading.Timer(0.2, proxy.__exit__).start()
        while True:
            box.idle(5)


def test_without_idle_it_waits(server: PymapServer) -> None:
    with (
        Proxy(server.port, change=lambda c: c.replace(b" IDLE", b"")) as proxy,
        connect(account(proxy)) as box,
    ):
        started = time.monotonic()
        assert not box.idle(0.2)
        assert 0.2 <= time.monotonic() - started < 30


def test_a_wrong_password_says_what_to_do(server: PymapServer) -> None:
    with (
        pytest.raises(Misconfigured, match="Check user name and password") as refused,
        connect(account(server, password="wrong")),
    ):
        pass
    assert "wrong" not in refused.value.sentence.replace("wrong server", "")


def test_a_folder_that_is_missing(server: PymapServer) -> None:
    with (
        pytest.raises(Misconfigured, match="no folder Nowhere"),
        connect(account(server, folder="Nowhere")),
    ):
        pass


def test_nobody_listens() -> None:
    nowhere = MailboxAccount(1, "orders", "127.0.0.1", free_port(), "none", USER, PASSWORD)
    with pytest.raises(Unavailable, match="refuses connections"), connect(nowhere):
        pass


def test_an_unknown_host() -> None:
    nowhere = MailboxAccount(1, "orders", "no-such-host.invalid", 993, "none", USER, PASSWORD)
    with pytest.raises((Misconfigured, Unavailable), match="no-such-host"), connect(nowhere):
        pass


def test_tls_to_a_port_without_it(server: PymapServer) -> None:
    with (
        pytest.raises(Misconfigured, match="does not speak TLS"),
        connect(account(server, tls="tls")),
    ):
        pass


def test_starttls_where_there_is_none(server: PymapServer) -> None:
    with pytest.raises((Misconfigured, Unavailable)), connect(account(server, tls="starttls")):
        pass


def test_the_password_is_not_shown(server: PymapServer) -> None:
    assert PASSWORD not in repr(account(server))


def test_what_the_ledger_does_not_know() -> None:
    assert unseen_by_ledger([5, 3, 9], {3, 4}) == [5, 9]
    assert unseen_by_ledger([], {3}) == []
