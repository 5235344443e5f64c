"""The words that tell where a value stands: behind them, right of them, below or above them; and the way back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extraction.memory.spots import Spot
from extraction.page.segments import Row, Segment
from extraction.vocabulary import tokens

MAX_TOKENS = 6
ROWS_BELOW = 3
FAR = 2.6


@dataclass(frozen=True)
class Anchor:
    """words: folded, as tokens joined by blanks. where: "behind", "right", "below" or "above"."""

    words: str
    where: str


@dataclass(frozen=True)
class Found:
    """Words that stand at an anchor: in segment `index` of row `row`."""

    segment: Segment
    row: int
    index: int


def said(text: str) -> str:
    return " ".join(t.text for t in tokens(text))


def is_steady(text: str) -> bool:
    """Whether words could be printed on every paper of a sender: few, with letters and without figures."""
    words = said(text).split()
    return (
        0 < len(words) <= MAX_TOKENS
        and not any(c.isdigit() for w in words for c in w)
        and any(len(w) > 1 for w in words)
    )


def anchors_of(
    rows: Sequence[Row], spot: Spot, taken: frozenset[tuple[int, int]]
) -> Iterator[Anchor]:
    """The anchors of a value, the likeliest first. taken: segments that are values themselves."""
    row = rows[spot.row]
    segment = row.segments[spot.index]
    before = _steady_end(segment.text[: spot.start])
    if before:
        yield Anchor(before, "behind")
        return
    beside = _beside(row, spot, taken)
    over = _over(rows, spot, taken)
    if beside and (over is None or beside.text.rstrip().endswith(":") or _near(beside, segment)):
        yield Anchor(said(beside.text), "right")
    if over:
        yield Anchor(said(over.text), "below")
    if beside:
        yield Anchor(said(beside.text), "right")
    under = _under(rows, spot, taken)
    if under:
        yield Anchor(said(under.text), "above")


def _steady_end(text: str) -> str:
    """The last words of a text that carry no figure."""
    kept: list[str] = []
    for token in reversed(tokens(text)):
        if any(c.isdigit() for c in token.text) or len(kept) == MAX_TOKENS:
            break
        kept.insert(0, token.text)
    return " ".join(kept) if any(len(w) > 1 or w == "#" for w in kept) else ""


def _beside(row: Row, spot: Spot, taken: frozenset[tuple[int, int]]) -> Segment | None:
    if not spot.index or (spot.row, spot.index - 1) in taken:
        return None
    left = row.segments[spot.index - 1]
    return left if is_steady(left.text) else None


def _near(left: Segment, right: Segment) -> bool:
    height = max(right.box.bottom - right.box.top, 4.0)
    return right.box.x0 - left.box.x1 < 4 * height


def _over(rows: Sequence[Row], spot: Spot, taken: frozenset[tuple[int, int]]) -> Segment | None:
    mine = rows[spot.row].segments[spot.index]
    for number in range(spot.row - 1, max(spot.row - 1 - ROWS_BELOW, -1), -1):
        if rows[number].page != mine.page or _gap(rows[number], rows[spot.row]) > FAR:
            return None
        for index, other in enumerate(rows[number].segments):
            if _in_column(other, mine):
                steady = is_steady(other.text) and (number, index) not in taken
                return other if steady else None
    return None


def _under(rows: Sequence[Row], spot: Spot, taken: frozenset[tuple[int, int]]) -> Segment | None:
    mine = rows[spot.row].segments[spot.index]
    if spot.last + 1 >= len(rows) or rows[spot.last + 1].page != mine.page:
        return None
    for index, other in enumerate(rows[spot.last + 1].segments):
        if _in_column(other, mine) and is_steady(other.text):
            return None if (spot.last + 1, index) in taken else other
    return None


def _gap(upper: Row, lower: Row) -> float:
    return (lower.box.top - upper.box.bottom) / max(upper.height, lower.height)


def _in_column(a: Segment, b: Segment) -> bool:
    """Whether two segments stand over each other: they overlap, or share an edge."""
    overlap = min(a.box.x1, b.box.x1) - max(a.box.x0, b.box.x0)
    return overlap > 0 or abs(a.box.x0 - b.box.x0) < 4 or abs(a.box.x1 - b.box.x1) < 4


def at_anchor(rows: Sequence[Row], anchor: Anchor) -> Iterator[Found]:
    """Everything that stands at the places where these words are printed, top to bottom."""
    wanted = anchor.words.split()
    for number, row in enumerate(rows):
        for index, segment in enumerate(row.segments):
            if len(segment.text) > 400:
                continue
            if anchor.where == "behind":
                yield from _behind(segment, number, index, wanted)
            elif [t.text for t in tokens(segment.text)] == wanted:
                yield from _from(rows, number, index, anchor.where)


def _behind(segment: Segment, number: int, index: int, wanted: list[str]) -> Iterator[Found]:
    words = tokens(segment.text)
    for at in range(len(words) - len(wanted) + 1):
        if [t.text for t in words[at : at + len(wanted)]] != wanted:
            continue
        rest = segment.cut(words[at + len(wanted) - 1].end, len(segment.text))
        if rest is not None and said(rest.text):
            yield Found(rest, number, index)


def _from(rows: Sequence[Row], number: int, index: int, where: str) -> Iterator[Found]:
    row = rows[number]
    if where == "right":
        if index + 1 < len(row.segments):
            yield Found(row.segments[index + 1], number, index + 1)
        return
    head = row.segments[index]
    step = 1 if where == "below" else -1
    last = number + step * (ROWS_BELOW + 1) if where == "below" else number - 2
    for other in range(number + step, last, step):
        if not 0 <= other < len(rows) or rows[other].page != row.page:
            return
        if where == "below" and _gap(row, rows[other]) > FAR:
            return
        under = [(i, s) for i, s in enumerate(rows[other].segments) if _in_column(s, head)]
        if under:
            place, segment = min(under, key=lambda u: _offset(u[1], head))
            yield Found(segment, other, place)
            return


def _offset(a: Segment, b: Segment) -> float:
    middle = abs(a.box.x0 + a.box.x1 - b.box.x0 - b.box.x1) / 2
    return min(abs(a.box.x0 - b.box.x0), abs(a.box.x1 - b.box.x1), middle)
