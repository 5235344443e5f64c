"""How a sender writes days: learned from confirmed days that are printed in figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from extraction.document import Document
from extraction.memory.lesson import Lesson
from extraction.memory.spots import DAYS, spots

DAY_FIRST, MONTH_FIRST = "day first", "month first"


def day_first(lessons: Sequence[Lesson]) -> bool | None:
    """Whether this sender writes the day first; None when nothing was learned."""
    known = [k for k in lessons if k.kind == "style" and k.field == "day" and not k.asleep]
    best = max(known, key=lambda k: k.strength, default=None)
    return None if best is None else best.value == DAY_FIRST


def taught(documents: Sequence[Document], wanted: Mapping[str, str]) -> Iterator[Lesson]:
    """How the days are written that were confirmed, when a printed one shows it; nothing when they disagree."""
    shown = {
        order
        for name in sorted(DAYS)
        for document in documents
        for order in _orders(document, name, wanted.get(name, ""))
    }
    if len(shown) == 1:
        yield Lesson("style", "day", value=DAY_FIRST if shown.pop() else MONTH_FIRST)


def _orders(document: Document, name: str, value: str) -> Iterator[bool]:
    """True for every place where `value` is printed in figures with the day first, False with the month first."""
    for spot in spots(document, name, value):
        text = document.canvas.rows[spot.row].segments[spot.index].text[spot.start : spot.end]
        figures = re.fullmatch(r"(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?\d{2,4}", text.strip())
        day, month = int(value[8:10]), int(value[5:7])
        if figures and day != month:
            yield int(figures[1]) == day
