"""What was changed: of one row, of a table, with the person's name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from core.masterdata.described import Table
from core.masterdata.every import TABLES
from core.masterdata.select import Shape
from core.masterdata.tables import MasterChange
from core.people.tables import User

PAGE = 100


@dataclass(frozen=True, slots=True)
class Change:
    """who: a person's name, or "system: import". changes: (column, old, new) as JSON values. run_id: of its file."""

    id: int
    table: str
    at: datetime
    who: str
    door: str
    action: str
    key: str
    changes: tuple[tuple[str, Any, Any], ...]
    run_id: int | None = None


def changes_of(
    session: Session,
    table: Table | None,
    *,
    row_id: int | None = None,
    row_key: str | None = None,
    before: int | None = None,
    limit: int = PAGE,
) -> tuple[Change, ...]:
    """Newest first; of every table when none is named. row_key: also of a row that is no more.

    before: id of a change; only older ones.
    """
    query = select(MasterChange)
    if table is not None:
        query = query.where(MasterChange.table_name == table.name)
    if row_id is not None:
        query = query.where(MasterChange.row_id == row_id)
    if row_key is not None:
        query = query.where(MasterChange.row_key == row_key)
    if before is not None:
        query = query.where(MasterChange.id < before)
    rows = session.scalars(query.order_by(MasterChange.id.desc()).limit(limit)).all()
    names = people(session, {row.actor for row in rows})
    return tuple(
        Change(
            row.id,
            row.table_name,
            row.at,
            names[row.actor],
            row.door,
            row.action,
            row.row_key,
            _in_order(row),
            row.import_run_id,
        )
        for row in rows
    )


def _in_order(row: MasterChange) -> tuple[tuple[str, Any, Any], ...]:
    """The changes in the order of the table's columns; columns that are no more stand last."""
    table = TABLES.get(row.table_name)
    names = [c.name for c in table.columns] if table else []
    known = [name for name in names if name in row.changes]
    rest = [name for name in row.changes if name not in names]
    return tuple((name, row.changes[name][0], row.changes[name][1]) for name in (*known, *rest))


def people(session: Session, actors: set[str]) -> dict[str, str]:
    """ "user:7" as the person's name, "token:ERP" as it is."""
    ids = {int(a[5:]) for a in actors if a.startswith("user:") and a[5:].isdigit()}
    query = select(User.id, User.name).where(User.id.in_(ids))
    found = {row.id: row.name for row in session.execute(query)}
    return {
        a: found.get(int(a[5:]), a)
        if a.startswith("user:") and a[5:].isdigit()
        else a.replace(":", ": ")
        for a in actors
    }


def changed_since(shape: Shape, since: datetime) -> ColumnElement[bool]:
    """Rows that were made or changed at or after `since`, by any door or, of stock, by any movement."""
    table = shape.table
    kept = exists().where(
        and_(
            MasterChange.table_name == table.name,
            MasterChange.row_id == shape.pk,
            MasterChange.at >= since,
        )
    )
    if table.moved is None:
        return kept
    owner, at = table.moved
    return or_(kept, exists().where(and_(owner == shape.pk, at >= since)))
