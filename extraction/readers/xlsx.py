"""XLSX through openpyxl, behind checks that a hostile file cannot pass."""

from __future__ import annotations

import io
import logging
import warnings
from decimal import Decimal
from typing import Any

import openpyxl

from extraction.readers import formulas, hidden
from extraction.readers.cell_text import figure_of, shown
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
MAX_EMPTY_RUN = 2_000
"""So many empty rows on end mean that the rest is a stray cell far below."""

_log = logging.getLogger(__name__)


def sheets(content: bytes) -> tuple[list[Sheet], Codes]:
    """The archive must have passed `archive.refusal`."""
    codes: Codes = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _read(content, codes), codes
    except (
        Exception
    ):  # openpyxl raises whatever its parsing meets; a broken sheet must stay a finding
        _log.info("spreadsheet could not be read", exc_info=True)
        return [], [*codes, ("sheet-broken", {})]


def _read(content: bytes, codes: Codes) -> list[Sheet]:
    values = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    found, left = [], MAX_CELLS
    written: Any = None
    every = [values[n] for n in values.sheetnames[:MAX_SHEETS] if hasattr(values[n], "iter_rows")]
    seen = [s.title for s in every if s.sheet_state == "visible"] or [s.title for s in every]
    for sheet in every:
        name = sheet.title
        if name not in seen:
            codes.append(("sheet-hidden", {"sheet": name}))
            continue
        cells, blank = _cells(sheet, left, codes)
        left -= len(cells)
        if blank:
            written = written or openpyxl.load_workbook(io.BytesIO(content), read_only=True)
            cells.update(_computed(written[name], cells, blank, codes))
        cells = hidden.without(cells, hidden.of(content, sheet), name, codes)
        found.append(sheet_of(name, {at: text for at, (text, _) in cells.items()}))
        if left <= 0:
            break
    return found


Cells = dict[tuple[int, int], tuple[str, Any]]


def _cells(sheet: Any, left: int, codes: Codes) -> tuple[Cells, bool]:
    """Texts and values of the filled cells, and whether some cell came without a value (a formula, perhaps)."""
    sheet.reset_dimensions()
    cells: Cells = {}
    blank = False
    empty = 0
    for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, max_row=MAX_ROWS), 1):
        empty += 1
        for column, cell in enumerate(row):
            value = cell.value
            if value is None:
                blank = blank or getattr(cell, "data_type", "n") == "f" or hasattr(cell, "row")
                continue
            text = shown(value, cell.number_format)
            if not text:
                continue
            empty = 0
            cells[number, column] = (text, value)
            if (
                isinstance(value, str)
                and value.startswith("#")
                and value.rstrip("!?") in _ERRORS
                and len(codes) < MAX_FINDINGS
            ):
                place = f"{sheet.title}!{column_letters(column)}{number}"
                codes.append(("cell-error", {"text": value, "place": place}))
        if len(cells) >= left:
            codes.append(("sheet-cut", {"cells": len(cells), "sheet": sheet.title}))
            break
        if empty > MAX_EMPTY_RUN:
            break
    return cells, blank


_ERRORS = frozenset({"#REF", "#N/A", "#VALUE", "#NAME", "#DIV/0", "#NUM", "#NULL"})


def _computed(sheet: Any, cells: Cells, blank: bool, codes: Codes) -> Cells:
    """Formulas without a stored result: worked out where they are plain, else shown as they are written."""
    sheet.reset_dimensions()
    written: dict[tuple[int, int], tuple[str, str]] = {}
    last = max((row for row, _ in cells), default=0) + 50
    for number, row in enumerate(
        sheet.iter_rows(max_col=MAX_COLUMNS, max_row=min(last, MAX_ROWS)), 1
    ):
        for column, cell in enumerate(row):
            value = cell.value
            if isinstance(value, str) and value.startswith("=") and (number, column) not in cells:
                written[number, column] = (value, cell.number_format)
    worker = _Worker(cells, written)
    found: Cells = {}
    computed: list[tuple[str, str]] = []
    for (number, column), (formula, style) in list(written.items())[:MAX_CELLS]:
        value = worker.figure(number, column)
        place = f"{sheet.title}!{column_letters(column)}{number}"
        if value is not None:
            computed.append((formula[:80], place))
        elif len(codes) < MAX_FINDINGS:
            codes.append(("formula-unread", {"formula": formula[:80], "place": place}))
        found[number, column] = (formula, None) if value is None else (shown(value, style), value)
    if computed:
        formula, place = computed[0]
        facts: dict[str, object] = {"formula": formula, "place": place, "count": len(computed)}
        codes.append(("formula-computed", facts))
    return found


class _Worker:
    """Looks figures up and works formulas out, each once, with a guard against circles."""

    def __init__(self, cells: Cells, written: dict[tuple[int, int], tuple[str, str]]) -> None:
        self._cells = cells
        self._written = written
        self._known: dict[tuple[int, int], Decimal | None] = {}

    def figure(self, row: int, column: int) -> Decimal | None:
        at = (row, column)
        if at in self._known:
            return self._known[at]
        if at in self._cells:
            return figure_of(self._cells[at][1])
        if at not in self._written:
            return Decimal(0)
        if len(self._known) > MAX_CELLS:
            return None
        self._known[at] = None
        self._known[at] = formulas.compute(self._written[at][0], self.figure)
        return self._known[at]
