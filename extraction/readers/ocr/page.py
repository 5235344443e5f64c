"""One page's picture read: upright, its words with their places, its ruling lines."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extraction.readers.ocr import detect, recognise, rulings, upright
from extraction.readers.ocr.detect import Picture
from extraction.readers.ocr.recognise import Read
from extraction.readers.ocr.upright import Upright

_SURE = 0.5  # a line read with less says nothing
_SAMPLE = 6  # lines tried both ways up
_PLAIN = 0.85  # read that well, a page is the right way up
_DUST = re.compile(r"[.,:;'`´·°^*_~\"|]{1,2}")
_PART = 1.5  # heights of empty space inside a line that part words without a blank


@dataclass(frozen=True, slots=True)
class SeenWord:
    """A word of the upright picture, its box in pixels (left, top, right, bottom), its score from 0 to 1."""

    text: str
    box: tuple[float, float, float, float]
    height: float
    score: float


@dataclass(frozen=True, slots=True)
class SeenPage:
    """words and strokes: in pixels of the upright picture. complete: False when the time ran out."""

    page: Upright
    words: tuple[SeenWord, ...]
    strokes: tuple[rulings.Stroke, ...]
    complete: bool


def read(picture: Picture, unit: float, deadline: float = float("inf")) -> SeenPage:
    """Reads a picture of one page; `unit`: pixels of one point; stops at `deadline` (time.monotonic)."""
    page = upright.as_shown(picture, detect.lines(picture))
    if not len(page.quads) or time.monotonic() > deadline:
        return SeenPage(page, (), (), not len(page.quads))
    if upright.lies_on_its_side(page.quads):
        page = upright.turned(page, 1)
    page = upright.straightened(page)
    if _upside_down(page, deadline):
        page = upright.turned(page, 2)
    texts = recognise.read([recognise.cut(page.picture, q) for q in page.quads], deadline)
    words = [
        word
        for quad, text in zip(page.quads, texts, strict=True)
        if text is not None and text.score >= _SURE
        for word in _words(quad, text)
        if not _DUST.fullmatch(word.text)
    ]
    found = rulings.strokes(page.picture, unit)
    return SeenPage(page, tuple(words), tuple(found), all(t is not None for t in texts))


def _upside_down(page: Upright, deadline: float) -> bool:
    """Whether the longest lines read better with the page turned over."""
    lengths = np.linalg.norm(page.quads[:, 1] - page.quads[:, 0], axis=1)
    sample = [
        recognise.cut(page.picture, page.quads[n]) for n in np.argsort(-lengths)[:_SAMPLE].tolist()
    ]
    asis = _quality(recognise.read(sample, deadline))
    if asis >= _PLAIN:
        return False
    over = [np.ascontiguousarray(np.rot90(crop, 2)) for crop in sample]
    return _quality(recognise.read(over, deadline)) > asis + 0.03


def _quality(reads: list[Read | None]) -> float:
    known = [r for r in reads if r is not None]
    return sum(r.score for r in known) / len(known) if known else 1.0


def _words(quad: NDArray[np.float32], text: Read) -> Iterator[SeenWord]:
    """The words of a line; each as wide as its characters, and half the usual step on either side."""
    across = float(np.linalg.norm(quad[1] - quad[0]))
    down = max(float(np.linalg.norm(quad[3] - quad[0])), 1.0)
    for start, end in _runs(text, across / down):
        places = text.places[start:end]
        steps = [b - a for a, b in pairwise(places)]
        half = sorted(steps)[len(steps) // 2] / 2 if steps else 0.25 * down / across
        left, right = max(places[0] - half, 0.0), min(places[-1] + half, 1.0)
        top = quad[0] + (quad[1] - quad[0]) * (left + right) / 2
        bottom = quad[3] + (quad[2] - quad[3]) * (left + right) / 2
        x0 = float(quad[0][0] + (quad[1][0] - quad[0][0]) * left)
        x1 = float(quad[0][0] + (quad[1][0] - quad[0][0]) * right)
        scores = text.scores[start:end]
        box = (x0, float(top[1]), x1, float(bottom[1]))
        yield SeenWord(text.text[start:end], box, down, sum(scores) / len(scores))


def _runs(text: Read, width: float) -> Iterator[tuple[int, int]]:
    """Start and end of each word in the line's characters; `width`: of the line, in line heights."""
    start = None
    for n, character in enumerate(text.text):
        wide = n > 0 and (text.places[n] - text.places[n - 1]) * width > _PART
        if start is not None and (character.isspace() or wide):
            yield start, n
            start = None
        if start is None and not character.isspace():
            start = n
    if start is not None:
        yield start, len(text.text)
