"""How many questions a screen asks the database does not follow how much there is to show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import event, select

from core.database import Database
from core.drafts.confirm import confirm
from core.drafts.matching.values import CHOSEN
from core.drafts.promise import promise_draft
from core.drafts.tables import Draft
from core.orders.tables import Order
from core.parties.tables import Customer
from core.supply.tables import Site
from tests.builders import Wanted, a_draft, a_list_price, a_lot, an_act, an_item
from tests.review_app.conftest import Browser
from tests.review_app.firm import Firm


def asked(database: Database, work: Callable[[], Any]) -> int:
    """SELECTs of the second time, when everything that is kept is known."""
    work()
    found = list[str]()

    def listen(*args: Any) -> None:
        found.append(args[2])

    event.listen(database.engine, "before_cursor_execute", listen)
    try:
        work()
    finally:
        event.remove(database.engine, "before_cursor_execute", listen)
    return sum(text.startswith("SELECT") for text in found)


def a_draft_of(database: Database, firm: Firm, lines: int) -> int:
    with database.begin() as session:
        customer = session.get_one(Customer, firm.customer_id)
        site = session.scalars(select(Site)).first()
        assert site is not None
        wanted = []
        for _ in range(lines):
            item = an_item(session)
            a_list_price(session, item, "10")
            a_lot(session, site, item, 100)
            wanted.append(Wanted(item, 3))
        chosen = {"code": CHOSEN, "facts": {}}
        draft = a_draft(session, customer, wanted, customer_reason=chosen)
        promise_draft(session, draft, act=an_act())
        return draft.id


def test_the_desk_asks_the_same_of_many_lines(
    sqlite_database: Database, firm: Firm, clerk: Browser
) -> None:
    few, many = (a_draft_of(sqlite_database, firm, n) for n in (2, 12))
    for path in ("", "/history", "/preview"):
        counts = [
            asked(sqlite_database, lambda d=d, p=path: clerk.get(f"/draft/{d}{p}"))  # type: ignore[misc]
            for d in (few, many)
        ]
        assert counts[0] == counts[1], path


def test_booking_asks_the_same_of_many_lines(sqlite_database: Database, firm: Firm) -> None:
    counts = []
    for lines in (2, 12):
        draft_id = a_draft_of(sqlite_database, firm, lines)
        found = list[str]()

        def listen(*args: Any, kept: list[str] = found) -> None:
            kept.append(args[2])

        with sqlite_database.begin() as session:
            draft = session.get_one(Draft, draft_id)
            event.listen(sqlite_database.engine, "before_cursor_execute", listen)
            confirm(session, draft, version=draft.version, act=an_act())
            event.remove(sqlite_database.engine, "before_cursor_execute", listen)
        counts.append(sum(text.startswith("SELECT") for text in found))
    few, many = counts
    assert many <= few


def test_the_lists_ask_the_same_of_many_orders(
    sqlite_database: Database, firm: Firm, clerk: Browser
) -> None:
    paths = ("/queue", "/orders", "/orders?view=late", "/search?q=PO", "/promises", "/exchange")
    before = [asked(sqlite_database, lambda p=p: clerk.get(p)) for p in paths]  # type: ignore[misc]
    for _ in range(4):
        draft_id = a_draft_of(sqlite_database, firm, 2)
        a_draft_of(sqlite_database, firm, 2)
        with sqlite_database.begin() as session:
            draft = session.get_one(Draft, draft_id)
            confirm(session, draft, version=draft.version, act=an_act())
    with sqlite_database.read() as session:
        assert len(session.scalars(select(Order.id)).all()) == 4
    after = [asked(sqlite_database, lambda p=p: clerk.get(p)) for p in paths]  # type: ignore[misc]
    assert all(b - a <= 4 for a, b in zip(before, after, strict=True)), (before, after)
