"""Fifty clerks confirm at the same moment what only one of them can have (lesson 12)."""

from __future__ import annotations

import threading
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.database import Database, connect
from core.drafts.confirm import confirm
from core.drafts.tables import Draft
from core.errors import OrderclerkError
from core.orders.tables import Order, ScheduleLine
from core.promising.tables import PromiseClaim
from core.supply.tables import BomLine, RoutingStep, StockLot, WorkCentre
from tests import builders as make
from tests.core.drafts.test_changes import mail
from tests.core.drafts.test_open import a_house, reading

CLERKS = 50
ONE = {"buyer_sku": "77120", "quantity": "1", "uom": "EA", "unit_price": "4.10"}


def all_confirm(url: str, seen: list[tuple[int, int]]) -> Counter[str]:
    """Each clerk on a connection of its own; how many were booked, and how many were refused with what."""
    results: list[str] = []
    start = threading.Barrier(len(seen))

    def work(draft_id: int, version: int) -> None:
        engine = connect(url)
        database = Database(engine)
        start.wait()

        def book(session: Session) -> str:
            draft = session.get_one(Draft, draft_id)
            confirm(session, draft, version=version, act=make.an_act())
            return "booked"

        try:
            results.append(database.run(book))
        except OrderclerkError as error:
            results.append(type(error).__name__)
        finally:
            engine.dispose()

    threads = [threading.Thread(target=work, args=pair) for pair in seen]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return Counter(results)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    kind = "sqlite" if request.param == "sqlite" else "postgres"
    request.getfixturevalue(f"{kind}_database")  # emptied afterwards
    return str(request.getfixturevalue(f"{kind}_url"))


def drafts(session: Session) -> list[tuple[int, int]]:
    """One draft a clerk, each shown the same promise, since none of them holds anything yet."""
    found = [mail(session, reading(ONE, po_number=f"N-{n}")) for n in range(CLERKS)]
    return [(draft.id, draft.version) for draft in found]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_one_unit_is_promised_once(url: str) -> None:
    engine = connect(url)
    with Database(engine).begin() as session:
        a_house(session)
        session.scalars(select(StockLot)).one().on_hand_quantity = Decimal(1)
        seen = drafts(session)
    assert all_confirm(url, seen) == Counter({"booked": 1, "Stale": CLERKS - 1})
    with Database(engine).read() as session:
        assert session.scalar(select(func.count()).select_from(Order)) == 1
        assert session.scalars(select(ScheduleLine.quantity)).all() == [Decimal(1)]
    engine.dispose()


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_one_hour_of_a_machine_is_promised_once(url: str) -> None:
    """Nothing is in stock; the work centre and the bars are enough for one piece today."""
    engine = connect(url)
    with Database(engine).begin() as session:
        house: Any = a_house(session)
        session.scalars(select(StockLot)).one().quality = "blocked"
        item, bar = house["item"], make.an_item(session, number="BAR", lead_days=60)
        item.kind = "made"
        make.a_lot(session, house["site"], bar, 1)
        mill = WorkCentre(code="MILL", name="Mill", minutes_per_day=60, site_id=house["site"].id)
        session.add_all([mill, BomLine(item_id=item.id, component_id=bar.id, quantity_per=1)])
        session.flush()
        session.add(
            RoutingStep(item_id=item.id, step=10, work_centre_id=mill.id, run_minutes=Decimal(60))
        )
        session.flush()
        seen = drafts(session)
    assert all_confirm(url, seen) == Counter({"booked": 1, "Stale": CLERKS - 1})
    with Database(engine).read() as session:
        minutes = session.scalars(
            select(PromiseClaim.amount).where(PromiseClaim.kind == "capacity")
        )
        assert minutes.all() == [Decimal(60)]
    engine.dispose()
