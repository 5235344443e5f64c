"""Half a gigabyte of X12 from the drop folder to drafts: memory of every process, and how soon the first draft is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.database import Database
from tests.benchmarks.measure import table
from tests.extraction.long_edi import long_x12
from tests.workers.long_run import run


@pytest.mark.benchmark
def test_half_a_gigabyte_from_folder_to_drafts(sqlite_database: Database, tmp_path: Path) -> None:
    found = run(sqlite_database, tmp_path, long_x12(5_400, 54, 2_800), early_after=10.0)
    table(
        f"{found.size / 1e6:.0f} MB of X12: {found.messages} messages, {found.drafts} orders among them",
        ("", "early KB", "most KB", "seconds"),
        [
            ("storing, poller", found.early["storing"], found.most["storing"], f"{found.storing_seconds:.0f}"),
            ("reading, worker", found.early["worker"], found.most["worker"], f"{found.seconds:.0f}"),
            ("reading, child", found.early["reader"], found.most["reader"], ""),
            ("until the first draft", "", "", f"{found.first_draft:.1f}"),
        ],
    )  # fmt: skip
    assert found.size > 500_000_000 and found.status == "read"
    assert found.first_draft < 60
    for process in ("storing", "worker", "reader"):
        assert found.grown(process) < 40_000, (process, found)


@pytest.mark.benchmark
def test_orders_from_a_long_file_to_drafts(sqlite_database: Database, tmp_path: Path) -> None:
    """Nothing but orders of two lines: what a draft costs, matched, checked and promised."""
    found = run(sqlite_database, tmp_path, long_x12(1_500, 1), early_after=10.0)
    table(
        f"{found.drafts} orders of two lines to drafts",
        ("", "per second"),
        [("drafts", f"{found.drafts / found.seconds:.0f}")],
    )
    assert found.drafts == 1_500
    assert found.drafts / found.seconds > 5
