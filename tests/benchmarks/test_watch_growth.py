"""What it costs to look at promises anew: a change costs what it touches and not the book; a night is told per line."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from core.database import Database
from core.orders.tables import ScheduleLine
from core.supply.count import count
from core.supply.tables import StockLot
from core.watch.due import check_changes, check_these, night_ahead
from tests.benchmarks.measure import table
from tests.benchmarks.test_promise_growth import PROMISES_OF_AN_ITEM, grow, stocked
from tests.builders import NOW, an_act

SIZES = (1_000, 10_000, 50_000)
MOST_TURNS = 3


@pytest.mark.benchmark
@pytest.mark.timeout(600)
def test_a_change_costs_what_it_touches(sqlite_database):
    """One lot is counted as empty, so that promises that live from it slip."""
    before, taken, nights, rows = 0, [], [], []
    with sqlite_database.begin() as session:
        stocked(session, SIZES[-1] // PROMISES_OF_AN_ITEM)
    for size in SIZES:
        with sqlite_database.begin() as session:
            grow(session, before, size, size // PROMISES_OF_AN_ITEM)
            for row in session.scalars(select(ScheduleLine).where(ScheduleLine.id > before)):
                row.ship_date = row.promised_date  # every day is possible, also on a weekend
        before = size
        with sqlite_database.begin() as session:
            lot = session.scalars(select(StockLot).where(StockLot.item_id == len(taken) + 7)).one()
            count(session, lot.id, Decimal(0), "count", act=an_act())
            session.flush()
            began = time.perf_counter()
            found, _ = check_changes(session, act=an_act())
            taken.append(time.perf_counter() - began)
            assert found.slipped > 0
        nights.append(night(sqlite_database))
        rows.append(
            (
                f"{size:,}",
                f"{1000 * taken[-1]:.0f}",
                f"{taken[-1] / taken[0]:.2f}",
                f"{nights[-1]:.1f}",
                f"{1e6 * nights[-1] / size:.0f}",
            )
        )
    head = ("schedule lines", "ms a change", "ratio", "s a night", "µs a line")
    table("Promise watch, ten to twenty promises of each item", head, rows)
    assert taken[-1] / taken[0] < 5
    assert nights[-1] / nights[0] < 3 * SIZES[-1] / SIZES[0]


def night(database: Database) -> float:
    """As the worker does it: reads, then writes what is new. Some turns at most are done; the rest is counted up."""
    after: int | None = 0
    turns, looked_at, began = 0, 0, time.perf_counter()
    while after is not None and turns < MOST_TURNS:
        with database.read() as session:
            ahead = night_ahead(session, after, now=NOW)
        for lot in ahead.lots():
            with database.begin() as session:
                check_these(session, lot, ahead, act=an_act(at=NOW))
        turns, after, looked_at = turns + 1, ahead.after, looked_at + ahead.looked_at
    spent = time.perf_counter() - began
    with database.read() as session:
        lines = session.scalar(select(func.count()).select_from(ScheduleLine)) or 0
    return spent * lines / max(looked_at, 1)
