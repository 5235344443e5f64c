"""A row goes, unless history hangs on it: then it is set to what keeps it out of new business."""

from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint, select
from sqlalchemy.orm import Session

from core.act import Act
from core.database import Base
from core.errors import Blocked, NotFound
from core.masterdata.described import Table
from core.masterdata.every import TABLES
from core.masterdata.found import Given, lock
from core.masterdata.plan import CHANGED, UNCHANGED, Plan, plan_rows
from core.masterdata.put import (
    Door,
    Refused,
    check_door,
    keep_changes,
    same_version,
    write_plans,
)
from core.masterdata.select import Row, as_json, of_key
from core.masterdata.tell import tell

DELETED, DEACTIVATED = "deleted", "deactivated"
OWNED = {"item": ("item_unit",)}
"""Rows that go with theirs as long as nothing else refers to them: an item's own stock unit."""


def remove_one(
    session: Session,
    table: Table,
    key: list[object],
    *,
    door: Door,
    act: Act,
    version: str | None = None,
) -> str:
    """Says what was done: "deleted" or "deactivated". Raises NotFound, and Blocked when neither is possible."""
    check_door(session, table, door)
    found = of_key(session, table, key) if table.key else []
    if table.is_single:
        raise Blocked(f"{table.title} cannot be deleted; change it instead.")
    if not found:
        raise NotFound(f"There is no such {table.one}; it may have been deleted already.")
    row = found[0]
    lock(session, table, [row.id])
    if version is not None:
        same_version(table, row, version)
    users = users_of(session, table, row.id)
    if not users:
        return _delete(session, table, row, door, act)
    if not table.off:
        raise Blocked(
            f"This {table.one} is used ({', '.join(users)}), so it cannot be deleted; nothing was changed. "
            "Remove or change these first."
        )
    return _deactivate(session, table, row, door, act)


def users_of(session: Session, table: Table, row_id: int) -> tuple[str, ...]:
    """Where rows refer to this one, as words: "orders", "stock counts"."""
    own = table.model.__tablename__
    owned = OWNED.get(own, ())
    found = []
    for other in Base.metadata.sorted_tables:
        for constraint in other.constraints:
            if not isinstance(constraint, ForeignKeyConstraint) or other.name in owned:
                continue
            if constraint.referred_table.name != own:
                continue
            (column,) = constraint.columns
            if session.scalar(select(column).where(column == row_id).limit(1)) is not None:
                found.append(_words(other.name))
    return tuple(dict.fromkeys(found))


def _words(table_name: str) -> str:
    known = next((t.title for t in TABLES.values() if t.model.__tablename__ == table_name), "")
    return known.lower() or table_name.replace("_", " ") + "s"


def _delete(session: Session, table: Table, row: Row, door: Door, act: Act) -> str:
    for other in Base.metadata.sorted_tables:
        if other.name in OWNED.get(table.model.__tablename__, ()):
            session.execute(other.delete().where(other.c.item_id == row.id))
    session.delete(session.get_one(table.model, row.id))
    session.flush()
    changes = {n: [v, None] for n, v in as_json(table, row.values).items() if v not in (None, "")}
    plan = Plan(0, DELETED, row.key(table), changes=changes, row_id=row.id)
    tell(session, table, keep_changes(session, table, [plan], door=door, act=act), act=act)
    return DELETED


def _deactivate(session: Session, table: Table, row: Row, door: Door, act: Act) -> str:
    off = {
        next(c.name for c in table.columns if c.source == attribute): value
        for attribute, value in table.off.items()
    }
    (plan,) = plan_rows(session, table, [Given(1, {**row.values, **off})])
    if plan.action == UNCHANGED:
        return DEACTIVATED
    if plan.action != CHANGED:
        raise Refused(plan)
    write_plans(session, table, [plan], door=door, act=act, action=DEACTIVATED)
    return DEACTIVATED
