"""Rows and columns of an XLSX sheet that its writer hid or filtered away: nobody who opens the file sees them."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any, TypeVar

from extraction.readers.archive import BROKEN
from extraction.readers.sheets import MAX_COLUMNS, Codes, column_letters

_ROW = re.compile(rb"<(?:\w{1,20}:)?row\b([^<>]{0,600})>")
_COLUMN = re.compile(rb"<(?:\w{1,20}:)?col\b([^<>]{0,400})>")
_HIDDEN = re.compile(rb"""\bhidden=["'](?:1|true)["']""")
_NUMBER = re.compile(rb"""\b(r|min|max)=["']([0-9]{1,7})["']""")
Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Hidden:
    """rows from 1, columns from 0."""

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()


def of(content: bytes, sheet: Any) -> Hidden:
    """What is hidden in one sheet of openpyxl's read-only kind; the archive must have passed `archive.refusal`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            raw = archive.read(str(sheet._worksheet_path).lstrip("/"))
    except (KeyError, AttributeError, *BROKEN):
        return Hidden()
    rows = {int(found["r"]) for found in _hidden(_ROW, raw) if "r" in found}
    columns: set[int] = set()
    for found in _hidden(_COLUMN, raw):
        first, last = int(found.get("min", 1)), int(found.get("max", 0))
        columns |= set(range(first - 1, min(last, MAX_COLUMNS)))
    return Hidden(frozenset(rows), frozenset(columns))


def _hidden(pattern: re.Pattern[bytes], raw: bytes) -> list[dict[str, bytes]]:
    marked = [m[1] for m in pattern.finditer(raw) if _HIDDEN.search(m[1])]
    return [{name.decode(): value for name, value in _NUMBER.findall(one)} for one in marked]


def without(
    cells: dict[tuple[int, int], Kept], hidden: Hidden, sheet: str, codes: Codes
) -> dict[tuple[int, int], Kept]:
    """The cells in sight; what is left out is told."""
    if not (hidden.rows or hidden.columns):
        return cells
    gone_rows = sorted({row for row, _ in cells if row in hidden.rows})
    gone_columns = sorted({column for _, column in cells if column in hidden.columns})
    if gone_rows or gone_columns:
        codes.append(("cells-hidden", {"what": told(gone_rows, gone_columns), "sheet": sheet}))
    return {
        (row, column): cell
        for (row, column), cell in cells.items()
        if row not in hidden.rows and column not in hidden.columns
    }


def told(rows: list[int], columns: list[int]) -> str:
    """ "rows 4, 5 and column C"."""
    parts = []
    for what, names in (
        ("row", [str(r) for r in rows]),
        ("column", [column_letters(c) for c in columns]),
    ):
        if names:
            more = f" and {len(names) - 8} more" if len(names) > 8 else ""
            parts.append(f"{what}{'s' if len(names) > 1 else ''} {', '.join(names[:8])}{more}")
    return "; ".join(parts)
