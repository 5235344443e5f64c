"""What brought rows name that is there already: rows they refer to, and the rows themselves, found for all of them at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.masterdata.checks import Problem
from core.masterdata.described import Reference, Table
from core.masterdata.every import table_named
from core.masterdata.select import Row, fetch, pk_of, shape_of

SOME = 400
"""Values asked for by one query; SQLite takes 32,766."""

Ids = dict[tuple[Any, ...], int]


@dataclass(frozen=True, slots=True)
class Given:
    """A row as brought: its number in the file, typed values by column (absent: stay as they are), what was unreadable."""

    number: int
    values: dict[str, Any]
    problems: tuple[Problem, ...] = ()


def key_of(table: Table, given: Given) -> tuple[Any, ...]:
    found = (given.values.get(n) for n in table.key)
    defaults = (table.column(n).default for n in table.key)
    return tuple(d if v is None else v for v, d in zip(found, defaults, strict=True))


def ids_named(session: Session, table: Table, ref: Reference, rows: Sequence[Given]) -> Ids:
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


def existing_rows(
    session: Session, table: Table, rows: Sequence[Given], ids: Mapping[str, Ids]
) -> dict[tuple[Any, ...], list[Row]]:
    """The rows that these keys name; locked, so that they cannot change before they are written."""
    if table.is_single:
        return {(): fetch(session, table, limit=1)}
    keys = [key_of(table, given) for given in rows]
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
