"""Every master-data table as a list: search, filters, what was changed in it, and as a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Response, g, make_response, request, stream_with_context
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.masterdata import exports
from core.masterdata.as_of import rows_as_of
from core.masterdata.described import Column, Table
from core.masterdata.every import GROUPS, TABLES, table_named
from core.masterdata.history import changes_of
from core.masterdata.keepers import BOTH, keepers, refusal
from core.masterdata.keys import OWN
from core.masterdata.proposals import waiting
from core.masterdata.select import (
    Row,
    by_key,
    count,
    fetch,
    searched,
    shape_of,
    typed_filters,
)
from core.masterdata.sheets import csv_rows, xlsx
from review_app.choosing import MOST, listed, typed
from review_app.fragments import go, page
from review_app.here import act, database, page_number
from review_app.masterdata.days import day_asked, end_of
from review_app.roles import ADMIN, CLERK

PAGE_SIZE = 50
FORMS = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}  # fmt: skip
PLANNER = frozenset({"planner", "admin"})
EDITORS = {
    "parties": CLERK,
    "catalogue": CLERK | PLANNER,
    "supply": PLANNER,
    "company": ADMIN,
}


@dataclass(frozen=True, slots=True)
class Tile:
    """One table on the overview. keeper: "" when both sides may change it."""

    table: Table
    rows: int
    keeper: str


@dataclass(frozen=True, slots=True)
class Found:
    rows: tuple[Row, ...]
    total: int
    page: int
    pages: int


def may_edit(table: Table) -> bool:
    return g.user is not None and g.user.role in EDITORS[table.group]


def shut(session: Session, table: Table) -> str:
    """Why this person changes nothing here; "" when they may."""
    return refusal(session, table, "screen")


def index() -> Response:
    with database().read() as session:
        kept = keepers(session)
        tiles = {
            title: [
                Tile(t, _size(session, t), kept.get(t.name, BOTH).replace(BOTH, ""))
                for t in TABLES.values()
                if t.group == group
            ]
            for group, title in GROUPS.items()
        }
        waits = sum(waiting(session).values())
    return page("md_index.html", tiles=tiles, waits=waits)


def show(table: str) -> Response:
    chosen = table_named(table)
    if chosen.is_single:
        return go("row.show", table=chosen.name, key=OWN)
    text, filters = asked(chosen)
    with database().read() as session:
        found = _found(session, chosen, text, filters)
        why = shut(session, chosen)
        waits = waiting(session).get(chosen.name, 0)
    return page(
        "md_list.html",
        block="rows",
        table=chosen,
        columns=[chosen.column(name) for name in chosen.listed],
        filters=[chosen.column(name) for name in chosen.filters],
        asked=filters,
        text=text,
        found=found,
        waits=waits,
        why=why,
        may_edit=may_edit(chosen) and not why,
        words={name: value for name, value in request.args.items() if name != "page" and value},
    )


def changes(table: str) -> Response:
    return _changes(table_named(table))


def all_changes() -> Response:
    return _changes(None)


def _changes(table: Table | None) -> Response:
    text = request.args.get("before", "")
    before = int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None
    with database().read() as session:
        found = changes_of(session, table, before=before)
    tables = TABLES if table is None else {table.name: table}
    return page("md_changes.html", table=table, tables=tables, changes=found)


def export(table: str, form: str) -> Response:
    """The list as filtered, or with ?template only its head."""
    chosen = table_named(table)
    if form not in FORMS:
        raise NotFound("Files are written as csv or xlsx.")
    shape = shape_of(chosen)
    text, filters = asked(chosen)
    query = {**filters, **({exports.WORDS: text} if text else {})}
    if exports.PROPOSED in request.args:
        query[exports.PROPOSED] = "yes"
    rows: list[Row] = []
    day = day_asked()
    if day is not None:
        with database().read() as session:
            rows = rows_as_of(session, chosen, end_of(session, day))
    elif "template" not in request.args:
        where = exports.wanted(shape, query)
        with database().read() as session:
            total = count(session, shape, where)
            if total <= exports.AT_ONCE[form]:
                rows = fetch(session, chosen, *where, shape=shape, order=by_key(shape))
        if total > exports.AT_ONCE[form]:
            by = act()
            run = database().run(
                lambda s: exports.begin_export(s, chosen, form, query, total, act=by)
            )
            return go("lists.file", table=chosen.name, run_id=run.id)
    body = xlsx(chosen, rows) if form == "xlsx" else stream_with_context(_bytes(chosen, rows))
    return _as_file(body, chosen, form)


def file(table: str, run_id: int) -> Response:
    """A long list as a file: how far it is."""
    chosen = table_named(table)
    with database().read() as session:
        run = exports.export_of(session, run_id)
        return page(
            "md_export.html", block="state", table=chosen, run=run, busy=run.state in exports.BUSY
        )


def fetch_file(table: str, run_id: int) -> Response:
    chosen = table_named(table)
    with database().read() as session:
        run = exports.export_of(session, run_id, whole=True)
        if run.table_name != chosen.name or run.content is None:
            raise NotFound("This file is not there yet, or is of another table.")
        return _as_file(run.content, chosen, run.form)


def _as_file(body: object, table: Table, form: str) -> Response:
    answer = make_response(body)
    answer.headers["Content-Type"] = FORMS[form]
    answer.headers["Content-Disposition"] = f'attachment; filename="{table.name}.{form}"'
    return answer


def suggest(table: str, column: str) -> Response:
    """Rows that a reference may name: its key column with what else tells them apart."""
    chosen = table_named(table)
    ref = chosen.reference_of(column)
    if ref is None:
        raise NotFound("This column names no other table.")
    target = table_named(ref.to)
    key = target.key[ref.columns.index(column)]
    shape = shape_of(target)
    text = typed()
    with database().read() as session:
        rows = fetch(
            session,
            target,
            *searched(shape, text, {}),
            shape=shape,
            order=by_key(shape),
            limit=MOST + 1,
        )
    name = next((n for n in ("name", "description") if n in shape.columns), key)
    options = dict.fromkeys((str(r.values[key]), str(r.values[name] or "")) for r in rows)
    return listed(
        [(value, f"{value} {said}" if said != value else value, "") for value, said in options]
    )


def asked(table: Table) -> tuple[str, dict[str, str]]:
    """Words and filters of the address; only columns that the list offers."""
    text = request.args.get("text", "").strip()[:100]
    given = {n: request.args.get(n, "").strip()[:100] for n in table.filters}
    return text, {name: value for name, value in given.items() if value}


def is_typed(column: Column) -> bool:
    """Whether a filter is typed in, not chosen."""
    return not column.type.choices and column.type.name != "yes_no"


def _found(session: Session, table: Table, text: str, filters: dict[str, str]) -> Found:
    shape = shape_of(table)
    where = searched(shape, text, typed_filters(table, filters))
    total = count(session, shape, where)
    pages = max(1, -(-total // PAGE_SIZE))
    number = min(page_number(), pages)
    rows = fetch(
        session,
        table,
        *where,
        shape=shape,
        order=by_key(shape),
        limit=PAGE_SIZE,
        offset=(number - 1) * PAGE_SIZE,
    )
    return Found(tuple(rows), total, number, pages)


def _size(session: Session, table: Table) -> int:
    return session.scalar(select(func.count()).select_from(table.model)) or 0


def _bytes(table: Table, rows: list[Row]) -> Iterator[bytes]:
    for piece in csv_rows(table, rows):
        yield piece.encode("utf-8")
