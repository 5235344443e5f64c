"""What rows that somebody brings would do: created, changed, unchanged or refused; nothing is written here.

The dry run shows these plans and put.py carries out the same ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.masterdata.checks import Book, Case, Problem
from core.masterdata.described import Reference, Table
from core.masterdata.every import table_named
from core.masterdata.keys import write_key
from core.masterdata.select import Row, fetch, pk_of, shape_of

CREATED, CHANGED, UNCHANGED, REFUSED = "created", "changed", "unchanged", "refused"
ACTIONS = (CREATED, CHANGED, UNCHANGED, REFUSED)
SOME = 400
"""Values asked for by one query; SQLite takes 32,766."""


@dataclass(frozen=True, slots=True)
class Given:
    """A row as brought: its number in the file, typed values by column (absent: stay as they are), what was unreadable."""

    number: int
    values: dict[str, Any]
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Plan:
    """attributes: what the row's columns in the database become. waits: it refers to a row that comes later in the file."""

    number: int
    action: str
    key: str
    values: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, list[Any]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    row_id: int | None = None
    attributes: dict[str, Any] = field(default_factory=dict)
    before: Row | None = None
    waits: bool = False


Ids = dict[tuple[Any, ...], int]


def plan_rows(
    session: Session,
    table: Table,
    rows: Sequence[Given],
    *,
    seen: dict[tuple[Any, ...], int] | None = None,
    coming: frozenset[tuple[Any, ...]] = frozenset(),
) -> list[Plan]:
    """Plans for some hundred rows. seen: keys of earlier rows of the same file with their numbers, added to.

    coming: natural keys of the file's own rows, to which its rows may refer before these are there.
    """
    seen = {} if seen is None else seen
    ids = {ref.attribute: _ids_named(session, table, ref, rows) for ref in table.references}
    books = Book(session, _items(table, ids))
    known = _existing(session, table, rows, ids)
    return [_plan(table, given, ids, known, books, seen, coming) for given in rows]


def _plan(
    table: Table,
    given: Given,
    ids: Mapping[str, Ids],
    known: Mapping[tuple[Any, ...], list[Row]],
    book: Book,
    seen: dict[tuple[Any, ...], int],
    coming: frozenset[tuple[Any, ...]],
) -> Plan:
    problems = list(given.problems)
    key = _key_of(table, given)
    text = _key_text(table, key)
    missing = [n for n in table.key if table.column(n).required and given.values.get(n) is None]
    if missing:
        return Plan(given.number, REFUSED, text, problems=_with_missing(table, missing, problems))
    if key in seen:
        sentence = (
            f"Row {seen[key]} of the same file is about the same {table.one}; keep one of them."
        )
        return Plan(given.number, REFUSED, text, problems=(*problems, Problem("", sentence)))
    seen[key] = given.number
    found = known.get(key, [])
    if len(found) > 1:
        sentence = f"There are several rows of this key; change them one by one on the screen of {table.title.lower()}."
        return Plan(given.number, REFUSED, text, problems=(*problems, Problem("", sentence)))
    before = found[0] if found else None
    values = _values(table, given, before, problems)
    numbers, waits = _references(table, values, ids, coming, problems)
    if before is not None:
        problems += _fixed(table, values, before)
    if not problems:
        case = Case(
            book, values, before.values if before else None, numbers, before.id if before else None
        )
        for check in table.checks:
            problems += check(case)
    if problems:
        return Plan(given.number, REFUSED, text, values, problems=tuple(problems))
    return _decided(table, given.number, text, values, before, numbers, waits)


def _decided(
    table: Table,
    number: int,
    key: str,
    values: dict[str, Any],
    before: Row | None,
    ids: dict[str, int | None],
    waits: bool,
) -> Plan:
    old = before.values if before else {}
    changed = [c for c in table.columns if before is None or old[c.name] != values[c.name]]
    changes = {
        c.name: [c.type.to_json(old.get(c.name)), c.type.to_json(values[c.name])]
        for c in changed
        if before is not None or values[c.name] not in (None, "", [])
    }
    if not changed:
        return Plan(
            number, UNCHANGED, key, values, row_id=before.id if before else None, before=before
        )
    attributes: dict[str, Any] = {}
    names = {c.name for c in changed}
    for column in table.own_columns:
        if column.name not in names:
            continue
        if column.inside:
            attributes.setdefault(column.source, {})[column.inside] = column.type.to_json(
                values[column.name]
            )
        else:
            attributes[column.source] = values[column.name]
    for ref in table.references:
        if names & set(ref.columns):
            attributes[ref.attribute] = ids[ref.attribute]
    action = CREATED if before is None else CHANGED
    row_id = before.id if before else None
    return Plan(number, action, key, values, changes, (), row_id, attributes, before, waits)


def _key_of(table: Table, given: Given) -> tuple[Any, ...]:
    found = (given.values.get(n) for n in table.key)
    defaults = (table.column(n).default for n in table.key)
    return tuple(d if v is None else v for v, d in zip(found, defaults, strict=True))


def _key_text(table: Table, key: tuple[Any, ...]) -> str:
    return write_key(table.column(n).type.to_text(v) for n, v in zip(table.key, key, strict=True))


