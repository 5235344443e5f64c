"""A file of master data is imported, and the worker is killed at every named point: each row is kept once, and told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from core import outbox
from core.catalogue.tables import Item
from core.config import settings
from core.database import Database
from core.masterdata import apply, imports, take_back
from core.masterdata.every import table_named
from core.masterdata.tables import ImportRow, MasterChange
from core.outbox import OutboxItem
from core.values import utc_now
from tests.builders import an_act
from tests.faults.given import killed_at, tools_for
from workers import jobs

ROWS = 5
FILE = "number,description\n" + "".join(f"I{n},Item {n}\n" for n in range(ROWS)) + "BAD,\n"
LOOKING = ("import.claimed", "import.begun", "import.lot", "import.lot:2", "import.done")
KEEPING = ("import.claimed", "import.lot", "import.lot:2", "import.done")
ALL = ("import.claimed", "import.lot", "import.lot:2", "import.kept", "import.done")


def begun(database: Database, text: str) -> int:
    with database.begin() as session:
        act = an_act("user:1", at=utc_now())
        table = table_named("items")
        return imports.begin(session, table, "items.csv", text.encode(), {}, act=act).id


def asked(database: Database, run_id: int, mode: str) -> None:
    with database.begin() as session:
        imports.apply_run(session, run_id, mode, act=an_act("user:1", at=utc_now()))


def work(database: Database) -> None:
    """What relay and workers do until nothing is due, in lots of two rows."""
    apply.CHUNK = 2
    options = settings({"ORDERCLERK_SECRET_KEY": "test " * 8})
    jobs.bind(tools_for(database, options))
    for _ in range(5):
        with database.read() as session:
            due = outbox.due(session, utc_now(), only=(imports.TASK,))
        for item_id, _, _ in due:
            jobs.perform({"v": 1, "id": item_id})


@pytest.fixture(autouse=True)
def lots_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apply, "CHUNK", apply.CHUNK)
    monkeypatch.setattr(take_back, "LOT", take_back.LOT)


def leases_run_out(database: Database) -> None:
    with database.begin() as session:
        session.execute(
            update(OutboxItem)
            .where(OutboxItem.state == "claimed")
            .values(lease_until=utc_now() - timedelta(seconds=1))
        )


def the_end(database: Database, run_id: int) -> tuple[object, ...]:
    with database.read() as session:
        run = imports.run_of(session, run_id)
        items = session.scalars(select(Item.number).order_by(Item.number)).all()
        changes = session.scalars(select(MasterChange.row_key).order_by(MasterChange.row_key)).all()
        told = session.execute(
            select(ImportRow.number, ImportRow.action)
            .where(ImportRow.run_id == run_id)
            .order_by(ImportRow.number)
        )
        return run.state, run.counts, items, changes, [tuple(row) for row in told]


NUMBERS = [f"I{n}" for n in range(ROWS)]
CREATED = [(n + 2, "created") for n in range(ROWS)]
LOOKED = ("checked", {"created": ROWS, "refused": 1}, [], [], [*CREATED, (ROWS + 2, "refused")])
KEPT = ("applied", {"created": ROWS, "refused": 1}, NUMBERS, NUMBERS, LOOKED[4])
WHOLE = ("applied", {"created": ROWS}, NUMBERS, NUMBERS, CREATED)


@pytest.mark.parametrize("point", LOOKING)
def test_killed_while_looking(point: str, database: Database) -> None:
    run_id = begun(database, FILE)
    killed_at(point, database, work)
    leases_run_out(database)
    work(database)
    assert the_end(database, run_id) == LOOKED


@pytest.mark.parametrize("point", KEEPING)
def test_killed_while_keeping_the_good_rows(point: str, database: Database) -> None:
    run_id = begun(database, FILE)
    work(database)
    asked(database, run_id, "valid")
    killed_at(point, database, work)
    leases_run_out(database)
    work(database)
    assert the_end(database, run_id) == KEPT


@pytest.mark.parametrize("point", ALL)
def test_killed_while_keeping_all(point: str, database: Database) -> None:
    run_id = begun(database, FILE.removesuffix("BAD,\n"))
    work(database)
    asked(database, run_id, "all")
    killed_at(point, database, work)
    leases_run_out(database)
    work(database)
    assert the_end(database, run_id) == WHOLE


@pytest.mark.parametrize("point", ("import.claimed", "import.lot", "import.lot:2", "import.done"))
def test_killed_while_taking_back(point: str, database: Database) -> None:
    run_id = begun(database, FILE.removesuffix("BAD,\n"))
    work(database)
    asked(database, run_id, "all")
    work(database)
    with database.begin() as session:
        back = imports.take_back_run(session, run_id, act=an_act("user:1", at=utc_now())).id
    take_back.LOT = 2
    killed_at(point, database, work)
    leases_run_out(database)
    work(database)
    run = the_end(database, back)
    assert run[:3] == ("applied", {"deleted": ROWS}, [])
    assert run[4] == [(n + 2, "deleted") for n in range(ROWS)]
