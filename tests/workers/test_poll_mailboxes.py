"""Mailboxes are reconciled with the ledger: nothing missed, nothing twice, and none waits for another."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from core.config import Settings
from core.database import Database
from core.errors import Unavailable
from core.inbound.mailboxes import set_mailbox
from core.inbound.tables import InboundDocument, Mailbox
from intake.mailbox import OpenMailbox
from tests.builders import a_company
from tests.faults.given import MAIL
from tests.servers import dovecot_server
from tests.servers.pymap_server import PymapServer
from tests.workers.conftest import settings_in
from workers import poll_mailboxes
from workers.accounts import account_of, try_mailbox
from workers.poll_mailboxes import Watch

USER, PASSWORD = "orders@probe.example", "secret"


def _mail(number: int) -> bytes:
    return MAIL.replace(b"Message-ID: <", b"Message-ID: <n%d-" % number)


@pytest.fixture
def server() -> Iterator[PymapServer]:
    with PymapServer({USER: PASSWORD}) as found:
        yield found


def _add(
    database: Database,
    settings: Settings,
    server: PymapServer | dovecot_server.DovecotServer,
    name: str,
    **changes: object,
) -> int:
    facts = {"host": server.host, "port": server.port, "tls": "none", "username": USER, "after": "move"}  # fmt: skip
    with database.begin() as session:
        return set_mailbox(
            session, name, secrets={"password": PASSWORD}, secret_key=settings.secret_key,
            **{**facts, **changes},
        ).id  # fmt: skip


def _pass(database: Database, settings: Settings, mailbox_id: int) -> int:
    with database.read() as session:
        account = account_of(session.get_one(Mailbox, mailbox_id), settings.secret_key)
    with poll_mailboxes.connect(account) as box:
        return poll_mailboxes.take_new(database, box, account, Watch(mailbox_id))


def _statuses(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(InboundDocument.status).order_by(InboundDocument.id)))


def _wait(what: Callable[[], bool]) -> float:
    started = time.monotonic()
    while not what():
        assert time.monotonic() - started < 60
        time.sleep(0.05)
    return time.monotonic() - started


def test_every_mail_once_whatever_its_flags(
    database: Database, settings: Settings, server: PymapServer
) -> None:
    mailbox_id = _add(database, settings, server, "A", after="leave")
    for number in range(3):
        server.deliver(USER, _mail(number))
    with server._client(USER) as client:  # a colleague reads them first
        client.select_folder("INBOX")
        client.add_flags(client.search("ALL"), [b"\\Seen"])
    assert _pass(database, settings, mailbox_id) == 3
    assert _pass(database, settings, mailbox_id) == 0
    assert _statuses(database) == ["received"] * 3


def test_after_a_change_of_uidvalidity_old_mails_are_copies(
    database: Database, settings: Settings, server: PymapServer
) -> None:
    mailbox_id = _add(database, settings, server, "A", after="leave")
    server.deliver(USER, _mail(1))
    server.deliver(USER, _mail(2))
    _pass(database, settings, mailbox_id)
    server.forget_uids(USER)
    server.deliver(USER, _mail(3))
    _pass(database, settings, mailbox_id)
    assert sorted(_statuses(database)) == ["copy", "copy", "received", "received", "received"]


def test_a_mail_that_cannot_be_fetched_does_not_stop_the_others(
    sqlite_database: Database,
    settings: Settings,
    server: PymapServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mailbox_id = _add(sqlite_database, settings, server, "A")
    for number in range(3):
        server.deliver(USER, _mail(number))
    fetch = OpenMailbox.fetch

    def cut_off(box: OpenMailbox, uid: int) -> object:
        if uid == first:
            raise Unavailable("cut off")
        return fetch(box, uid)

    with sqlite_database.read() as session:
        account = account_of(session.get_one(Mailbox, mailbox_id), settings.secret_key)
    watching = Watch(mailbox_id)
    monkeypatch.setattr(OpenMailbox, "fetch", cut_off)
    for expected in (0, 2):  # it ends the connection, and comes last in the next
        with poll_mailboxes.connect(account) as box:
            first = box.list_uids()[0]
            with pytest.raises(Unavailable):
                poll_mailboxes.take_new(sqlite_database, box, account, watching)
        assert len(_statuses(sqlite_database)) == expected


def test_one_mailbox_that_fails_does_not_stop_another(
    sqlite_database: Database,
    server: PymapServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(poll_mailboxes, "POLL_SECONDS", 0.5)
    monkeypatch.setattr(poll_mailboxes, "ROSTER_SECONDS", 0.5)
    settings = settings_in(tmp_path)
    bad = _add(sqlite_database, settings, server, "bad", username="nobody@probe.example")
    _add(sqlite_database, settings, server, "good")
    stop = threading.Event()
    thread = threading.Thread(
        target=poll_mailboxes.watch_all, args=(settings, sqlite_database, stop)
    )
    thread.start()
    try:
        server.deliver(USER, _mail(1))
        _wait(lambda: len(_statuses(sqlite_database)) == 1)
        server.deliver(USER, _mail(2))  # while it idles
        assert _wait(lambda: len(_statuses(sqlite_database)) == 2) < 9

        def told() -> bool:
            with sqlite_database.read() as session:
                return "sign-in" in session.get_one(Mailbox, bad).last_error

        _wait(told)
        _add(sqlite_database, settings, server, "bad")  # somebody corrects the user name
        monkeypatch.setattr(poll_mailboxes, "LOOK_AGAIN_SECONDS", 300.0)

        def well() -> bool:
            with sqlite_database.read() as session:
                return session.get_one(Mailbox, bad).succeeded_at is not None

        _wait(well)
    finally:
        stop.set()
        for watching in (thread, *threading.enumerate()):
            if watching is thread or watching.name.startswith("mailbox-"):
                watching.join(15)


def test_trying_a_mailbox_says_what_is_there(
    sqlite_database: Database, settings: Settings, server: PymapServer
) -> None:
    mailbox_id = _add(sqlite_database, settings, server, "A")
    server.deliver(USER, _mail(1))
    with sqlite_database.begin() as session:
        a_company(session)
        found = try_mailbox(session.get_one(Mailbox, mailbox_id), settings.secret_key)
    assert "1 mails in INBOX" in found


@pytest.mark.dovecot
@pytest.mark.skipif(not dovecot_server.is_installed(), reason="Dovecot is not installed")
def test_a_keyword_that_a_kill_left_out_is_set_at_the_next_pass(
    sqlite_database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with dovecot_server.DovecotServer(PASSWORD) as server:
        facts = {"port": server.port, "after": "keyword", "keyword": "Taken"}
        mailbox_id = _add(sqlite_database, settings, server, "A", **facts)
        server.deliver(USER, _mail(1))
        server.deliver(USER, _mail(2))
        marked: list[int] = []
        mark = OpenMailbox.mark_done
        monkeypatch.setattr(OpenMailbox, "mark_done", lambda box, uid: marked.append(uid))
        assert _pass(sqlite_database, settings, mailbox_id) == 2
        monkeypatch.setattr(
            OpenMailbox, "mark_done", lambda box, uid: (marked.append(uid), mark(box, uid))
        )
        for _ in range(2):
            assert _pass(sqlite_database, settings, mailbox_id) == 0
        assert marked == [1, 2, 1, 2]
