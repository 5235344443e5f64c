"""A CSV file as rows by column name: encoding, separator and marks are found out unless somebody says them."""

from __future__ import annotations

import csv
import io

from core.errors import BadInput
from core.masterdata.cells import POINT, day_order, decimal_mark
from core.masterdata.described import Table
from core.masterdata.sheets import unguarded
from workers.imports.grid import NEAR_TOP, Chosen, Sheet, known_heads, rows_by_column

MARKS = (",", ";", "\t", "|")
LONGEST_CELL = 10_000_000
"""What a cell may hold until its column says that it is too long."""


def csv_sheet(table: Table, name: str, raw: bytes, chosen: Chosen) -> Sheet:
    text, encoding = _decoded(name, raw, chosen.encoding)
    if "\x00" in text:
        raise BadInput(f"{name} is no text; save it as CSV or XLSX.")
    mark = chosen.delimiter or _delimiter(table, text, chosen)
    csv.field_size_limit(LONGEST_CELL)
    records = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        found = rows_by_column(table, name, ([unguarded(c) for c in r] for r in records), chosen)
    except csv.Error as error:
        raise BadInput(f"{name} is broken as CSV ({error}); save it again.") from None
    decimal = chosen.decimal or decimal_mark(table, (r.cells for r in found.rows))
    # With commas between cells, a lone "1.234" can only have its point as decimal mark; so do our own files.
    decimal = decimal or (POINT if mark == "," else "")
    days = chosen.days or day_order(table, (r.cells for r in found.rows))
    return Sheet(found.rows, decimal, mark, encoding, found.header, found.heads, days)


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


def _delimiter(table: Table, text: str, chosen: Chosen) -> str:
    """The mark under which most cells of a row near the top are columns of the table."""
    top = [row for row in text[:LONGEST_CELL].splitlines() if row.strip()][:NEAR_TOP]

    def fits(mark: str) -> tuple[int, int]:
        rows = [next(csv.reader([row], delimiter=mark), []) for row in top]
        return max(((known_heads(table, row, chosen), len(row)) for row in rows), default=(0, 0))

    return max(MARKS, key=fits)
