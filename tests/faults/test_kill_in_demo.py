"""kill -9 of workers, scheduler, web, Valkey and at last of everything in the middle of the demo, then restart:
every mail ends in exactly one document, every order in one draft, and no mail goes out twice."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from core import every_table
from core.database import Database, connect
from core.drafts.tables import Draft
from core.inbound.tables import InboundDocument
from core.orders.tables import Order
from core.outbox import OPEN_STATES, OutboxItem
from fixtures.build import build_mails
from workers.demo import clerk, servers

VICTIMS = ("worker --queue read", "worker --queue deliver", "cli scheduler", "cli web", "valkey")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc"),
]


def _start(folder: Path) -> subprocess.Popen[bytes]:
    log = (folder / "demo.out").open("ab")
    return subprocess.Popen(
        [sys.executable, "-m", "workers.cli", "demo"],
        env={"PATH": os.defpath, "ORDERCLERK_DATA_DIR": str(folder)},
        stdout=log,
        stderr=log,
        cwd=folder,
    )


def _processes() -> list[tuple[int, int, str]]:
    """(pid, parent's pid, command line) of every process that is not a zombie."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            state, parent = (place / "stat").read_text().rpartition(") ")[2].split()[:2]
            words = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            if state != "Z":
                found.append((int(place.name), int(parent), words))
    return found


def _kill(supervisor: int, kind: str) -> None:
    for pid, ppid, args in _processes():
        if ppid == supervisor and kind in args:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def _wait(what: Callable[[], bool], seconds: float) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "this took too long"
        time.sleep(0.2)


@pytest.fixture
def folder() -> Iterator[Path]:
    found = Path(tempfile.mkdtemp(prefix="ockill"))
    yield found
    shutil.rmtree(found, ignore_errors=True)


def _database(folder: Path) -> Database:
    assert every_table.METADATA.tables
    return Database(connect(f"sqlite:///{folder / 'demo' / 'orderclerk.sqlite'}"))


def _number(database: Database, query: object) -> int:
    with database.read() as session:
        return session.scalar(query) or 0  # type: ignore[call-overload]


READ = select(func.count()).where(InboundDocument.status.not_in(("new", "received")))
OWED = select(func.count()).where(OutboxItem.state.in_(OPEN_STATES))


def test_everything_is_killed_and_nothing_is_lost_or_doubled(folder: Path) -> None:
    samples = build_mails(date.today())
    demo = _start(folder)
    try:
        _wait(lambda: "Mail in" in (folder / "demo.out").read_text(), 90)
        database = _database(folder)
        _wait(lambda: _number(database, READ) >= 5, 30)
        for victim in VICTIMS:
            _kill(demo.pid, victim)
            time.sleep(0.4)
        _wait(lambda: _number(database, READ) >= len(samples), 90)
        confirming = clerk.confirm_all(clerk.script_for(database, "clerk"))
        for number, _ in enumerate(confirming):
            if number % 4 == 0:
                _kill(demo.pid, "worker --queue deliver")
        assert _number(database, select(func.count(Order.id))) > 0

        demo.kill()  # the supervisor itself: its children end with it
        demo.wait()
        _wait(lambda: not any(str(folder) in args for _, _, args in _processes()), 10)
        database.engine.dispose()

        demo = _start(folder)
        _wait(lambda: _number(database, OWED) == 0, 120)
        _check(database, folder, len(samples))
    finally:
        demo.send_signal(signal.SIGINT)
        demo.wait(60)
    assert not any(str(folder) in args for _, _, args in _processes())


def _check(database: Database, folder: Path, samples: int) -> None:
    with database.read() as session:
        identities = list(
            session.scalars(
                select(InboundDocument.message_id).where(InboundDocument.message_id != "")
            )
        )
        statuses = Counter(session.scalars(select(InboundDocument.status)))
        drafts = list(session.execute(select(Draft.document_id, Draft.ordinal)))
        states = Counter(session.scalars(select(OutboxItem.state)))
        orders = list(session.scalars(select(Order.draft_id)))
    assert max(Counter(identities).values()) == 1
    assert sum(statuses.values()) >= samples
    assert set(statuses) <= {"read", "copy", "quarantined", "closed"}
    assert max(Counter(drafts).values()) == 1
    assert max(Counter(orders).values()) == 1
    sent = Counter(e["message_id"] for e in servers.sent(folder / "demo" / "sent"))
    assert max(sent.values()) == 1
    # Only a kill between the final dot and its answer may leave a mail for a person to decide.
    assert states["uncertain"] <= 3
