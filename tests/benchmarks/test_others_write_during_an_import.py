"""While a long file of master data is kept, others who write wait for no more than about a second."""

from __future__ import annotations

import os
import threading
import time
from typing import Any, cast

import pytest
from sqlalchemy import select

from core.config import settings
from core.database import Database
from core.masterdata import imports
from core.masterdata.every import table_named
from core.masterdata.put import SCREEN, put_one
from core.outbox import OutboxItem
from core.values import utc_now
from tests.builders import an_act
from workers import import_master_data
from workers.tools import Tools

ROWS = int(os.environ.get("IMPORT_ROWS", "3000"))
MOST_SECONDS, NEARLY_ALL = 3.0, 1.0
"""The longest on a machine that does other work too, and what 95 of 100 stay below."""


def work(database: Database) -> None:
    options = settings({"ORDERCLERK_SECRET_KEY": "test " * 8})
    tools = Tools(options, database, cast(Any, None), "tests")
    for _ in range(20):
        with database.read() as session:
            query = select(OutboxItem.id).where(
                OutboxItem.state == "due", OutboxItem.task == imports.TASK
            )
            due = session.scalars(query).all()
        for item_id in due:
            import_master_data.run(tools, item_id)


@pytest.mark.benchmark
def test_nobody_waits_long(sqlite_database: Database) -> None:
    database = sqlite_database
    text = "number,description,weight_kg\n" + "".join(f"I{n},Item {n},1.5\n" for n in range(ROWS))
    with database.begin() as session:
        act = an_act("user:1", at=utc_now())
        run_id = imports.begin(
            session, table_named("items"), "i.csv", text.encode(), {}, act=act
        ).id
    work(database)
    with database.begin() as session:
        imports.apply_run(session, run_id, "all", act=an_act("user:1", at=utc_now()))
    waits: list[float] = []
    done = threading.Event()

    def others() -> None:
        number = 0
        while not done.is_set():
            number += 1
            row = {"number": f"C{number}", "name": "Somebody"}
            begun = time.monotonic()
            with database.begin() as session:
                put_one(session, table_named("customers"), row, door=SCREEN, act=an_act())
            waits.append(time.monotonic() - begun)
            time.sleep(0.05)

    thread = threading.Thread(target=others)
    thread.start()
    begun = time.monotonic()
    work(database)
    took = time.monotonic() - begun
    done.set()
    thread.join()
    print(f"{ROWS} rows kept in {took:.1f} s; {len(waits)} writes by others, longest {max(waits):.2f} s, "
        f"95 of 100 below {sorted(waits)[len(waits) * 95 // 100]:.2f} s")  # fmt: skip
    with database.read() as session:
        assert imports.run_of(session, run_id).counts == {"created": ROWS}
    waits.sort()
    assert max(waits) < MOST_SECONDS and waits[len(waits) * 95 // 100] < NEARLY_ALL
