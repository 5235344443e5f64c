"""OpenDocument sheets (ODS): the filled cells of each visible table, in one pass."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal, InvalidOperation
from typing import Any

from lxml import etree

from extraction.readers.sheets import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Codes, Sheet, sheet_of

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def sheets(content: bytes) -> tuple[list[Sheet], Codes]:
    """The archive must have passed `archive.refusal`."""
    codes: Codes = []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            root = etree.fromstring(archive.read("content.xml"), _parser())
    except (etree.XMLSyntaxError, zipfile.BadZipFile, OSError, KeyError, ValueError):
        return [], [("sheet-broken", {})]
    found, left = [], MAX_CELLS
    for table in root.iter(f"{_TABLE}table"):
        title = table.get(f"{_TABLE}name", "")
        if left <= 0:
            codes.append(("sheet-cut", {"cells": MAX_CELLS, "sheet": title}))
            break
        cells = _cells(table, left)
        left -= len(cells)
        found.append(sheet_of(title, cells))
    return found, codes


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
    )


def _cells(table: Any, left: int) -> dict[tuple[int, int], str]:
    """Repeated rows and columns count, but only a filled one is kept."""
    cells: dict[tuple[int, int], str] = {}
    number = 1
    for row in table.iter(f"{_TABLE}table-row"):
        column = 0
        for cell in row:
            width = _repeated(cell, "columns")
            text = _shown(cell)
            for n in range(column, min(column + width, MAX_COLUMNS) if text else column):
                cells[number, n] = text
            column += width
        number += _repeated(row, "rows")
        if number > MAX_ROWS or len(cells) >= left:
            break
    return cells


def _repeated(element: Any, what: str) -> int:
    text = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return min(int(text), 2_000_000) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def _shown(cell: Any) -> str:
    """A figure or day as stored; text as written. Figures keep the shown form when that says the same."""
    kind = cell.get(f"{_OFFICE}value-type", "")
    rows = ["".join(map(str, p.itertext())) for p in cell.iter(f"{_TEXT}p")]
    written = "\n".join(rows).replace("\u00a0", " ").strip()
    if kind == "date":
        return str(cell.get(f"{_OFFICE}date-value", written)).removesuffix("T00:00:00")
    if kind == "float":
        value = str(cell.get(f"{_OFFICE}value", ""))
        return written if _says(written, value) else value
    return written


def _says(written: str, value: str) -> bool:
    """Whether a plain figure as written is the stored value, leading zeros and decimals included."""
    try:
        return Decimal(written) == Decimal(value)
    except InvalidOperation:
        return False
