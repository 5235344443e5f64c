"""Rows of text from a file as typed rows: decimal marks, blanks, unknown columns; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from core.masterdata.checks import Problem
from core.masterdata.described import Column, Table
from core.masterdata.found import Given
from core.masterdata.types import LISTS

POINT, COMMA, UNCLEAR = ".", ",", ""
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
            found.add(_said(row.get(name, "").strip()))
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


def given(table: Table, number: int, row: Mapping[str, str], mark: str) -> Given:
    """mark: the decimal mark of the file, "" when nobody knows it. Cells of columns that the file lacks are absent."""
    values: dict[str, object] = {}
    problems: list[Problem] = []
    for column in table.columns:
        cell = row.get(column.name)
        if cell is None:
            continue
        text = cell if column.type.name == "prose" else cell.strip()
        try:
            values[column.name] = _typed(column, text, mark) if text.strip() else None
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


def _typed(column: Column, text: str, mark: str) -> object:
    if column.type.name == "number":
        return column.type.parse(_plain(text, mark))
    if column.type.name == "whole" and re.fullmatch(r"[0-9]+\.0+", text):
        return column.type.parse(text.partition(".")[0])
    if column.type.name in LISTS:
        return column.type.parse(text)
    return column.type.parse(text)


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
