"""How long a promise takes with up to 100,000 open schedule lines over 20,000 items, on both databases.

A book of any size has five open promises of each item and as much work on each work centre; what an order touches is
the same at each size, so its cost must be too. The bounds in milliseconds are those of the product's issue. On SQLite,
where all is done in this process, the processor's time is taken, so that neighbours on the machine do not count; on
PostgreSQL the clock's.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from time import perf_counter, process_time
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.database import Database
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.promising.ask import Ask, AskLine
from core.promising.promise import promise_lines
from core.promising.tables import PromiseClaim
from core.supply.tables import (
    BomLine,
    ItemSource,
    Receipt,
    RoutingAlternate,
    RoutingStep,
    StockLot,
    Supplier,
    WorkCentre,
)
from tests.benchmarks.measure import table
from tests.benchmarks.test_promise_growth import in_bulk
from tests.builders import NOW, TODAY, a_company, a_customer, a_site

SIZES = (1_000, 10_000, 100_000)
PROMISES_OF_AN_ITEM = 5
LINES_OF_AN_ORDER = 10
ASKED = 20
CENTRES = 10
"""Of a made item's three levels. The plant grows with the book: ten more for every 2,000 open lines."""
MADE_EVERY = 10
"""Every tenth open line is promised by a plan, with a claim on four centres and two components."""
HISTORY = 1
"""Shipped lines for each open one."""

REPEATS = 40
ATP_BOUND = 0.050
CTP_BOUND = 0.300
GROWTH_BOUND = 2.0


