"""A CSV or XLSX file as typed rows; how it is written is found out unless somebody says it."""

from __future__ import annotations

from core.errors import BadInput
from core.masterdata.cells import given
from core.masterdata.checks import Problem
from core.masterdata.described import Table
from core.masterdata.found import Given
from workers.imports.csv_file import csv_sheet
from workers.imports.grid import Chosen, Sheet
from workers.imports.workbook import book_sheet

__all__ = ("Chosen", "Sheet", "read", "rows_of")


def read(table: Table, name: str, raw: bytes, chosen: Chosen | None = None) -> Sheet:
    """Raises BadInput with what to do when it is no such file."""
    chosen = chosen or Chosen()
    if raw[:4] == b"PK\x03\x04":
        return book_sheet(table, name, raw, chosen)
    if raw[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise BadInput(
            f"{name} is a workbook of the old kind or has a password; save it as .xlsx or CSV without one."
        )
    return csv_sheet(table, name, raw, chosen)


def rows_of(table: Table, sheet: Sheet) -> list[Given]:
    """Typed rows; those that refer to rows of the same table stand last."""
    found = []
    for row in sheet.rows:
        typed = given(table, row.number, row.cells, sheet.decimal, sheet.days)
        flaws = (*row.flaws, *(p for p in typed.problems if p.column not in _columns(row.flaws)))
        found.append(Given(typed.number, typed.values, flaws))
    own = [n for ref in table.references if ref.to == table.name for n in ref.columns]
    found.sort(key=lambda g: any(g.values.get(n) for n in own))
    return found


def _columns(problems: tuple[Problem, ...]) -> set[str]:
    return {p.column for p in problems if p.column}
