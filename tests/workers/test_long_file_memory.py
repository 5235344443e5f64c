"""Sixty megabytes through a worker and its reader: no process holds the file."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from core.database import Database
from tests.extraction.long_edi import long_x12
from tests.workers.long_run import run

MESSAGES, EVERY = 660, 33
MOST_GROWN = 30_000  # KB; the file has 65,000


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_memory_is_flat(sqlite_database: Database, tmp_path: Path) -> None:
    found = run(sqlite_database, tmp_path, long_x12(MESSAGES, EVERY, 2_800), early_after=2.0)
    assert found.size > 60_000_000
    assert (found.status, found.messages, found.drafts) == ("read", MESSAGES, MESSAGES // EVERY)
    for process in ("storing", "worker", "reader"):
        assert found.grown(process) < MOST_GROWN, (process, found)
