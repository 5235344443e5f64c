"""The real processes on both databases: workers, scheduler and Valkey are killed over and over while mails arrive."""

from __future__ import annotations

import os
import random
import shutil
import signal
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import func, select, update

from core import migrate
from core.config import Settings, child_environment
from core.database import Database
from core.drafts.tables import Draft
from core.inbound.mailboxes import set_mailbox
from core.inbound.tables import InboundDocument
from core.outbox import OPEN_STATES, OutboxItem
from core.values import utc_now
from fixtures.build import trickle
from fixtures.load import load
from tests.servers.pymap_server import PymapServer
from tests.servers.scripted_smtp import ScriptedSmtp
from tests.workers.conftest import settings_in
from workers import up
from workers.supervisor import Supervisor

USER, PASSWORD = "orders@halden.example", "secret"
MAILS = 24
KILLS = 14
SEED = 7

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]


@pytest.fixture
def settings() -> Iterator[Settings]:
    folder = Path(tempfile.mkdtemp(prefix="ocproc"))
    found = settings_in(folder, workers=2)
    found.sockets.mkdir()
    yield found
    shutil.rmtree(folder, ignore_errors=True)


def _count(database: Database, query: object) -> int:
    with database.read() as session:
        return session.scalar(query) or 0  # type: ignore[call-overload]


def _watched(supervisor: Supervisor, what: Callable[[], bool], seconds: float) -> None:
    until = time.monotonic() + seconds
    while not what():
        supervisor.look()
        assert time.monotonic() < until, "this took too long"
        time.sleep(0.1)


def test_killed_at_random_nothing_is_lost_or_doubled(
    database: Database, settings: Settings
) -> None:
    load(database, date.today())
    url = database.engine.url.render_as_string(hide_password=False)
    command.stamp(migrate._config(url), "head")
    chance = random.Random(SEED)
    with PymapServer({USER: PASSWORD}) as mail_server, ScriptedSmtp() as sink:
        found = replace(settings, database_url=url, smtp_url=sink.url)
        with database.begin() as session:
            set_mailbox(
                session, "Orders", secrets={"password": PASSWORD}, secret_key=found.secret_key,
                host=mail_server.host, port=mail_server.port, tls="none", username=USER,
                after="move", authserv_id="mx.halden.example",
            )  # fmt: skip
        supervisor = Supervisor(child_environment(found), found.data_dir / "log")
        try:
            for program in up.programs(found, with_web=False):
                supervisor.add(program)
            sending = threading.Thread(target=_send, args=(mail_server,))
            sending.start()
            for _ in range(KILLS):
                time.sleep(chance.uniform(0.2, 0.8))
                victim = chance.choice(supervisor.running).process
                if victim is not None:
                    os.kill(victim.pid, signal.SIGKILL)
                supervisor.look()
            sending.join()
            everything = select(func.count(InboundDocument.id))
            owed = select(func.count()).where(OutboxItem.state.in_(OPEN_STATES))
            _watched(supervisor, lambda: _count(database, everything) >= MAILS, 60)
            _hurry(database)
            _watched(supervisor, lambda: _count(database, owed) == 0, 90)
        finally:
            supervisor.stop()
        _check(database, sink)


def _send(mail_server: PymapServer) -> None:
    for sample in trickle(MAILS, date.today(), SEED):
        mail_server.deliver(USER, sample.raw)
        time.sleep(0.2)


def _hurry(database: Database) -> None:
    """Leases past the final dot last three minutes; the test does not."""
    with database.begin() as session:
        session.execute(
            update(OutboxItem)
            .where(OutboxItem.state == "claimed", OutboxItem.phase == "dot")
            .values(lease_until=utc_now() - timedelta(seconds=1))
        )


def _check(database: Database, sink: ScriptedSmtp) -> None:
    with database.read() as session:
        statuses = Counter(session.scalars(select(InboundDocument.status)))
        drafts = Counter(session.scalars(select(Draft.document_id)))
        uncertain = set(
            session.scalars(select(OutboxItem.message_id).where(OutboxItem.state == "uncertain"))
        )
        done = set(
            session.scalars(
                select(OutboxItem.message_id).where(
                    OutboxItem.state == "done", OutboxItem.message_id != ""
                )
            )
        )
    assert statuses == {"read": MAILS}
    assert len(drafts) == MAILS and set(drafts.values()) == {1}
    sent = Counter(str(message_from_bytes(m)["Message-ID"]) for m in sink.accepted)
    assert max(sent.values()) == 1
    assert done <= set(sent)
    assert set(sent) <= done | uncertain
