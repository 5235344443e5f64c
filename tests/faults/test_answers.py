"""Killed anywhere between a decision and the file at the partner's: each answer is there once, its numbers unbroken."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from core import outbox
from core.config import Settings
from core.database import Database
from core.exchange.renumber import renumbered
from core.exchange.resend import resend
from core.exchange.tables import ExchangeInterchange, ExchangeMessage
from core.journal import history
from core.orders.acknowledge import acknowledge
from core.outbox import OutboxItem
from core.values import utc_now
from tests.builders import a_company, an_act
from tests.exchanged import Came, a_drop_folder, an_electronic_order
from tests.faults.given import killed_at, tools_for
from tests.servers.scripted_smtp import ScriptedSmtp
from tests.servers.sftp_server import SftpServer
from tests.workers.conftest import settings_in
from tests.workers.test_poll_sftp import keep_partner
from workers import jobs, sweep

ANSWERING = ("deliver.claimed", "deliver.before-answer-commit")
HANDING_OVER = (
    "send.claimed",
    "send.written-beside",
    "send.renamed",
    "send.before-settle",
    "send.settled",
)
UPLOADING = ("send.claimed", "send.uploaded", "send.renamed", "send.before-settle")


def _leases_run_out(database: Database) -> None:
    with database.begin() as session:
        session.execute(
            update(OutboxItem)
            .where(OutboxItem.state == "claimed")
            .values(lease_until=utc_now() - timedelta(seconds=1))
        )


def _work(database: Database, settings: Settings) -> None:
    """What relay and workers do until nothing is due."""
    sweep.sweep(database)
    jobs.bind(tools_for(database, settings))
    for _ in range(30):
        with database.read() as session:
            due = [i for i, _, _ in outbox.due(session, utc_now())]
        if not due:
            return
        for item_id in due:
            jobs.perform({"v": 1, "id": item_id})
    raise AssertionError("work does not end")


def _orders(database: Database, folder: Path, number: int = 3) -> list[Came]:
    """Orders that each owe an acknowledgement."""
    with database.begin() as session:
        a_company(session)
        drop = a_drop_folder(session, folder)
        came = []
        for n in range(number):
            one = an_electronic_order(session, folder=drop, control=f"{n + 1:09d}")
            acknowledge(session, one.order, act=an_act())
            came.append(one)
    return came


def _check(database: Database, came: list[Came], files: dict[str, bytes]) -> None:
    """One answer for each order, each sent once, numbered from 1 without a gap, the file as it is kept."""
    with database.read() as session:
        rows = session.scalars(
            select(ExchangeInterchange)
            .where(ExchangeInterchange.direction == "out")
            .order_by(ExchangeInterchange.id)
        ).all()
        assert [int(row.control) for row in rows] == list(range(1, len(came) + 1))
        assert {row.status for row in rows} == {"sent"}
        about = session.scalars(
            select(ExchangeMessage.subject_id).where(ExchangeMessage.subject == "order")
        ).all()
        assert sorted(about) == sorted(one.order.id for one in came)  # type: ignore[type-var]
        assert sorted(files) == sorted(row.file_name for row in rows)
        for row in rows:
            names = [event.name for event in history(session, "interchange", row.id)]
            assert names == ["interchange.written", "interchange.sent"]
        open_rows = session.scalars(
            select(OutboxItem).where(
                OutboxItem.state.in_(("due", "claimed", "uncertain", "failed"))
            )
        ).all()
        assert open_rows == []


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(
    "point", [*ANSWERING, *HANDING_OVER, "send.renamed:2", "deliver.before-answer-commit:3"]
)
def test_into_a_folder(point: str, database: Database, tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    came = _orders(database, tmp_path / "in")
    killed_at(point, database, lambda into: _work(into, settings))
    _leases_run_out(database)
    _work(database, settings)
    _check(database, came, _files(tmp_path / "in" / "out"))


@pytest.mark.parametrize("point", UPLOADING)
def test_onto_an_sftp_server(point: str, database: Database, tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    remote = tmp_path / "remote"
    remote.mkdir()
    with SftpServer(remote) as server:
        came = _orders(database, tmp_path / "in")
        keep_partner(
            database,
            settings,
            f'\n[carrier]\nkind = "sftp"\nhost = "127.0.0.1"\nport = {server.port}\n'
            f'user = "{server.USER}"\nknown_hosts = "{server.known_hosts(tmp_path / "hosts")}"\n',
            server.PASSWORD,
        )
        killed_at(point, database, lambda into: _work(into, settings))
        _leases_run_out(database)
        _work(database, settings)
        _check(database, came, _files(remote))


@pytest.mark.parametrize(
    "point", ["deliver.before-answer-commit", "deliver.answered", "deliver.composed", "smtp.rcpt"]
)
def test_in_the_mail_of_the_thread(point: str, database: Database, tmp_path: Path) -> None:
    """The message is an attachment of the acknowledgement: one mail, one number."""
    with database.begin() as session:
        a_company(session)
        came = an_electronic_order(session, channel="mail")
        acknowledge(session, came.order, act=an_act())
    with ScriptedSmtp() as server:
        settings = settings_in(tmp_path, smtp_url=server.url)
        killed_at(point, database, lambda into: _work(into, settings))
        _leases_run_out(database)
        _work(database, settings)
    (mail,) = server.accepted
    assert b"855-" in mail and b"application/EDI-X12" in mail
    with database.read() as session:
        (row,) = session.scalars(
            select(ExchangeInterchange).where(ExchangeInterchange.direction == "out")
        ).all()
        assert (row.control, row.carrier, row.status) == ("1", "mail", "sent")


@pytest.mark.parametrize("same_number", [True, False])
@pytest.mark.parametrize("point", ["send.claimed", "send.renamed", "send.before-settle"])
def test_sent_again(point: str, same_number: bool, database: Database, tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    _orders(database, tmp_path / "in", 1)
    _work(database, settings)
    out = tmp_path / "in" / "out"
    (first,) = out.iterdir()
    kept = first.read_bytes()
    first.unlink()  # the partner took it, and lost it
    with database.begin() as session:
        row = session.scalars(
            select(ExchangeInterchange).where(ExchangeInterchange.direction == "out")
        ).one()
        resend(session, row, same_number=same_number, act=an_act())
    killed_at(point, database, lambda into: _work(into, settings))
    _leases_run_out(database)
    _work(database, settings)
    (again,) = out.iterdir()
    with database.read() as session:
        rows = session.scalars(
            select(ExchangeInterchange)
            .where(ExchangeInterchange.direction == "out")
            .order_by(ExchangeInterchange.id)
        ).all()
        assert {row.status for row in rows} == {"sent"}
        assert [row.control for row in rows] == (["1"] if same_number else ["1", "2"])
    if same_number:
        assert (again.name, again.read_bytes()) == (first.name, kept)
    else:
        assert again.name != first.name
        assert again.read_bytes() == renumbered(kept, "x12", 2) != kept
