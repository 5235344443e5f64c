"""Small things that every process relies on: log lines, waiting times, the socket's place, what runs."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

import pytest

from core.config import Settings
from core.database import Database
from core.inbound.tables import Heartbeat
from tests.workers.conftest import settings_in
from workers import embedded_redis, heartbeats, log, retries, schedule, up
from workers.schedule import Periodic


def test_a_log_line_cannot_be_forged(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    kept, level = root.handlers[:], root.level
    try:
        log.begin("test")
        logging.getLogger("x").warning("subject %s", "a\n2026 forged\x1b[31m")
        try:
            raise ValueError("two\nrows")
        except ValueError:
            logging.getLogger("x").exception("failed")
        rows = capsys.readouterr().err.splitlines()
    finally:
        root.handlers[:], root.level = kept, level
    assert "\x1b" not in "".join(rows)
    assert all(row[:4].isdigit() or row.startswith("    | ") for row in rows)
    assert rows[1].startswith("    | 2026 forged")


def test_waiting_grows_up_to_a_limit() -> None:
    assert all(1 <= retries.wait_seconds(1) <= 5 for _ in range(50))
    assert max(retries.wait_seconds(50) for _ in range(200)) <= retries.LONGEST_SECONDS


def test_a_long_folder_gets_a_short_socket(tmp_path: Path) -> None:
    deep = settings_in(tmp_path / ("x" * 120))
    short = embedded_redis.with_short_socket(deep)
    assert len(short.redis_url) <= embedded_redis.LONGEST_SOCKET
    assert embedded_redis.is_ours(short)
    other = settings_in(tmp_path, redis_url="redis://elsewhere")
    assert not embedded_redis.is_ours(embedded_redis.with_short_socket(other))


def test_what_up_runs(settings: Settings) -> None:
    names = [program.name for program in up.programs(settings)]
    assert names == ["valkey", "read-1", "deliver-1", "scheduler", "web"]
    other = settings_in(settings.data_dir, redis_url="redis://elsewhere")
    assert "valkey" not in [program.name for program in up.programs(other)]


def test_a_loop_that_fails_goes_on_and_tells(
    sqlite_database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = threading.Event()
    turns: list[str] = []

    def turn() -> None:
        turns.append("x")
        if len(turns) == 1:
            raise RuntimeError("first time")
        done.set()

    monkeypatch.setattr(schedule, "wait_seconds", lambda *_, **__: 0.01)
    stop = threading.Event()
    periodic = Periodic("probe", 0.01, lambda *_: turn)
    thread = threading.Thread(
        target=schedule._loop, args=(periodic, settings, sqlite_database, stop)
    )
    thread.start()
    assert done.wait(5)
    stop.set()
    thread.join(5)
    with sqlite_database.read() as session:
        assert session.get(Heartbeat, "probe") is not None


def test_a_beat_is_written_now_and_then(sqlite_database: Database) -> None:
    beat = heartbeats.Beat(sqlite_database, "often")
    beat.beat()
    with sqlite_database.read() as session:
        first = session.get_one(Heartbeat, "often").at
    beat.beat()
    with sqlite_database.read() as session:
        assert session.get_one(Heartbeat, "often").at == first
