"""Tables that a lesson knows by their heads: found again by their wording, their columns meaning what was learned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extraction.heads.stacks import columns_of
from extraction.heads.values import BODY_ROWS, Column, Head
from extraction.heads.wording import role_of
from extraction.memory.anchors import said
from extraction.memory.lesson import Lesson
from extraction.page.segments import Canvas, Row

ALIKE = 0.7
WHOLE = ("description", "quantity", "unit_price", "amount", "buyer_sku", "supplier_sku", "manufacturer_sku", "gtin", "line_no", "uom", "requested_date")  # fmt: skip
MAX_HEAD_ROWS = 3


def heads_by(canvas: Canvas, found: Sequence[Head], lesson: Lesson) -> list[Head] | None:
    """The heads of a canvas with those that the lesson knows taught; None when it knows none of them."""
    taught = [_taught(head, lesson) for head in found]
    if lesson.where == "head" and any(taught):
        return [new or old for new, old in zip(taught, found, strict=True)]
    windows = list(_windows(canvas, lesson))
    if not windows:
        return None
    rows = {row for w in windows for row in range(w.first, w.last + 1)}
    others = [h for h in found if not rows & set(range(h.first, h.last + 1))]
    return sorted([*windows, *others], key=lambda h: h.first)


def knows(head: Head, lesson: Lesson) -> bool:
    """Whether a head has the wording that the lesson is about."""
    ours = [said(c.title) for c in head.columns]
    theirs = list(lesson.titles)
    same = sum(t in ours for t in theirs)
    return abs(len(ours) - len(theirs)) <= 1 and same >= ALIKE * max(len(theirs), len(ours))


def _taught(head: Head, lesson: Lesson) -> Head | None:
    return with_roles(head, lesson) if knows(head, lesson) else None


def with_roles(head: Head, lesson: Lesson) -> Head:
    """The head with its columns meaning what the lesson says; columns it says nothing about keep their meaning."""
    titles = [said(c.title) for c in head.columns]
    roles: dict[int, str] = {}
    for cell in lesson.cells:
        if cell.piece == "none" or cell.fills or cell.field not in WHOLE:
            continue
        at = place_of(titles, cell.title, cell.column)
        if at is not None and (at not in roles or cell.piece == "whole"):
            roles[at] = cell.field
    given = set(roles.values())
    columns = tuple(
        replace(c, role=roles[i], taught=True)
        if i in roles
        else replace(c, role="decoy" if c.role in given else c.role)
        for i, c in enumerate(head.columns)
    )
    return replace(head, columns=columns)


def place_of(titles: Sequence[str], title: str, column: int) -> int | None:
    """Which column a rule means: by its wording, the nearest of several; by its place where it has none."""
    places = [i for i, t in enumerate(titles) if t == title]
    if places:
        return min(places, key=lambda i: abs(i - column))
    return column if not title and 0 <= column < len(titles) else None


def _windows(canvas: Canvas, lesson: Lesson) -> Iterator[Head]:
    """Rows that have the lesson's wording, wherever they stand."""
    rows, count = canvas.rows, max(lesson.rows, 1)
    wanted = lesson.words.split()
    at = 0
    while wanted and at + count <= len(rows):
        window = rows[at : at + count]
        if _same_words(window, wanted):
            columns = columns_of(window, rows[at + count : at + count + BODY_ROWS])
            yield with_roles(Head(at, at + count - 1, columns), lesson)
            at += count
        else:
            at += 1


def _same_words(window: Sequence[Row], wanted: Sequence[str]) -> bool:
    words = [w for row in window for s in row.segments for w in said(s.text).split()]
    if len({row.page for row in window}) > 1 or not words:
        return False
    shared = sum(w in words for w in wanted)
    return shared >= 0.8 * len(wanted) and len(words) <= 1.25 * len(wanted) + 1


def guessed(canvas: Canvas, first: int, spans: dict[str, tuple[float, float]]) -> Iterator[Head]:
    """Heads that may stand over the first order line at row `first`, whose fields stand at `spans` (x0, x1)."""
    rows = canvas.rows
    for last in range(first - 1, max(first - 5, -1), -1):
        if rows[last].page != rows[first].page or any(c.isdigit() for c in rows[last].text):
            continue
        for start in range(last, max(last - MAX_HEAD_ROWS, -1), -1):
            window = rows[start : last + 1]
            if any(any(c.isdigit() for c in row.text) for row in window):
                break
            columns = columns_of(window, rows[last + 1 : last + 1 + BODY_ROWS])
            if len(columns) >= 2:
                yield Head(start, last, _by_spans(columns, spans))


def _by_spans(
    columns: Sequence[Column], spans: dict[str, tuple[float, float]]
) -> tuple[Column, ...]:
    """The columns with the field whose values stand under each."""
    roles: dict[int, str] = {}
    for name, (x0, x1) in spans.items():
        over = [_overlap(c, x0, x1) for c in columns]
        best = max(range(len(columns)), key=lambda i: over[i])
        if over[best] > -30 and best not in roles:
            roles[best] = name
    return tuple(
        replace(c, role=roles[i], taught=True)
        if i in roles
        else replace(c, role="decoy" if (known := role_of(c.title)) in roles.values() else known)
        for i, c in enumerate(columns)
    )


def _overlap(column: Column, x0: float, x1: float) -> float:
    return min(column.x1, x1) - max(column.x0, x0)
