"""Pages that are pictures: image files, scanned PDF pages, PDF pages whose text layer cannot be used."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import replace

import numpy as np

from core.errors import Unreadable
from core.inbound.reading import Evidence
from core.inbound.values import Finding
from core.values import Box
from extraction.page.layout import PageLayout, Reading, Rule, Shown, TextLine, Word
from extraction.page.segments import page_rows
from extraction.readers import pdf_pictures
from extraction.readers.ocr import models, page, pictures
from extraction.readers.ocr.detect import Picture

PAGE_SECONDS = 30.0
SHORT_SIDE = 595.0  # points that the shorter side of a picture counts as
MOST_UNIT = 200 / 72  # pixels a point at which pages are drawn
LEAST_WORDS = 3
INLINE_SIDE = 400  # pixels; smaller pictures inside a mail are logos and signatures
INLINE_WORDS = 12
_SIZE = 0.78  # type size as a share of the height of a line as found
_TIGHT = 0.12  # what a line as found has too much above and below

# Asked once before a document's first picture is read; answers how many seconds its pictures may take.
allowance: ContextVar[Callable[[], float]] = ContextVar("allowance", default=lambda: 300.0)


class Clock:
    """The time that the pictures of one document have left."""

    def __init__(self) -> None:
        self._end = time.monotonic() + allowance.get()()

    def deadline(self) -> float:
        return min(time.monotonic() + PAGE_SECONDS, self._end)

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self._end


def preload() -> None:
    """Loads the networks, so that every process forked from here has them."""
    models.preload()


def start_helper() -> None:
    """Starts the second thread that pictures are read by, before a limit forbids it."""
    models.start_helper()


def read(content: bytes, part: int) -> Reading:
    """An image file, each frame a page; findings instead of text for logos, photos of things and damaged files."""
    place = f"part {part}"
    clock = Clock()
    layouts: list[PageLayout] = []
    stopped = False
    try:
        for number, picture in enumerate(pictures.pages(content), 1):
            unit = min(picture.shape[:2]) / SHORT_SIDE
            layout, whole = _layout(picture, number, unit, clock)
            layouts.append(layout)
            stopped = stopped or not whole
    except Unreadable as error:
        return Reading(part, "image", findings=(Finding(error.code, "error", str(error), place),))
    return _reading(Reading(part, "image"), layouts, {p.number for p in layouts}, stopped)


def read_inline(content: bytes, part: int) -> Reading | None:
    """A picture inside a mail's text: None for logos and the like, so for little pictures and little text."""
    try:
        if not pictures.is_picture(content) or min(pictures.size_of(content)) < INLINE_SIDE:
            return None
    except Unreadable:
        return None
    found = read(content, part)
    return found if sum(len(p.words) for p in found.pages) >= INLINE_WORDS else None


def completed(reading: Reading, content: bytes) -> Reading:
    """The reading of a PDF with the pages read from their pictures that have no text layer of use."""
    wanted = pdf_pictures.pages_to_see(content, reading.pages)
    if not wanted:
        return reading
    clock = Clock()
    seen: dict[int, PageLayout] = {}
    stopped = False
    for number, picture, width in pdf_pictures.drawn(content, wanted, MOST_UNIT):
        layout, whole = _layout(picture, number, picture.shape[1] / width, clock)
        stopped = stopped or not whole
        if len(layout.words) > len(wanted[number].words) / 2 and not pdf_pictures.is_garbage(
            layout
        ):
            seen[number] = layout
    layouts = [seen.get(p.number, p) for p in reading.pages]
    return _reading(reading, layouts, set(seen), stopped)


def _layout(picture: Picture, number: int, unit: float, clock: Clock) -> tuple[PageLayout, bool]:
    """The page as read and whether it was read to its end. unit: pixels of one point."""
    height, width = picture.shape[0] / unit, picture.shape[1] / unit
    if clock.is_over:
        return PageLayout(number, width, height, shown=_as_is(width, height)), False
    found = page.read(picture, unit, clock.deadline())
    upright_height, upright_width = (side / unit for side in found.page.picture.shape[:2])
    words = tuple(_words(found, number, unit))
    rules = tuple(
        Rule(number, Box(s[0] / unit, s[1] / unit, s[2] / unit, s[3] / unit)) for s in found.strokes
    )
    back = np.linalg.inv(found.page.matrix)
    shown = Shown(
        width,
        height,
        (
            float(back[0, 0]),
            float(back[0, 1]),
            float(back[0, 2]) / unit,
            float(back[1, 0]),
            float(back[1, 1]),
            float(back[1, 2]) / unit,
        ),
    )
    layout = PageLayout(number, upright_width, upright_height, words, rules, shown)
    return layout, found.complete


def _as_is(width: float, height: float) -> Shown:
    return Shown(width, height, (1.0, 0.0, 0.0, 0.0, 1.0, 0.0))


def _words(found: page.SeenPage, number: int, unit: float) -> Iterator[Word]:
    for word in found.words:
        x0, top, x1, bottom = (v / unit for v in word.box)
        height = word.height / unit
        box = Box(x0, top + _TIGHT * height, x1, bottom - _TIGHT * height)
        yield Word(word.text, number, box, round(_SIZE * height, 1), score=round(word.score, 4))


def _reading(reading: Reading, layouts: list[PageLayout], seen: set[int], stopped: bool) -> Reading:
    """The reading with these pages; `seen`: numbers of those read from pictures."""
    part, place = reading.part, f"part {reading.part}"
    read_well = sorted(
        p.number for p in layouts if p.number in seen and len(p.words) >= LEAST_WORDS
    )
    findings = [f for f in reading.findings if f.code != "no-text-layer"]
    if read_well:
        where = place if len(read_well) == len(layouts) else f"{place}, page {_listed(read_well)}"
        findings.append(Finding("read-by-ocr", "warning", READ_BY_OCR, where))
    elif not any(p.words for p in layouts):
        findings.append(Finding("no-text-layer", "warning", NO_TEXT, place))
    if stopped:
        findings.append(Finding("ocr-stopped", "warning", STOPPED, place))
    lines = tuple(
        TextLine(row.text, Evidence(part, p.number, row.box), row.words)
        for p in layouts
        for row in page_rows(part, p)
    )
    return replace(reading, lines=lines, pages=tuple(layouts), findings=tuple(findings))


def _listed(numbers: list[int]) -> str:
    return ", ".join(str(n) for n in numbers)


READ_BY_OCR = "The text was read from a picture; check every value against the page."
NO_TEXT = "The pages are pictures, and no text was found in them."
STOPPED = "Reading the pictures took too long; what is missing must be read by eye."
