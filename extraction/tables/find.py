"""All item tables of a canvas."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.fields import numbers
from extraction.heads.find import find_heads
from extraction.heads.values import Head
from extraction.page.segments import Canvas
from extraction.shapes import unheaded
from extraction.tables.body import Body
from extraction.tables.filling import Filling
from extraction.tables.kinds import kinds_of_rows
from extraction.tables.values import Table
from extraction.vocabulary import fold


def find_tables(
    canvas: Canvas, style: numbers.Style, heads: Sequence[Head] | None = None
) -> list[Table]:
    """All item tables of a canvas, in order; a head repeated on a later page continues its table.

    heads: where they are known beforehand; else they are looked for.
    """
    known = find_heads(canvas.rows) if heads is None else heads
    tables = _tables_under(canvas, style, known)
    counted = any("quantity" in t.head.roles or t.head.has_sizes for t in tables)
    if heads is None and not counted:
        inferred = unheaded.find_head(canvas, style)
        if inferred is not None:
            return _tables_under(canvas, style, [inferred])
    return tables


def _tables_under(canvas: Canvas, style: numbers.Style, heads: Sequence[Head]) -> list[Table]:
    tables: list[Table] = []
    for number, head in enumerate(heads):
        end = heads[number + 1].first if number + 1 < len(heads) else len(canvas.rows)
        repeats = bool(tables) and same_head(tables[-1].head, head)
        if not repeats:
            tables.append(Table(head, canvas.rows[head.first].page, head.columns, []))
        if not head.bare:
            tables[-1].rows.update(range(head.first, head.last + 1))
        body = Body(canvas, head, canvas.rows[head.last + 1 : end], style)
        Filling(body, kinds_of_rows(body), tables[-1]).read()
    return [t for t in tables if t.records]


def same_head(a: Head, b: Head) -> bool:
    """Whether a head repeats another: mostly the same wording."""
    ours, theirs = [fold(c.title) for c in a.columns], [fold(c.title) for c in b.columns]
    return len(ours) == len(theirs) and sum(t in ours for t in theirs) >= 0.7 * len(ours)
