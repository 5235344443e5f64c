"""How the cost of the queue page grows with the table of drafts, nearly all of them settled, as in any old house."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert

from core.drafts.queue import queue
from core.drafts.queue_values import PAGE_SIZE
from core.drafts.tables import Draft, DraftField, DraftLine, Problem
from tests.benchmarks.measure import table, worked
from tests.builders import NOW, a_customer

SIZES = (100, 1_000, 10_000)
WAITING = 80
LINES = 5


def grow(session, before: int, size: int) -> None:
    """Drafts before+1 to size: the first 80 wait, the rest is confirmed; five lines, one field, one problem each."""
    numbers = range(before + 1, size + 1)
    session.execute(
        insert(Draft),
        [
            {
                "id": n,
                "status": "open" if n <= WAITING else "confirmed",
                "customer_id": 1,
                "po_number": f"PO-{n}",
                "currency": "EUR",
                "created_at": NOW + timedelta(minutes=n),
                "blocking_count": 1,
            }
            for n in numbers
        ],
    )
    session.execute(
        insert(DraftLine),
        [
            {"draft_id": n, "position": p, "quantity": 10, "unit": "EA", "agreed_price": 2}
            for n in numbers
            for p in range(LINES)
        ],
    )
    session.execute(
        insert(DraftField),
        [{"draft_id": n, "name": "buyer_name", "value": "Buyer"} for n in numbers],
    )
    session.execute(
        insert(Problem),
        [{"draft_id": n, "code": "price-differs", "blocking": True} for n in numbers],
    )


@pytest.mark.benchmark
def test_the_queue_page_does_not_follow_the_table(sqlite_database):
    rows, taken, before = [], [], 0
    with sqlite_database.begin() as session:
        a_customer(session, id=1)
    for size in SIZES:
        with sqlite_database.begin() as session:
            grow(session, before, size)
        before = size
        with sqlite_database.read() as session:
            page = queue(session)
            assert page.total == WAITING and len(page.rows) == min(PAGE_SIZE, WAITING)
            taken.append(worked(lambda s=session: queue(s)))
        rows.append((f"{size:,}", f"{1000 * taken[-1]:.1f}", f"{taken[-1] / taken[0]:.2f}"))
    table(f"Queue page, {WAITING} drafts waiting", ("drafts", "ms", "ratio"), rows)
    assert taken[-1] / taken[0] < 1.5
