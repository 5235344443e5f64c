"""An imported file as the desk brings it: looked at by a worker, kept in whole or by good rows, safe to do twice."""

from __future__ import annotations

from typing import Any, cast

import pytest
from sqlalchemy import func, select

from core.catalogue.tables import Item
from core.config import settings
from core.database import Database
from core.errors import IllegalStep
from core.masterdata import apply as apply_module
from core.masterdata import imports
from core.masterdata.apply import apply_lots
from core.masterdata.every import table_named
from core.masterdata.put import IMPORT, SCREEN, put_one
from core.masterdata.tables import ImportRow, ImportRun, MasterChange
from core.outbox import OutboxItem
from core.values import utc_now
from tests.builders import an_act
from workers import import_master_data
from workers.imports.sheet import read, rows_of
from workers.jobs import HANDLERS
from workers.queues import NAMED_TASKS
from workers.tools import Tools

ITEMS = table_named("items")
GOOD = "number;description;weight_kg\nA;Bolt;1,5\nB;Nut;0,25\n"
MIXED = GOOD + "C;;1\n"


def a_tools(database: Database) -> Tools:
    options = settings({"ORDERCLERK_SECRET_KEY": "test " * 8})
    return Tools(options, database, cast(Any, None), "tests")


def bring(database: Database, text: str, name: str = "items.csv") -> int:
    with database.begin() as session:
        act = an_act("user:7", at=utc_now())
        return imports.begin(session, ITEMS, name, text.encode("utf-8"), {}, act=act).id


def work(database: Database) -> None:
    with database.read() as session:
        due = session.scalars(
            select(OutboxItem.id).where(OutboxItem.state == "due", OutboxItem.task == imports.TASK)
        ).all()
    for item_id in due:
        import_master_data.run(a_tools(database), item_id)


def state(database: Database, run_id: int) -> ImportRun:
    with database.read() as session:
        run = imports.run_of(session, run_id)
        session.expunge(run)
        return run


def apply(database: Database, run_id: int, mode: str) -> None:
    with database.begin() as session:
        imports.apply_run(session, run_id, mode, act=an_act("user:7", at=utc_now()))


def items(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(Item.number).order_by(Item.number)))


def test_looked_at_then_kept(database: Database) -> None:
    run_id = bring(database, GOOD)
    work(database)
    run = state(database, run_id)
    assert (run.state, run.counts, run.done_rows) == ("checked", {"created": 2}, 2)
    assert {n: run.found[n] for n in ("delimiter", "encoding", "decimal")} == {
        "delimiter": ";", "encoding": "utf-8", "decimal": ","
    }  # fmt: skip
    assert items(database) == []
    apply(database, run_id, "all")
    apply(database, run_id, "all")
    work(database)
    assert state(database, run_id).state == "applied"
    assert items(database) == ["A", "B"]
    with database.read() as session:
        rows = session.execute(select(MasterChange.door, MasterChange.actor)).all()
    assert [tuple(row) for row in rows] == [("import", "user:7")] * 2
    again = bring(database, GOOD)
    work(database)
    assert state(database, again).counts == {"unchanged": 2}


def test_the_good_rows_when_one_is_refused(database: Database) -> None:
    run_id = bring(database, MIXED)
    work(database)
    assert state(database, run_id).counts == {"created": 2, "refused": 1}
    with database.begin() as session, pytest.raises(IllegalStep, match="refused"):
        imports.apply_run(session, run_id, "all", act=an_act())
    apply(database, run_id, "valid")
    work(database)
    run = state(database, run_id)
    assert (run.state, run.counts) == ("applied", {"created": 2, "refused": 1})
    assert items(database) == ["A", "B"]
    with database.read() as session:
        (row,) = imports.run_view(session, run_id, "refused").rows
        assert row.number == 4
        assert "Description is missing" in row.problems[0][1]


def test_a_worker_that_died_in_between(database: Database) -> None:
    """It kept the rows and not that it did: the next one finds them unchanged, and the report still says made."""
    run_id = bring(database, GOOD)
    work(database)
    apply(database, run_id, "valid")
    rows = rows_of(ITEMS, read(ITEMS, "x", GOOD.encode()))
    apply_lots(database, ITEMS, rows, door=IMPORT, act=an_act("user:7"))
    work(database)
    run = state(database, run_id)
    assert (run.state, run.counts) == ("applied", {"created": 2})
    assert items(database) == ["A", "B"]


