"""Rows as JSON objects: what REST takes and gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.masterdata.checks import Problem
from core.masterdata.described import Table
from core.masterdata.found import Given
from core.masterdata.select import Row, as_json, version_of

ADDED = ("key", "version")
"""What rows carry outwards beside their columns; taken back and left aside."""


def given_json(table: Table, number: int, body: Mapping[str, Any]) -> Given:
    """Columns that the object lacks stay as they are; null is a column's default."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for column in table.columns:
        if column.name not in body:
            continue
        value = body[column.name]
        try:
            values[column.name] = None if value is None else column.type.of_json(value)
        except ValueError as error:
            problems.append(Problem(column.name, f"{column.label}: {error} is wanted."))
    known = {c.name for c in table.columns} | set(ADDED)
    problems += [
        Problem(str(name)[:60], f"{table.title} have no column {str(name)[:60]!r}; leave it out.")
        for name in body
        if name not in known
    ]
    return Given(number, values, tuple(problems))


def row_json(table: Table, row: Row) -> dict[str, Any]:
    """A row outwards: its columns, its natural key and its version."""
    return {
        **as_json(table, row.values),
        "key": row.key(table),
        "version": version_of(table, row.values),
    }
