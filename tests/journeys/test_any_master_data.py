"""Master data is deleted, emptied, blocked and renamed at random while orders are under way: whoever works meanwhile gets a
page or a sentence, and nothing that the workers owe breaks.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.act import Act
from core.catalogue.tables import Item, Substitute
from core.database import Database
from core.drafts.open import open_drafts
from core.drafts.tables import Draft, DraftLine
from core.errors import OrderclerkError
from core.masterdata.described import Column, Table
from core.masterdata.every import TABLES
from core.masterdata.found import Given
from core.masterdata.put import SCREEN, put_rows
from core.masterdata.remove import remove_one
from core.masterdata.select import fetch
from core.orders.tables import Order, OrderLine
from core.outbox import OutboxItem
from core.people.accounts import add_user
from core.supply.tables import (
    BomLine,
    ItemSource,
    Receipt,
    RoutingStep,
    Site,
    Supplier,
    TransferLane,
    WorkCentre,
    WorkCentreClosure,
)
from core.values import utc_now
from core.watch.due import owe_checks
from core.watch.tables import PromiseSlip
from review_app.routes import ROUTES
from tests import builders as make
from tests.core.drafts.test_open import reading
from tests.journeys.front_door import BUYER, FrontDoor, day, front_door, plain
from tests.review_app.conftest import PASSWORD, Browser

TEXTS = (
    "",
    "0",
    "1",
    "7",
    "1000000",
    "2020-01-01",
    "2030-12-31",
    "EA",
    "BX",
    "USD",
    "no",
    "yes",
    "X",
)
DAYS_OFF = ([1], [6, 7], [])
PAGES = tuple(
    route.rule
    for route in ROUTES
    if route.method == "GET"
    and "<" not in route.rule
    and not route.rule.startswith(("/api/", "/healthz"))
)
BROKEN = re.compile(r"Something went wrong|Traceback")


class Shaken:
    """A firm that makes A of two C, buys C, sells B in stock, from two sites; some orders and drafts are open."""

    def __init__(self, door: FrontDoor, seed: int) -> None:
        self.door, self.chance = door, random.Random(seed)
        self.done: Counter[str] = Counter()
        with door.database.begin() as session:
            self._goods(session)
            add_user(session, "admin", "Eva", "admin", PASSWORD)
        self.admin = Browser(door.clerk.client.application.test_client()).sign_in("admin")
        for _ in range(3):
            self.an_order_comes()
        for _ in range(2):
            self.a_draft_is_confirmed()

    def _goods(self, session: Session) -> None:
        made, stocked, bought, _ = (session.get_one(Item, i) for i in self.door.items.values())
        site = session.get_one(Site, self.door.site_id)
        store = make.a_site(session, code="STORE", priority=2)
        made.kind = "made"
        saw = WorkCentre(code="SAW", name="Saw", minutes_per_day=90, site_id=site.id)
        supplier = Supplier(number="S1", name="Steel Ltd", lead_days=6)
        session.add_all([saw, supplier, Substitute(item_id=made.id, substitute_id=stocked.id)])
        session.flush()
        session.add_all(
            [
                BomLine(item_id=made.id, component_id=bought.id, quantity_per=Decimal(2)),
                RoutingStep(
                    item_id=made.id, step=10, work_centre_id=saw.id, run_minutes=Decimal(10)
                ),
                ItemSource(item_id=bought.id, supplier_id=supplier.id, lead_days=5),
                TransferLane(from_site_id=store.id, to_site_id=site.id, days=2),
                WorkCentreClosure(work_centre_id=saw.id, first=day(9), last=day(10)),
            ]
        )
        make.a_lot(session, site, stocked, 20)
        make.a_lot(session, store, stocked, 20)
        make.a_lot(session, site, bought, 15)
        make.a_receipt(session, site, bought, 30, day(4), supplier_id=supplier.id)
        make.a_receipt(session, site, stocked, 30, day(3), supplier_id=supplier.id)

    # What people do

    def an_order_comes(self) -> None:
        lines = [
            {
                "buyer_sku": f"N-{self.chance.choice('AABC')}",
                "quantity": str(self.chance.randint(1, 12)),
                "uom": "EA",
                "unit_price": "10.00",
            }
            for _ in range(self.chance.randint(1, 2))
        ]
        with self.door.database.begin() as session:
            mail = make.a_document(session, sender_address=BUYER, authentication="pass")
            wish = day(self.chance.randint(1, 9)).isoformat()
            head = {"po_number": f"N-{mail.id}", "buyer_name": "North Works"}
            read = reading(*lines, requested_date=wish, **head)
            open_drafts(session, mail, read, act=self._act())

    def a_draft_is_confirmed(self) -> None:
        self._at_draft("confirm")

    def a_draft_is_promised(self) -> None:
        self._at_draft("hold")

    def a_draft_is_looked_through(self) -> None:
        draft = self._one(Draft, Draft.status == "open")
        line = draft and self._one(DraftLine, DraftLine.draft_id == draft.id)
        if line:
            self.get(f"/draft/{draft.id}")
            self.get(f"/draft/{draft.id}/line/{line.id}/ways")

    def an_order_is_looked_at(self) -> None:
        if order := self._one(Order):
            self.get(f"/order/{order.id}")
            self.get(f"/order/{order.id}/ahead")

    def an_order_is_changed(self) -> None:
        order = self._one(Order, Order.status == "booked")
        line = order and self._one(OrderLine, OrderLine.order_id == order.id)
        if line:
            form = {
                f"quantity-{line.id}": str(self.chance.randint(1, 9)),
                f"requested_date-{line.id}": day(self.chance.randint(1, 9)).isoformat(),
                "reason": "by telephone",
            }
            self.post(f"/order/{order.id}/change", form)

    def a_step_is_taken(self) -> None:
        if order := self._one(Order):
            verb = self.chance.choice(("allocate", "deallocate", "release", "repromise", "cancel"))
            self.post(f"/order/{order.id}/{verb}", {"reason": "as agreed"})

    def supply_slips(self) -> None:
        if row := self._one(Receipt, Receipt.closed.is_(False)):
            with self.door.database.begin() as session:
                found = session.get_one(Receipt, row.id)
                found.expected_date += timedelta(days=self.chance.randint(1, 12))

    def a_slip_is_accepted(self) -> None:
        if slip := self._one(PromiseSlip, PromiseSlip.status == "open"):
            self.post(f"/promises/slip/{slip.id}/accept", {"reason": "as it is"})

    def every_page_is_opened(self) -> None:
        for path in PAGES:
            self.get(path)

    def workers_work(self) -> None:
        with self.door.database.begin() as session:
            owe_checks(session, utc_now())
        self.door.work()
        with self.door.database.read() as session:
            stuck = session.scalars(select(OutboxItem).where(OutboxItem.state == "failed")).all()
            assert [(row.task, row.reason_text) for row in stuck] == []

    # What becomes of master data

    def a_row_goes(self) -> None:
        table, row = self._row()
        if row is not None and table.key:
            key = [row.values[name] for name in table.key]
            self._change(
                lambda session: remove_one(session, table, key, door=SCREEN, act=self._act())
            )

    def a_row_changes(self) -> None:
        table, row = self._row()
        if row is None:
            return
        column = self.chance.choice(table.columns)
        values = {name: row.values[name] for name in table.key}
        values[column.name] = self._value(table, column)
        given = [Given(1, values)]
        self._change(lambda session: put_rows(session, table, given, door=SCREEN, act=self._act()))

    def _change(self, work: Callable[[Session], Any]) -> None:
        try:
            self.door.database.run(work)
        except OrderclerkError as error:
            assert error.sentence.endswith((".", "?")), error.sentence

    def _row(self) -> tuple[Table, Any]:
        table = self.chance.choice([t for t in TABLES.values() if t.name not in ("users",)])
        with self.door.database.read() as session:
            rows = fetch(session, table, limit=50)
        return table, self.chance.choice(rows) if rows else None

    def _value(self, table: Table, column: Column) -> Any:
        """Blank, what another row has, another choice, or some text that can be read."""
        if column.type.choices and self.chance.random() < 0.7:
            return self.chance.choice(column.type.choices)
        for text in self.chance.sample(TEXTS, len(TEXTS)):
            try:
                return column.type.parse(text) if text else None
            except ValueError:
                continue
        return None

    # How it is looked at

    def get(self, path: str) -> None:
        self._look(path, self.admin.get(path))

    def post(self, path: str, form: dict[str, object]) -> None:
        self._look(path, self.admin.post(path, form, follow_redirects=True))

    def _look(self, path: str, answer: Any) -> None:
        text = plain(answer.get_data(as_text=True))
        assert answer.status_code < 500 and not BROKEN.search(text), (path, text[-2000:])
        self.done[f"{answer.status_code}"] += 1

    def _at_draft(self, what: str) -> None:
        if draft := self._one(Draft, Draft.status == "open"):
            self.post(f"/draft/{draft.id}/{what}", {"version": draft.version})

    def _one(self, kind: Any, *where: Any) -> Any:
        with self.door.database.read() as session:
            rows = session.scalars(select(kind).where(*where).order_by(kind.id)).all()
            session.expunge_all()
        return self.chance.choice(rows) if rows else None

    def _act(self) -> Act:
        return make.an_act(at=utc_now())


STEPS: tuple[Callable[[Shaken], None], ...] = (
    Shaken.an_order_comes, Shaken.a_draft_is_confirmed, Shaken.a_draft_is_confirmed, Shaken.a_draft_is_promised,
    Shaken.a_draft_is_looked_through, Shaken.an_order_is_looked_at, Shaken.an_order_is_changed, Shaken.a_step_is_taken,
    Shaken.supply_slips, Shaken.a_slip_is_accepted, Shaken.workers_work,
)  # fmt: skip
SHAKES = (Shaken.a_row_goes, Shaken.a_row_changes, Shaken.a_row_changes)


def shake(database: Database, folder: Path, seed: int, steps: int) -> Counter[str]:
    with front_door(database, folder) as door:
        firm = Shaken(door, seed)
        for number in range(steps):
            firm.chance.choice(SHAKES)(firm)
            firm.chance.choice(STEPS)(firm)
            if number % 15 == 14:
                firm.every_page_is_opened()
                firm.workers_work()
    return firm.done


def test_whatever_becomes_of_master_data_people_get_a_page_or_a_sentence(
    database: Database, tmp_path: Path
) -> None:
    assert shake(database, tmp_path, 1, 30)["200"] > 10


@pytest.mark.benchmark
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(8))
def test_whatever_becomes_of_it_all_day_long(database: Database, tmp_path: Path, seed: int) -> None:
    print(seed, dict(shake(database, tmp_path, 100 + seed, 150)))
