"""The cells of a head row: which of its words head one column, told by known phrases and by what stands below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extraction.page.layout import Word
from extraction.page.segments import PlacedWord, Row, Segment, part_of
from extraction.vocabulary import matches, meanings

COLUMNS = frozenset({"columns"})
LEVEL = 1.5
"""How far apart, in points, edges may be that stand under each other."""
SURE_ROWS = 3
WIDER = 1.4
"""How much wider than a blank the room between two columns is at least."""
MOST = 0.8
_RUN_TOGETHER = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ][a-zà-ÿ])|(?<=[a-zà-ÿ]{2})(?=[A-ZÀ-Þ]{2,3}$)")


def parted(title: str) -> str:
    """Words run together in camel case set apart: "ArtNrLief" -> "Art Nr Lief", "EPreis" -> "E Preis"."""
    spaced = _RUN_TOGETHER.sub(" ", title.replace("_", " "))
    return re.sub(r"\b([A-ZÀ-Þ])(?=[A-ZÀ-Þ][a-zà-ÿ]{2})", r"\1 ", spaced)


def cells(segment: Segment, body: Sequence[Row], others: Sequence[Row] = ()) -> list[Segment]:
    """A head segment parted where values below stand level with the edges of its words, and where a new known phrase
    begins, unless the rows below show one column there. others: the other rows of the head."""
    if isinstance(segment.words[0], PlacedWord):
        return [segment]
    widest = max((len(row.segments) for row in body), default=0)
    full = [r for r in body if r.page == segment.page and len(r.segments) >= max(3, widest / 2)]
    return [
        last
        for piece in _by_room(segment, full) or _by_phrases_apart(segment, full, body, others)
        for part in _level(piece, full, others)
        for last in _over_two(part, full)
    ]


def _by_phrases_apart(
    segment: Segment, full: Sequence[Row], body: Sequence[Row], others: Sequence[Row]
) -> list[Segment]:
    level = _level(_set_apart(segment), full, others)
    return [part for cell in level for part in _by_phrases(cell, body)]


def _over_two(segment: Segment, body: Sequence[Row]) -> list[Segment]:
    """A head segment parted where row after row two texts stand under it, one at either edge."""
    if len(segment.words) < 2:
        return [segment]
    pairs = [
        (under[0], under[1])
        for row in body
        if len(under := [s for s in row.segments if _under(s, segment)]) == 2
    ]
    edges = [
        (a, b)
        for a, b in pairs
        if abs(a.box.x0 - segment.box.x0) < LEVEL and abs(b.box.x1 - segment.box.x1) < LEVEL
    ]
    if len(edges) < max(2, MOST * len(body)):
        return [segment]
    seam = sum((a.box.x1 + b.box.x0) / 2 for a, b in edges) / len(edges)
    at = min(
        range(1, len(segment.words)),
        key=lambda i: abs((segment.words[i - 1].box.x1 + segment.words[i].box.x0) / 2 - seam),
    )
    return [Segment(segment.part, segment.words[:at]), Segment(segment.part, segment.words[at:])]


def _under(below: Segment, head: Segment) -> bool:
    return below.box.x1 > head.box.x0 and below.box.x0 < head.box.x1


def _by_room(segment: Segment, body: Sequence[Row]) -> list[Segment]:
    """A head segment parted at its wide gaps where every piece is a head that is known, and no two make one."""
    wide = WIDER * _blank(segment, body)
    pieces: list[list[Word]] = [[segment.words[0]]]
    for left, right in pairwise(segment.words):
        if right.box.x0 - left.box.x1 > wide:
            pieces.append([])
        pieces[-1].append(right)
    parts = [Segment(segment.part, tuple(words)) for words in pieces]
    known = all(matches(p.text, COLUMNS) for p in parts)
    joined = any(meanings(f"{a.text} {b.text}") for a, b in pairwise(parts))
    return parts if len(parts) > 1 and known and not joined else []


def _by_phrases(segment: Segment, body: Sequence[Row]) -> list[Segment]:
    found = matches(segment.text, COLUMNS)
    starts = [0, *(m.start for m in found[1:] if segment.text[m.start - 1] != "/")]
    if len(starts) < 2 or _one_column(segment, body):
        return [segment]
    ends = [*starts[1:], len(segment.text)]
    parts = [segment.cut(a, b) for a, b in zip(starts, ends, strict=True)]
    return [p for p in parts if p is not None]


def _level(segment: Segment, body: Sequence[Row], others: Sequence[Row]) -> list[Segment]:
    """A head segment parted where row after row a value ends or begins under the edge of one of its words.

    Narrow tables leave little more room between two heads than between two words of one.
    """
    blank = _blank(segment, body)
    for at, gap in enumerate(segment.gaps, 1):
        if gap <= WIDER * blank:
            continue
        left, right = (
            Segment(segment.part, words) for words in (segment.words[:at], segment.words[at:])
        )
        wide = right.box.x0 - left.box.x1 > WIDER * blank
        if wide and _stand_apart(left, right, body, others, WIDER * blank):
            return [left, *_level(right, body, others)]
    return [segment]


def _blank(segment: Segment, body: Sequence[Row]) -> float:
    """How wide a blank between two words of one text is, about: most gaps within segments are that."""
    gaps = sorted((*segment.gaps, *(gap for row in body for s in row.segments for gap in s.gaps)))
    return max(gaps[len(gaps) // 4], 0.5) if gaps else 0.5


def _stand_apart(
    left: Segment, right: Segment, body: Sequence[Row], others: Sequence[Row], gap: float
) -> bool:
    """Whether the rows below have a value of its own under either head, more than a blank apart."""
    pairs = [pair for row in body if (pair := _around(left, right, row))]
    if any(b.box.x0 - a.box.x1 < gap for a, b in pairs):
        return False
    ends = sum(abs(a.box.x1 - left.box.x1) < LEVEL for a, _ in pairs)
    begins = sum(abs(b.box.x0 - right.box.x0) < LEVEL for _, b in pairs)
    if not pairs or max(ends, begins) < MOST * len(pairs):
        return False
    many = len(pairs) >= SURE_ROWS
    if many and (not meanings(f"{left.text} {right.text}") or _count(pairs)):
        return True
    if any(_heads(s, left, right) for row in others for s in row.segments):
        return True
    named = bool(matches(left.text, COLUMNS)) and bool(matches(right.text, COLUMNS))
    both = min(ends, begins) == len(pairs)
    return named or (both and len(pairs) > 1)


def _count(pairs: Sequence[tuple[Word, Word]]) -> bool:
    """Whether what stands on the left counts the lines."""
    return any(
        [a.text.strip(".").lstrip("0") for a, _ in pairs]
        == [str(n * step) for n in range(1, len(pairs) + 1)]
        for step in (1, 10)
    )


def _heads(other: Segment, left: Segment, right: Segment) -> bool:
    """Whether a cell of another head row stands level with one side alone."""
    return abs(other.box.x1 - left.box.x1) < LEVEL or abs(other.box.x0 - right.box.x0) < LEVEL


def _around(left: Segment, right: Segment, row: Row) -> tuple[Word, Word] | None:
    """The words of a row that end and begin nearest to where two heads meet; None where it has no such two."""
    middle = (left.box.x1 + right.box.x0) / 2
    before = [w for w in row.words if w.box.x1 <= right.box.x0 and w.box.x0 < middle]
    behind = [w for w in row.words if w.box.x0 >= left.box.x1 and w.box.x1 > middle]
    if not before or not behind:
        return None
    a, b = before[-1], behind[0]
    near = a.box.x1 > left.box.x0 - 2 and b.box.x0 < right.box.x1 + 2
    return (a, b) if near else None


def _set_apart(segment: Segment) -> Segment:
    """Heads printed with no space between them, "PosYour item", as words of their own."""
    apart = parted(segment.text)
    if apart == segment.text or len(matches(apart, COLUMNS)) < 2:
        return segment
    words: list[Word] = []
    for word in segment.words:
        at = 0
        for piece in parted(word.text).split():
            words.append(part_of(word, at, at + len(piece)))
            at += len(piece)
    return Segment(segment.part, tuple(words))


def _one_column(segment: Segment, body: Sequence[Row]) -> bool:
    """Whether the rows below mostly have a single value where this head stands."""
    single = several = 0
    seconds: list[float] = []
    for row in body:
        if row.page != segment.page or len(row.segments) < 2:
            continue
        under = [
            s
            for s in row.segments
            if s.box.x1 > segment.box.x0 - 4 and s.box.x0 < segment.box.x1 + 4
        ]
        if len(under) > 1:
            several += 1
        elif under and under[0].box.x0 > segment.box.x0 - 40 and len(under[0].words) <= 3:
            single += 1
        if (
            len(under) == 1
            and len(under[0].words) > 1
            and any(c.isdigit() for c in under[0].words[0].text)
        ):
            seconds.append(under[0].words[1].box.x0)
    middle = sorted(seconds)[len(seconds) // 2] if seconds else 0.0
    level = sum(abs(x - middle) < 2 for x in seconds)
    if level >= 3 and level >= 0.6 * max(single, 1):
        return False
    return single > several
