"""What a file did is taken back: rows that it made go, columns that it changed say again what they said before.

A row that somebody changed since is left alone and told; so is one that orders hang on and that cannot be put out of use.
Done twice, it finds nothing left to do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.act import Act
from core.errors import OrderclerkError
from core.masterdata.checks import Problem
from core.masterdata.described import Table
from core.masterdata.found import Given
from core.masterdata.keys import read_key
from core.masterdata.plan import CHANGED, REFUSED, UNCHANGED, Plan, plan_rows
from core.masterdata.put import Door, write_plans
from core.masterdata.remove import DEACTIVATED, DELETED, remove_one
from core.masterdata.select import Row, as_json, fetch, pk_of, typed_key
from core.masterdata.tables import ImportRow, MasterChange

LOT = 50
"""Rows of a lot: for each that goes, every table is asked whether it is used."""
TAKEN_BACK = "taken back"


def next_lot(session: Session, run_id: int, before: int | None) -> Sequence[MasterChange]:
    """Changes that the file made, the newest first. before: id of a change; only older ones."""
    query = select(MasterChange).where(MasterChange.import_run_id == run_id)
    if before is not None:
        query = query.where(MasterChange.id < before)
    return session.scalars(query.order_by(MasterChange.id.desc()).limit(LOT)).all()


def take_back(
    session: Session, table: Table, changes: Sequence[MasterChange], *, door: Door, act: Act
) -> list[Plan]:
    """Undoes these changes. Their plans carry the numbers of the file's rows."""
    ids = [change.row_id for change in changes]
    rows = {row.id: row for row in fetch(session, table, pk_of(table.model).in_(ids))}
    numbers = _numbers(session, changes)
    undo = _Undo(session, table, door, act)
    return [
        undo.plan(change, rows.get(change.row_id), numbers.get(change.row_key, 0))
        for change in changes
    ]


def _numbers(session: Session, changes: Sequence[MasterChange]) -> dict[str, int]:
    if not changes:
        return {}
    query = select(ImportRow.row_key, ImportRow.number).where(
        ImportRow.run_id == changes[0].import_run_id,
        ImportRow.row_key.in_([change.row_key for change in changes]),
    )
    return {row[0]: row[1] for row in session.execute(query)}


@dataclass(frozen=True, slots=True)
class _Undo:
    """Takes one change of the table after the other back, through one door."""

    session: Session
    table: Table
    door: Door
    act: Act

    def plan(self, change: MasterChange, row: Row | None, number: int) -> Plan:
        if row is None:
            return Plan(number, UNCHANGED, change.row_key)
        undone = self._unmade if change.action == "created" else self._unchanged
        return undone(change, row, number)

    def _unmade(self, change: MasterChange, row: Row, number: int) -> Plan:
        table = self.table
        if _differs(table, change.changes, row):
            return _left(
                number, change, "It was changed after the file was kept, so it stays as it is."
            )
        parts: list[object] = typed_key(table, read_key(change.row_key, len(table.key)))
        try:
            with self.session.begin_nested():
                done = remove_one(self.session, table, parts, door=self.door, act=self.act)
        except OrderclerkError as error:
            return _left(number, change, error.sentence)
        if done == DEACTIVATED:
            said = f"It is used by now, so it stays and is {table.off_words}."
            return Plan(number, CHANGED, change.row_key, problems=(Problem("", said),))
        return Plan(number, DELETED, change.row_key)

    def _unchanged(self, change: MasterChange, row: Row, number: int) -> Plan:
        table, now = self.table, as_json(self.table, row.values)
        known = {n: pair for n, pair in change.changes.items() if n in now}
        if all(now[n] == old for n, (old, _) in known.items()):
            return Plan(number, UNCHANGED, change.row_key)
        differs = _differs(table, known, row)
        if differs:
            said = (
                f"{differs} was changed again after the file was kept, so the row stays as it is."
            )
            return _left(number, change, said)
        values = {n: row.values[n] for n in table.key}
        for name, (old, _) in known.items():
            values[name] = None if old is None else table.column(name).type.of_json(old)
        (plan,) = plan_rows(self.session, table, [Given(number, values)])
        write_plans(self.session, table, [plan], door=self.door, act=self.act, action=TAKEN_BACK)
        return plan


def _differs(table: Table, changes: Mapping[str, Sequence[Any]], row: Row) -> str:
    """The label of a column that no longer says what the file wrote; "" when all do."""
    now = as_json(table, row.values)
    return next(
        (table.column(n).label for n, pair in changes.items() if n in now and now[n] != pair[1]), ""
    )


def _left(number: int, change: MasterChange, sentence: str) -> Plan:
    return Plan(number, REFUSED, change.row_key, problems=(Problem("", sentence),))
