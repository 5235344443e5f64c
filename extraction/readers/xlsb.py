"""XLSB through calamine: the stored values of each visible sheet."""

from __future__ import annotations

import io
import logging
from datetime import timedelta
from typing import Any

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from extraction.readers.cell_text import shown
from extraction.readers.sheets import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Codes, Sheet, sheet_of

MAX_SHEETS = 30
_log = logging.getLogger(__name__)


def sheets(content: bytes) -> tuple[list[Sheet], Codes]:
    """The archive must have passed `archive.refusal`. Never raises."""
    codes: Codes = []
    try:
        return _read(CalamineWorkbook.from_filelike(io.BytesIO(content)), codes), codes
    except Exception as error:
        if "password" in str(error).lower():
            return [], [("sheet-encrypted", {})]
        _log.info("binary spreadsheet could not be read", exc_info=True)
        return [], [*codes, ("sheet-broken", {})]


def _read(book: Any, codes: Codes) -> list[Sheet]:
    every = book.sheets_metadata[:MAX_SHEETS]
    seen = [s.name for s in every if s.visible == SheetVisibleEnum.Visible] or [
        s.name for s in every
    ]
    found, left = [], MAX_CELLS
    for sheet in every:
        if sheet.name not in seen:
            codes.append(("sheet-hidden", {"sheet": sheet.name}))
            continue
        cells: dict[tuple[int, int], str] = {}
        opened = book.get_sheet_by_name(sheet.name)
        first = (opened.start or (0, 0))[1]  # rows come from the top of the sheet, cells from here
        for number, row in enumerate(opened.iter_rows(), 1):
            for column, value in enumerate(row[:MAX_COLUMNS], first):
                text = str(value) if isinstance(value, timedelta) else shown(value, None)
                if text:
                    cells[number, column] = text
            if len(cells) >= left or number >= MAX_ROWS:
                codes.append(("sheet-cut", {"cells": len(cells), "sheet": sheet.name}))
                break
        left -= len(cells)
        found.append(sheet_of(sheet.name, cells))
        if left <= 0:
            break
    return found
