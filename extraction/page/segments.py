"""Words put into rows, and rows into segments: runs of words with no wide gap and no drawn line between them."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import groupby, pairwise

from core.inbound.reading import Evidence
from core.values import Box
from extraction.heads.programs import written_out
from extraction.page.layout import NOWHERE, Grid, PageLayout, Reading, Rule, TextLine, Word
from extraction.page.upright import turned

MAX_WORDS = 60_000
MAX_WORD = 200
MAX_ROW_WORDS = 400
MAX_SEGMENTS = 80  # of a row of text; what follows stays with the last
GRID_COLUMN = 200.0
GRID_ROW = 14.0
CHARACTER = 6.0
_DRAWN = re.compile(r"[_=*~.-]{5,}|[-_|]{3,}")


@dataclass(frozen=True, slots=True)
class PlacedWord(Word):
    """A word laid out by us; `place` says where its cell really stands, `row` in which row of the cell it is."""

    place: Evidence = NOWHERE
    row: int = 0


@dataclass(frozen=True)
class Segment:
    """Neighbouring words of one row."""

    part: int
    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    @cached_property
    def box(self) -> Box:
        return union(w.box for w in self.words)

    @cached_property
    def size(self) -> float:
        return max(w.size for w in self.words)

    @cached_property
    def bold(self) -> bool:
        return sum(w.bold for w in self.words) * 2 > len(self.words)

    @cached_property
    def gaps(self) -> tuple[float, ...]:
        """The room between each two neighbouring words."""
        return tuple(b.box.x0 - a.box.x1 for a, b in pairwise(self.words))

    @property
    def page(self) -> int:
        return self.words[0].page

    def cut(self, start: int, end: int) -> Segment | None:
        """The words that the characters start..end of `text` touch; places within one word stay the word's."""
        kept, position = [], 0
        for word in self.words:
            after = position + len(word.text)
            if position < end and after > start:
                kept.append(part_of(word, start - position, end - position))
            position = after + 1
        kept = [w for w in kept if w.text.strip()]
        return Segment(self.part, tuple(kept)) if kept else None

    def evidence(self) -> Evidence:
        return evidence_of(self.part, self.words)

    def by_rows(self) -> list[Segment]:
        """A cell of a grid row by row, where its text has several."""
        rows = groupby(self.words, key=lambda w: w.row if isinstance(w, PlacedWord) else 0)
        return [Segment(self.part, tuple(words)) for _, words in rows]


@dataclass(frozen=True)
class Row:
    """Segments side by side, left to right."""

    page: int
    segments: tuple[Segment, ...]

    @cached_property
    def box(self) -> Box:
        return union(s.box for s in self.segments)

    @cached_property
    def text(self) -> str:
        return "  ".join(s.text for s in self.segments)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return tuple(w for s in self.segments for w in s.words)

    @cached_property
    def height(self) -> float:
        return max(self.box.bottom - self.box.top, 4.0)


@dataclass(frozen=True)
class Canvas:
    """All rows of one part in reading order, with the lines drawn on its pages."""

    part: int
    kind: str
    rows: tuple[Row, ...]
    rules: tuple[Rule, ...] = ()
    pages: tuple[PageLayout, ...] = ()

    @cached_property
    def text(self) -> str:
        return "\n".join(row.text for row in self.rows)


def part_of(word: Word, start: int, end: int) -> Word:
    """The characters start..end of a word as a word; its place is measured out evenly."""
    start, end = max(start, 0), min(end, len(word.text))
    if start == 0 and end == len(word.text):
        return word
    width = (word.box.x1 - word.box.x0) / max(len(word.text), 1)
    box = Box(word.box.x0 + start * width, word.box.top, word.box.x0 + end * width, word.box.bottom)
    span = (word.span[0] + start, word.span[0] + end) if word.span else None
    return replace(word, text=word.text[start:end], box=box, span=span)


def union(boxes: Iterable[Box]) -> Box:
    first, *others = boxes
    x0, top, x1, bottom = first.x0, first.top, first.x1, first.bottom
    for box in others:
        x0 = box.x0 if box.x0 < x0 else x0
        top = box.top if box.top < top else top
        x1 = box.x1 if box.x1 > x1 else x1
        bottom = box.bottom if box.bottom > bottom else bottom
    return Box(x0, top, x1, bottom) if others else first


def evidence_of(part: int, words: Sequence[Word]) -> Evidence:
    """Where these words stand, page and box or span, with their text."""
    text = " ".join(w.text for w in words)[:400]
    placed = next((w.place for w in words if isinstance(w, PlacedWord)), None)
    if placed:
        return replace(placed, text=text)
    spans = [w.span for w in words if w.span]
    if spans:
        return Evidence(part, span=(min(s[0] for s in spans), max(s[1] for s in spans)), text=text)
    page = words[0].page
    return Evidence(
        part, page, union(w.box for w in words if w.page == page) if page else None, text=text
    )


def canvas_of(reading: Reading) -> Canvas:
    """The rows of a reading: pages by their words, texts by their lines."""
    if reading.pages:
        rows = [row for page in reading.pages for row in page_rows(reading.part, page)]
        rules = tuple(rule for page in reading.pages for rule in page.rules)
        return Canvas(reading.part, reading.kind, tuple(rows), rules, reading.pages)
    rows = [
        row
        for number, line in enumerate(reading.lines)
        for row in line_rows(reading.part, line, number)
    ]
    return Canvas(reading.part, reading.kind, tuple(rows))


