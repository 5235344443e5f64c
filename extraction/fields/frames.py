"""The boxes that the lines drawn on a page make, and the words in each."""

from __future__ import annotations

from functools import cached_property

from core.values import Box
from extraction.page.layout import Word
from extraction.page.segments import Canvas, Row, Segment

SLACK = 1.5  # points by which drawn lines may fall short of each other
LARGEST = 0.45  # share of the page's height from which a box is the page's own
CROWDED = 1_500  # lines on one page from which they are a drawing

Place = tuple[int, Box]


class Frames:
    """Boxes found by a place in them; a box is (page, its four nearest lines)."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self._known: dict[tuple[int, float, float], Place | None] = {}

    @cached_property
    def _level(self) -> dict[int, list[Box]]:
        return _by_page(self.canvas, horizontal=True)

    @cached_property
    def _upright(self) -> dict[int, list[Box]]:
        return _by_page(self.canvas, horizontal=False)

    @cached_property
    def _rows(self) -> dict[int, list[Row]]:
        found: dict[int, list[Row]] = {}
        for row in self.canvas.rows:
            found.setdefault(row.page, []).append(row)
        return found

    def around(self, segment: Segment) -> Place | None:
        """The box in which a segment stands."""
        box = segment.box
        return self.at(segment.page, (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2)

    def beside(self, place: Place) -> Place | None:
        """The box that begins where this one ends, on its own height."""
        page, box = place
        return self.at(page, box.x1 + 2 * SLACK, (box.top + box.bottom) / 2)

    def below(self, place: Place) -> Place | None:
        """The box right under this one, with the same sides or nearly."""
        page, box = place
        found = self.at(page, (box.x0 + box.x1) / 2, box.bottom + 2 * SLACK)
        if found is None:
            return None
        level = abs(found[1].x0 - box.x0) < 4 and abs(found[1].x1 - box.x1) < 4
        return found if level else None

    def at(self, page: int, x: float, y: float) -> Place | None:
        """The nearest lines on all four sides; None where one is missing or the box is most of the page."""
        key = (page, round(x, 1), round(y, 1))
        if key not in self._known:
            self._known[key] = self._at(page, x, y)
        return self._known[key]

    def _at(self, page: int, x: float, y: float) -> Place | None:
        upright, level = self._upright.get(page, []), self._level.get(page, [])
        if len(upright) < 2 or len(level) < 2 or len(upright) + len(level) > CROWDED:
            return None
        crossing = [r for r in upright if r.top - SLACK <= y <= r.bottom + SLACK]
        over = [r for r in level if r.x0 - SLACK <= x <= r.x1 + SLACK]
        left = max((r.x1 for r in crossing if r.x1 <= x), default=None)
        right = min((r.x0 for r in crossing if r.x0 >= x), default=None)
        top = max((r.bottom for r in over if r.bottom <= y), default=None)
        bottom = min((r.top for r in over if r.top >= y), default=None)
        if left is None or right is None or top is None or bottom is None:
            return None
        height = next((p.height for p in self.canvas.pages if p.number == page), 0.0)
        return (page, Box(left, top, right, bottom)) if bottom - top <= LARGEST * height else None

    def words_in(self, place: Place) -> list[Word]:
        """The words whose middles stand in a box, in reading order."""
        page, box = place
        return [
            word
            for row in self._rows.get(page, ())
            if row.box.bottom > box.top and row.box.top < box.bottom
            for word in row.words
            if holds(box, word.box)
        ]


def holds(box: Box, inner: Box) -> bool:
    """Whether the middle of one box stands in the other."""
    x, y = (inner.x0 + inner.x1) / 2, (inner.top + inner.bottom) / 2
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom


def _by_page(canvas: Canvas, *, horizontal: bool) -> dict[int, list[Box]]:
    found: dict[int, list[Box]] = {}
    for rule in canvas.rules:
        if rule.horizontal == horizontal:
            found.setdefault(rule.page, []).append(rule.box)
    return found
