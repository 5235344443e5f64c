"""A firm of any size for the benchmarks of screens and verbs: a book of open and shipped orders with its master data.

What one order, customer, item or work centre has to do with is the same at each size; only their number grows. `size` is
the number of open schedule lines: beside them as many shipped ones, an item for every five, an order for every two, a
customer for every fifty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from core.billing.tables import Invoice
from core.catalogue.tables import CustomerItem, Item, ItemUnit, ListPrice
from core.orders.tables import Order, OrderLine, PromiseVersion, ScheduleLine
from core.parties.tables import Contact, Customer, CustomerAddress
from core.people.accounts import add_user
from core.people.tables import ROLES
from core.promising.tables import PromiseClaim
from core.shipping.tables import Package, PickLine, Shipment
from core.supply.tables import Receipt, StockLot, StockMovement, Supplier
from core.values import utc_now
from core.watch.tables import PromiseSlip
from tests.benchmarks.test_promise_growth import in_bulk
from tests.benchmarks.test_promise_speed import a_plant
from tests.builders import a_company, a_site

LINES_OF_AN_ORDER = 4
PROMISES_OF_AN_ITEM = 5
LINES_OF_A_CUSTOMER = 50
MADE_EVERY = 10
NUMBERS_OF_A_CUSTOMER = 10
SLIPS_IN_A_THOUSAND = 2
IN_THE_WAREHOUSE = 40
PASSWORD = "correct horse battery"

Row = dict[str, Any]


def items_of(size: int) -> int:
    return size // PROMISES_OF_AN_ITEM


def customers_of(size: int) -> int:
    return max(size // LINES_OF_A_CUSTOMER, 20)


def a_big_book(session: Session, size: int) -> None:
    """Everything but what arrived and is read (tests/benchmarks/big_desk.py)."""
    now = utc_now()
    a_company(session)
    for number in (1, 2):
        a_site(session, id=number, code=f"S{number}", priority=number)
    for role in ROLES:
        add_user(session, role, role.title(), role, PASSWORD)
    _customers(session, customers_of(size))
    _items(session, items_of(size), now)
    a_plant(session, items_of(size), max(10, size // 200))
    _customer_numbers(session, size)
    _orders(session, size, now)
    _schedule(session, size, now)
    _claims(session, size, now)
    _received(session, items_of(size), now)
    _shipments(session, size, now)


def rows(numbers: Iterable[int], one: Callable[[int], Row]) -> list[Row]:
    return [one(n) for n in numbers]


def _customers(session: Session, count: int) -> None:
    numbers = range(1, count + 1)
    in_bulk(
        session,
        Customer,
        rows(
            numbers,
            lambda n: {
                "id": n,
                "number": f"C{n:05d}",
                "name": f"{FIRST[n % len(FIRST)]} {SECOND[n // len(FIRST) % len(SECOND)]} {n}",
                "domains": [f"customer{n}.example"],
                "payment_terms": "30 days net",
                "credit_limit": 10_000_000,
            },
        ),
    )
    in_bulk(
        session,
        CustomerAddress,
        [
            {
                "customer_id": n,
                "kind": kind,
                "code": f"A{n}",
                "name": f"Customer {n}",
                "street": f"{n} Dock Road",
                "postal_code": f"{10000 + n}",
                "city": "Hafen",
                "country": "DE",
                "is_default": True,
            }
            for n in numbers
            for kind in ("ship_to", "bill_to")
        ],
    )
    in_bulk(
        session,
        Contact,
        rows(
            numbers,
            lambda n: {
                "customer_id": n,
                "name": f"Buyer {n}",
                "email": f"buyer@customer{n}.example",
            },
        ),
    )


FIRST = ("North", "Lake", "Harbour", "Green", "Stone", "River", "Hill", "Field", "Bright", "Iron")
SECOND = ("Foods", "Works", "Tools", "Marine", "Trading", "Supply", "Metals")


def _items(session: Session, count: int, now: datetime) -> None:
    numbers, today = range(1, count + 1), now.date()
    in_bulk(
        session,
        Item,
        rows(
            numbers,
            lambda n: {
                "id": n,
                "number": f"I{n:06d}",
                "description": f"{FIRST[n % len(FIRST)]} bolt M{n % 40} x {n}",
                "kind": "made" if n > 20 and n % 4 == 1 else "bought",
                "lead_days": 15,
                "standard_cost": 1,
            },
        ),
    )
    in_bulk(
        session, ItemUnit, rows(numbers, lambda n: {"item_id": n, "unit": "EA", "numerator": 1})
    )
    in_bulk(
        session,
        ListPrice,
        rows(
            numbers,
            lambda n: {"item_id": n, "currency": "EUR", "unit": "EA", "price": Decimal("1.5")},
        ),
    )
    in_bulk(
        session,
        StockLot,
        rows(
            numbers,
            lambda n: {
                "id": n,
                "site_id": 1 + n % 2,
                "item_id": n,
                "lot": f"L{n}",
                "on_hand_quantity": 60 if n % 50 else 10,
            },
        ),
    )
    _bought(
        session,
        numbers,
        lambda n: {
            "site_id": 1 + n % 2,
            "item_id": n,
            "expected_date": today + timedelta(days=n % 40),
        },
    )


def _bought(session: Session, numbers: Iterable[int], facts: Callable[[int], Row]) -> None:
    """Purchases of forty pieces; their other facts by number."""
    same = {"kind": "purchase", "quantity": 40}
    in_bulk(
        session, Receipt, rows(numbers, lambda n: {"id": n, "number": f"PO{n}", **same, **facts(n)})
    )


def _customer_numbers(session: Session, size: int) -> None:
    items = items_of(size)
    in_bulk(
        session,
        CustomerItem,
        [
            {
                "customer_id": n,
                "customer_sku": f"SKU-{n}-{k}",
                "item_id": (n * NUMBERS_OF_A_CUSTOMER + k) % items + 1,
            }
            for n in range(1, customers_of(size) + 1)
            for k in range(NUMBERS_OF_A_CUSTOMER)
        ],
    )


def _orders(session: Session, size: int, now: datetime) -> None:
    """The open half first, then the shipped one."""
    half, customers, items = size // LINES_OF_AN_ORDER, customers_of(size), items_of(size)
    in_bulk(
        session,
        Order,
        rows(
            range(1, 2 * half + 1),
            lambda n: {
                "id": n,
                "number": f"B{n:07d}",
                "customer_id": n % customers + 1,
                "po_number": f"PO-{n}",
                "po_key": f"PO{n}",
                "currency": "EUR",
                "ship_to": {"name": "Place", "street": "1 Dock Road", "city": "Hafen"},
                "ship_to_id": 2 * (n % customers) + 1,
                "booked_at": now - timedelta(days=n % 20 if n <= half else 20 + n % 340),
                "status": "booked" if n <= half else "closed",
            },
        ),
    )
    in_bulk(
        session,
        OrderLine,
        rows(
            range(1, 2 * size + 1),
            lambda n: {
                "id": n,
                "order_id": (n - 1) // LINES_OF_AN_ORDER + 1,
                "position": (n - 1) % LINES_OF_AN_ORDER + 1,
                "item_id": n % items + 1,
                "description": f"Goods {n % items + 1}",
                "quantity": 10,
                "unit": "EA",
                "stock_quantity": 10,
                "shipped_quantity": 0 if n <= size else 10,
                "price": Decimal("1.5"),
            },
        ),
    )


def _schedule(session: Session, size: int, now: datetime) -> None:
    today = now.date()

    def one(n: int) -> Row:
        ships = today + timedelta(days=n % 60 if n <= size else -n % 340 - 20)
        promised = ships + timedelta(days=1 if n % 7 else 3)
        return {
            "id": n,
            "line_id": n,
            "position": 1,
            "quantity": 10,
            "shipped_quantity": 0 if n <= size else 10,
            "site_id": 2 - n % 2,
            "requested_date": promised if n % 10 else ships,
            "ship_date": ships,
            "first_promised_date": ships + timedelta(days=1),
            "promised_date": promised,
            "actual_date": None if n <= size else ships + timedelta(days=1 + n % 3),
            "promise_version": 1 if n % 7 else 2,
            "reason": {"code": "in-stock", "facts": {"site": f"S{2 - n % 2}"}},
        }

    in_bulk(session, ScheduleLine, rows(range(1, 2 * size + 1), one))
    in_bulk(
        session,
        PromiseVersion,
        [
            {
                "schedule_line_id": n,
                "version": version,
                "quantity": 10,
                "promised_date": today + timedelta(days=n % 60 + 2 * version),
                "actor": "user:1",
                "at": now - timedelta(days=20 - version),
            }
            for n in range(1, 2 * size + 1)
            for version in ((1, 2) if n % 7 == 0 else (1,))
        ],
    )
    in_bulk(
        session,
        PromiseSlip,
        rows(
            range(1, size * SLIPS_IN_A_THOUSAND // 1000 + 1),
            lambda n: {
                "status": "open",
                "kind": "slip",
                "order_id": (n * 97 - 1) // LINES_OF_AN_ORDER + 1,
                "line_id": n * 97,
                "schedule_line_id": n * 97,
                "item_id": n * 97 % items_of(size) + 1,
                "quantity": 10,
                "promised_date": today + timedelta(days=n % 60),
                "new_date": today + timedelta(days=n % 60 + 5),
                "cause": f"receipt:{n % 20 + 1}",
                "cause_code": "receipt-later",
                "cause_facts": {"number": f"PO{n % 20 + 1}"},
                "open_key": f"slip:{n * 97}",
            },
        ),
    )


def _claims(session: Session, size: int, now: datetime) -> None:
    """Every tenth open line is promised by a plan, with a claim on four centres and two components."""
    centres, items = max(10, size // 200), items_of(size)

    def of_line(n: int) -> Iterator[Row]:
        place = n // MADE_EVERY
        day = now.date() + timedelta(days=place % 50)
        shared: Row = {"schedule_line_id": n, "day": day, "of_quantity": 10}
        for step in range(4):
            centre = (place * 4 + step) % centres + 1
            taken = {"kind": "capacity", "work_centre_id": centre, "amount": 60}
            yield {**shared, **taken, "item_id": None, "site_id": None}
        for part in (1, 2):
            taken = {"kind": "component", "item_id": (n + part) % items + 1, "amount": 3}
            yield {**shared, **taken, "site_id": 1, "work_centre_id": None}

    found = [row for n in range(MADE_EVERY, size + 1, MADE_EVERY) for row in of_line(n)]
    in_bulk(session, PromiseClaim, found)


def _received(session: Session, items: int, now: datetime) -> None:
    """Twice as many receipts as items came in over the last year, from a supplier for each hundred items."""
    suppliers = max(items // 100, 5)
    in_bulk(
        session,
        Supplier,
        rows(
            range(2, suppliers + 2),
            lambda n: {"id": n, "number": f"S{n}", "name": f"Supplier {n}", "lead_days": 12},
        ),
    )
    today, numbers = now.date(), range(items + 1, 3 * items + 1)
    _bought(
        session,
        numbers,
        lambda n: {
            "supplier_id": n % suppliers + 2,
            "site_id": 1,
            "item_id": n % items + 1,
            "received_quantity": 40,
            "expected_date": today - timedelta(days=n % 350 + 3),
            "ordered_on": today - timedelta(days=n % 350 + 20),
            "closed": True,
        },
    )
    in_bulk(
        session,
        StockMovement,
        rows(
            numbers,
            lambda n: {
                "lot_id": n % items + 1,
                "quantity": 40,
                "reason": "received",
                "subject": "receipt",
                "subject_id": n,
                "at": now - timedelta(days=n % 350 + n % 5),
                "actor": "user:1",
            },
        ),
    )


def _shipments(session: Session, size: int, now: datetime) -> None:
    """One for each shipped order, in one package; the first forty are still in the warehouse, the others are billed."""
    numbers = range(1, size // LINES_OF_AN_ORDER + 1)
    half = len(numbers)
    in_bulk(
        session,
        Shipment,
        rows(
            numbers,
            lambda n: {
                "id": n,
                "number": f"SH{n:07d}",
                "order_id": half + n,
                "site_id": 1,
                "status": "delivered" if n > IN_THE_WAREHOUSE else "released",
                "shipped_at": now - timedelta(days=n % 340),
                "delivered_at": now - timedelta(days=n % 340),
            },
        ),
    )
    in_bulk(
        session,
        PickLine,
        rows(
            range(1, size + 1),
            lambda n: {
                "id": n,
                "shipment_id": (n - 1) // LINES_OF_AN_ORDER + 1,
                "order_line_id": size + n,
                "schedule_line_id": size + n,
                "lot_id": n % items_of(size) + 1,
                "quantity": 10,
                "picked_quantity": 10 if n > IN_THE_WAREHOUSE * LINES_OF_AN_ORDER else None,
            },
        ),
    )
    in_bulk(
        session,
        Package,
        rows(numbers, lambda n: {"shipment_id": n, "number": 1, "sscc": f"{n:018d}"}),
    )
    in_bulk(
        session,
        Invoice,
        rows(
            range(IN_THE_WAREHOUSE + 1, half + 1),
            lambda n: {
                "number": f"IN{n:07d}",
                "status": "issued",
                "order_id": half + n,
                "shipment_id": n,
                "currency": "EUR",
                "net": 60,
                "tax": 0,
                "total": 60,
                "issued_at": now - timedelta(days=n % 340),
            },
        ),
    )
