"""Where a table ends: the starts of records up to the last that belongs to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extraction.tables.body import Body
from extraction.tables.room import distance


def lines_from(body: Body, kinds: Sequence[str]) -> list[int]:
    """Starts up to where the table ends: after a sum only rows that are beyond doubt go on."""
    kept: list[int] = []
    for start in [i for i, kind in enumerate(kinds) if kind == "start"]:
        since = kept[-1] + 1 if kept else 0
        summed = any(kinds[i] == "summary" for i in range(since, start))
        far = distance(body, since - 1 if kept else None, start)
        strong = len(_figures(body, kinds, start)) >= 2
        on = _counts_on(body, kept, start)
        if (summed or far > 8) and not (strong and on):
            break
        if not on and not body.core(body.splits[start]) and _is_clause(body, start):
            break
        if far > 25 and body.rows[start].page == body.rows[since - 1].page:
            break
        kept.append(start)
    return kept


def _figures(body: Body, kinds: Sequence[str], start: int) -> set[str]:
    """The figures of a line: in the row with its number, or in the row below where they stand there."""
    found = body.core(body.splits[start])
    below = start + 1 < len(kinds) and kinds[start + 1] == "more"
    return found or (body.core(body.splits[start + 1]) if below else found)


def _is_clause(body: Body, start: int) -> bool:
    """Whether a row is a numbered clause, "3) Packing: export standard", and no line of the order."""
    return bool(re.match(r"\d{1,2}[.)]\s*[^\W\d_][\w /&]{2,40}:", body.rows[start].text))


def _counts_on(body: Body, kept: list[int], start: int) -> bool:
    """Whether a row's line number, where lines are counted, follows the last one."""
    if not body.has_line_no or not kept:
        return True
    role = {"line_no"} if "line_no" in body.head.roles else {"item"}
    last, this = (body.cell(body.splits[i], role) for i in (kept[-1], start))
    if last is None or this is None:
        return last is None
    return _counted(this.text) > _counted(last.text)


def _counted(text: str) -> float:
    found = re.search(r"\d+(\.\d+)?", text)
    return float(found[0]) if found else -1.0
