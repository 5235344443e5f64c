"""An item with ten thousand open lines of its own: a promise and a look at all of them cost so much a line as with a thousand."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from core.database import Database
from core.orders.tables import ScheduleLine
from core.promising.ask import Ask, AskLine
from core.promising.promise import promise_lines
from core.supply.tables import Receipt
from core.watch.look import unsettled
from tests.benchmarks.measure import table, worked
from tests.benchmarks.test_promise_growth import grow, in_bulk, stocked
from tests.builders import NOW, TODAY

SIZES = (1_000, 10_000)
RECEIPTS = 40


@pytest.mark.benchmark
@pytest.mark.timeout(300)
def test_cost_of_a_line_of_a_hot_item(sqlite_database: Database) -> None:
    """Supply comes on forty days, and half of the promises on the later of them find nothing."""
    before, rows, promise, watch = 0, [], list[float](), list[float]()
    with sqlite_database.begin() as session:
        stocked(session, 1)
        fresh = {"kind": "purchase", "site_id": 1, "item_id": 1}
        days = [TODAY + timedelta(days=n) for n in range(RECEIPTS)]
        in_bulk(session, Receipt, [{**fresh, "number": f"P{d}", "quantity": 1, "expected_date": d} for d in days])  # fmt: skip
    ask = Ask((AskLine(1, 1, Decimal(5), TODAY + timedelta(days=10)),), TODAY)
    for size in SIZES:
        with sqlite_database.begin() as session:
            grow(session, before, size, 1)
            session.query(Receipt).update({"quantity": size * 5 // RECEIPTS})
        before = size
        with sqlite_database.read() as session:
            promise.append(worked(lambda s=session: promise_lines(s, ask, now=NOW), 3))  # type: ignore[misc]
            looked_at, items = unsettled(session, [1], now=NOW)
            assert (looked_at, items) == (session.query(ScheduleLine).count(), {1})
            watch.append(worked(lambda s=session: unsettled(s, [1], now=NOW), 1))  # type: ignore[misc]
        each = (1e6 * promise[-1] / size, 1e6 * watch[-1] / size)
        rows.append((f"{size:,}", f"{each[0]:.0f}", f"{each[1]:.0f}"))
    table("One item", ("open lines", "µs a line: promise", "watch"), rows)
    more = SIZES[1] / SIZES[0]
    assert promise[1] / promise[0] < 2 * more
    assert watch[1] / watch[0] < 2 * more
