"""A CSV or XLSX file as rows of text by column name; how it is written is found out unless somebody says it."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import openpyxl
from python_calamine import CalamineError, CalamineWorkbook

from core.errors import BadInput
from core.masterdata.cells import POINT, decimal_mark, given
from core.masterdata.checks import Problem
from core.masterdata.described import Table
from core.masterdata.found import Given
from core.masterdata.sheets import unguarded

MOST_ROWS = 100_000
MOST_COLUMNS = 100
MOST_INFLATED = 400 * 1024 * 1024
MARKS = (",", ";", "\t", "|")
ENCODINGS = ("utf-8-sig", "utf-16", "cp1252")

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person says about the file; "" lets it be found out."""

    delimiter: str = ""
    encoding: str = ""
    decimal: str = ""


@dataclass(frozen=True, slots=True)
class Numbered:
    """One row of the file: flaws are cells that hold no value of their own."""

    number: int
    cells: Row
    flaws: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """decimal: "" when the file does not say it. delimiter, encoding: "" of a workbook."""

    rows: tuple[Numbered, ...]
    decimal: str
    delimiter: str = ""
    encoding: str = ""
    header: tuple[str, ...] = field(default=())


def read(table: Table, name: str, raw: bytes, chosen: Chosen = Chosen()) -> Sheet:
    """Raises BadInput with what to do when it is no such file."""
    if raw[:4] == b"PK\x03\x04":
        return _workbook(table, name, raw, chosen)
    if raw[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise BadInput(
            f"{name} is a workbook of the old kind or has a password; save it as .xlsx or CSV without one."
        )
    return _csv(table, name, raw, chosen)


def _csv(table: Table, name: str, raw: bytes, chosen: Chosen) -> Sheet:
    text, encoding = _decoded(name, raw, chosen.encoding)
    if "\x00" in text:
        raise BadInput(f"{name} is no text; save it as CSV or XLSX.")
    mark = chosen.delimiter or _delimiter(table, text)
    records = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        found = _rows(table, name, ([unguarded(c) for c in r] for r in records))
    except csv.Error as error:
        raise BadInput(f"{name} is broken as CSV ({error}); save it again.") from None
    decimal = chosen.decimal or decimal_mark(table, (r.cells for r in found[1]))
    # With commas between cells, a lone "1.234" can only have its point as decimal mark; so do our own files.
    return Sheet(found[1], decimal or (POINT if mark == "," else ""), mark, encoding, found[0])


def _decoded(name: str, raw: bytes, encoding: str) -> tuple[str, str]:
    if encoding:
        try:
            return raw.decode(encoding), encoding
        except (UnicodeDecodeError, LookupError):
            raise BadInput(f"{name} is not written in {encoding}; choose another one.") from None
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace"), "utf-16"
    try:
        return raw.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace"), "cp1252"


def _delimiter(table: Table, text: str) -> str:
    """The mark under which most cells of the header are columns of the table."""
    known = {c.name for c in table.columns}
    head = next((row for row in text.splitlines() if row.strip()), "")

    def fits(mark: str) -> tuple[int, int]:
        cells = next(csv.reader([head], delimiter=mark), [])
        return sum(_name(c) in known for c in cells), len(cells)

    return max(MARKS, key=fits)


def _rows(
    table: Table, name: str, grid: Iterator[list[str]]
) -> tuple[tuple[str, ...], tuple[Numbered, ...]]:
    header: list[str] | None = None
    found: list[Numbered] = []
    for number, cells in enumerate(grid, 1):
        if not any(c.strip() for c in cells):
            continue
        if header is None:
            header = _header(table, name, cells)
            continue
        if len(found) >= MOST_ROWS:
            raise BadInput(f"{name} has more than {MOST_ROWS:,} rows; split it.")
        found.append(_row(header, number, cells))
    if header is None:
        raise BadInput(f"{name} is empty; begin with the template of {table.title.lower()}.")
    return tuple(header), tuple(found)


def _header(table: Table, name: str, cells: list[str]) -> list[str]:
    header = [_name(c) for c in cells[:MOST_COLUMNS]]
    known = {c.name for c in table.columns}
    if not known & set(header):
        raise BadInput(
            f"The first row of {name} names no column of {table.title.lower()}; it should hold names such as "
            f"{', '.join(c.name for c in table.columns[:3])}. Take the template to begin with."
        )
    twice = {n for n in header if n and header.count(n) > 1}
    if twice:
        raise BadInput(f"{name} has the column {', '.join(sorted(twice))} twice; remove one.")
    return header


def _row(header: list[str], number: int, cells: list[str]) -> Numbered:
    row: Row = {n: c for n, c in zip(header, cells, strict=False) if n}
    more = [c for c in cells[len(header) :] if c.strip()]
    flaws: tuple[Problem, ...] = ()
    if more:
        flaws = (
            Problem(
                "",
                "The row has more cells than the header; a separator inside a text needs quotes around it.",
            ),
        )
    return Numbered(number, row, flaws)


def _name(cell: str) -> str:
    return cell.strip().strip("\ufeff*").strip().lower().replace(" ", "_").replace("-", "_")


def _workbook(table: Table, name: str, raw: bytes, chosen: Chosen) -> Sheet:
    formulas = _looked_into(name, raw)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        grid = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, IndexError, ValueError) as error:
        raise BadInput(f"{name} cannot be read as a workbook ({error}); save it again.") from None
    header, rows = _rows(table, name, ([_text(c) for c in row[:MOST_COLUMNS]] for row in grid))
    if formulas:
        rows = _without_empty_formulas(raw, list(header), rows)
    decimal = chosen.decimal or decimal_mark(table, (r.cells for r in rows)) or POINT
    return Sheet(rows, decimal, header=header)


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
    raw: bytes, header: list[str], rows: tuple[Numbered, ...]
) -> tuple[Numbered, ...]:
    """A formula counts as its saved value; one without is told, since nothing else says what it would be."""
    book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=False)
    try:
        sheet = book.worksheets[0]
        is_formula = {
            (cell.row, cell.column)
            for cells in sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS)
            for cell in cells
            if getattr(cell, "data_type", "") == "f"
        }
    finally:
        book.close()
    return tuple(_checked(row, header, is_formula) for row in rows)


def _checked(
    row: Numbered, header: list[str], formulas: set[tuple[int | None, int | None]]
) -> Numbered:
    empty = [
        Problem(
            name,
            "The cell holds a formula whose value was not saved; open the file in a spreadsheet program and save it.",
        )
        for at, name in enumerate(header, 1)
        if name and (row.number, at) in formulas and not row.cells.get(name, "").strip()
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


def rows_of(table: Table, sheet: Sheet) -> list[Given]:
    """Typed rows; those that refer to rows of the same table stand last."""
    found = []
    for row in sheet.rows:
        typed = given(table, row.number, row.cells, sheet.decimal)
        flaws = (*row.flaws, *(p for p in typed.problems if p.column not in _columns(row.flaws)))
        found.append(Given(typed.number, typed.values, flaws))
    own = [n for ref in table.references if ref.to == table.name for n in ref.columns]
    found.sort(key=lambda g: any(g.values.get(n) for n in own))
    return found


def _columns(problems: tuple[Problem, ...]) -> set[str]:
    return {p.column for p in problems if p.column}
