"""A file with several orders in it, cut where a new one begins; only on evidence that continuations do not have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from core.values import Box
from extraction.page.layout import PageLayout, Reading
from extraction.parts import sheets as sheet_parting
from extraction.sources import Source

STRONG = 0.8  # how strongly a label must say that this is the order's number
NEAR = 25.0  # points that the same label on two pages may be apart
HEAD = 0.45  # share of a page within which an order's head stands
_END = (10**6, 0.0)

Place = tuple[int, float]
"""Page and height on it."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where an order's number is told first."""

    value: str
    label: str
    page: int
    box: Box

    @property
    def place(self) -> Place:
        return self.page, self.box.top


def pieces(source: Source) -> list[Reading]:
    """The readings of the orders in a part; only the one when nothing says that there are several."""
    reading = source.reading
    if reading.kind == "sheet":
        return sheet_parting.pieces(reading)
    if not reading.pages or source.is_body:
        return [reading]
    starts = _starts(source)
    if len(starts) < 2:
        return [reading]
    return [_cut(reading, start, end) for start, end in pairwise([*starts, _END])]


def _starts(source: Source) -> list[Place]:
    """Where each order begins; the first with the file."""
    marks = _marks(source)
    starts: list[Place] = [(0, 0.0)]
    kept = marks[:1]
    for mark in marks[1:]:
        before = kept[-1]
        alike = _alike(before, mark)
        if mark.page != before.page:
            opens = alike or _has_head(source, before, mark)
            begin = (mark.page, 0.0)
        else:
            opens = alike and _lines_between(source, before.place, mark.place)
            begin = _same_distance(source, before, mark, starts[-1])
        if opens and not (mark.page != before.page and _lines_between(source, begin, mark.place)):
            starts.append(begin)
            kept.append(mark)
    return starts


def _marks(source: Source) -> list[_Mark]:
    """Where the number changes; none when an earlier number comes again, as a reference would."""
    told = sorted(
        (
            _Mark(c.value, c.label, c.evidence.page, c.evidence.box)
            for c in source.clues
            if c.field == "po_number" and c.score >= STRONG and c.evidence.box is not None
        ),
        key=lambda m: (m.page, m.box.top, m.box.x0),
    )
    marks = [m for n, m in enumerate(told) if not n or m.value != told[n - 1].value]
    return marks if len({m.value for m in marks}) == len(marks) else marks[:1]


def _alike(one: _Mark, other: _Mark) -> bool:
    """Whether both stand at the same place of the same form."""
    if one.label != other.label or abs(one.box.x0 - other.box.x0) > NEAR:
        return False
    return one.page == other.page or abs(one.box.top - other.box.top) <= NEAR


def _has_head(source: Source, before: _Mark, mark: _Mark) -> bool:
    """Whether the number stands in a page's head, with a day of its own or with lines counted from the start again."""
    page = next((p for p in source.reading.pages if p.number == mark.page), None)
    if page is None or mark.box.top > HEAD * page.height:
        return False
    dated = {c.evidence.page for c in source.clues if c.field == "order_date" and c.score >= STRONG}
    return {before.page, mark.page} <= dated or _counts_again(source, before.place, mark.place)


def _counts_again(source: Source, before: Place, mark: Place) -> bool:
    """Whether the first line behind the mark has the number of the first line before it."""
    told = sorted(
        (number.evidence.page, number.evidence.box.top, number.value)
        for line in source.lines
        if (number := line.get("line_no")) is not None and number.evidence.box is not None
    )
    first = next((value for *place, value in told if before <= tuple(place) < mark), None)
    again = next((value for *place, value in told if tuple(place) >= mark), None)
    return first is not None and first == again


def _lines_between(source: Source, start: Place, end: Place) -> bool:
    places = [
        (c.evidence.page, c.evidence.box.top)
        for line in source.lines
        for c in line.values()
        if c.evidence.box is not None
    ]
    return any(start <= place < end for place in places)


def _same_distance(source: Source, before: _Mark, mark: _Mark, start: Place) -> Place:
    """As far above the number as the first words of the order before stand above its own."""
    page = next(p for p in source.reading.pages if p.number == mark.page)
    floor = start[1] if start[0] == mark.page else 0.0
    top = min((w.box.top for w in page.words if w.box.top >= floor), default=before.box.top)
    return mark.page, mark.box.top - (before.box.top - top) - 3.0


def _cut(reading: Reading, start: Place, end: Place) -> Reading:
    pages = tuple(p for p in (_strip(page, start, end) for page in reading.pages) if p.words)
    lines = tuple(
        line
        for line in reading.lines
        if line.evidence.box is not None
        and start <= (line.evidence.page, _middle(line.evidence.box)) < end
    )
    return replace(reading, lines=lines, pages=pages, findings=())


def _strip(page: PageLayout, start: Place, end: Place) -> PageLayout:
    """The page with what stands between the two places."""

    def within(box: Box) -> bool:
        return start <= (page.number, _middle(box)) < end

    if start <= (page.number, 0.0) and (page.number + 1, 0.0) <= end:
        return page
    return replace(
        page,
        words=tuple(w for w in page.words if within(w.box)),
        rules=tuple(r for r in page.rules if within(r.box)),
    )


def _middle(box: Box) -> float:
    return (box.top + box.bottom) / 2


def numbers_of(sources: Sequence[Source]) -> list[str]:
    """The number of each order, "" where it has none."""
    found = []
    for source in sources:
        told = [c for c in source.clues if c.field == "po_number"]
        found.append(max(told, key=lambda c: c.score).value if told else "")
    return found
