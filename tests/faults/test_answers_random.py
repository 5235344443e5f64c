"""Killed again and again at moments that nobody chose: every order is answered once, and no number is left out."""

from __future__ import annotations

import os
import random
import signal
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.engine import URL

from core.database import Database, connect
from core.outbox import OPEN_STATES, OutboxItem
from core.values import utc_now
from tests.faults.test_answers import _check, _files, _orders, _work
from tests.workers.conftest import settings_in

ORDERS = 12
MOST_KILLS = 40


def _is_done(database: Database) -> bool:
    with database.begin() as session:
        session.execute(
            update(OutboxItem)
            .where(OutboxItem.state == "claimed")
            .values(lease_until=utc_now() - timedelta(seconds=1))
        )
        return (
            session.scalar(select(OutboxItem.id).where(OutboxItem.state.in_(OPEN_STATES)).limit(1))
            is None
        )


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_every_order_is_answered_once(seed: int, database: Database, tmp_path: Path) -> None:
    dice = random.Random(seed)
    settings = settings_in(tmp_path)
    came = _orders(database, tmp_path / "in", ORDERS)
    url: URL = database.engine.url
    kills = 0
    while kills < MOST_KILLS and not _is_done(database):
        database.engine.dispose()
        pid = os.fork()
        if pid == 0:
            try:
                _work(Database(connect(url.render_as_string(hide_password=False))), settings)
            finally:
                os._exit(0)
        until = time.monotonic() + (dice.uniform(0.05, 0.6) if kills else 0.03)
        ended = 0
        while time.monotonic() < until and not ended:
            ended, _ = os.waitpid(pid, os.WNOHANG)
            time.sleep(0.005)
        if not ended:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            kills += 1
    assert kills > 0
    _is_done(database)
    _work(database, settings)
    _check(database, came, _files(tmp_path / "in" / "out"))
    print(f"\n{kills} kills")
