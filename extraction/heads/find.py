"""Finding the heads of all tables of a canvas."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.heads.rows import is_head_row, stands_over
from extraction.heads.stacks import columns_of, layers_of
from extraction.heads.values import BODY_ROWS, CORE, NAMING, Column, Head
from extraction.page.segments import Row

MAX_HEAD_ROWS = 5
MAX_HEADS = 200


def find_heads(rows: Sequence[Row]) -> list[Head]:
    """All heads of tables, top to bottom."""
    heads: list[Head] = []
    at = 0
    while at < len(rows) and len(heads) < MAX_HEADS:
        is_head = is_head_row(rows[at]) or (not heads and stands_over(rows, at))
        head = _head_at(rows, at) if is_head else None
        if head:
            heads.append(head)
            at = head.last + 1
        else:
            at += 1
    return heads


def _head_at(rows: Sequence[Row], first: int) -> Head | None:
    last = first
    while (
        last + 1 < len(rows)
        and last - first + 1 < MAX_HEAD_ROWS
        and _follows(rows[last], rows[last + 1])
    ):
        last += 1
    best: tuple[float, Head] | None = None
    for start in range(first, last + 1):
        for end in range(start, last + 1):
            columns = columns_of(rows[start : end + 1], rows[end + 1 : end + 1 + BODY_ROWS])
            if not _is_table(columns):
                continue
            named = sum(bool(c.role) for c in columns)
            score = (
                len({c.role for c in columns if c.role})
                + 0.1 * named
                - 0.5 * (len(columns) - named)
            )
            wider = best is not None and score > best[0] - 0.01 and best[1].last < end
            if best is None or score > best[0] + 0.01 or (wider and start <= best[1].first):
                best = (score, Head(start, end, columns))
    if best is None:
        return None
    head = best[1]
    layers = layers_of(
        rows[head.first : head.last + 1], rows[head.last + 1 : head.last + 1 + BODY_ROWS]
    )
    return Head(head.first, head.last, layers, True) if layers else head


def _follows(upper: Row, lower: Row) -> bool:
    gap = lower.box.top - upper.box.bottom
    return (
        lower.page == upper.page
        and gap < 1.1 * max(upper.height, lower.height)
        and is_head_row(lower)
    )


def _is_table(columns: Sequence[Column]) -> bool:
    roles = {c.role for c in columns if c.role}
    core, naming = roles & CORE, roles & NAMING
    if len(columns) < 2 or not core:
        return False
    return (len(core) + len(naming) >= 3) or (
        "quantity" in core and bool(naming & (NAMING - {"line_no"}))
    )
