"""Which pages of a PDF must be seen rather than read, and their pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from extraction.page.layout import PageLayout
from extraction.readers.ocr.detect import Picture

MAX_PIXELS = 12_000_000
_FEW_WORDS = 12  # a page with no more may be a picture with a stamp or fax line as text
_COVERED = 0.5  # share of a page that its pictures cover when it is a scan
_LETTERS = re.compile(r"[^\W\d_]{4,}")
_VOWELS = re.compile(r"[aeiouyäöüáéíóúàèìòùâêîôûãõåæøœαεηιουω]", re.IGNORECASE)
_LATIN = re.compile(r"[a-zà-ÿ]", re.IGNORECASE)
_SPOKEN = 0.28  # share of vowels below which letters are no text; real pages have over 0.34
_HEAP = re.compile(r"[bcdfghjklmnpqrstvwxz]{6,}", re.IGNORECASE)
_UNMAPPED = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")


def pages_to_see(content: bytes, pages: Sequence[PageLayout]) -> dict[int, PageLayout]:
    """By number: pages without words, with a few words on a picture, or with words that are no words."""
    doubtful = [p for p in pages if len(p.words) <= _FEW_WORDS or is_garbage(p)]
    if not doubtful:
        return {}
    document = pypdfium2.PdfDocument(content)
    try:
        return {
            p.number: p
            for p in doubtful
            if p.number <= len(document)
            and (is_garbage(p) or _is_pictured(document[p.number - 1], bool(p.words)))
        }
    finally:
        document.close()


def drawn(
    content: bytes, numbers: Sequence[int] | dict[int, PageLayout], unit: float
) -> Iterator[tuple[int, Picture, float]]:
    """(number, picture, width in points) of each page, `unit` pixels a point, fewer for huge pages."""
    document = pypdfium2.PdfDocument(content)
    try:
        for number in numbers:
            sheet = document[number - 1]
            width, height = sheet.get_size()
            scale = min(unit, (MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
            picture = sheet.render(scale=scale, rev_byteorder=False).to_numpy()
            yield number, np.ascontiguousarray(_three(picture)), width
            sheet.close()
    finally:
        document.close()


def is_garbage(page: PageLayout) -> bool:
    """Whether the text layer says nothing: unmapped glyphs, or letters that make no words of any language."""
    text = " ".join(w.text for w in page.words)
    if len(_UNMAPPED.findall(text)) > 0.2 * max(len(text.replace(" ", "")), 1):
        return True
    words = [w for w in _LETTERS.findall(text) if _LATIN.match(w)]
    if len(words) < 15:
        return False
    letters = "".join(words)
    spoken = sum(bool(_VOWELS.search(w)) and not _HEAP.search(w) for w in words)
    return spoken < 0.4 * len(words) or len(_VOWELS.findall(letters)) < _SPOKEN * len(letters)


def _is_pictured(sheet: pypdfium2.PdfPage, has_words: bool) -> bool:
    """Whether something is there to be seen: any drawing on a page without words, else a picture of the page."""
    width, height = sheet.get_size()
    if not has_words:
        return next(sheet.get_objects(max_depth=2), None) is not None
    covered = 0.0
    for found in sheet.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = found.get_bounds()
        across = min(right, width) - max(left, 0.0)
        up = min(top, height) - max(bottom, 0.0)
        covered += max(across, 0.0) * max(up, 0.0)
    return bool(covered >= _COVERED * width * height)


def _three(picture: Picture) -> Picture:
    if picture.ndim == 2 or picture.shape[2] == 1:
        return np.repeat(picture.reshape(*picture.shape[:2], 1), 3, axis=2)
    return picture[:, :, :3]
