"""Rows as they were at an instant: what they say now, with every later change undone.

What was there before the history began is taken for unchanged. Of stock only counts are undone, not what its ledger moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.masterdata.described import Table
from core.masterdata.select import Row, as_json, fetch, pk_of
from core.masterdata.tables import MasterChange

Json = dict[str, Any]


def row_as_of(session: Session, table: Table, row_id: int, at: datetime) -> Row | None:
    """None when it was not there."""
    found = fetch(session, table, pk_of(table.model) == row_id)
    return _undone(session, table, found, at, row_id).get(row_id)


def rows_as_of(session: Session, table: Table, at: datetime) -> list[Row]:
    """All of them, in the order of their keys; deleted ones too."""
    found = _undone(session, table, fetch(session, table), at)
    return sorted(found.values(), key=lambda row: row.key(table))


def _undone(
    session: Session,
    table: Table,
    now: Iterable[Row],
    at: datetime,
    row_id: int | None = None,
) -> dict[int, Row]:
    rows: dict[int, Json] = {row.id: as_json(table, row.values) for row in now}
    query = select(MasterChange).where(MasterChange.table_name == table.name, MasterChange.at > at)
    if row_id is not None:
        query = query.where(MasterChange.row_id == row_id)
    for change in session.scalars(query.order_by(MasterChange.id.desc())):
        before = {name: pair[0] for name, pair in change.changes.items()}
        if change.action == "created":
            rows.pop(change.row_id, None)
        elif change.action == "deleted":
            rows[change.row_id] = before
        elif change.row_id in rows:
            rows[change.row_id].update(before)
    return {number: Row(number, _typed(table, values)) for number, values in rows.items()}


def _typed(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """A value that the column would not take today is its default."""
    found: dict[str, Any] = {}
    for column in table.columns:
        value = values.get(column.name)
        try:
            typed = None if value is None else column.type.of_json(value)
        except ValueError:
            typed = None
        found[column.name] = column.default if typed is None else typed
    return found
