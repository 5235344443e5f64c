"""A file on the command line goes the way of the desk's files: in lots, told how far it is, and to be taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from core.catalogue.tables import Item
from core.database import Database
from core.errors import NotAllowed
from core.masterdata import apply as apply_module
from core.masterdata import imports
from core.masterdata.every import table_named
from core.masterdata.keepers import ERP, set_keeper
from core.masterdata.tables import ImportRun, MasterChange
from core.outbox import OutboxItem
from tests.builders import an_act
from workers import cli_import
from workers.cli import main
from workers.import_here import Here, worked_off

Run = Callable[..., Result]
ITEMS = table_named("items")


@pytest.fixture
def run(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr(cli_import, "open_database", lambda settings: database)
    environment = {
        "ORDERCLERK_DATA_DIR": str(tmp_path),
        "ORDERCLERK_SECRET_KEY": "k" * 32,
        "ORDERCLERK_ENV_FILE": str(tmp_path / "none"),
    }
    return lambda *words: CliRunner().invoke(main, ("import", "items", *words), env=environment)


def a_file(folder: Path, text: str, name: str = "items.csv") -> str:
    (folder / name).write_text(text, "utf-8")
    return str(folder / name)


def items(database: Database) -> dict[str, str]:
    with database.read() as session:
        rows = session.execute(select(Item.number, Item.description).order_by(Item.number))
        return dict(rows.all())


def the_run(database: Database) -> ImportRun:
    with database.read() as session:
        found = session.scalars(select(ImportRun).order_by(ImportRun.id.desc())).first()
        assert found is not None
        session.expunge(found)
        return found


def test_a_long_file_is_kept_in_lots_and_told(
    run: Run, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli_import, "SAID_EVERY", 0.0)
    monkeypatch.setattr(apply_module, "CHUNK", 25)
    monkeypatch.setattr(apply_module, "FIRST", 25)
    rows = "".join(f"A-{n:03d},Bolt {n}\n" for n in range(100))
    found = run(a_file(tmp_path, f"number,description\n{rows}"))
    assert found.exit_code == 0, found.output
    assert "of 100 rows looked at" in found.output or "of 100 rows kept" in found.output
    assert "100 created" in found.output and "Kept" in found.output
    kept = the_run(database)
    assert (kept.state, kept.door, kept.actor) == (imports.APPLIED, "command line", "system:import")
    with database.read() as session:
        doors = set(session.execute(select(MasterChange.door, MasterChange.import_run_id)))
        assert doors == {("command line", kept.id)}
        owed = select(OutboxItem.state, OutboxItem.attempts).where(OutboxItem.task == imports.TASK)
        assert set(session.execute(owed)) == {("done", 1)}


def test_it_is_taken_back_like_any_file(run: Run, database: Database, tmp_path: Path) -> None:
    run(a_file(tmp_path, "number,description\nA-1,Bolt\n"))
    with database.begin() as session:
        back = imports.take_back_run(session, the_run(database).id, act=an_act()).id
    assert worked_off(Here(database, "test"), back, lambda run: None).state == imports.APPLIED
    assert items(database) == {}


def test_refused_rows_are_set_aside_to_be_corrected(
    run: Run, database: Database, tmp_path: Path
) -> None:
    text = "number;description;weight_kg\nA-1;Bolt;1,5\nA-2;;2,5\n=A-3;Nut;0,25\nA-4;Nut;much\n"
    file = a_file(tmp_path, text)
    found = run(file)
    aside = tmp_path / "items.refused.csv"
    assert found.exit_code == 1
    assert "row 3, description: Description is missing" in found.output
    assert f"2 refused rows are in {aside}" in found.output.replace("\n", " ")
    assert "Nothing was kept" in found.output and items(database) == {}
    assert the_run(database).state == imports.DROPPED
    found = run(file, "--valid-rows")
    assert found.exit_code == 1 and "Kept" in found.output
    assert list(items(database)) == ["=A-3", "A-1"]
    said = next(line for line in found.output.splitlines() if "corrected: " in line)
    words = said.split("corrected: orderclerk import items ")[1].split()
    text = aside.read_text("utf-8-sig")
    assert text.splitlines()[0] == "number,description,weight_kg,"
    aside.write_text(text.replace("A-2,,", "A-2,Washer,").replace("Nut,much", 'Nut,"3,5"'), "utf-8")
    again = run(*words)
    assert again.exit_code == 0, again.output
    assert items(database)["A-2"] == "Washer" and len(items(database)) == 4


def test_a_dry_run_leaves_nothing_to_keep(run: Run, database: Database, tmp_path: Path) -> None:
    found = run(a_file(tmp_path, "number,description\nA-1,Bolt\n"), "--dry-run")
    assert found.exit_code == 0 and "dry run" in found.output
    assert the_run(database).state == imports.DROPPED and items(database) == {}


def test_a_head_that_nobody_knows_waits_for_a_person(
    run: Run, database: Database, tmp_path: Path
) -> None:
    found = run(a_file(tmp_path, "number,description,gubbins\nA-1,Bolt,7\n"))
    assert found.exit_code == 1 and "'gubbins'" in found.output
    assert the_run(database).state == imports.HEADS and items(database) == {}


def test_a_table_of_the_erp_is_open_to_its_program_only(
    run: Run, database: Database, tmp_path: Path
) -> None:
    """The ERP's nightly file comes by this door; the desk may not even take it back."""
    with database.begin() as session:
        set_keeper(session, ITEMS, ERP, act=an_act())
    assert run(a_file(tmp_path, "number,description\nA-1,Bolt\n")).exit_code == 0
    with database.begin() as session, pytest.raises(NotAllowed):
        imports.take_back_run(session, the_run(database).id, act=an_act())


def test_what_is_no_table_is_a_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "items.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    found = run(str(tmp_path / "items.xlsx"))
    assert found.exit_code == 1 and "save it as .xlsx or CSV" in found.output


def test_a_worker_that_was_faster_is_waited_for(database: Database, tmp_path: Path) -> None:
    with database.begin() as session:
        raw = b"number,description\nA-1,Bolt\n"
        run_id = imports.begin(session, ITEMS, "items.csv", raw, {}, act=an_act()).id
        claimed = session.scalars(select(OutboxItem)).one()
        claimed.state, claimed.lease_owner = "claimed", "somebody"
    told = list[str]()

    def tell(run: ImportRun) -> None:
        told.append(run.state)
        if len(told) == 3:
            with database.begin() as session:
                imports.run_of(session, run_id).state = imports.CHECKED

    assert worked_off(Here(database, "test"), run_id, tell).state == imports.CHECKED
    assert told == ["waiting", "waiting", "waiting", "checked"]
