"""Master data from files: the dry run says everything and keeps nothing; then all rows, the good ones, or none."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from core.catalogue.tables import Item
from core.database import Database
from core.errors import BadInput
from core.masterdata import apply as run
from core.masterdata.apply import apply_all, apply_lots, check_rows
from core.masterdata.every import TABLES, table_named
from core.masterdata.found import Given
from core.masterdata.plan import REFUSED
from core.masterdata.put import COMMAND_LINE
from core.masterdata.select import by_key, fetch, shape_of
from core.masterdata.sheets import csv_rows, xlsx
from fixtures.load import load
from tests.builders import TODAY, an_act
from workers.imports.sheet import read, rows_of

ITEMS = table_named("items")


def _rows(text: str) -> list[Given]:
    return rows_of(ITEMS, read(ITEMS, "items.csv", text.encode("utf-8")))


def _count(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(Item)) or 0


SOME = "number,description,superseded_by,sale_state,gtin\nA,a,B,superseded,\nB,b,,,\nC,,,,\nD,d,,,123\n"


def test_the_dry_run_tells_every_rows_problems(database: Database) -> None:
    report = check_rows(database, ITEMS, _rows(SOME))
    assert report.counts() == {"created": 2, "refused": 2}
    assert {p.number: p.problems[0].column for p in report.refused} == {4: "description", 5: "gtin"}
    assert _count(database) == 0


def test_all_or_nothing(database: Database) -> None:
    report = apply_all(database, ITEMS, _rows(SOME), door=COMMAND_LINE, act=an_act())
    assert (report.applied, _count(database)) == (False, 0)


def test_the_good_rows_and_safe_to_run_twice(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when a row refers to one of another lot."""
    monkeypatch.setattr(run, "CHUNK", 1)
    for expected in ({"created": 2, "refused": 2}, {"unchanged": 2, "refused": 2}):
        report = apply_lots(database, ITEMS, _rows(SOME), door=COMMAND_LINE, act=an_act())
        assert report.counts() == expected
    with database.read() as session:
        first, _ = session.scalars(select(Item).order_by(Item.number))
        assert first.superseded_by_id is not None


def test_a_row_that_the_database_refuses_stands_alone(database: Database) -> None:
    """Somebody else's row of the same name comes between plan and write."""
    rows = _rows("number,description\nA,a\nB,b\n")

    def other_made_it(plans: object) -> None:
        raise AssertionError

    kept = run.plan_rows

    def plan(session, table, given, **more):  # type: ignore[no-untyped-def]
        plans = kept(session, table, given, **more)
        if any(p.key == "B" and p.action == "created" for p in plans):
            session.execute(
                Item.__table__.insert().values(
                    number="B", description="x", description_de="", stock_unit="EA", gtin="",
                    weight_kg=0, kind="bought", lead_days=0, minimum_quantity=0,
                    multiple_quantity=0, sale_state="active", hazardous=False, export_code="",
                    origin_country="", notes="",
                )
            )  # fmt: skip
        return plans

    run.plan_rows = plan
    try:
        report = apply_lots(database, ITEMS, rows, door=COMMAND_LINE, act=an_act())
    finally:
        run.plan_rows = kept
    assert [p.action for p in report.plans] == ["created", REFUSED]
    assert _count(database) == 1


@pytest.mark.parametrize("name", TABLES)
def test_out_in_and_out_again_is_the_same(sqlite_database: Database, name: str) -> None:
    load(sqlite_database, TODAY)
    table = table_named(name)

    def rows() -> list[object]:
        shape = shape_of(table)
        with sqlite_database.read() as session:
            return list(fetch(session, table, shape=shape, order=by_key(shape)))

    before = rows()
    text = "".join(csv_rows(table, before))  # type: ignore[arg-type]
    for file, raw in (("x.csv", text.encode("utf-8")), ("x.xlsx", xlsx(table, before))):  # type: ignore[arg-type]
        report = check_rows(sqlite_database, table, rows_of(table, read(table, file, raw)))
        assert report.counts() in ({"unchanged": len(before)}, {}), (file, report.refused[:3])
    given = rows_of(table, read(table, "x.csv", text.encode("utf-8")))
    assert apply_all(sqlite_database, table, given, door=COMMAND_LINE, act=an_act()).applied
    assert "".join(csv_rows(table, rows())) == text  # type: ignore[arg-type]


@pytest.mark.parametrize("raw", [b"", b"\x00\x01", b"PK\x03\x04broken", b"nothing,known\n1,2\n"])
def test_what_is_no_table_is_told(raw: bytes) -> None:
    with pytest.raises(BadInput):
        read(ITEMS, "x", raw)
