"""The rows of a file by column name: where its header is, what its heads mean, which cells hold no value of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from core.errors import BadInput
from core.masterdata.checks import Problem
from core.masterdata.described import Table
from core.masterdata.heads import Head, understood

MOST_ROWS = 100_000
MOST_COLUMNS = 100
NEAR_TOP = 10
"""Rows among which the header is looked for."""

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person says about the file; "" lets it be found out.

    columns: by folded head (core.masterdata.heads). asks: a head that nobody knows is for a person to say, so that the
    rows of its column are not refused.
    """

    delimiter: str = ""
    encoding: str = ""
    decimal: str = ""
    days: str = ""
    sheet: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Numbered:
    """One row of the file: flaws are cells that hold no value of their own."""

    number: int
    cells: Row
    flaws: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """decimal, days: "" when the file does not say it. delimiter, encoding: "" of a workbook. sheets: of a workbook;
    sheet: which of them it is."""

    rows: tuple[Numbered, ...]
    decimal: str
    delimiter: str = ""
    encoding: str = ""
    header: tuple[str, ...] = field(default=())
    heads: tuple[Head, ...] = ()
    days: str = ""
    sheets: tuple[str, ...] = ()
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """header: column names, "" for what is left out; top: number of the header's row."""

    header: tuple[str, ...]
    heads: tuple[Head, ...]
    rows: tuple[Numbered, ...]
    top: int


def known_heads(table: Table, cells: Sequence[str], chosen: Chosen) -> int:
    return sum(1 for h in understood(table, cells[:MOST_COLUMNS], chosen.columns) if h.column)


def rows_by_column(table: Table, name: str, grid: Iterator[list[str]], chosen: Chosen) -> Grid:
    """The header is the row near the top that names most columns: people put titles over their lists."""
    near: list[tuple[int, list[str]]] = []
    numbered = ((n, cells) for n, cells in enumerate(grid, 1) if any(c.strip() for c in cells))
    for found in numbered:
        near.append(found)
        if len(near) == NEAR_TOP:
            break
    if not near:
        raise BadInput(f"{name} is empty; begin with the template of {table.title.lower()}.")
    at = max(range(len(near)), key=lambda i: (known_heads(table, near[i][1], chosen), -i))
    top, heads = near[at][0], _header(table, name, near[at][1], chosen)
    header = tuple(_column(head) for head in heads)
    rows: list[Numbered] = []
    for number, cells in chain(near[at + 1 :], numbered):
        if len(rows) >= MOST_ROWS:
            raise BadInput(f"{name} has more than {MOST_ROWS:,} rows; split it.")
        rows.append(_row(header, number, cells))
    return Grid(header, heads, tuple(rows), top)


def _column(head: Head) -> str:
    """A head that nobody knows names itself, so that its rows are refused with it."""
    return head_name(head.written) if head.column is None else head.column


def _header(table: Table, name: str, cells: list[str], chosen: Chosen) -> tuple[Head, ...]:
    heads = tuple(understood(table, cells[:MOST_COLUMNS], chosen.columns))
    if not chosen.asks and not any(head.column for head in heads):
        raise BadInput(
            f"The first row of {name} names no column of {table.title.lower()}; it should hold names such as "
            f"{', '.join(c.name for c in table.columns[:3])}. Take the template to begin with."
        )
    names = [_column(head) for head in heads]
    written = [head_name(head.written) for head in heads if head_name(head.written)]
    twice = {n for n in names if n and names.count(n) > 1}
    twice |= {n for n in written if written.count(n) > 1}
    if twice:
        raise BadInput(f"{name} has the column {', '.join(sorted(twice))} twice; remove one.")
    return heads


def _row(header: Sequence[str], number: int, cells: list[str]) -> Numbered:
    row: Row = {n: c for n, c in zip(header, cells, strict=False) if n}
    more = [c for c in cells[len(header) :] if c.strip()]
    flaws: tuple[Problem, ...] = ()
    if more:
        flaws = (
            Problem(
                "",
                "The row has more cells than the header; a separator inside a text needs quotes around it.",
            ),
        )
    return Numbered(number, row, flaws)


def head_name(cell: str) -> str:
    return cell.strip().strip("\ufeff*").strip().lower().replace(" ", "_").replace("-", "_")
