"""How fast orders are answered: facts gathered, message written, numbered, stored and owed, one transaction each."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from core import outbox
from core.database import Database
from core.exchange.tables import ExchangeInterchange
from core.orders.acknowledge import acknowledge
from core.values import utc_now
from tests.builders import a_company, an_act
from tests.exchanged import a_drop_folder, an_electronic_order
from tests.faults.given import tools_for
from tests.workers.conftest import settings_in
from workers import deliver, send_interchange

ORDERS = 100
FLOOR = 15  # a second of one core, written, stored and handed over

pytestmark = pytest.mark.benchmark


@pytest.mark.parametrize("format", ["x12/850", "edifact/ORDERS", "ubl/Order"])
def test_answers_a_second(sqlite_database: Database, tmp_path: Path, format: str) -> None:
    tools = tools_for(sqlite_database, settings_in(tmp_path))
    with sqlite_database.begin() as session:
        a_company(session)
        folder = a_drop_folder(session, tmp_path / "in")
        for n in range(ORDERS):
            came = an_electronic_order(session, format, folder=folder, control=f"{n + 1:09d}")
            acknowledge(session, came.order, act=an_act())
    took = []
    for work in (deliver.run, send_interchange.run):
        with sqlite_database.read() as session:
            due = [item_id for item_id, _, _ in outbox.due(session, utc_now(), ORDERS * 2)]
        begun = time.process_time()
        for item_id in due:
            work(tools, item_id)
        took.append(time.process_time() - begun)
    with sqlite_database.read() as session:
        sent = session.scalar(
            select(func.count()).where(
                ExchangeInterchange.direction == "out", ExchangeInterchange.status == "sent"
            )
        )
    assert sent == ORDERS
    print(
        f"\n{format}: {ORDERS / took[0]:.0f} written and stored a second of one core, {ORDERS / took[1]:.0f} handed to a folder"
    )
    assert ORDERS / sum(took) > FLOOR