def test_what_is_no_table_is_told_and_dropped(sqlite_database: Database) -> None:
    run_id = bring(sqlite_database, "colour,size\nred,1\n")
    work(sqlite_database)
    run = state(sqlite_database, run_id)
    assert run.state == "heads"
    with sqlite_database.begin() as session:
        imports.drop_run(session, run_id, act=an_act())
        assert session.scalar(select(func.count()).select_from(ImportRow)) == 0


def test_something_changed_between_looking_and_keeping(sqlite_database: Database) -> None:
    run_id = bring(sqlite_database, "number,description,stock_unit\nA,Bolt,EA\n")
    work(sqlite_database)
    with sqlite_database.begin() as session:
        session.add(Item(number="A", description="Bolt", stock_unit="M"))
    apply(sqlite_database, run_id, "all")
    work(sqlite_database)
    run = state(sqlite_database, run_id)
    assert (run.state, run.counts) == ("checked", {"refused": 1})
    assert "nothing was kept" in run.sentence


def test_the_tasks_have_a_worker() -> None:
    for task in (imports.TASK, "recheck-drafts"):
        assert task in HANDLERS and task in NAMED_TASKS


CHANGING = "number;description;weight_kg\nA;Better;2\nB;Also better;2\nC;New;2\n"


def taken_back(database: Database, run_id: int) -> ImportRun:
    with database.begin() as session:
        back = imports.take_back_run(session, run_id, act=an_act("user:8", at=utc_now()))
        again = imports.take_back_run(session, run_id, act=an_act("user:8", at=utc_now()))
        assert back.id == again.id
    work(database)
    return state(database, back.id)


def test_a_file_is_taken_back_but_for_what_was_changed_since(database: Database) -> None:
    first = bring(database, GOOD)
    work(database)
    apply(database, first, "all")
    work(database)
    second = bring(database, CHANGING)
    work(database)
    apply(database, second, "all")
    work(database)
    with database.begin() as session:
        put_one(session, ITEMS, {"number": "B", "description": "Mine"}, door=SCREEN, act=an_act())
    back = taken_back(database, second)
    assert (back.state, back.counts) == ("applied", {"changed": 1, "deleted": 1, "refused": 1})
    with database.read() as session:
        found = {i.number: i.description for i in session.scalars(select(Item))}
        (left,) = imports.run_view(session, back.id, "refused").rows
        assert (left.number, left.row_key) == (3, "B")
        assert "changed again" in left.problems[0][1]
        words = session.scalars(select(MasterChange.action).where(MasterChange.import_run_id == back.id))  # fmt: skip
        assert sorted(words) == ["deleted", "taken back"]
    assert found["A"] != "Better" and found["B"] == "Mine" and "C" not in found
    with database.begin() as session, pytest.raises(IllegalStep, match="Only a file"):
        imports.take_back_run(session, back.id, act=an_act())


def test_all_or_none_holds_when_somebody_is_faster(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lots that were kept are taken back when a later one is refused."""
    monkeypatch.setattr(apply_module, "CHUNK", 1)
    run_id = bring(database, "number;description;stock_unit\nA;Bolt;EA\nB;Nut;EA\n")
    work(database)
    apply(database, run_id, "all")
    real = import_master_data.check_rows

    def checked(*args: Any) -> Any:
        report = real(*args)
        with database.begin() as session:
            a_unit = {"number": "B", "description": "There", "stock_unit": "KG"}
            put_one(session, ITEMS, a_unit, door=SCREEN, act=an_act())
        return report

    monkeypatch.setattr(import_master_data, "check_rows", checked)
    work(database)
    run = state(database, run_id)
    assert (run.state, run.sentence.endswith("nothing was kept.")) == ("checked", True)
    assert items(database) == ["B"]


def test_a_long_file_goes_on_in_turns(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apply_module, "CHUNK", 1)
    run_id = bring(database, GOOD)
    work(database)
    apply(database, run_id, "valid")
    monkeypatch.setattr(import_master_data, "TURN", -1.0)
    seen = []
    for _ in range(3):
        work(database)
        run = state(database, run_id)
        seen.append((run.state, run.done_rows))
    assert seen[0] == ("applying", 1)
    assert (run.state, run.counts, items(database)) == ("applied", {"created": 2}, ["A", "B"])
