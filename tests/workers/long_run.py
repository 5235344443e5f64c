"""Runs a long file through intake and reading as in production, with the real reader, and watches memory and time."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from core import outbox
from core.database import Database
from core.drafts.tables import Draft
from core.exchange.tables import ExchangeInterchange, ExchangeMessage
from core.inbound.tables import DropFolder, InboundDocument
from core.values import utc_now
from tests import builders as make
from tests.workers.conftest import settings_in
from workers import jobs, poll_drops
from workers.reader.client import Reader
from workers.tools import Tools


@dataclass
class Run:
    """Memory in KB: of this process and of the reader's, early and at most. first_draft: seconds until it was there."""

    size: int = 0
    early: dict[str, int] = field(default_factory=dict)
    most: dict[str, int] = field(default_factory=dict)
    storing_seconds: float = 0.0
    seconds: float = 0.0
    first_draft: float = 0.0
    messages: int = 0
    drafts: int = 0
    status: str = ""

    def grown(self, name: str) -> int:
        return self.most.get(name, 0) - self.early.get(name, 0)


def run(database: Database, folder: Path, content: Iterable[bytes], early_after: float) -> Run:
    """early_after: seconds of reading after which memory is compared with what comes later."""
    found = Run()
    drop = folder / "drop"
    drop.mkdir()
    with database.begin() as session:
        make.a_company(session)
        make.an_item(session)
        session.add(DropFolder(name="EDI", path=str(drop), settle_seconds=0))
    with (drop / "long.edi").open("wb") as file:
        for piece in content:
            file.write(piece)
            found.size += len(piece)
    reader = Reader(folder / "scratch")
    reader.warm()
    stop = threading.Event()
    watcher = threading.Thread(target=_watch, args=(database, reader, found, early_after, stop))
    try:
        started = time.perf_counter()
        before = resident(os.getpid())
        poll_drops.poll(database, poll_drops.Drops())
        found.storing_seconds = time.perf_counter() - started
        found.early["storing"], found.most["storing"] = before, resident(os.getpid())
        jobs.bind(Tools(settings_in(folder), database, reader, "test/worker-1"))
        started = time.perf_counter()
        watcher.start()
        while _one_job(database):
            pass
        found.seconds = time.perf_counter() - started
    finally:
        stop.set()
        watcher.join()
        reader.close()
    with database.read() as session:
        found.messages = session.scalar(select(func.count()).select_from(ExchangeMessage)) or 0
        found.drafts = session.scalar(select(func.count()).select_from(Draft)) or 0
        found.status = session.scalars(select(InboundDocument.status)).one()
        assert session.scalars(select(ExchangeInterchange.status)).one() == "received"
    return found


def _one_job(database: Database) -> bool:
    with database.read() as session:
        due = outbox.due(session, utc_now(), only=("read-document",))
    for item_id, _, _ in due:
        jobs.perform({"v": 1, "id": item_id})
    return bool(due)


def _watch(
    database: Database, reader: Reader, found: Run, early_after: float, stop: threading.Event
) -> None:
    started = time.perf_counter()
    server = reader._process.pid if reader._process else 0
    while not stop.wait(0.1):
        now = time.perf_counter() - started
        if not found.first_draft:
            with database.read() as session:
                if session.scalar(select(Draft.id).limit(1)) is not None:
                    found.first_draft = now
        sizes = {"worker": resident(os.getpid()), "reader": max(map(resident, _children(server)), default=0)}  # fmt: skip
        for name, size in sizes.items():
            if now < early_after:
                found.early[name] = max(found.early.get(name, 0), size)
            found.most[name] = max(found.most.get(name, 0), size)


def _children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in path.read_text().split()] if path.exists() else []


def resident(pid: int) -> int:
    """The memory that a process holds, in KB; 0 when it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    held = status.partition("VmRSS:")[2].split()
    return int(held[0]) if held else 0