def _with_missing(table: Table, names: list[str], problems: list[Problem]) -> tuple[Problem, ...]:
    unreadable = {p.column for p in problems}
    missing = (
        Problem(n, f"{table.column(n).label} is missing; it is part of what names the row.")
        for n in names
        if n not in unreadable
    )
    return (*problems, *missing)


def _values(
    table: Table, given: Given, before: Row | None, problems: list[Problem]
) -> dict[str, Any]:
    """The whole row as it will be; what is required and absent of a new row is a problem."""
    values: dict[str, Any] = {}
    unreadable = {p.column for p in problems}
    for column in table.columns:
        if column.name in given.values:
            value = given.values[column.name]
            values[column.name] = column.default if value is None else value
        else:
            values[column.name] = before.values[column.name] if before else column.default
        empty = values[column.name] is None or values[column.name] == ""
        if column.required and empty and column.name not in unreadable:
            problems.append(Problem(column.name, f"{column.label} is missing; enter it."))
    return values


def _references(
    table: Table,
    values: Mapping[str, Any],
    ids: Mapping[str, Ids],
    coming: frozenset[tuple[Any, ...]],
    problems: list[Problem],
) -> tuple[dict[str, int | None], bool]:
    found: dict[str, int | None] = {}
    waits = False
    for ref in table.references:
        name = tuple(values[n] for n in ref.columns)
        if all(part is None or part == "" for part in name):
            found[ref.attribute] = None
            continue
        number = ids[ref.attribute].get(name)
        found[ref.attribute] = number
        if number is None and ref.to == table.name and name in coming:
            waits = True
        elif number is None:
            target = table_named(ref.to)
            text = ", ".join(str(part) for part in name)
            problems.append(
                Problem(
                    ref.columns[-1],
                    f"There is no {target.one} {text}; add it under {target.title.lower()} first, or correct the name.",
                )
            )
    return found, waits


def _fixed(table: Table, values: Mapping[str, Any], before: Row) -> list[Problem]:
    return [
        Problem(
            c.name,
            f"{c.label} is {c.type.to_text(before.values[c.name])} and stays so, since other figures are counted in it; "
            f"leave it, or make a new {table.one}.",
        )
        for c in table.columns
        if c.fixed and values[c.name] != before.values[c.name]
    ]


def _ids_named(session: Session, table: Table, ref: Reference, rows: Sequence[Given]) -> Ids:
    wanted: set[tuple[Any, ...]] = set()
    for given in rows:
        name = tuple(given.values.get(n) for n in ref.columns)
        if all(part is not None and part != "" for part in name):
            wanted.add(name)
    return ids_of(session, table_named(ref.to), wanted)


def ids_of(session: Session, target: Table, wanted: set[tuple[Any, ...]]) -> Ids:
    """Ids of the target's rows by natural key; what is not there is absent."""
    found: Ids = {}
    shape = shape_of(target)
    columns = [shape.columns[n] for n in target.key]
    names = sorted(wanted, key=repr)
    for start in range(0, len(names), SOME):
        some = names[start : start + SOME]
        where = [column.in_({name[n] for name in some}) for n, column in enumerate(columns)]
        query = shape.joined(select(shape.pk, *columns).select_from(target.model)).where(*where)
        for row in session.execute(query):
            found[tuple(row[1:])] = row[0]
    return found


def _items(table: Table, ids: Mapping[str, Ids]) -> set[int]:
    return {
        number
        for ref in table.references
        if ref.to == "items"
        for number in ids[ref.attribute].values()
    }


def _existing(
    session: Session, table: Table, rows: Sequence[Given], ids: Mapping[str, Ids]
) -> dict[tuple[Any, ...], list[Row]]:
    """The rows that these keys name; locked, so that they cannot change before they are written."""
    if table.is_single:
        return {(): fetch(session, table, limit=1)}
    keys = [_key_of(table, given) for given in rows]
    shape = shape_of(table)
    where = []
    for n, name in enumerate(table.key):
        ref = table.reference_of(name)
        parts = {key[n] for key in keys}
        if ref is not None and len(ref.columns) == 1:
            # The id stands in the row itself, where an index begins with it.
            known = [ids[ref.attribute][(p,)] for p in parts if (p,) in ids[ref.attribute]]
            source = getattr(table.model, ref.attribute)
            some = source.in_(known)
            where.append(or_(some, source.is_(None)) if None in parts else some)
            continue
        column = shape.columns[name]
        some = column.in_([p for p in parts if p is not None])
        where.append(or_(some, column.is_(None)) if None in parts else some)
    found = fetch(session, table, *where, shape=shape, order=(shape.pk,))
    wanted = set(keys)
    known_rows: dict[tuple[Any, ...], list[Row]] = {}
    for row in found:
        key = tuple(row.values[n] for n in table.key)
        if key in wanted:
            known_rows.setdefault(key, []).append(row)
    return known_rows


def lock(session: Session, table: Table, keys: Sequence[int]) -> None:
    """Nobody else changes these rows until the transaction ends."""
    pk = pk_of(table.model)
    session.execute(select(pk).where(pk.in_(keys)).order_by(pk).with_for_update())
