"""What each row under a head is: the start of a line, more of it, a sum, a head repeated or nothing of the table."""

from __future__ import annotations

import re

from extraction.fields import numbers
from extraction.heads.rows import is_head_row
from extraction.heads.values import NAMING
from extraction.page.segments import Row, Segment
from extraction.tables import sums
from extraction.tables.body import LINE_NO, PART_NUMBERS, Body
from extraction.tables.conditions import find_conditions
from extraction.vocabulary import fold

SECTION_WORDS = 5
_CARRIED = re.compile(
    r"\b(carried (forward|over)|brought forward|continued (on|from)|ubertrag|uebertrag|a reporter|suma y sigue|riporto|te transporteren)\b"
)


def kinds_of_rows(body: Body) -> list[str]:
    """What each row is: "start" of a record, "summary", "head", "aside" for what is no line, or "more"."""
    kinds = [_kind(body, number) for number in range(len(body.rows))]
    find_conditions(body, kinds)
    sums.find_recaps(body, kinds)
    _join_starts(body, kinds)
    _find_sections(body, kinds)
    sums.find_added(body, kinds)
    return kinds


def _kind(body: Body, number: int) -> str:
    """ "start" of a record, "summary", "head", "aside" for what is no line, or "more"."""
    row, split = body.rows[number], body.splits[number]
    core = body.core(split)
    if is_head_row(row) and len(row.segments) >= 3 and "quantity" not in core:
        return "head"
    if _is_left(body, row, split, core):
        return "aside"
    if (
        _CARRIED.search(fold(row.text))
        or sums.sums_up(body, row, split, core)
        or sums.stands_aside(body, row, split)
    ):
        return "summary"
    naming = body.names_something(split)
    if not naming and body.cell(split, NAMING - {"line_no"}):
        return "summary" if core else "more"
    if body.has_line_no:
        counted = body.cell(split, {"line_no"} if "line_no" in body.head.roles else {"item"})
        if counted and LINE_NO.fullmatch(counted.text.strip()) and (naming or core):
            return "start"
        return "start" if len(core) >= 2 and naming and not body.stacked else "more"
    if body.head.layered and not naming:
        return "more"
    if "quantity" in core and (naming or len(core) >= 2):
        return "start"
    if "unit_price" in core and naming and _is_offer(body, split):
        return "start"
    return "start" if len(core) >= 2 and naming else "more"


def _is_left(body: Body, row: Row, split: dict[int, Segment], core: set[str]) -> bool:
    """A row of a sheet that is no line and goes on with none: goods with figures but no count, or the title of a section."""
    if body.canvas.kind != "sheet" or core or "quantity" not in body.head.roles:
        return False
    named = body.cell(split, {"description", "item"}) is not None
    if len(row.segments) == 1:
        return body.cell(split, PART_NUMBERS | {"line_no"}) is not None and not re.search(
            r"\d", row.text
        )
    return named and any(numbers.parse(s.text, body.style) is not None for s in row.segments)


def _is_offer(body: Body, split: dict[int, Segment]) -> bool:
    """A row of a price list: a sheet's row is one of its own, a page's when number and name stand in it."""
    if body.canvas.kind == "sheet":
        return True
    code = body.cell(split, PART_NUMBERS)
    named = body.cell(split, {"description", "item"})
    return bool(code and named and named is not code and not body.stacked)


def _join_starts(body: Body, kinds: list[str]) -> None:
    """Where goods take several rows and the figures stand in a later one, the numbered row before has begun the line."""
    if not body.has_line_no or body.head.layered:
        return
    counted = {"line_no"} if "line_no" in body.head.roles else {"item"}
    before = -1
    for number, kind in enumerate(kinds):
        if kind != "start":
            continue
        split = body.splits[number]
        open_still = before >= 0 and not body.core(body.splits[before])
        if open_still and body.core(split) and body.cell(split, counted) is None:
            kinds[number] = "more"
        before = number


def _find_sections(body: Body, kinds: list[str]) -> None:
    """Few words in bold alone over a line that is not bold head a section: they belong to no line."""
    for number, kind in enumerate(kinds[:-1]):
        row, below = body.rows[number], body.rows[number + 1]
        if kind != "more" or len(row.segments) > 1 or kinds[number + 1] != "start":
            continue
        bold = row.segments[0].bold and not any(s.bold for s in below.segments)
        if bold and len(row.words) <= SECTION_WORDS and ":" not in row.text:
            kinds[number] = "aside"
