"""Tables as files: CSV and XLSX, with what a spreadsheet would take for a formula made harmless.

A CSV cell of text that begins with one of = + - @ ' or a control character gets a ' in front (CWE-1236); reading takes it
away again, so that what comes back is what went out. A sheet's cells have types of their own and need no mark.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from core.masterdata.described import Column, Table
from core.masterdata.select import Row

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "'")
EXACT_DIGITS = 15
FIGURES = ("number", "whole")
BOM = "\ufeff"


def guarded(text: str) -> str:
    return f"'{text}" if text.startswith(DANGEROUS) else text


def unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(DANGEROUS) else cell


def csv_rows(table: Table, rows: Iterable[Row]) -> Iterator[str]:
    """The file in pieces: UTF-8 with a mark, commas, decimal points, quoted where needed."""
    yield BOM + _line([c.name for c in table.columns])
    for row in rows:
        yield _line([_cell(c, row.values[c.name]) for c in table.columns])


class ReportRow(NamedTuple):
    """What became of a row of a file, or of one column of it."""

    row: int
    key: str
    what: str
    column: str
    why: str
    old: str
    new: str


def report_csv(rows: Iterable[ReportRow]) -> str:
    """What became of a file's rows, as a CSV file."""
    lines = [_line(list(ReportRow._fields))]
    lines += [_line([str(row.row), *map(guarded, row[1:])]) for row in rows]
    return BOM + "".join(lines)


def xlsx(table: Table, rows: Iterable[Row]) -> bytes:
    """One sheet with typed cells: figures that a sheet keeps exactly are numbers, everything else is text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(table.title[:31])
    sheet.freeze_panes = "A2"
    head = []
    for column in table.columns:
        cell = WriteOnlyCell(sheet, column.name)
        cell.font = Font(bold=True)
        head.append(cell)
    sheet.append(head)
    for row in rows:
        sheet.append([_typed_cell(sheet, c, row.values[c.name]) for c in table.columns])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def _cell(column: Column, value: Any) -> str:
    text = column.type.to_text(value)
    return text if column.type.name in FIGURES else guarded(text)


def _typed_cell(sheet: Any, column: Column, value: Any) -> Any:
    if value is None or value == "":
        return None
    if isinstance(value, Decimal):
        fits = len(value.normalize().as_tuple().digits) <= EXACT_DIGITS
        return value if fits else _text_cell(sheet, column.type.to_text(value))
    if isinstance(value, date) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    return _text_cell(sheet, column.type.to_text(value))


def _text_cell(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet)
    cell.value = "".join(c for c in text if ord(c) >= 32 or c in "\t\n\r")
    cell.data_type = "s"  # never a formula, whatever it begins with
    return cell
