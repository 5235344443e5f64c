"""Tables whose heads nobody knows, or that have none: found because quantity times price makes the amount."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from extraction.fields import dates, numbers
from extraction.fields.units import is_unit
from extraction.heads.values import CORE, Column, Head
from extraction.heads.wording import role_of
from extraction.lines.cells import fits
from extraction.page.segments import Canvas, Row, Segment

MAX_ROWS = 3_000
MOST_FIGURES = 9
NEAR = 14.0
_MONEY = re.compile(r"[.,]\d{2,4}\b")
_BESIDE = re.compile(
    r"[$€£¥₹]|\b(?:USD|EUR|GBP|CHF|SEK|NOK|DKK|PLN|K[cč]|CZK|z[lł]|kr)\b\.?|,-$|/-$", re.I
)


@dataclass(frozen=True)
class _Line:
    """A row with its three figures: row number, and the segments of quantity, price and amount."""

    number: int
    places: tuple[Segment, Segment, Segment]


def find_head(canvas: Canvas, style: numbers.Style) -> Head | None:
    """A head for the rows that calculate alike; its titles are the row above them where that has no figures."""
    rows = canvas.rows[:MAX_ROWS]
    lines = [line for n, row in enumerate(rows) if (line := _calculated(n, row, style))]
    alike = max((_alike(lines, line) for line in lines), key=len, default=[])
    if not alike or not any(_names(rows[line.number], line) for line in alike):
        return None
    first = alike[0].number
    columns = _columns([(rows[line.number], line) for line in alike])
    at = _title_row(rows, first)
    if at is None:
        return Head(first - 1, first - 1, columns, bare=True)
    return Head(at, at, tuple(_titled(c, rows[at]) for c in columns))


def _calculated(number: int, row: Row, style: numbers.Style) -> _Line | None:
    """A row in which one figure times a later one makes a still later one, with something at stake."""
    figures = [(s, v) for s in row.segments if (v := _figure(s.text, style)) is not None]
    for (q, qv), (p, pv), (a, av) in combinations(figures[-MOST_FIGURES:], 3):
        telling = qv != 1 or (_MONEY.search(p.text) and _MONEY.search(a.text))
        if qv > 0 and pv > 0 and av > 0 and telling and fits(qv, pv, av):
            return _Line(number, (q, p, a))
    return None


def _figure(text: str, style: numbers.Style) -> Decimal | None:
    """A figure that stands alone, or with its unit or currency."""
    bare = _BESIDE.sub(" ", text).strip()
    value = numbers.parse(bare, style)
    if value is not None or dates.find(text) or len(bare) > 24:
        return value
    figure, _, unit = bare.partition(" ")
    return numbers.parse(figure, style) if is_unit(unit) else None


def _alike(lines: Sequence[_Line], one: _Line) -> list[_Line]:
    """The lines whose figures stand where those of this line stand."""
    return [x for x in lines if all(map(_level, x.places, one.places))]


def _level(a: Segment, b: Segment) -> bool:
    return abs(a.box.x0 - b.box.x0) < NEAR or abs(a.box.x1 - b.box.x1) < NEAR


def _names(row: Row, line: _Line) -> bool:
    return any(s not in line.places and re.search(r"[^\W\d_]{3}", s.text) for s in row.segments)


def _columns(rows: Sequence[tuple[Row, _Line]]) -> tuple[Column, ...]:
    """The stretches that segments of these rows cover; where three of them calculate, with their roles."""
    spans: list[tuple[float, float]] = []
    every = sorted((s.box.x0, s.box.x1) for row, _ in rows for s in row.segments)
    for x0, x1 in every:
        if spans and x0 < spans[-1][1] - 1:
            spans[-1] = (spans[-1][0], max(x1, spans[-1][1]))
        else:
            spans.append((x0, x1))
    roles = dict(zip(("quantity", "unit_price", "amount"), rows[0][1].places, strict=True))
    found = []
    for x0, x1 in spans:
        role = next((r for r, s in roles.items() if x0 - 1 <= s.box.x0 and s.box.x1 <= x1 + 1), "")
        found.append(Column(role, "", x0, x1))
    return tuple(found)


def _title_row(rows: Sequence[Row], first: int) -> int | None:
    """The row of titles right above the first line: several pieces and hardly a figure."""
    for at in range(first - 1, max(first - 4, -1), -1):
        row = rows[at]
        digits = sum(c.isdigit() for c in row.text)
        if row.page == rows[first].page and len(row.segments) >= 3 and digits <= 2:
            return at
    return None


def _titled(column: Column, row: Row) -> Column:
    over = [s for s in row.segments if s.box.x1 > column.x0 - 2 and s.box.x0 < column.x1 + 2]
    if not over:
        return column
    title = " ".join(s.text for s in over)
    known = role_of(title)
    role = column.role or (known if known not in CORE and not known.startswith("@") else "")
    return Column(role, title, column.x0, column.x1)
