"""How a sender writes days: learned where a correction took the other reading of one printed day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from core.inbound.reading import Candidate
from extraction.document import Document
from extraction.fields import dates
from extraction.memory.lesson import Lesson
from extraction.memory.spots import spots

DAY_FIRST, MONTH_FIRST = "day first", "month first"


def day_first(lessons: Sequence[Lesson]) -> bool | None:
    """Whether this sender writes the day first; None when nothing was learned."""
    known = [k for k in lessons if k.kind == "style" and k.field == "day" and not k.asleep]
    best = max(known, key=lambda k: k.strength, default=None)
    return None if best is None else best.value == DAY_FIRST


def taught(
    documents: Sequence[Document], wanted: Mapping[str, str], given: Mapping[str, Candidate]
) -> Iterator[Lesson]:
    for name in ("order_date", "requested_date"):
        right, read = wanted.get(name, ""), given.get(name)
        if not right or read is None or read.value == right:
            continue
        first = _order(documents, name, right, read.value)
        if first is not None:
            yield Lesson("style", "day", value=DAY_FIRST if first else MONTH_FIRST)
            return


def _order(documents: Sequence[Document], name: str, right: str, read: str) -> bool | None:
    """Whether `right` is the day-first reading of a printed day whose other reading is `read`."""
    for document in documents:
        for spot in spots(document, name, right):
            text = document.canvas.rows[spot.row].segments[spot.index].text
            for day in dates.find(text[spot.start : spot.end], document.near):
                readings = [r.isoformat() for r in day.readings]
                if len(readings) == 2 and set(readings) == {right, read}:
                    return date.fromisoformat(right) == day.readings[0]
    return None
