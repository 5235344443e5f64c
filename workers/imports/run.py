"""Tries every row of a file in one transaction and keeps it only when asked to and every row is good."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from core.act import Act
from core.database import Database
from core.errors import BadInput
from workers.imports.columns import Column
from workers.imports.sheet import Row

NEW, CHANGED, SAME = "new", "changed", "same"

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """put: writes one row's values and says "new", "changed" or "same"; raises BadInput for what does not fit."""

    name: str
    help: str
    columns: tuple[Column, ...]
    put: Callable[[Session, Values, Act], str]


@dataclass(frozen=True, slots=True)
class RowReport:
    """action: "new", "changed", "same", or "" with problems."""

    number: int
    action: str
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    rows: tuple[RowReport, ...]
    applied: bool

    @property
    def bad(self) -> tuple[RowReport, ...]:
        return tuple(r for r in self.rows if r.problems)

    def count(self, action: str) -> int:
        return sum(1 for r in self.rows if r.action == action)


class _NotKept(Exception):
    """Ends the trial transaction without a commit."""


def import_rows(
    database: Database, kind: Kind, rows: Iterable[tuple[int, Row]], *, apply: bool, act: Act
) -> Report:
    """The dry run is the real run without the commit, so that it cannot say anything else."""
    reports: list[RowReport] = []
    try:
        with database.begin() as session:
            reports = [put_row(session, kind, number, row, act) for number, row in rows]
            if not apply or any(r.problems for r in reports):
                raise _NotKept
    except _NotKept:
        return Report(tuple(reports), False)
    return Report(tuple(reports), True)


def put_row(session: Session, kind: Kind, number: int, row: Row, act: Act) -> RowReport:
    values, problems = parsed(kind, row)
    if problems:
        return RowReport(number, "", problems)
    try:
        with session.begin_nested():
            return RowReport(number, kind.put(session, values, act))
    except BadInput as error:
        return RowReport(number, "", (error.sentence,))
    except DBAPIError as error:
        return RowReport(number, "", (f"The database refuses this row: {error.orig}",))


def parsed(kind: Kind, row: Row) -> tuple[Values, tuple[str, ...]]:
    """The row's values by column name; absent optional columns are left out, so that they change nothing."""
    values: Values = {}
    problems = []
    for column in kind.columns:
        cell = row.get(column.name, "")
        if not cell:
            if column.required:
                problems.append(f"{column.name} is missing")
            elif column.name in row:
                values[column.name] = column.default
            continue
        try:
            values[column.name] = column.parse(cell)
        except ValueError as error:
            problems.append(f"{column.name} {cell!r}: {error} is wanted")
    known = {c.name for c in kind.columns}
    problems += [f"there is no column {name!r}" for name in row if name not in known]
    return values, tuple(problems)


def write(row: Any, values: Values) -> bool:
    """Sets the columns that differ; True when any did."""
    changed = False
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed = True
    return changed
