"""How the cost of a promise grows with the order book: it must follow the asked items, not the table.

Every item has the same number of earlier promises at each size, as a growing range of goods has; then the same
book over few items, where each promise really has more to weigh.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.database import Database
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.promising.ask import Ask, AskLine
from core.promising.promise import promise_lines
from core.supply.tables import StockLot
from tests.benchmarks.measure import seconds, table
from tests.builders import NOW, TODAY, a_company, a_customer, a_site

SIZES = (1_000, 10_000, 50_000)
ASKED = 20
LINES_OF_AN_ORDER = 10
PROMISES_OF_AN_ITEM = 10


def in_bulk(session: Session, kind: type, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), 5_000):
        session.execute(insert(kind), rows[start : start + 5_000])


def grow(session: Session, before: int, size: int, items_of: int) -> None:
    """Rows before+1 to size of the book, spread over items 1 to items_of, with half a lot for what they ask."""
    numbers = range(before + 1, size + 1)
    orders = sorted(
        {n // LINES_OF_AN_ORDER + 1 for n in numbers} - {before // LINES_OF_AN_ORDER + 1}
    )
    if before == 0:
        orders = [1, *orders]
    in_bulk(
        session,
        Order,
        [
            {
                "id": n,
                "number": f"B{n}",
                "customer_id": 1,
                "currency": "EUR",
                "booked_at": NOW,
                "status": "booked",
            }
            for n in orders
        ],
    )
    in_bulk(
        session,
        OrderLine,
        [
            {
                "id": n,
                "order_id": n // LINES_OF_AN_ORDER + 1,
                "position": n % LINES_OF_AN_ORDER + 1,
                "item_id": n % items_of + 1,
                "description": "Goods",
                "quantity": 10,
                "unit": "EA",
                "stock_quantity": 10,
                "price": Decimal("1.5"),
            }
            for n in numbers
        ],
    )
    in_bulk(
        session,
        ScheduleLine,
        [
            {
                "id": n,
                "line_id": n,
                "position": 1,
                "quantity": 10,
                "site_id": 1,
                "ship_date": TODAY + timedelta(days=n % 30),
                "promised_date": TODAY + timedelta(days=n % 30 + 1),
            }
            for n in numbers
        ],
    )


def stocked(session: Session, count: int) -> None:
    a_company(session)
    a_customer(session, id=1)
    a_site(session, id=1)
    items = range(1, count + 1)
    in_bulk(session, Item, [{"id": n, "number": f"I{n}", "description": "Goods"} for n in items])
    in_bulk(
        session,
        StockLot,
        [{"site_id": 1, "item_id": n, "lot": f"L{n}", "on_hand_quantity": 500} for n in items],
    )


def ask() -> Ask:
    return Ask(
        tuple(AskLine(n, n, Decimal(5), TODAY + timedelta(days=10)) for n in range(1, ASKED + 1)),
        TODAY,
    )


def growth(database: Database, title: str, items_of: Any) -> float:
    """Prints the table; cost at the largest book over cost at the smallest."""
    wanted, taken, before, rows = ask(), [], 0, []
    with database.begin() as session:
        stocked(session, max(items_of(size) for size in SIZES))
    for size in SIZES:
        with database.begin() as session:
            grow(session, before, size, items_of(size))
        before = size
        with database.read() as session:
            answered = promise_lines(session, wanted, now=NOW)
            assert len(answered.lines) == ASKED and all(answered.lines.values())
            taken.append(seconds(lambda s=session: promise_lines(s, wanted, now=NOW)))
        rows.append((f"{size:,}", f"{1000 * taken[-1]:.1f}", f"{taken[-1] / taken[0]:.2f}"))
    table(title, ("schedule lines", "ms", "ratio"), rows)
    return taken[-1] / taken[0]


@pytest.mark.benchmark
@pytest.mark.timeout(600)
def test_a_promise_costs_the_same_in_a_larger_book(sqlite_database):
    """Fifty times the book over fifty times the items."""
    grown = growth(
        sqlite_database,
        f"Promise of {ASKED} lines, {PROMISES_OF_AN_ITEM} earlier promises of each item",
        lambda size: size // PROMISES_OF_AN_ITEM,
    )
    assert grown < 5


@pytest.mark.benchmark
@pytest.mark.timeout(600)
def test_a_promise_grows_no_faster_than_the_promises_it_weighs(sqlite_database):
    """Fifty times the promises of the asked items: linear would be 50, each against each 2,500."""
    grown = growth(
        sqlite_database,
        f"Promise of {ASKED} lines, the whole book over 500 items",
        lambda size: 500,
    )
    assert grown < 150
