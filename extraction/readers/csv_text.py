"""Delimited text of any origin: byte order marks, charsets, semicolons or commas, quotes, padding."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from itertools import pairwise

from extraction.readers.sheets import MAX_CELLS, MAX_COLUMNS, Codes, Sheet, column_letters, sheet_of

_DELIMITERS = (";", "\t", ",", "|")
_SAMPLE_LINES = 60
TABS = 1.5
"""How much more a tab says than a mark that texts have too."""
_SHORTENED = re.compile(r"[0-9][.,][0-9]{2,}E\+[0-9]{2}")


def sheets(content: bytes) -> tuple[list[Sheet], Codes]:
    text = decoded(content)
    delimiter, body = _declared(text)
    skipped = text.count("\n") - body.count("\n")
    delimiter = delimiter or sniffed_delimiter(body)
    cells: dict[tuple[int, int], str] = {}
    codes: Codes = []
    for number, row in enumerate(_rows(body, delimiter), skipped + 1):
        for column, value in enumerate(row[:MAX_COLUMNS]):
            value = value.strip().strip("\ufeff")
            if value:
                cells[number, column] = value
            if _SHORTENED.fullmatch(value) and len(codes) < 20:
                place = f"{column_letters(column)}{number}"
                codes.append(("code-shortened", {"text": value, "place": place}))
        if len(cells) >= MAX_CELLS:
            codes.append(("sheet-cut", {"cells": len(cells), "sheet": ""}))
            break
    return [sheet_of("", cells)], codes


def decoded(content: bytes) -> str:
    """Text by its byte order mark, else UTF-8 when it is that, else Windows-1252."""
    for mark, charset in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(charset, "replace").replace("\x00", "")
    if content[1:2] == b"\x00" and content[3:4] == b"\x00":
        return content.decode("utf-16-le", "replace").replace("\x00", "")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    return text.replace("\x00", "")


def sniffed_delimiter(text: str) -> str:
    """The separator that cuts most rows into the same number of fields, more than one.

    A comma between digits only counts as a decimal comma when another separator also fits.
    """
    sample = "\n".join(text.splitlines()[:_SAMPLE_LINES])
    best, best_score = ",", 0.0
    for delimiter in _DELIMITERS:
        rows = [row for row in _rows(sample, delimiter) if any(f.strip() for f in row)]
        if not rows:
            continue
        width, alike = Counter(len(row) for row in rows).most_common(1)[0]
        if width < 2:
            several = [len(row) for row in rows if len(row) > 1]
            width, alike = (max(several), len(several)) if several else (1, 0)
        score = alike / len(rows) * min(width, 8) ** 0.5 if width > 1 else 0.0
        if delimiter == "," and _splits_decimals(rows):
            score *= 0.4
        if delimiter == "\t":
            score *= TABS
        if score > best_score * 1.001:
            best, best_score = delimiter, score
    return best


def _splits_decimals(rows: list[list[str]]) -> bool:
    """Whether most cuts fall between two figures with nothing around them, as in 12,50."""
    pairs = [pair for row in rows for pair in pairwise(row)]
    figures = sum(
        1
        for left, right in pairs
        if re.search(r"[0-9]$", left) and re.match(r"[0-9]{2}\b", right) and left == left.strip()
    )
    return bool(pairs) and figures * 3 > len(pairs)


def _declared(text: str) -> tuple[str, str]:
    """Excel's own first line "sep=;", taken off."""
    found = re.match(r"\ufeff?\"?sep=(.)\"?\r?\n", text, re.IGNORECASE)
    return (found[1], text[found.end() :]) if found else ("", text)


def _rows(text: str, delimiter: str) -> list[list[str]]:
    """Rows by the csv module; where a quote never closes, plain cuts."""
    rows: list[list[str]] = []
    try:
        for row in csv.reader(
            io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True
        ):
            rows.append(row)
            if len(rows) > MAX_CELLS:
                break
    except csv.Error:
        return [line.split(delimiter) for line in text.splitlines()[:MAX_CELLS]]
    if len(rows) * 3 < text.count("\n") and text.count('"') % 2:
        return [line.split(delimiter) for line in text.splitlines()[:MAX_CELLS]]
    return rows
