"""What kind of paper a page says it is by its title, and whether it is the seller's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extraction.lanes.signals import DENIALS, PAPERS, SELLERS_BLOCKS, Title
from extraction.page.segments import Canvas, Row, Segment
from extraction.vocabulary import fold, meanings

ROWS = 25
HEAD = 0.5  # share of the first page in which a title stands
LARGE = 1.2  # times the usual size
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Paper:
    """lane: what its title makes of it; words: the title as printed. sells: the seller wrote it."""

    lane: str
    sells: bool
    words: str


def paper_of(canvas: Canvas) -> Paper | None:
    """What the title says, the largest one counting, of equals the first; None where there is no title that is known."""
    usual = _usual(canvas)
    best: tuple[bool, Paper] | None = None
    numbered: Paper | None = None  # "Purchase Order 4711" names an order on other papers too
    for row in _head(canvas):
        for segment in row.segments:
            if fold(segment.text).strip(" .:") in SELLERS_BLOCKS:
                return Paper("other", True, segment.text.strip())
            told = _told(segment)
            large = usual > 0 and segment.size > LARGE * usual
            if told is None or not (large or _stands_alone(row, segment, usual)):
                continue
            paper = Paper(told.lane, told.sells, segment.text.strip())
            if told.lane == "order" and re.search(r"\d", paper.words):
                numbered = numbered or paper
            elif best is None or (large and not best[0]):
                best = (large, paper)
    return best[1] if best else numbered


def denies(canvas: Canvas) -> str:
    """The row in which a paper says that it is no order; "" where none does."""
    rows = (row.text.strip() for row in canvas.rows[:200] if len(row.text) < 120)
    return next((text for text in rows if DENIALS.match(fold(text))), "")


def _usual(canvas: Canvas) -> float:
    sizes = sorted(s.size for r in canvas.rows[:80] for s in r.segments)
    return sizes[len(sizes) // 2] if sizes and canvas.pages else 0.0


def _head(canvas: Canvas) -> Iterator[Row]:
    floor = canvas.pages[0].height * HEAD if canvas.pages else 1e9
    first = canvas.rows[0].page if canvas.rows else 0
    return (row for row in canvas.rows[:ROWS] if row.page == first and row.box.top < floor)


def _told(segment: Segment) -> Title | None:
    text = " ".join(fold(segment.text).split()).strip(" .:#*-–")
    if len(text) > LONGEST:
        return None
    return next((t for t in PAPERS if t.pattern.fullmatch(text)), None)


def _stands_alone(row: Row, segment: Segment, usual: float) -> bool:
    """Whether words of usual size may be a title: at the right or alone, no caption of an address or a value."""
    if ":" in segment.text or len(row.segments) > 2 or segment.size < 0.9 * usual:
        return False
    if segment is not row.segments[-1]:
        return False
    others = [s for s in row.segments if s is not segment]
    return not any(meanings(s.text.strip(" :")) or s.text.rstrip().endswith(":") for s in others)
