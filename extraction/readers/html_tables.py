"""Tells tables of data from tables that only lay a mail out."""

from __future__ import annotations

from typing import Any

MAX_COLSPAN = 40
MAX_ROWSPAN = 200
LONG_CELL = 700
_BLOCKS = frozenset({"p", "div", "br", "ul", "ol", "h1", "h2", "h3"})


def data_tables(root: Any) -> set[Any]:
    """Tables of at least two rows and two columns that hold no further table, but for single-cell ones."""
    return {t for t in root.iter("table") if _is_data(t)}


def is_row_like(table: Any) -> bool:
    """A small table whose cells are short single lines, such as a label beside its value."""
    cells = _cells(table)
    return bool(cells) and not _inner(table) and all(_is_short(c) for c in cells[:60])


def span_of(cell: Any) -> tuple[int, int]:
    """Columns and rows that a cell covers, within reason."""
    return _span(cell.get("colspan"), MAX_COLSPAN), _span(cell.get("rowspan"), MAX_ROWSPAN)


def _span(text: str | None, most: int) -> int:
    stripped = (text or "").strip()
    return (
        min(max(int(stripped), 1), most)
        if stripped.isascii() and stripped.isdigit() and len(stripped) < 6
        else 1
    )


def _is_data(table: Any) -> bool:
    if _inner(table):
        return False
    rows = [[c for c in row if c.tag in ("td", "th")] for row in _rows(table)]
    rows = [row for row in rows if any(_text(c) for c in row)]
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return False
    wide = sum(len(row) > 1 for row in rows)
    longest = max(len(_text(c)) for row in rows for c in row)
    return wide >= 2 and longest <= LONG_CELL


def _inner(table: Any) -> bool:
    """Whether a real table lies inside; one of a single cell only draws a frame."""
    return any(len(_cells(t)) > 1 for t in table.iter("table") if t is not table)


def _rows(table: Any) -> list[Any]:
    return [r for r in table.iter("tr") if next(r.iterancestors("table"), None) is table]


def _cells(table: Any) -> list[Any]:
    return [c for c in table.iter("td", "th") if next(c.iterancestors("table"), None) is table]


def _is_short(cell: Any) -> bool:
    return len(_text(cell)) <= 80 and sum(e.tag in _BLOCKS for e in cell.iter()) <= 1


def _text(cell: Any) -> str:
    return " ".join("".join(map(str, cell.itertext())).split())
