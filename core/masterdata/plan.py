"""What rows that somebody brings would do: created, changed, unchanged or refused; nothing is written here.

The dry run shows these plans and put.py carries out the same ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from core.masterdata.checks import Book, Case, Problem
from core.masterdata.described import Table
from core.masterdata.every import table_named
from core.masterdata.found import Given, Ids, existing_rows, ids_named, key_of
from core.masterdata.keys import write_key
from core.masterdata.select import Row

CREATED, CHANGED, UNCHANGED, REFUSED = "created", "changed", "unchanged", "refused"
ACTIONS = (CREATED, CHANGED, UNCHANGED, REFUSED)


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
    ids = {ref.attribute: ids_named(session, table, ref, rows) for ref in table.references}
    books = Book(session, _items(table, ids))
    known = existing_rows(session, table, rows, ids)
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
    key = key_of(table, given)
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


def _items(table: Table, ids: Mapping[str, Ids]) -> set[int]:
    return {
        number
        for ref in table.references
        if ref.to == "items"
        for number in ids[ref.attribute].values()
    }