@lru_cache(maxsize=64)
def page_rows(part: int, page: PageLayout) -> tuple[Row, ...]:
    """The rows of one page: words whose middles lie on one height."""
    printed = [
        _unlined(w)
        for w in turned(page.words[:MAX_WORDS], page.rules)
        if len(w.text) <= MAX_WORD and not _DRAWN.fullmatch(w.text)
    ]
    placed = sorted((((w.box.top + w.box.bottom) / 2, w.box.x0), n) for n, w in enumerate(printed))
    upright = [r.box for r in page.rules if not r.horizontal and r.box.bottom - r.box.top > 6]
    groups: list[list[Word]] = []
    middle, last = -1e9, deque[float](maxlen=6)
    for (centre, _), number in placed:
        word = printed[number]
        if abs(centre - middle) <= max(0.42 * (word.box.bottom - word.box.top), 2.0):
            groups[-1].append(word)
        else:
            groups.append([word])
            last.clear()
        last.append(centre)
        middle = sum(last) / len(last)
    return tuple(
        Row(page.number, _segments(part, sorted(group, key=lambda w: w.box.x0), upright))
        for group in groups
    )


def _unlined(word: Word) -> Word:
    """A word written on a line of underscores, without them."""
    if "__" not in word.text:
        return word
    start = len(word.text) - len(word.text.lstrip("_"))
    return part_of(word, start, len(word.text.rstrip("_")))


def _segments(part: int, words: list[Word], upright: list[Box]) -> tuple[Segment, ...]:
    runs: list[list[Word]] = []
    for word in words:
        if runs and (word.text in (":", ".:", "-:") or not _apart(runs[-1][-1], word, upright)):
            runs[-1].append(word)
        else:
            runs.append([word])
    return tuple(Segment(part, tuple(run)) for run in runs)


def _apart(left: Word, right: Word, upright: list[Box]) -> bool:
    gap = right.box.x0 - left.box.x1
    size = max(min(left.size or 10.0, right.size or 10.0), 4.0)
    if gap > 0.85 * size:
        return True
    middle = (right.box.top + right.box.bottom) / 2
    return any(
        rule.top <= middle <= rule.bottom
        and left.box.x1 - 2 <= (rule.x0 + rule.x1) / 2 <= right.box.x0 + 2
        for rule in upright
    )


def line_rows(part: int, line: TextLine, number: int) -> list[Row]:
    """One row of a text; two blanks, a tab or a bar part its segments."""
    every = line.words or text_words(line.text, line.evidence.span, number)
    words = [
        w for w in every[:MAX_ROW_WORDS] if len(w.text) <= MAX_WORD and not _DRAWN.fullmatch(w.text)
    ]
    if not words:
        return []
    runs: list[list[Word]] = []
    for word in words:
        if word.text in ("|", "¦"):
            runs.append([])
        elif runs and (not runs[-1] or word.box.x0 - runs[-1][-1].box.x1 < 1.5 * CHARACTER):
            runs[-1].append(word)
        else:
            runs.append([word])
    runs = [run for run in runs if run]
    kept, rest = runs[:MAX_SEGMENTS], runs[MAX_SEGMENTS:]
    if rest:
        kept[-1].extend(word for run in rest for word in run)
    segments = tuple(Segment(part, tuple(run)) for run in kept)
    return [Row(0, segments)] if segments else []


def text_words(text: str, span: tuple[int, int] | None, number: int) -> tuple[Word, ...]:
    """The words of a line of text on a grid of characters, so that columns keep their places."""
    words: list[Word] = []
    column = position = 0
    for piece in text.split(" "):
        for at, inner in enumerate(piece.split("\t")):
            if at:
                column = (column // 8 + 1) * 8 + 2
                position += 1
            if inner:
                box = Box(
                    column * CHARACTER,
                    number * 12.0,
                    (column + len(inner)) * CHARACTER,
                    number * 12.0 + 10.0,
                )
                place = (span[0] + position, span[0] + position + len(inner)) if span else None
                words.append(Word(inner, 0, box, 10.0, False, place))
            column += len(inner)
            position += len(inner)
        column += 1
        position += 1
    return tuple(words)


def grid_canvas(grid: Grid, kind: str) -> Canvas:
    """A grid laid out as rows and columns of equal size, so that labels find their neighbours."""
    rows = []
    for number, cells in enumerate(grid.rows):
        texts = [" ".join(cell.text.split()) for cell in cells]
        written = written_out(texts)
        shown = written or [cell.text for cell in cells]
        segments = [
            _cell_segment(grid, text, cell.evidence, number, column)
            for column, (text, cell) in enumerate(zip(shown, cells, strict=True))
            if text.strip()
        ]
        if segments:
            rows.append(Row(grid.page, tuple(segments)))
    return Canvas(grid.part, kind, tuple(rows))


def _cell_segment(grid: Grid, text: str, evidence: Evidence, number: int, column: int) -> Segment:
    pieces = [(piece, row) for row, line in enumerate(text.split("\n")) for piece in line.split()]
    length = sum(len(piece) + 1 for piece, _ in pieces) - 1
    width = min(CHARACTER, (GRID_COLUMN - 20) / max(length, 1))
    words, position = [], 0
    for piece, row in pieces:
        x0 = column * GRID_COLUMN + position * width
        box = Box(x0, number * GRID_ROW, x0 + len(piece) * width, number * GRID_ROW + 10.0)
        words.append(PlacedWord(piece, grid.page, box, 10.0, place=evidence, row=row))
        position += len(piece) + 1
    return Segment(grid.part, tuple(words))
