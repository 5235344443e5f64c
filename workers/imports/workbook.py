"""An XLSX workbook as rows by column name: which of its sheets, its formulas, its merged cells."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import openpyxl
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from core.errors import BadInput
from core.masterdata.cells import POINT, day_order, decimal_mark
from core.masterdata.checks import Problem
from core.masterdata.described import Table
from workers.imports.grid import (
    MOST_COLUMNS,
    MOST_ROWS,
    NEAR_TOP,
    Chosen,
    Numbered,
    Sheet,
    known_heads,
    rows_by_column,
)

MOST_INFLATED = 400 * 1024 * 1024
Cells = set[tuple[int | None, int | None]]


def book_sheet(table: Table, name: str, raw: bytes, chosen: Chosen) -> Sheet:
    formulas = _looked_into(name, raw)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        names = list(book.sheet_names)
        wanted = chosen.sheet if chosen.sheet in names else _likely(table, book, names, chosen)
        sheet = book.get_sheet_by_name(wanted)
        grid = sheet.to_python(skip_empty_area=False)
    except (CalamineError, IndexError, ValueError) as error:
        raise BadInput(f"{name} cannot be read as a workbook ({error}); save it again.") from None
    texts = ([_text(c) for c in row[:MOST_COLUMNS]] for row in grid)
    found = rows_by_column(table, name, texts, chosen)
    rows = _without_merged(found.rows, found.header, sheet)
    if formulas:
        rows = _without_empty_formulas(raw, names.index(wanted), found.header, rows)
    decimal = chosen.decimal or decimal_mark(table, (r.cells for r in rows)) or POINT
    days = chosen.days or day_order(table, (r.cells for r in rows))
    return Sheet(rows, decimal, "", "", found.header, found.heads, days, tuple(names), wanted)


def _likely(table: Table, book: CalamineWorkbook, names: Sequence[str], chosen: Chosen) -> str:
    """The first of the sheets that name most columns."""

    def fits(name: str) -> int:
        top = book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=NEAR_TOP)
        return max((known_heads(table, [_text(c) for c in row], chosen) for row in top), default=0)

    return max(names, key=fits) if len(names) > 1 else names[0]


def _without_merged(
    rows: tuple[Numbered, ...], header: Sequence[str], sheet: CalamineSheet
) -> tuple[Numbered, ...]:
    """A merged cell has its value in its first place only; what the others mean is for a person to say."""
    covered: Cells = {
        (row + 1, column + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        for row in range(top, min(bottom, top + MOST_ROWS) + 1)
        for column in range(left, min(right, MOST_COLUMNS) + 1)
        if (row, column) != (top, left)
    }
    said = "The cell is part of a merged one and holds no value of its own; part the cells, and fill each."
    return tuple(_flawed(row, header, covered, said) for row in rows) if covered else rows


def _looked_into(name: str, raw: bytes) -> bool:
    """Whether a sheet holds formulas. Raises BadInput for what would not fit into memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > MOST_INFLATED or len(parts) > 2_000:
                raise BadInput(f"{name} is too large when unpacked; save it as CSV, or split it.")
            sheets = [p for p in parts if p.filename.startswith("xl/worksheets/sheet")]
            return any(_has_formulas(archive, part) for part in sheets)
    except zipfile.BadZipFile:
        raise BadInput(f"{name} is damaged; save it again.") from None


def _has_formulas(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    with archive.open(part) as content:
        before = b""
        while piece := content.read(1 << 20):
            if b"<f>" in (joined := before + piece) or b"<f " in joined or b"<f/" in joined:
                return True
            before = piece[-3:]
    return False


def _without_empty_formulas(
    raw: bytes, number: int, header: Sequence[str], rows: tuple[Numbered, ...]
) -> tuple[Numbered, ...]:
    """A formula counts as its saved value; one without is told, since nothing else says what it would be."""
    book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=False)
    try:
        sheet = book.worksheets[number]
        is_formula: Cells = {
            (cell.row, cell.column)
            for cells in sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS)
            for cell in cells
            if getattr(cell, "data_type", "") == "f"
        }
    finally:
        book.close()
    said = "The cell holds a formula whose value was not saved; open the file in a spreadsheet program and save it."
    return tuple(_flawed(row, header, is_formula, said) for row in rows)


def _flawed(row: Numbered, header: Sequence[str], places: Cells, sentence: str) -> Numbered:
    """The row with a flaw for each empty cell of a column that lies in one of these places."""
    empty = [
        Problem(name, sentence)
        for at, name in enumerate(header, 1)
        if name and (row.number, at) in places and not row.cells.get(name, "").strip()
    ]
    return Numbered(row.number, row.cells, (*row.flaws, *empty)) if empty else row


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, float):  # a sheet's figures have at most 15 digits; what it shows is these
        text = format(Decimal(format(cell, ".15g")), "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(cell)
