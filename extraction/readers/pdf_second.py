"""The second reader of PDFs: pdfplumber, for pages that pdfium reads doubtfully and for what is typed into forms."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pdfplumber
from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

from core.values import Box
from extraction.page.layout import PageLayout, Rule, Word
from extraction.readers.pdf_fonts import Style
from extraction.readers.pdf_glyphs import Glyph
from extraction.readers.pdf_rules import MAX_RULES, SHORTEST
from extraction.readers.pdf_sheet import Sheet
from extraction.readers.pdf_words import CLEAN, words

MAX_FIELDS = 500
_CODES = re.compile(r"\(cid:(\d+)\)")
_BULLETS = {"127", "149", "183"}


@contextmanager
def opened(content: bytes) -> Iterator[Sequence[Any] | None]:
    """The pages as pdfplumber has them, none of them read yet; None when it cannot open the file."""
    try:
        document = pdfplumber.open(io.BytesIO(content))
        pages = document.pages
    except Exception:  # pdfminer raises whatever a damaged file provokes
        yield None
        return
    with document:
        yield pages


def layout(page: Any, sheet: Sheet | None) -> PageLayout | None:
    """A page read in full, on `sheet` or what pdfplumber takes for it; None when it cannot be read."""
    try:
        sheet = sheet or _sheet(page)
        said = (*words(_glyphs(page, sheet), page.page_number), *_typed(page, sheet))
        return PageLayout(page.page_number, *sheet.size, said, tuple(_rules(page, sheet)))
    except Exception:  # as above
        return None
    finally:
        page.close()


def typed(page: Any, sheet: Sheet) -> tuple[Word, ...]:
    """What was typed into the fields of a form; it is no part of the page's own text."""
    try:
        return tuple(_typed(page, sheet))
    except Exception:  # as above
        return ()


def _sheet(page: Any) -> Sheet:
    obj = page.page_obj
    left, foot, right, head = (float(n) for n in obj.cropbox or obj.mediabox)
    return Sheet(left, foot, right, head, int(page.rotation) // 90 % 4)


def _glyphs(page: Any, sheet: Sheet) -> list[Glyph]:
    """The letters of one of its pages, on the page as shown."""
    across, down = _shift(page, sheet)
    return [
        Glyph(
            _CODES.sub(_code, letter["text"]),
            float(letter["x0"]) + across,
            float(letter["top"]) + down,
            float(letter["x1"]) + across,
            float(letter["bottom"]) + down,
            Style(
                round(float(letter["size"]), 3), str(letter["fontname"]), bool(letter["upright"])
            ),
        )
        for letter in page.chars
    ]


def _rules(page: Any, sheet: Sheet) -> Iterator[Rule]:
    """Drawn lines and the edges of drawn boxes, longer than a letter."""
    across, down = _shift(page, sheet)
    seen = 0
    for edge in page.edges:
        x0, x1 = sorted((float(edge["x0"]) + across, float(edge["x1"]) + across))
        top, bottom = sorted((float(edge["top"]) + down, float(edge["bottom"]) + down))
        if max(x1 - x0, bottom - top) >= SHORTEST and seen < MAX_RULES:
            seen += 1
            yield Rule(page.page_number, Box(x0, top, x1, bottom))


def _typed(page: Any, sheet: Sheet) -> Iterator[Word]:
    for note in page.annots[:MAX_FIELDS]:
        data = note.get("data") or {}
        if getattr(data.get("Subtype"), "name", "") != "Widget":
            continue
        value = resolve1(data.get("V") or (resolve1(data.get("Parent")) or {}).get("V"))
        left, right = sorted((float(data["Rect"][0]), float(data["Rect"][2])))
        foot, head = sorted((float(data["Rect"][1]), float(data["Rect"][3])))
        x0, top, _, bottom = sheet.place(left, foot, right, head)
        yield from _rows(_text(value)[:400], x0, top, bottom, page.page_number)


def _rows(text: str, x0: float, top: float, bottom: float, page: int) -> Iterator[Word]:
    """The words of a field's rows, where a form would show them."""
    size = min(max(bottom - top - 4, 6.0), 10.0)
    first = top if "\n" in text else top + (bottom - top - size) / 2
    for number, row in enumerate(text.splitlines()):
        x, y = x0 + 2, first + number * size * 1.2
        for piece in row.split():
            width = 0.5 * size * len(piece)
            yield Word(piece, page, Box(x, y, x + width, y + size), size)
            x += width + 0.3 * size


def _text(value: Any) -> str:
    """The text of a form field's value; choices and check marks are none."""
    if isinstance(value, bytes):
        return decode_text(value).replace("\r", "\n").translate(CLEAN).strip()
    return ""


def _code(match: re.Match[str]) -> str:
    return "•" if match[1] in _BULLETS else ""


def _shift(page: Any, sheet: Sheet) -> tuple[float, float]:
    """How far its places, told from the paper's corner, are from those on the visible part of the page."""
    left, foot, right, head = (float(n) for n in page.page_obj.mediabox)
    corner = ((left, head), (left, foot), (right, foot), (right, head))[sheet.turns]
    x, top, _, _ = sheet.place(*corner, *corner)
    return x - float(page.bbox[0]), top - float(page.bbox[1])
