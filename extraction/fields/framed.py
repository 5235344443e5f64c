"""Captions and values in drawn boxes: a caption that fills its box has its value in the box beside or below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from extraction.fields.frames import Frames, Place
from extraction.page.layout import Word
from extraction.page.segments import Segment
from extraction.vocabulary import Meaning, is_known_word, meanings, tokens

MOST_WORDS = 7  # of a caption
RUN_ON = frozenset({"payment_terms", "incoterms", "ship_via"})
"""Fields whose values may run over several rows of a box."""


def caption(
    frames: Frames, segment: Segment, groups: frozenset[str]
) -> tuple[Segment, tuple[Meaning, ...], int] | None:
    """(words, meanings, rows) of a caption on several rows that fills the box it begins in."""
    words = tokens(segment.text)
    if not 0 < len(words) <= 4 or not is_known_word(words[0].text):
        return None
    place = frames.around(segment)
    inside = frames.words_in(place) if place else []
    if not len(segment.words) < len(inside) <= MOST_WORDS or inside[0] is not segment.words[0]:
        return None
    whole = Segment(segment.part, tuple(inside))
    known = tuple(m for m in meanings(whole.text.rstrip(" :")) if m.group in groups)
    return (whole, known, len(_rows(inside))) if known else None


def values(
    frames: Frames, head: Segment, own: Segment, captions: Sequence[Segment], run_on: bool
) -> list[tuple[Segment, str]] | None:
    """(words, "below" or "right") that may be a caption's value, likeliest first; None where the boxes do not tell.

    own: the segment of the caption. captions: all others on the canvas. run_on: whether the rows of a box belong together.
    """
    place = frames.around(own)
    if place is None or _has_caption(frames, place, captions):
        return None
    inside = frames.words_in(place)
    mine = {id(w) for w in (*head.words, *own.words)}
    rest = [w for w in inside if id(w) not in mine]
    if rest:
        leads = bool(inside) and id(inside[0]) in mine
        return list(_read(own.part, rest, "below", run_on)) if leads else None
    return _of_neighbours(frames, place, own, captions, run_on)


def _of_neighbours(
    frames: Frames, place: Place, own: Segment, captions: Sequence[Segment], run_on: bool
) -> list[tuple[Segment, str]] | None:
    """The value of a caption that fills its box: in the one box beside or below it that is no caption itself."""
    beside, below = frames.beside(place), frames.below(place)
    filled = []
    for near, where in ((beside, "right"), (below, "below")):
        if near is None or _has_caption(frames, near, captions):
            continue
        words = frames.words_in(near)
        if any(w is own.words[0] for w in words):
            return None
        if words and not words[-1].text.endswith(":"):
            filled.append((words, where))
    blank = below is not None and not frames.words_in(below)
    if blank and (beside is None or _has_caption(frames, beside, captions)):
        return []
    if len(filled) != 1 or (below is None and not own.text.rstrip().endswith(":")):
        return None
    words, where = filled[0]
    return list(_read(own.part, words, where, run_on))


def _has_caption(frames: Frames, place: Place, captions: Sequence[Segment]) -> bool:
    return any(frames.around(k) == place for k in captions)


def _read(
    part: int, words: Sequence[Word], where: str, run_on: bool
) -> Iterator[tuple[Segment, str]]:
    """All words of a box as one value, or each of its rows."""
    if run_on:
        yield Segment(part, tuple(words)), where
        return
    for row in _rows(words):
        yield Segment(part, tuple(row)), where


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    ordered = enumerate(words)
    breaks, line = {}, 0
    for at, word in ordered:
        if at and word.box.top > words[at - 1].box.top + 0.6 * (word.box.bottom - word.box.top):
            line += 1
        breaks[at] = line
    return [
        [words[at] for at, _ in run] for _, run in groupby(breaks.items(), key=lambda item: item[1])
    ]
