"""One page's picture read: upright, its words with their places, its ruling lines."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extraction.readers.ocr import detect, recognise, rulings, upright
from extraction.readers.ocr.detect import Picture, Quads
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
    found = rulings.strokes(page.picture, unit)
    page = replace(page, quads=_cut_at(page.quads, found))
    texts = recognise.read([recognise.cut(page.picture, q) for q in page.quads], deadline)
    words = [
        word
        for quad, text in zip(page.quads, texts, strict=True)
        if text is not None and text.score >= _SURE
        for word in _words(quad, text)
        if not _DUST.fullmatch(word.text)
    ]
    return SeenPage(page, tuple(words), tuple(found), all(t is not None for t in texts))


def _cut_at(quads: Quads, strokes: list[rulings.Stroke]) -> Quads:
    """Lines that were found as one across an upright stroke, cut in two there: they are cells of a table."""
    upright_ones = [s for s in strokes if s[3] - s[1] > s[2] - s[0]]
    pieces = [piece for quad in quads for piece in _pieces(quad, upright_ones)]
    return np.array(pieces, np.float32).reshape(-1, 4, 2)


def _pieces(
    quad: NDArray[np.float32], strokes: list[rulings.Stroke]
) -> Iterator[NDArray[np.float32]]:
    (left, top), (right, bottom) = quad.min(axis=0), quad.max(axis=0)
    height, middle = float(bottom - top), float(top + bottom) / 2
    crossing = sorted(
        ((s[0] + s[2]) / 2 - left) / (right - left)
        for s in strokes
        if s[1] < middle < s[3]
        and s[3] - s[1] > 1.5 * height
        and left + 0.4 * height < (s[0] + s[2]) / 2 < right - 0.4 * height
    )
    for start, end in pairwise((0.0, *map(float, crossing), 1.0)):
        if (end - start) * (right - left) > 0.3 * height:
            yield _between(quad, start, end)


def _between(quad: NDArray[np.float32], start: float, end: float) -> NDArray[np.float32]:
    """The part of a line from one share of its width to another."""
    up, down = quad[1] - quad[0], quad[2] - quad[3]
    return np.array(
        [quad[0] + up * start, quad[0] + up * end, quad[3] + down * end, quad[3] + down * start],
        np.float32,
    )


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
