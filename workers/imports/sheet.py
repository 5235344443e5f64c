"""A CSV or XLSX file as rows of text by column name."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl

from core.errors import BadInput

MOST_ROWS = 100_000

Row = dict[str, str]


def read(path: Path) -> list[tuple[int, Row]]:
    """(row number in the file, cells by lower-case column name), blank rows left out. Raises BadInput."""
    grid = _xlsx(path) if path.suffix.lower() in (".xlsx", ".xlsm") else _csv(path)
    header: list[str] | None = None
    found: list[tuple[int, Row]] = []
    for number, cells in enumerate(grid, 1):
        if not any(c.strip() for c in cells):
            continue
        if header is None:
            header = [_name(c) for c in cells]
            continue
        found.append((number, {n: c.strip() for n, c in zip(header, cells, strict=False) if n}))
        if len(found) > MOST_ROWS:
            raise BadInput(f"{path.name} has more than {MOST_ROWS} rows; split it.")
    if header is None:
        raise BadInput(f"{path.name} is empty.")
    return found


def _name(cell: str) -> str:
    return cell.strip().lower().replace(" ", "_").replace("-", "_")


def _csv(path: Path) -> Iterator[list[str]]:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    first = text.partition("\n")[0]
    mark = max(",;\t|", key=first.count)
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=mark)


def _xlsx(path: Path) -> Iterator[list[str]]:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        sheet = book.worksheets[0]
        for cells in sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=60, values_only=True):
            yield [_text(c) for c in cells]
    finally:
        book.close()


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(
        cell, float
    ):  # a sheet knows no exact decimals; what it shows has at most 15 digits
        return format(Decimal(format(cell, ".15g")).normalize(), "f")
    return str(cell)
