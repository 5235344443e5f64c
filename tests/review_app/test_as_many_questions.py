"""How many questions a screen asks the database does not follow how much there is to show."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.database import Database
from core.drafts.claim import claim
from core.drafts.confirm import confirm
from core.drafts.matching.values import CHOSEN
from core.drafts.promise import promise_draft
from core.drafts.tables import Draft
from core.orders.tables import Order
from core.parties.tables import Customer
from core.promising.tables import PromiseClaim
from core.supply.tables import BomLine, RoutingStep, Site, WorkCentre
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


def a_draft_of(database: Database, firm: Firm, lines: int, made_on: str = "") -> int:
    """made_on: code of the work centre on which its goods are made, of a component each; "": they are on the shelf."""
    with database.begin() as session:
        customer = session.get_one(Customer, firm.customer_id)
        site = session.scalars(select(Site)).first()
        assert site is not None
        wanted = []
        for _ in range(lines):
            item = part = an_item(session)
            a_list_price(session, item, "10")
            if made_on:
                part = an_item(session)
                a_recipe(session, site, item, part, made_on)
            a_lot(session, site, part, 100)
            wanted.append(Wanted(item, 3))
        chosen = {"code": CHOSEN, "facts": {}}
        draft = a_draft(session, customer, wanted, customer_reason=chosen)
        promise_draft(session, draft, act=an_act())
        return draft.id


def a_recipe(session: Session, site: Site, item: Item, part: Item, code: str) -> None:
    centre = session.scalar(select(WorkCentre).where(WorkCentre.code == code))
    if centre is None:
        centre = WorkCentre(code=code, name=code, minutes_per_day=960, site_id=site.id)
        session.add(centre)
        session.flush()
    session.add(BomLine(item_id=item.id, component_id=part.id, quantity_per=Decimal(1)))
    session.add(
        RoutingStep(item_id=item.id, step=10, work_centre_id=centre.id, run_minutes=Decimal(1))
    )
    session.flush()


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


def test_what_is_promised_is_kept_by_one_statement_for_each_table(
    sqlite_database: Database, firm: Firm
) -> None:
    draft_id = a_draft_of(sqlite_database, firm, 12, "BENCH")
    found = list[str]()

    def listen(*args: Any) -> None:
        found.append(args[2])

    event.listen(sqlite_database.engine, "before_cursor_execute", listen)
    with sqlite_database.begin() as session:
        draft, act = session.get_one(Draft, draft_id), an_act("user:1")
        claim(session, draft, 1, act=act)
        promise_draft(session, draft, act=act)
        confirm(session, draft, version=draft.version, act=act)
    event.remove(sqlite_database.engine, "before_cursor_execute", listen)
    with sqlite_database.read() as session:
        kinds = set(session.scalars(select(PromiseClaim.kind)))
    assert kinds == {"capacity", "component", "make"}
    for name in ("reservation", "promise_claim", "promise_version"):
        written = [text for text in found if text.startswith(f"INSERT INTO {name} ")]
        assert len(written) == 1, name


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
