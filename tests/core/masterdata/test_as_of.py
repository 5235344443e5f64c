"""Rows as they were: changes by any door are undone one after the other, deleted rows are there again."""

from __future__ import annotations

from datetime import timedelta

from core.database import Database
from core.masterdata.as_of import row_as_of, rows_as_of
from core.masterdata.every import table_named
from core.masterdata.put import REST, SCREEN, put_one
from core.masterdata.remove import remove_one
from tests.builders import NOW, an_act

SITES = table_named("sites")
DAY = timedelta(days=1)


def test_a_table_as_it_was(database: Database) -> None:
    with database.begin() as session:

        def put(day: int, door: object = SCREEN, **values: object) -> int:
            plan = put_one(session, SITES, values, door=door, act=an_act(at=NOW + day * DAY))  # type: ignore[arg-type]
            return plan.row_id or 0

        north = put(0, code="N", name="North")
        put(0, code="S", name="South")
        put(2, REST, code="N", name="North store", holidays=["2026-12-24"])
        remove_one(session, SITES, ["S"], door=SCREEN, act=an_act(at=NOW + 3 * DAY))
        put(4, code="N", name="Main store", holidays=[])

        def names(day: int) -> list[str]:
            return [row.values["name"] for row in rows_as_of(session, SITES, NOW + day * DAY)]

        assert [names(day) for day in (-1, 0, 1, 2, 3, 4)] == [
            [], ["North", "South"], ["North", "South"], ["North store", "South"], ["North store"], ["Main store"],
        ]  # fmt: skip
        then = row_as_of(session, SITES, north, NOW + 3 * DAY)
        assert then is not None and then.values["holidays"] == ["2026-12-24"]
        assert then.values["cut_off"] == "14:00"
        assert row_as_of(session, SITES, north, NOW - DAY) is None
