"""What lists, counters and searches cost in a book of 10,000 open lines against one of 1,000: not ten times as much."""

from __future__ import annotations

from time import process_time

import pytest

from core.config import settings
from core.database import Database
from core.every_table import METADATA
from review_app import create_app
from tests.benchmarks.big_book import PASSWORD, a_big_book
from tests.benchmarks.big_desk import a_big_desk
from tests.benchmarks.measure import table
from tests.review_app.conftest import Browser

SIZES = (1_000, 10_000)
PATHS = ("/counters", "/exchange?show=trouble", "/outbox", "/promises/scarce", "/warehouse")
"""Screens that show as much in any book of ours; of the others the book itself is what is shown."""
MOST = 4.0


def emptied(database: Database) -> None:
    with database.begin() as session:
        session.connection().exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        for one in reversed(METADATA.sorted_tables):
            session.execute(one.delete())


def costs(person: Browser) -> list[float]:
    found = []
    for path in PATHS:
        assert person.get(path).status_code == 200
        taken = []
        for _ in range(5):
            began = process_time()
            person.get(path)
            taken.append(process_time() - began)
        found.append(min(taken))
    return found


@pytest.mark.benchmark
@pytest.mark.timeout(900)
def test_screens_do_not_follow_the_book(sqlite_database: Database) -> None:
    options = settings({"ORDERCLERK_SECRET_KEY": "test " * 8, "ORDERCLERK_INSECURE_HTTP": "1"})
    taken = []
    for size in SIZES:
        emptied(sqlite_database)
        with sqlite_database.begin() as session:
            a_big_book(session, size)
            a_big_desk(session, size)
        client = create_app(options, sqlite_database).test_client()
        taken.append(costs(Browser(client).sign_in("admin", PASSWORD)))
    small, large = taken
    rows = [
        (path, f"{1000 * a:.1f}", f"{1000 * b:.1f}", f"{b / a:.2f}")
        for path, a, b in zip(PATHS, small, large, strict=True)
    ]
    head = ("screen", *(f"{size:,} lines, ms" for size in SIZES), "ratio")
    table("Screens in a growing book, processor's time on SQLite", head, rows)
    assert all(b / a < MOST for a, b in zip(small, large, strict=True))
