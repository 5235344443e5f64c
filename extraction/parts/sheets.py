"""Sheets with several orders: a column of order numbers, or a sheet for each order."""

from __future__ import annotations

from dataclasses import replace

from extraction.page.layout import Cell, Grid, Reading
from extraction.vocabulary import matches

HEAD_ROWS = 40
LEAST_CELLS = 3
FILLED = 0.8
SURE = 0.8  # weight of a wording that names an order number and nothing else

Rows = tuple[tuple[Cell, ...], ...]


def pieces(reading: Reading) -> list[Reading]:
    """A reading for each order number of a column; else for each sheet, when several are filled; else itself."""
    parted: list[Reading] = []
    columned = False
    for grid in reading.grids:
        groups = _by_number(grid)
        columned = columned or len(groups) > 1
        parted += [_piece(reading, replace(grid, rows=rows)) for rows in groups or [grid.rows]]
    if columned or len(reading.grids) > 1:
        return parted
    return [reading]


def _piece(reading: Reading, grid: Grid) -> Reading:
    places = {c.evidence.at for row in grid.rows for c in row if c.text}
    lines = tuple(line for line in reading.lines if line.evidence.at in places)
    return replace(reading, grids=(grid,), lines=lines, findings=(), plain="")


def _by_number(grid: Grid) -> list[Rows]:
    """The rows of each order with all rows down to the head; [] when no column of numbers parts them."""
    for at, row in enumerate(grid.rows[:HEAD_ROWS]):
        if _filled(row) < LEAST_CELLS:
            continue
        for column, cell in enumerate(row):
            if _names_order(cell.text):
                groups = _groups(grid, at, column)
                if len(groups) > 1:
                    return [(*grid.rows[: at + 1], *rows) for rows in groups.values()]
    return []


def _groups(grid: Grid, head: int, column: int) -> dict[str, list[tuple[Cell, ...]]]:
    """Rows by order number; a row without one belongs to the order above it."""
    rows = [row for row in grid.rows[head + 1 :] if _filled(row) >= LEAST_CELLS]
    told = [row[column].text.strip() for row in rows]
    if not rows or sum(map(_is_number, told)) < FILLED * len(rows) or not told[0]:
        return {}
    groups: dict[str, list[tuple[Cell, ...]]] = {}
    current = ""
    for row, value in zip(rows, told, strict=True):
        current = value or current
        groups.setdefault(current, []).append(row)
    return groups if all(map(_is_number, groups)) else {}


def _filled(row: tuple[Cell, ...]) -> int:
    return sum(bool(cell.text.strip()) for cell in row)


def _names_order(text: str) -> bool:
    """Whether a head means the order's number: the wording alone, and a sure one."""
    if len(text) > 40:
        return False
    found = matches(text, frozenset({"labels"}))
    meaning = found[0].meaning("labels") if len(found) == 1 else None
    whole = len(found) == 1 and len(found[0].phrase) >= len(text.strip(" :.#")) - 2
    return meaning is not None and meaning.name == "po_number" and meaning.weight >= SURE and whole


def _is_number(text: str) -> bool:
    return 1 < len(text) <= 32 and any(c.isdigit() for c in text) and len(text.split()) <= 3
