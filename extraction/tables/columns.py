"""Where the columns of a table begin and end, from heads, drawn lines and the empty places between values."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from extraction.heads.values import CORE, Column, Head
from extraction.page.layout import Word
from extraction.page.segments import Canvas, Row, Segment

SAMPLE_ROWS = 60
_FIGURE = re.compile(r"[$€£]?[0-9][0-9.,']*")
Slot = tuple[float, float]


@dataclass(frozen=True)
class Columns:
    """The columns of one table. Stacked heads share a slot; `bounds` part the slots from left to right.

    ordinal: a text whose rows have as many pieces as the head; they are told by order, not by place.
    """

    columns: tuple[Column, ...]
    slots: tuple[Slot, ...]
    bounds: tuple[float, ...]
    ordinal: bool = False

    @cached_property
    def _rising(self) -> list[float]:
        return sorted(self.bounds)

    @cached_property
    def _by_slot(self) -> list[list[Column]]:
        return [[c for c in self.columns if (c.x0, c.x1) == slot] for slot in self.slots]

    def slot_of(self, word: Word) -> int:
        return bisect_left(self._rising, (word.box.x0 + word.box.x1) / 2)

    def split(self, row: Row) -> dict[int, Segment]:
        """The words of a row by slot; a segment that only leans over a bound stays whole."""
        if self.ordinal and len(row.segments) == len(self.slots):
            return dict(enumerate(row.segments))
        groups: dict[int, list[Word]] = {}
        slots = [[self.slot_of(w) for w in s.words] for s in row.segments]
        filled = {own[0] for own in slots if len(set(own)) == 1}
        for segment, own in zip(row.segments, slots, strict=True):
            for word, slot in zip(segment.words, own, strict=True):
                leans = slot != own[0] and slot in filled
                groups.setdefault(own[0] if leans else slot, []).append(word)
        part = row.segments[0].part
        return {slot: Segment(part, tuple(words)) for slot, words in groups.items()}

    def in_slot(self, slot: int) -> list[Column]:
        return self._by_slot[slot]


def columns_of(canvas: Canvas, head: Head, rows: Sequence[Row]) -> Columns:
    """The columns of the table under `head`, whose body is `rows`."""
    slots = tuple(sorted({(c.x0, c.x1) for c in head.columns}))
    page = canvas.rows[head.first].page
    sample = _sample([r for r in rows if r.page == page], len(slots))
    top = canvas.rows[head.first].box.top
    foot = min((r.box.bottom for r in sample), default=1e9)
    upright = sorted(
        (r.box.x0 + r.box.x1) / 2
        for r in canvas.rules
        if r.page == page and not r.horizontal and top + 4 < r.box.bottom and r.box.top < foot
    )
    bounds = [_bound(a, b, sample, upright) for a, b in itertools.pairwise(slots)]
    even = sum(len(r.segments) == len(slots) for r in sample)
    ordinal = canvas.kind == "text" and even > 0.6 * len(sample)
    columns = Columns(head.columns, slots, tuple(bounds), ordinal)
    if not upright and canvas.kind == "pdf" and even == len(sample) and _runs_off(columns, sample):
        return Columns(head.columns, slots, tuple(bounds), True)
    return _repaired(columns, sample)


def _runs_off(columns: Columns, sample: Sequence[Row]) -> bool:
    """Whether the values of most rows do not stand under their heads, as with tab stops that long words overran."""
    off = sum(
        len({columns.slot_of(s.words[0]) for s in r.segments}) < len(r.segments) for r in sample
    )
    return off > 0.5 * len(sample)


def _repaired(columns: Columns, sample: Sequence[Row]) -> Columns:
    """Bounds moved where right-aligned figures slipped into the words of the next column, row after row."""
    bounds = list(columns.bounds)
    splits = [columns.split(row) for row in sample]
    for slot in range(len(bounds)):
        if not any(c.role in CORE for c in columns.in_slot(slot)):
            continue
        slipped = [s[slot + 1] for s in splits if slot not in s and slot + 1 in s]
        opened = [s for s in slipped if len(s.words) > 1 and _FIGURE.fullmatch(s.words[0].text)]
        if len(opened) < max(1, 0.8 * len(slipped)) or len(slipped) < 0.6 * len(splits):
            continue
        left, right = max(s.words[0].box.x1 for s in opened), min(s.words[1].box.x0 for s in opened)
        if left < right:
            bounds[slot] = (left + right) / 2
    return Columns(columns.columns, columns.slots, tuple(bounds), columns.ordinal)


def _sample(rows: Sequence[Row], width: int) -> list[Row]:
    """Rows that fill several columns; sums and remarks stand across them and would blur their edges."""
    for least in (max(3, (width + 1) // 2), 3, 2):
        full = [r for r in rows if len(r.segments) >= least]
        if full:
            return full[:SAMPLE_ROWS]
    return []


def _bound(left: Slot, right: Slot, sample: Sequence[Row], upright: list[float]) -> float:
    """The place between two heads: a drawn line, else the widest stretch that the fewest values cross."""
    start, end = (left[0] + left[1]) / 2, (right[0] + right[1]) / 2
    drawn = [x for x in upright if left[1] - 3 <= x <= right[0] + 3]
    if drawn:
        return drawn[0]
    steps = max(int((end - start) / 1.5), 1)
    places = [start + (end - start) * i / steps for i in range(steps + 1)]
    obstacles = _obstacles(sample, left, right)
    rising = start <= end
    costs = _costs(places if rising else places[::-1], obstacles)
    costs = costs if rising else costs[::-1]
    best = min(costs)
    runs = _runs(costs, best)
    middle = (left[1] + right[0]) / 2
    first, last = max(
        runs, key=lambda r: (r[1] - r[0], -abs((places[r[0]] + places[r[1]]) / 2 - middle))
    )
    return (places[first] + places[last]) / 2


def _costs(places: Sequence[float], obstacles: Sequence[tuple[Slot, float]]) -> list[float]:
    """What stands in the way at each of some places, which rise from left to right."""
    changes = [0.0] * (len(places) + 1)
    for (x0, x1), weight in obstacles:
        first, behind = bisect_right(places, x0 + 0.4), bisect_left(places, x1 - 0.4)
        if first < behind:
            changes[first] += weight
            changes[behind] -= weight
    return list(itertools.accumulate(changes[:-1]))


def _obstacles(sample: Sequence[Row], left: Slot, right: Slot) -> list[tuple[Slot, float]]:
    found = [(left, 25.0), (right, 25.0)]
    for row in sample:
        for segment in row.segments:
            if segment.box.x1 - segment.box.x0 > 6 * (right[1] - left[0]) and len(row.segments) < 3:
                continue
            found.append(((segment.box.x0, segment.box.x1), 1.0))
            found.extend(((w.box.x0, w.box.x1), 4.0) for w in segment.words)
    return found


def _runs(costs: list[float], best: float) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    start = None
    for at, cost in enumerate([*costs, float("inf")]):
        if cost <= best + 1e-9:
            start = at if start is None else start
        elif start is not None:
            runs.append((start, at - 1))
            start = None
    return runs
