"""One row of a master-data table: its form with each field's own problem, its past, and what belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, flash, request
from sqlalchemy.orm import Session

from core.errors import BadInput, NotAllowed, NotFound, Stale
from core.masterdata.as_of import row_as_of
from core.masterdata.cells import POINT, decimal_mark, given
from core.masterdata.checks import Problem
from core.masterdata.described import Column, Table
from core.masterdata.every import TABLES, table_named
from core.masterdata.history import changes_of
from core.masterdata.keys import read_key
from core.masterdata.plan import CREATED, UNCHANGED
from core.masterdata.proposals import proposal_of
from core.masterdata.put import SCREEN, Refused, put_one
from core.masterdata.remove import DELETED, remove_one, users_of
from core.masterdata.select import (
    Row,
    count,
    fetch,
    of_key,
    shape_of,
    typed_key,
    version_of,
)
from review_app.fragments import go, page
from review_app.here import act, database
from review_app.masterdata.days import day_asked, end_of
from review_app.masterdata.lists import may_edit, shut

LONGEST_CELL = 40_000


@dataclass(frozen=True, slots=True)
class Field:
    """value: as typed. problem: why it cannot be kept. now: what somebody else made of it, None when it is the same.

    suggests: whether it names a row of another table.
    """

    column: Column
    value: str
    problem: str = ""
    now: str | None = None
    suggests: bool = False
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Belonging:
    """Rows of another table that name this one: how many, and the column to filter them by."""

    table: Table
    column: str
    rows: int


def new(table: str) -> Response:
    """An empty form; what the address names is filled in, so that an address is begun from its customer."""
    chosen = table_named(table)
    cells = {c.name: c.type.to_text(c.default) for c in chosen.columns}
    cells.update({n: v[:255] for n, v in request.args.items() if n in cells})
    with database().read() as session:
        why = shut(session, chosen)
    return _form(chosen, None, cells, why=why)


def show(table: str, key: str) -> Response:
    chosen = table_named(table)
    with database().read() as session:
        if chosen.is_single and not fetch(session, chosen, limit=1):
            return new(table)
        row = _row(session, chosen, key)
        day, then = day_asked(), row
        if day is not None:
            found = row_as_of(session, chosen, row.id, end_of(session, day))
            if found is None:
                raise NotFound(f"This {chosen.one} was not there on that day; choose a later one.")
            then = found
        cells = {c.name: c.type.to_text(then.values[c.name]) for c in chosen.columns}
        return _form(chosen, row, cells, session=session, why=shut(session, chosen), day=day)


def create(table: str) -> Response:
    return _save(table_named(table), None)


def save(table: str, key: str) -> Response:
    return _save(table_named(table), key)


def remove(table: str, key: str) -> Response:
    chosen = table_named(table)
    _require(chosen)
    by, version = act(), request.form.get("version", "")
    parts: list[Any] = typed_key(chosen, read_key(key, len(chosen.key)))
    done = database().run(
        lambda session: remove_one(session, chosen, parts, door=SCREEN, act=by, version=version)
    )
    if done == DELETED:
        flash(f"The {chosen.one} is deleted.", "done")
        return go("lists.show", table=chosen.name)
    flash(f"Something refers to this {chosen.one}, so it stays and is {chosen.off_words}.", "done")
    return go("row.show", table=chosen.name, key=key)


def _save(table: Table, key: str | None) -> Response:
    _require(table)
    cells = _cells(table)
    typed = given(table, 1, cells, decimal_mark(table, [cells]) or POINT)
    if typed.problems:
        return _refused(table, key, cells, typed.problems)
    if key is not None:  # the key's own columns are not for changing
        fixed = zip(table.key, typed_key(table, read_key(key, len(table.key))), strict=True)
        typed.values.update(dict(fixed))
    by, version = act(), request.form.get("version", "")
    try:
        plan = database().run(
            lambda session: put_one(
                session,
                table,
                typed.values,
                door=SCREEN,
                act=by,
                version=None if key is None else version,
                new=key is None,
            )
        )
    except Refused as error:
        return _refused(table, key, cells, error.plan.problems)
    except Stale:
        return _stale(table, key or "", cells)
    except BadInput as error:  # a new row of a name that is taken
        return _refused(table, key, cells, (Problem(error.field, error.sentence),))
    flash(_said(table, plan.action), "done")
    return go("row.show", table=table.name, key=plan.key)


def _said(table: Table, action: str) -> str:
    if action == UNCHANGED:
        return "Nothing was different, so nothing was changed."
    word = "made" if action == CREATED else "kept"
    tail = " Drafts that wait are looked at afresh." if "drafts" in table.touches else ""
    return f"The {table.one} is {word}.{tail}"


def _require(table: Table) -> None:
    if not may_edit(table):
        raise NotAllowed(
            f"Your role does not change {table.title.lower()}; ask an administrator. Nothing was changed."
        )


def _cells(table: Table) -> dict[str, str]:
    return {
        c.name: request.form[c.name].replace("\r\n", "\n")[:LONGEST_CELL]
        for c in table.columns
        if c.name in request.form
    }


def _row(session: Session, table: Table, key: str) -> Row:
    parts = typed_key(table, read_key(key, len(table.key)))
    found = of_key(session, table, parts) if table.key else fetch(session, table, limit=1)
    if not found:
        raise NotFound(f"There is no such {table.one}; it may have been deleted.")
    return found[0]


def _refused(
    table: Table, key: str | None, cells: dict[str, str], problems: tuple[Problem, ...]
) -> Response:
    with database().read() as session:
        row = _row(session, table, key) if key is not None else None
        answer = _form(
            table,
            row,
            cells,
            session=session if row else None,
            problems=problems,
            version=request.form.get("version", ""),
        )
    answer.status_code = 422
    return answer


def _stale(table: Table, key: str, cells: dict[str, str]) -> Response:
    """What was typed stays, with what the row says now beside it; keeping it again is then a choice."""
    with database().read() as session:
        row = _row(session, table, key)
        answer = _form(table, row, cells, session=session, stale=True)
    answer.status_code = 409
    return answer


def _form(
    table: Table,
    row: Row | None,
    cells: dict[str, str],
    *,
    session: Session | None = None,
    why: str = "",
    problems: tuple[Problem, ...] = (),
    version: str = "",
    stale: bool = False,
    day: date | None = None,
) -> Response:
    """day: that of which the cells are; nothing is changed then."""
    said = {p.column: p.sentence for p in reversed(problems)}
    names = {c.name for c in table.columns}
    editable = may_edit(table) and not why and day is None
    now = {c.name: c.type.to_text(row.values[c.name]) for c in table.columns} if row else {}
    shown = [
        Field(
            c,
            cells.get(c.name, now.get(c.name, "")),
            said.get(c.name, ""),
            now[c.name]
            if (stale or day) and now[c.name] != cells.get(c.name, now[c.name])
            else None,
            table.reference_of(c.name) is not None,
            not editable or (row is not None and (c.name in table.key or c.fixed)),
        )
        for c in table.columns
    ]
    return page(
        "md_row.html",
        table=table,
        row=row,
        key=row.key(table) if row else "",
        fields=shown,
        general=[p.sentence for p in problems if p.column not in names],
        why=why,
        may_edit=editable,
        stale=stale,
        day=day,
        version=version or (version_of(table, row.values) if row else ""),
        changes=changes_of(session, table, row_id=row.id, limit=12) if session and row else (),
        belongings=_belongings(session, table, row) if session and row else (),
        proposal=proposal_of(session, table, row.id) if session and row else None,
        users=users_of(session, table, row.id) if session and row and editable else (),
    )


def _belongings(session: Session, table: Table, row: Row) -> tuple[Belonging, ...]:
    """Tables whose rows name this one by a single column that their lists can be filtered by."""
    found = []
    for other in TABLES.values():
        for ref in other.references:
            if ref.to != table.name or len(ref.columns) != 1 or ref.columns[0] not in other.filters:
                continue
            shape = shape_of(other)
            where = [getattr(other.model, ref.attribute) == row.id]
            found.append(Belonging(other, ref.columns[0], count(session, shape, where)))
    return tuple(found)
