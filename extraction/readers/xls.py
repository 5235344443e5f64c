"""XLS (BIFF8 and older) through xlrd: values as their formats show them; what is hidden is left out and told."""

from __future__ import annotations

import io
import logging
from typing import Any

import xlrd
from xlrd import xldate

from extraction.readers.cell_text import shown
from extraction.readers.hidden import Hidden, without
from extraction.readers.sheets import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    Codes,
    Sheet,
    column_letters,
    sheet_of,
)

MAX_SHEETS = 30
MAX_FINDINGS = 40
_log = logging.getLogger(__name__)


def sheets(content: bytes) -> tuple[list[Sheet], Codes]:
    """Never raises."""
    codes: Codes = []
    try:
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
        return _read(book, codes), codes
    except Exception as error:  # xlrd raises whatever a damaged file provokes
        if "encrypted" in str(error).lower():
            return [], [("sheet-encrypted", {})]
        _log.info("old spreadsheet could not be read", exc_info=True)
        return [], [*codes, ("sheet-broken", {})]


def _read(book: Any, codes: Codes) -> list[Sheet]:
    found, left = [], MAX_CELLS
    every = [book.sheet_by_index(n) for n in range(min(book.nsheets, MAX_SHEETS))]
    seen = [s for s in every if s.visibility == 0] or every
    for sheet in every:
        if sheet not in seen:
            codes.append(("sheet-hidden", {"sheet": sheet.name}))
            continue
        cells = _cells(book, sheet, left, codes)
        left -= len(cells)
        found.append(sheet_of(sheet.name, cells))
        if left <= 0:
            break
    return found


def _cells(book: Any, sheet: Any, left: int, codes: Codes) -> dict[tuple[int, int], str]:
    cells: dict[tuple[int, int], str] = {}
    unseen = Hidden(
        frozenset(n + 1 for n, row in sheet.rowinfo_map.items() if row.hidden),
        frozenset(n for n, column in sheet.colinfo_map.items() if column.hidden),
    )
    for number in range(min(sheet.nrows, MAX_ROWS)):
        for column, cell in enumerate(sheet.row(number)[:MAX_COLUMNS]):
            text = _shown(book, cell)
            if not text:
                continue
            cells[number + 1, column] = text
            if cell.ctype == xlrd.XL_CELL_ERROR and len(codes) < MAX_FINDINGS:
                place = f"{sheet.name}!{column_letters(column)}{number + 1}"
                codes.append(("cell-error", {"text": text, "place": place}))
        if len(cells) >= left:
            codes.append(("sheet-cut", {"cells": len(cells), "sheet": sheet.name}))
            break
    return without(cells, unseen, sheet.name, codes)


def _shown(book: Any, cell: Any) -> str:
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return shown(bool(cell.value), None)
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return shown(xldate.xldate_as_datetime(cell.value, book.datemode), None)
        except (xldate.XLDateError, OverflowError, ValueError):
            return shown(cell.value, None)
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return shown(cell.value, _format(book, cell.xf_index))
    return shown(cell.value, None) if cell.ctype == xlrd.XL_CELL_TEXT else ""


def _format(book: Any, look: int | None) -> str | None:
    if look is None or look >= len(book.xf_list):
        return None
    found = book.format_map.get(book.xf_list[look].format_key)
    return found.format_str if found is not None else None