def a_book(session: Session, size: int) -> None:
    a_company(session)
    a_customer(session, id=1)
    a_site(session, id=1)
    a_site(session, id=2, priority=2)
    items = size // PROMISES_OF_AN_ITEM
    centres = max(CENTRES, size // 200)
    in_bulk(
        session,
        Item,
        [
            {
                "id": n,
                "number": f"I{n}",
                "description": "Goods",
                "kind": "made" if n > ASKED and n % 4 == 1 else "bought",
                "lead_days": 15,
            }
            for n in range(1, items + 1)
        ],
    )
    in_bulk(
        session,
        StockLot,
        [
            {"site_id": 1 + n % 2, "item_id": n, "lot": f"L{n}", "on_hand_quantity": 30}
            for n in range(1, items + 1)
        ],
    )
    in_bulk(
        session,
        Receipt,
        [
            {
                "kind": "purchase",
                "number": f"PO{n}",
                "site_id": 1 + n % 2,
                "item_id": n,
                "quantity": 40,
                "expected_date": TODAY + timedelta(days=n % 40),
            }
            for n in range(1, items + 1)
        ],
    )
    a_plant(session, items, centres)
    _orders(session, size, items, centres)


def a_plant(session: Session, items: int, centres: int) -> None:
    """Each made item of two parts, one of them made of two others, one of these made again of two."""
    in_bulk(
        session,
        WorkCentre,
        [
            {"id": n, "code": f"W{n}", "name": f"W{n}", "minutes_per_day": 960, "site_id": 1}
            for n in range(1, centres + 1)
        ],
    )
    in_bulk(session, Supplier, [{"id": 1, "number": "S1", "name": "Steel Ltd", "lead_days": 12}])
    made = [n for n in range(ASKED + 1, items + 1) if n % 4 == 1]
    parts = [
        (n, below)
        for n in made
        for below in ((n + 4 if n + 4 <= items else 1), n + 1 if n + 1 <= items else 2)
        if below != n
    ]
    # Three levels: every third made item is a top, the next its part, the next the part's part.
    tops = {n: number % 3 for number, n in enumerate(made)}
    parts = [(n, below) for n, below in parts if not (below in tops and tops[n] == 2)]
    in_bulk(
        session,
        BomLine,
        [{"item_id": n, "component_id": below, "quantity_per": 2} for n, below in parts],
    )
    steps = [
        {
            "id": 4 * number + step + 1,
            "item_id": n,
            "step": 10 * (step + 1),
            "work_centre_id": (4 * number + step) % centres + 1,
            "setup_minutes": 20,
            "run_minutes": Decimal("1.5"),
        }
        for number, n in enumerate(made)
        for step in range(4)
    ]
    in_bulk(session, RoutingStep, steps)
    in_bulk(
        session,
        RoutingAlternate,
        [
            {
                "routing_step_id": row["id"],
                "work_centre_id": row["work_centre_id"] % centres + 1,
            }
            for row in steps
            if row["step"] == 20
        ],
    )
    bought = [n for n in range(1, items + 1) if n not in tops]
    in_bulk(session, ItemSource, [{"item_id": n, "supplier_id": 1} for n in bought])


def _orders(session: Session, size: int, items: int, centres: int) -> None:
    """Open lines first, then the shipped ones of closed orders."""
    every = size * (1 + HISTORY)
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
                "status": "booked" if (n - 1) * LINES_OF_AN_ORDER < size else "closed",
            }
            for n in range(1, every // LINES_OF_AN_ORDER + 2)
        ],
    )
    in_bulk(
        session,
        OrderLine,
        [
            {
                "id": n,
                "order_id": (n - 1) // LINES_OF_AN_ORDER + 1,
                "position": (n - 1) % LINES_OF_AN_ORDER + 1,
                "item_id": n % items + 1,
                "description": "Goods",
                "quantity": 10,
                "unit": "EA",
                "stock_quantity": 10,
                "shipped_quantity": 0 if n <= size else 10,
                "price": Decimal("1.5"),
            }
            for n in range(1, every + 1)
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
                "shipped_quantity": 0 if n <= size else 10,
                "site_id": 1 + n % 2,
                "ship_date": TODAY + timedelta(days=n % 60),
                "promised_date": TODAY + timedelta(days=n % 60 + 1),
            }
            for n in range(1, every + 1)
        ],
    )
    claims: list[dict[str, Any]] = []
    for n in range(MADE_EVERY, size + 1, MADE_EVERY):
        day = TODAY + timedelta(days=n // MADE_EVERY % 50)
        claims += [
            {
                "schedule_line_id": n,
                "kind": "capacity",
                "work_centre_id": (n // MADE_EVERY * 4 + step) % centres + 1,
                "day": day,
                "amount": 60,
                "of_quantity": 10,
            }
            for step in range(4)
        ]
        claims += [
            {
                "schedule_line_id": n,
                "kind": "component",
                "item_id": (n + part) % items + 1,
                "site_id": 1,
                "day": day,
                "amount": 3,
                "of_quantity": 10,
            }
            for part in (1, 2)
        ]
    keys = (
        "schedule_line_id",
        "kind",
        "work_centre_id",
        "item_id",
        "site_id",
        "day",
        "amount",
        "of_quantity",
    )
    in_bulk(session, PromiseClaim, [{key: row.get(key) for key in keys} for row in claims])


def atp() -> Ask:
    """Twenty bought items, some wished soon, some later."""
    lines = (AskLine(n, n, Decimal(5), TODAY + timedelta(days=n)) for n in range(1, ASKED + 1))
    return Ask(tuple(lines), TODAY, customer_id=1)


def ctp(session: Session) -> Ask:
    """More of a made item than there is; its recipe has three levels and twelve steps on ten centres and more."""
    top = session.scalar(text("SELECT MIN(item_id) FROM routing_step"))
    line = AskLine(1, top, Decimal(200), TODAY + timedelta(days=5))
    return Ask((line,), TODAY, customer_id=1)


def emptied(session: Session) -> None:
    for name in (
        "promise_claim", "schedule_line", "order_line", "sales_order", "routing_alternate", "routing_step",
        "bom_line", "item_source", "supplier", "work_centre", "receipt", "stock_lot", "item", "site", "customer", "company",
    ):  # fmt: skip
        session.execute(text(f"DELETE FROM {name}"))


def cost(database: Database, work: Callable[[], Any]) -> float:
    """The least of some runs, in seconds."""
    now = process_time if database.engine.dialect.name == "sqlite" else perf_counter
    found = []
    for _ in range(REPEATS):
        start = now()
        work()
        found.append(now() - start)
    return min(found)


@pytest.mark.benchmark
@pytest.mark.timeout(1200)
def test_a_promise_is_quick_in_any_book(database: Database) -> None:
    rows, taken = [], list[tuple[float, float]]()
    for size in SIZES:
        with database.begin() as session:
            emptied(session)
            a_book(session, size)
        with database.begin() as session:
            session.execute(text("ANALYZE"))
        with database.read() as session:
            goods, made = atp(), ctp(session)
            found = promise_lines(session, made, now=NOW).lines[1]
            used = {c.centre_id for part in found for c in part.claims if c.centre_id}
            levels = {peg.level for part in found for peg in part.pegging}
            assert len(used) >= CENTRES - 2 and max(levels) >= 3, (used, levels)
            assert len(promise_lines(session, goods, now=NOW).lines) == ASKED
            taken.append(
                (
                    cost(database, lambda s=session, a=goods: promise_lines(s, a, now=NOW)),
                    cost(database, lambda s=session, a=made: promise_lines(s, a, now=NOW)),
                )
            )
        of_goods, of_made = taken[-1]
        rows.append(
            (
                f"{size:,}",
                f"{size // PROMISES_OF_AN_ITEM:,}",
                f"{1000 * of_goods:.1f}",
                f"{of_goods / taken[0][0]:.2f}",
                f"{1000 * of_made:.1f}",
                f"{of_made / taken[0][1]:.2f}",
            )
        )
    kind = database.engine.dialect.name
    head = ("open lines", "items", "20 lines, ms", "ratio", "3 levels, ms", "ratio")
    table(f"Promises on {kind}", head, rows)
    assert taken[-1][0] < ATP_BOUND and taken[-1][1] < CTP_BOUND
    assert taken[-1][0] / taken[0][0] < GROWTH_BOUND and taken[-1][1] / taken[0][1] < GROWTH_BOUND
