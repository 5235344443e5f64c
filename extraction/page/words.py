"""The words of every page where the page as shown has them, for a person who picks a value by hand."""

from __future__ import annotations

from collections.abc import Iterable

from core.inbound.reading import PageWords
from extraction.page.layout import PageLayout, Reading, Word

MOST_OF_PAGE = 4_000
MOST_OF_DOCUMENT = 40_000
LONGEST = 200  # characters of one word


def page_words(readings: Iterable[Reading]) -> tuple[PageWords, ...]:
    """Page by page, bounded; pages without words are left out."""
    found: list[PageWords] = []
    left = MOST_OF_DOCUMENT
    for reading in readings:
        for page in reading.pages:
            words = tuple(_placed(page, w) for w in page.words[: min(left, MOST_OF_PAGE)])
            left -= len(words)
            if words:
                found.append(PageWords(reading.part, page.number, words))
    return tuple(found)


def _placed(page: PageLayout, word: Word) -> tuple[float, float, float, float, str]:
    box = page.shown.box(word.box) if page.shown else word.box
    x0, top, x1, bottom = (round(v, 1) for v in (box.x0, box.top, box.x1, box.bottom))
    return x0, top, x1, bottom, word.text[:LONGEST]
