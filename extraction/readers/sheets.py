"""What both kinds of spreadsheet reader produce, and what they may find amiss."""

from __future__ import annotations

from dataclasses import dataclass

MAX_CELLS = 20_000
MAX_COLUMNS = 256
MAX_ROWS = 20_000

Codes = list[tuple[str, dict[str, object]]]

FINDINGS = {
    "format-unsupported": (
        "warning",
        "This is {kind}, which is not read; ask the sender for XLSX, CSV or PDF.",
        "",
    ),
    "sheet-encrypted": (
        "error",
        "The spreadsheet is protected by a password and cannot be read; ask the sender for an open copy.",
        "",
    ),
    "sheet-broken": (
        "error",
        "The spreadsheet is damaged and cannot be read; ask the sender for a new copy.",
        "",
    ),
    "sheet-empty": (
        "error",
        "The spreadsheet has no filled cell; ask the sender for a new copy.",
        "",
    ),
    "sheet-too-large": (
        "error",
        "The spreadsheet unpacks to more than can be read safely; it was not opened.",
        "",
    ),
    "sheet-cut": (
        "warning",
        "The sheet is larger than can be read; the first {cells} cells were.",
        "{sheet}",
    ),
    "sheet-hidden": (
        "info",
        "The sheet {sheet} is hidden in the file; it was not read.",
        "{sheet}",
    ),
    "cells-hidden": (
        "warning",
        "Hidden in the sheet, so not read: {what}. Check whether they matter.",
        "{sheet}",
    ),
    "formula-computed": (
        "info",
        "{count} formulas had no stored result and were worked out, the first is {formula}.",
        "{place}",
    ),
    "formula-unread": (
        "warning",
        "The formula {formula} has no stored result and could not be worked out.",
        "{place}",
    ),
    "code-shortened": (
        "warning",
        "{text} looks like a code that a spreadsheet turned into a number.",
        "{place}",
    ),
    "cell-error": ("warning", "The cell shows the error {text}.", "{place}"),
}
"""Code -> severity, sentence, place."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """rows of equal length; numbers[n] is the sheet's own number of rows[n]; first_column counts from 0."""

    title: str
    numbers: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    first_column: int = 0


def sheet_of(title: str, cells: dict[tuple[int, int], str]) -> Sheet:
    """The box around the filled cells, keyed (row from 1, column from 0); runs of empty rows become one."""
    filled = {place: text for place, text in cells.items() if text}
    if not filled:
        return Sheet(title, (), ())
    columns = [column for _, column in filled]
    first, last = min(columns), max(columns)
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), text in filled.items():
        by_row.setdefault(row, {})[column] = text
    numbers: list[int] = []
    for row in sorted(by_row):
        if numbers and row > numbers[-1] + 1:
            numbers.append(row - 1)
        numbers.append(row)
    rows = tuple(
        tuple(by_row.get(n, {}).get(c, "") for c in range(first, last + 1)) for n in numbers
    )
    return Sheet(title, tuple(numbers), rows, first)


def column_letters(column: int) -> str:
    """0 -> "A", 26 -> "AA"."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
