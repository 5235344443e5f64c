"""Rows of text from a file as typed rows: decimal marks, blanks, unknown columns; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from core.masterdata.checks import Problem
from core.masterdata.described import Column, Table
from core.masterdata.found import Given

POINT, COMMA, UNCLEAR = ".", ",", ""
DAY_FIRST, MONTH_FIRST = "day", "month"
_SLASHED = re.compile(r"^([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})$")
_MIDNIGHT = re.compile(r"[ T]00:00(:00(\.0+)?)?Z?$")
_SIGNS = {"%": "%", "money": "€$£"}
_ALL_SIGNS = "%€$£ \u00a0"
_BOTH = re.compile(r"^[0-9]{1,3}([.,' \u00a0\u202f])[0-9]{3}(\1[0-9]{3})*(?!\1)[.,][0-9]+$")
_GROUPED = re.compile(r"^[0-9]{1,3}([.,])[0-9]{3}(\1[0-9]{3})+$")
_BLANKED = re.compile(r"^[0-9]{1,3}(?:['\u2019 \u00a0\u202f][0-9]{3})+(?:[.,][0-9]+)?$")
_ONE = re.compile(r"^([0-9]+)([.,])([0-9]+)$")
_BLANKS = re.compile(r"(?<=[0-9])['\u2019 \u00a0\u202f](?=[0-9]{3})")


def decimal_mark(table: Table, rows: Iterable[Mapping[str, str]]) -> str:
    """The mark that the figures of a file agree on; "" when none says, or when they contradict each other."""
    names = [c.name for c in table.columns if c.type.name == "number"]
    found: set[str] = set()
    for row in rows:
        for name in names:
            found.add(_said(row.get(name, "").strip(_ALL_SIGNS)))
    found.discard(UNCLEAR)
    return found.pop() if len(found) == 1 else UNCLEAR


def _said(cell: str) -> str:
    if _BOTH.match(cell):
        return cell[max(cell.rfind("."), cell.rfind(","))]
    grouped = _GROUPED.match(cell)
    if grouped:
        return COMMA if grouped.group(1) == POINT else POINT
    one = _ONE.match(_BLANKS.sub("", cell))
    if one and (len(one[3]) != 3 or one[1].startswith("0") or len(one[1]) > 3):
        return one[2]
    return UNCLEAR


def day_order(table: Table, rows: Iterable[Mapping[str, str]]) -> str:
    """The order of days like 31/12/2026 that a file agrees on; "" when none says, or when they contradict each other."""
    names = [c.name for c in table.columns if c.type.name == "day"]
    found: set[str] = set()
    for row in rows:
        for name in names:
            parts = _SLASHED.match(row.get(name, "").strip())
            if parts and int(parts[1]) > 12:
                found.add(DAY_FIRST)
            elif parts and int(parts[2]) > 12:
                found.add(MONTH_FIRST)
    return found.pop() if len(found) == 1 else UNCLEAR


def given(
    table: Table, number: int, row: Mapping[str, str], mark: str, order: str = UNCLEAR
) -> Given:
    """mark: the decimal mark of the file, order: of its days, "" when nobody knows it. Cells of columns that the file lacks are absent."""
    values: dict[str, object] = {}
    problems: list[Problem] = []
    for column in table.columns:
        cell = row.get(column.name)
        if cell is None:
            continue
        text = cell if column.type.name == "prose" else cell.strip()
        try:
            values[column.name] = _typed(column, text, mark, order) if text.strip() else None
        except ValueError as error:
            problems.append(
                Problem(
                    column.name,
                    f"{column.label} {text[:60]!r}: {error} is wanted; correct it.",
                )
            )
    known = {c.name for c in table.columns}
    problems += [
        Problem(
            name, f"{table.title} have no column {name[:60]!r}; remove it, or correct its name."
        )
        for name in row
        if name not in known
    ]
    return Given(number, values, tuple(problems))


def _typed(column: Column, text: str, mark: str, order: str) -> object:
    if column.type.name == "number":
        signs = _SIGNS.get(column.unit, "")
        return column.type.parse(_plain(text.strip(signs + " \u00a0"), mark))
    if column.type.name == "whole" and re.fullmatch(r"[0-9]+[.,]0+", text):
        return column.type.parse(re.split("[.,]", text)[0])
    if column.type.name == "day":
        return column.type.parse(_iso(text, order))
    return column.type.parse(text)


def _iso(text: str, order: str) -> str:
    """A day with slashes, or with a time of midnight behind it, as people's programs write them."""
    text = _MIDNIGHT.sub("", text)
    parts = _SLASHED.match(text)
    if parts is None:
        return text
    first, second, year = int(parts[1]), int(parts[2]), parts[3]
    if order == UNCLEAR and first <= 12 and second <= 12 and first != second:
        raise ValueError("a day that cannot be read in two ways (choose the order of days)")
    day, month = (second, first) if order == MONTH_FIRST else (first, second)
    if order == UNCLEAR and second > 12:
        day, month = second, first
    return f"{year}-{month:02d}-{day:02d}"


def _plain(text: str, mark: str) -> str:
    """ "1.234,50" with the decimal mark "," as "1234.50"."""
    if _BLANKED.match(text):
        text = _BLANKS.sub("", text)
    if mark == UNCLEAR:
        if "," in text or re.fullmatch(r"[1-9][0-9]{0,2}\.[0-9]{3}", text):
            raise ValueError(
                "a figure that cannot be read in two ways (choose the decimal mark of the file)"
            )
        return text
    other = COMMA if mark == POINT else POINT
    whole, found, rest = text.partition(mark)
    if other in whole:
        groups = whole.split(other)
        if not (1 <= len(groups[0]) <= 3 and all(len(g) == 3 for g in groups[1:])):
            raise ValueError(f"a figure with “{mark}” as its decimal mark")
        whole = "".join(groups)
    if other in rest or mark in rest:
        raise ValueError(f"a figure with “{mark}” as its decimal mark")
    return f"{whole}.{rest}" if found else whole
