"""When a page's text layer looks odd, and what two readers that disagree are worth telling a person."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from core.inbound.values import Finding
from extraction.page.layout import Word
from extraction.readers.pdf_glyphs import Letters

_FEW = 20  # letters; fewer tell nothing
_SHARE = 0.02  # of letters or words that may be odd on a sound page
_SHARED = 0.9  # of letters that two readers of one page must have in common
_ENDLESS = 25  # letters a word on average, when the gaps between words are lost
_ODD = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u0590-\u08ff\ue000-\uf8ff\ufb1d-\ufdff\ufffd-\uffff]"
)


def is_doubtful(letters: Letters, words: Sequence[Word]) -> bool:
    """Whether a page should be read by a second reader too."""
    total = len(letters.glyphs)
    if letters.replaced or letters.unmapped > _SHARE * total:
        return True
    text = "".join(word.text for word in words)
    if len(_ODD.findall(text)) > _SHARE * len(text) or len(text) > _ENDLESS * len(words) + _FEW:
        return True
    return _overlapping(words) > _SHARE * len(words) + 1 or not same_letters(letters.text, words)


def same_letters(text: str, words: Sequence[Word]) -> bool:
    """Whether two readers saw about the same letters and figures (nine in ten)."""
    ours = Counter(filter(str.isalnum, "".join(word.text for word in words)))
    theirs = Counter(filter(str.isalnum, text))
    total = max(ours.total(), theirs.total())
    return total < _FEW or (ours & theirs).total() >= _SHARED * total


def _overlapping(words: Sequence[Word]) -> int:
    """How many words stand half over their neighbour on the line."""
    boxes = sorted((round(w.box.top), w.box.x0, w.box.x1) for w in words)
    return sum(
        a[0] == b[0] and a[2] - b[1] > 0.5 * min(a[2] - a[1], b[2] - b[1])
        for a, b in pairwise(boxes)
    )


def count_differs(theirs: int, ours: int, place: str) -> Finding:
    sentence = f"Two readers count {theirs} and {ours} pages."
    return Finding("pdf-readers-disagree", "warning", sentence, place)


def text_differs(page: int, place: str) -> Finding:
    sentence = f"Two readers see different text on page {page}; compare with the page."
    return Finding("pdf-readers-disagree", "warning", sentence, place)


def read_by_one(place: str) -> Finding:
    sentence = "Only one of two readers can read it; compare with the page."
    return Finding("pdf-readers-disagree", "warning", sentence, place)


def too_many(read: int, count: int, place: str) -> Finding:
    sentence = f"Only the first {read} of {count} pages were read."
    return Finding("too-many-pages", "warning", sentence, place)


def no_text(place: str) -> Finding:
    sentence = "The pages are pictures; there is no text to read."
    return Finding("no-text-layer", "warning", sentence, place)


def lost(page: int, place: str) -> Finding:
    return Finding("pdf-damaged", "error", f"Page {page} cannot be read; it is damaged.", place)
