"""Killed by SIGKILL at every named point of intake, reading and sending: the work ends well all the same.

A child process is forked, armed, and does one turn of work; it must die at its point. Then its leases run out, and the
same turn without a crash must finish what was begun: every mail one document and one draft, every note sent once.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from core import crash, outbox
from core.config import Settings
from core.database import Database
from core.drafts.tables import Draft
from core.inbound.mailboxes import set_mailbox
from core.inbound.tables import DropFolder, InboundDocument, Mailbox
from core.outbox import OutboxItem
from core.values import utc_now
from tests.builders import a_company
from tests.faults.given import (
    MAIL,
    Work,
    a_received_mail,
    an_owed_mail,
    killed_at,
    tools_for,
)
from tests.servers.pymap_server import PymapServer
from tests.servers.scripted_smtp import ScriptedSmtp
from tests.workers.conftest import settings_in
from workers import deliver, jobs, poll_drops, poll_mailboxes, sweep
from workers.accounts import account_of
from workers.poll_mailboxes import Watch

USER, PASSWORD = "orders@probe.example", "secret"
OTHER = MAIL.replace(b"Message-ID: <", b"Message-ID: <another-")

INTAKE = (
    "intake.selected",
    "intake.fetched",
    "intake.before-commit",
    "intake.committed",
    "intake.marked",
)
DROP = ("drop.claimed", "drop.committed", "drop.archived")
READ = ("read.claimed", "read.child-done", "read.before-commit", "read.committed")
BEFORE_DOT = (
    "deliver.claimed",
    "deliver.composed",
    "deliver.phase-connected",
    "smtp.connected",
    "deliver.phase-mail",
    "smtp.mail",
    "deliver.phase-rcpt",
    "smtp.rcpt",
    "deliver.phase-data",
    "smtp.data",
)
FROM_DOT = (
    "deliver.phase-dot",
    "smtp.before-dot",
    "smtp.dot",
    "smtp.answered",
    "deliver.before-settle",
)


def _leases_run_out(database: Database) -> None:
    with database.begin() as session:
        session.execute(
            update(OutboxItem)
            .where(OutboxItem.state == "claimed")
            .values(lease_until=utc_now() - timedelta(seconds=1))
        )


def _all_due(database: Database, settings: Settings) -> None:
    """What relay and workers do, without Redis between them."""
    sweep.sweep(database)
    jobs.bind(tools_for(database, settings))
    while True:
        with database.read() as session:
            due = outbox.due(session, utc_now())
        if not due:
            return
        for item_id, _, _ in due:
            jobs.perform({"v": 1, "id": item_id})


def _count(database: Database, table: type) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def mail_server() -> Iterator[PymapServer]:
    with PymapServer({USER: PASSWORD}) as server:
        yield server


@pytest.mark.parametrize("after", ["move", "leave"])
@pytest.mark.parametrize("point", [*INTAKE, "intake.committed:2"])
def test_intake(
    point: str, after: str, database: Database, mail_server: PymapServer, tmp_path: Path
) -> None:
    settings = settings_in(tmp_path)
    with database.begin() as session:
        a_company(session)
        mailbox_id = set_mailbox(
            session, "Orders", secrets={"password": PASSWORD}, secret_key=settings.secret_key,
            host=mail_server.host, port=mail_server.port, tls="none", username=USER, after=after,
        ).id  # fmt: skip
    mail_server.deliver(USER, MAIL)
    mail_server.deliver(USER, OTHER)

    def one_pass(found: Database) -> None:
        with found.read() as session:
            account = account_of(session.get_one(Mailbox, mailbox_id), settings.secret_key)
        with poll_mailboxes.connect(account) as box:
            crash.point("intake.selected")
            poll_mailboxes.take_new(found, box, account, Watch(mailbox_id))

    killed_at(point, database, one_pass)
    one_pass(database)
    one_pass(database)
    assert _count(database, InboundDocument) == 2
    left = len(mail_server.messages(USER))
    kept = len(mail_server.messages(USER, "Processed"))
    assert (left, kept) == ((0, 2) if after == "move" else (2, 0))


@pytest.mark.parametrize("point", DROP)
def test_drop(point: str, database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    with database.begin() as session:
        session.add(DropFolder(name="EDI", path=str(folder), settle_seconds=0))
    (folder / "order.csv").write_bytes(b"item,quantity\nA,1\n")

    def look(found: Database) -> None:
        poll_drops.poll(found, poll_drops.Drops())

    killed_at(point, database, look)
    look(database)
    with database.read() as session:
        statuses = list(
            session.scalars(select(InboundDocument.status).order_by(InboundDocument.id))
        )
    assert statuses[0] == "received"
    assert statuses[1:] in ([], ["copy"])  # the same bytes again are linked, never a second order
    assert [p.name for p in folder.iterdir() if p.is_file()] == []
    assert len(list((folder / "done").iterdir())) == 1


@pytest.mark.parametrize("point", READ)
def test_read(point: str, database: Database, tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    document_id, item_id = a_received_mail(database)

    def work(found: Database) -> None:
        jobs.bind(tools_for(found, settings))
        jobs.perform({"v": 1, "id": item_id})

    killed_at(point, database, work)
    _leases_run_out(database)
    with ScriptedSmtp() as server:
        _all_due(database, replace(settings, smtp_url=server.url))
        _all_due(database, replace(settings, smtp_url=server.url))
    assert _count(database, InboundDocument) == 1
    assert _count(database, Draft) == 1
    with database.read() as session:
        assert session.get_one(InboundDocument, document_id).status == "read"


@pytest.mark.parametrize("point", BEFORE_DOT)
def test_before_the_dot_it_is_sent_after_all(
    point: str, database: Database, tmp_path: Path
) -> None:
    with ScriptedSmtp() as server:
        settings = replace(settings_in(tmp_path), smtp_url=server.url)
        item_id = an_owed_mail(database)
        killed_at(point, database, lambda found: deliver.run(tools_for(found, settings), item_id))
        _leases_run_out(database)
        _all_due(database, settings)
        assert len(server.accepted) == 1
    with database.read() as session:
        assert session.get_one(OutboxItem, item_id).state == "done"


@pytest.mark.parametrize("point", FROM_DOT)
def test_from_the_dot_on_it_is_never_sent_again_by_itself(
    point: str, database: Database, tmp_path: Path
) -> None:
    with ScriptedSmtp() as server:
        settings = replace(settings_in(tmp_path), smtp_url=server.url)
        item_id = an_owed_mail(database)
        killed_at(point, database, lambda found: deliver.run(tools_for(found, settings), item_id))
        _leases_run_out(database)
        _all_due(database, settings)
        time.sleep(0.05)
        assert len(server.accepted) <= 1
    with database.read() as session:
        assert session.get_one(OutboxItem, item_id).state == "uncertain"


def test_after_the_settling_nothing_is_left_to_do(database: Database, tmp_path: Path) -> None:
    with ScriptedSmtp() as server:
        settings = replace(settings_in(tmp_path), smtp_url=server.url)
        item_id = an_owed_mail(database)
        work: Work = lambda found: deliver.run(tools_for(found, settings), item_id)  # noqa: E731
        killed_at("deliver.settled", database, work)
        _leases_run_out(database)
        _all_due(database, settings)
        assert len(server.accepted) == 1
    with database.read() as session:
        assert session.get_one(OutboxItem, item_id).state == "done"
