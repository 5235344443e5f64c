"""Rows of a described table with natural keys in place of ids, by one query."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, inspect, select
from sqlalchemy.orm import Session, aliased

from core.errors import BadInput
from core.masterdata.described import Column, Table
from core.masterdata.every import table_named
from core.masterdata.keys import write_key
from core.masterdata.types import NUMBER
from core.values import exact

LOT = 2_000
UNFILTERED = ("words", "weekdays", "days", "prose", "pairs", "choices")


@dataclass(frozen=True, slots=True)
class Row:
    """values: by column, in the described order; numbers as Decimal, days as date, lists as lists."""

    id: int
    values: dict[str, Any]

    def key(self, table: Table) -> str:
        return write_key(table.column(name).type.to_text(self.values[name]) for name in table.key)


@dataclass(slots=True)
class Shape:
    """The columns of a table as SQL, with the joins that they need."""

    table: Table
    joins: list[tuple[Any, ColumnElement[bool], bool]] = field(default_factory=list)
    _joined: dict[tuple[int, str], Any] = field(default_factory=dict)
    columns: dict[str, Any] = field(default_factory=dict)

    @property
    def pk(self) -> Any:
        return pk_of(self.table.model)

    def select(self) -> Select[Any]:
        query = select(self.pk, *self.columns.values()).select_from(self.table.model)
        return self.joined(query)

    def joined(self, query: Select[Any]) -> Select[Any]:
        for target, on, optional in self.joins:
            query = query.join(target, on, isouter=optional)
        return query

    def expression(self, table: Table, entity: Any, column: str, optional: bool) -> Any:
        reference = table.reference_of(column)
        if reference is None:
            return getattr(entity, table.column(column).source)
        target = table_named(reference.to)
        source = getattr(entity, reference.attribute)
        optional = optional or bool(getattr(table.model, reference.attribute).nullable)
        mark = (id(entity), reference.attribute)
        if mark not in self._joined:
            alias = aliased(target.model)
            self._joined[mark] = alias
            self.joins.append((alias, pk_of(alias) == source, optional))
        alias = self._joined[mark]
        return self.expression(target, alias, target.key[reference.columns.index(column)], optional)


def pk_of(entity: Any) -> Any:
    """The one column of the primary key, of a model or of an alias of it."""
    (column,) = inspect(entity).mapper.primary_key
    return getattr(entity, column.key)


def shape_of(table: Table) -> Shape:
    shape = Shape(table)
    for column in table.columns:
        shape.columns[column.name] = shape.expression(table, table.model, column.name, False)
    return shape


def fetch(
    session: Session,
    table: Table,
    *where: ColumnElement[bool],
    shape: Shape | None = None,
    order: Sequence[Any] = (),
    limit: int | None = None,
    offset: int = 0,
) -> list[Row]:
    shape = shape or shape_of(table)
    query = shape.select().where(*where).order_by(*order)
    if limit is not None:
        query = query.limit(limit)
    if offset:
        query = query.offset(offset)
    return [row_of(table, found) for found in session.execute(query)]


def streamed(
    session: Session, shape: Shape, where: Sequence[ColumnElement[bool]], order: Sequence[Any]
) -> Iterator[Row]:
    """As fetch, without ever holding more than some thousand rows."""
    query = shape.select().where(*where).order_by(*order).execution_options(yield_per=LOT)
    for found in session.execute(query):
        yield row_of(shape.table, found)


def row_of(table: Table, found: Any) -> Row:
    pairs = zip(table.columns, found[1:], strict=True)
    return Row(found[0], {column.name: _value(column, value) for column, value in pairs})


def _value(column: Column, value: Any) -> Any:
    if not column.inside:
        return value
    value = (value or {}).get(column.inside, column.default)
    return exact(str(value)) if column.type is NUMBER else value


def by_key(shape: Shape) -> tuple[Any, ...]:
    """The order of lists and exports."""
    return tuple(_ordered(shape, name) for name in shape.table.key) or (shape.pk,)


def _ordered(shape: Shape, name: str) -> Any:
    return shape.columns[name]


def of_key(session: Session, table: Table, parts: Sequence[Any]) -> list[Row]:
    """The rows that have these typed key values; more than one only where the database allows it."""
    shape = shape_of(table)
    where = [
        shape.columns[name].is_(None) if value is None else shape.columns[name] == value
        for name, value in zip(table.key, parts, strict=True)
    ]
    return fetch(session, table, *where, shape=shape, order=(shape.pk,), limit=2)


def searched(shape: Shape, text: str, filters: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    """Every word of `text` stands in a searched column; filters: typed values by column."""
    words = text.split()[:8]
    where: list[ColumnElement[bool]] = []
    if words and shape.table.search:
        # One text of all columns: a row is then looked through once for each word.
        parts = [func.coalesce(shape.columns[name], "") for name in shape.table.search]
        whole: ColumnElement[str] = parts[0]
        for part in parts[1:]:
            whole = whole.concat("\n").concat(part)
        where += [whole.icontains(word, autoescape=True) for word in words]
    for name, value in filters.items():
        column = shape.columns[name]
        where.append(column.is_(None) if value is None else column == value)
    return where


def count(session: Session, shape: Shape, where: Sequence[ColumnElement[bool]]) -> int:
    query = select(func.count()).select_from(shape.table.model)
    if where:
        query = shape.joined(query).where(and_(*where))
    return session.scalar(query) or 0


def as_json(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """What REST shows and history keeps: decimals as strings, days as ISO days."""
    return {c.name: c.type.to_json(values[c.name]) for c in table.columns if c.name in values}


def version_of(table: Table, values: Mapping[str, Any]) -> str:
    """A row's version: the hash of what it says, so that any change through any door makes another one."""
    text = json.dumps(as_json(table, values), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def typed_key(table: Table, parts: Sequence[str]) -> list[Any]:
    """A key's text parts as values. Raises BadInput."""
    found: list[Any] = []
    for name, part in zip(table.key, parts, strict=True):
        column = table.column(name)
        try:
            found.append(column.type.parse(part) if part else column.default)
        except ValueError as error:
            raise BadInput(f"{column.label} {part[:100]!r}: {error} is wanted.", name) from None
    return found


def typed_filters(table: Table, texts: Mapping[str, str]) -> dict[str, Any]:
    """Filters as typed in an address; unknown columns are refused with what there is. Raises BadInput."""
    found: dict[str, Any] = {}
    for name, text in texts.items():
        column = next((c for c in table.columns if c.name == name and not c.inside), None)
        if column is None or column.type.name in UNFILTERED:
            raise BadInput(f"{table.title} cannot be filtered by {name[:60]!r}.", name[:60])
        try:
            found[name] = column.type.parse(text.strip()) if text.strip() else column.default
        except ValueError as error:
            raise BadInput(f"{column.label} {text[:100]!r}: {error} is wanted.", name) from None
    return found
