"""What a page of master data, a search and a call of REST cost with 20,000 items, against 1,000; and a large file."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from core.database import Database
from core.masterdata.apply import apply_all, check_rows
from core.masterdata.cells import POINT, given
from core.masterdata.every import table_named
from core.masterdata.put import COMMAND_LINE
from core.masterdata.select import Row, by_key, count, fetch, searched, shape_of
from tests.benchmarks.measure import seconds, seconds_of, table
from tests.builders import an_act

SIZES = (1_000, 20_000)
FILE = 10_000
ITEMS = table_named("items")


def rows(first: int, last: int) -> list[dict[str, str]]:
    return [
        {"number": f"I{n:06d}", "description": f"Bolt of kind {n % 97}", "lead_days": str(n % 30)}
        for n in range(first, last)
    ]


def put(database: Database, first: int, last: int) -> None:
    typed = [given(ITEMS, n, row, POINT) for n, row in enumerate(rows(first, last), 2)]
    assert apply_all(database, ITEMS, typed, door=COMMAND_LINE, act=an_act()).applied


def page(text: str, offset: int) -> Callable[[Session], list[Row]]:
    def look(session: Session) -> list[Row]:
        shape = shape_of(ITEMS)
        where = searched(shape, text, {})
        assert count(session, shape, where)
        return fetch(
            session, ITEMS, *where, shape=shape, order=by_key(shape), limit=50, offset=offset
        )

    return look


def after(cursor: int) -> Callable[[Session], list[Row]]:
    def look(session: Session) -> list[Row]:
        shape = shape_of(ITEMS)
        return fetch(session, ITEMS, shape.pk > cursor, shape=shape, order=(shape.pk,), limit=100)

    return look


@pytest.mark.benchmark
@pytest.mark.timeout(600)
def test_a_page_does_not_follow_the_table(sqlite_database: Database) -> None:
    looks = {
        "first page": page("", 0),
        "page 20": page("", 950),
        "a number": page("I000500", 0),
        "two words": page("bolt 33", 0),
        "REST page": after(500),
    }
    taken: dict[str, list[float]] = {name: [] for name in looks}
    before = 0
    for size in SIZES:
        put(sqlite_database, before, size)
        before = size
        with sqlite_database.read() as session:
            for name, look in looks.items():
                taken[name].append(seconds(lambda s=session, w=look: w(s)))  # type: ignore[misc]
    table(
        "master data: a page, in ms",
        ("what", *(f"{size:,} items" for size in SIZES)),
        [(name, *(f"{1000 * t:.1f}" for t in times)) for name, times in taken.items()],
    )
    assert taken["REST page"][1] < 2 * taken["REST page"][0]
    assert taken["first page"][1] < 4 * taken["first page"][0]
    assert max(times[1] for times in taken.values()) < 0.5


@pytest.mark.benchmark
@pytest.mark.timeout(600)
def test_a_row_of_a_long_file_costs_what_one_of_a_short_does(sqlite_database: Database) -> None:
    taken = []
    for first, last in ((0, FILE // 10), (FILE // 10, FILE + FILE // 10)):
        typed = [given(ITEMS, n, row, POINT) for n, row in enumerate(rows(first, last), 2)]
        looked = seconds_of(lambda t=typed: check_rows(sqlite_database, ITEMS, t))  # type: ignore[misc]
        kept = seconds_of(lambda f=first, e=last: put(sqlite_database, f, e))  # type: ignore[misc]
        taken.append((looked / len(typed), kept / len(typed)))
    table(
        "master data: a file, microseconds a row",
        ("rows", "looked at", "kept"),
        [
            (f"{n:,}", f"{1e6 * looked:.0f}", f"{1e6 * kept:.0f}")
            for n, (looked, kept) in zip((FILE // 10, FILE), taken, strict=True)
        ],
    )
    assert taken[1][0] < 3 * taken[0][0]
    assert taken[1][1] < 3 * taken[0][1]
