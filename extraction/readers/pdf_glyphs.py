"""The letters of a PDF page by pdfium, in the order in which the page draws them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from extraction.readers.pdf_calls import calls, handle
from extraction.readers.pdf_fonts import Setting, Settings, Style
from extraction.readers.pdf_marks import are_replaced
from extraction.readers.pdf_sheet import SAME, Drawn, Sheet

_BLANK = 32
_HYPHEN = 2  # how pdfium marks a hyphen at the end of a line
_BULLETS = {127, 149, 183}
_EXACT = 0.02  # of the size of a letter
_NARROWEST = (
    0.6  # of a letter's box, which also holds what hangs over, is how far it moves on what follows
)


class Glyph(NamedTuple):
    """One letter, in points from the top left of the shown page; text: "" when the file does not say which it is."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    style: Style


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a page, and the text of its visible part as pdfium itself puts letters together.

    unmapped: how many letters the file gives no code for. replaced: whether other text stands in for some.
    """

    glyphs: list[Glyph]
    text: str = ""
    unmapped: int = 0
    replaced: bool = False


def letters(page: pypdfium2.PdfPage, sheet: Sheet, objects: Sequence[Drawn]) -> Letters:
    """Every letter that pdfium finds on a page. Raises PdfiumError when the page has no readable text layer."""
    texts = [drawn for drawn in objects if drawn.kind == pdfium.FPDF_PAGEOBJ_TEXT]
    text_page = page.get_textpage()
    try:
        found = _Reader(text_page.raw, sheet, texts).read()
        glyphs = [glyph for group in found for glyph in group]
        unmapped = sum(not glyph.text for glyph in glyphs)
        replaced = are_replaced([drawn.found for drawn in texts])
        return Letters(glyphs, text_page.get_text_bounded(), unmapped, replaced)
    finally:
        text_page.close()


class _Reader:
    def __init__(self, text_page: Any, sheet: Sheet, texts: Sequence[Drawn]) -> None:
        self._text = text_page
        self._sheet = sheet
        self._texts = {ctypes.addressof(drawn.found.contents): drawn for drawn in texts}
        self._settings = Settings(sheet)
        self._unmapped = calls().unmapped

    def read(self) -> Iterator[list[Glyph]]:
        """The letters of each text object, in the order of drawing."""
        printed = self._printed()
        for address, drawn in self._texts.items():
            if address in printed:
                yield printed.pop(address)
            elif _is_blank(drawn.found):  # which pdfium leaves out where it sees a gap
                yield [_blank(self._settings.of(drawn.found, drawn.matrix))]
        yield from printed.values()

    def _printed(self) -> dict[int, list[Glyph]]:
        """Letters by the address of their text object; the pieces of a ligature, which share a place, are one."""
        printed: dict[int, list[Glyph]] = {}
        page, place = handle(self._text), self._sheet.place
        owner_of, code_of, origin_of, made_up, _ = calls()
        x, y = ctypes.c_double(), ctypes.c_double()
        to_x, to_y = ctypes.byref(x), ctypes.byref(y)
        last, across, up = 0, 0.0, 0.0
        for index in range(pdfium.FPDFText_CountChars(self._text)):
            owner, code = owner_of(page, index), code_of(page, index)
            if not owner or (code <= _BLANK and made_up(page, index)):
                continue  # blanks and line ends where pdfium sees gaps
            origin_of(page, index, to_x, to_y)
            same, before = owner == last, (across, up)
            across, up = x.value, y.value
            if not same:
                last, setting = owner, self._setting(owner, index)
                group = printed.setdefault(owner, [])
            left, _, _, foot = place(across, up, across, up)
            known = setting.font.letters.get(code)
            text, width = known or self._first(setting, code, index, left)
            if same and before == (across, up):
                group[-1] = group[-1]._replace(
                    text=group[-1].text + text, x1=max(group[-1].x1, self._box(index)[2])
                )
            elif width and setting.plain:
                if not group and _begins_blank(setting, left):
                    group.append(_blank(setting))
                bottom, style = foot + setting.drop, setting.style
                right = left + width * setting.stretch
                group.append(Glyph(text, left, bottom - style.size, right, bottom, style))
            else:
                group.append(self._boxed(setting, text, index, left, foot))
        return printed

    def _setting(self, owner: int, index: int) -> Setting:
        drawn = self._texts.get(owner)
        if drawn:
            return self._settings.of(drawn.found, drawn.matrix)
        return self._settings.of(pdfium.FPDFText_GetTextObject(self._text, index), SAME)

    def _first(self, setting: Setting, code: int, index: int, left: float) -> tuple[str, float]:
        """Text and width, for size 1, of a letter not seen before in its font; width 0 when its box contradicts."""
        unknown = self._unmapped(handle(self._text), index) == 1
        text, width = _text(code, unknown), setting.font.width(code)
        if setting.plain and not unknown and not self._is_piece(index):
            seen, moved = self._box(index)[2] - left, width * setting.stretch
            if not _NARROWEST * seen < moved < (1 + _EXACT) * seen:
                width = 0.0
            setting.font.letters[code] = text, width
            return text, width
        return text, 0.0

    def _is_piece(self, index: int) -> bool:
        """Whether the next letter has the same place: both are of one glyph, which is as wide as its box."""
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(self._text, index, x, y)
        here = (x.value, y.value)
        more = pdfium.FPDFText_GetCharOrigin(self._text, index + 1, x, y)
        return bool(more) and here == (x.value, y.value)

    def _box(self, index: int) -> tuple[float, float, float, float]:
        box = pdfium.FS_RECTF()
        pdfium.FPDFText_GetLooseCharBox(self._text, index, box)
        return self._sheet.place(box.left, box.bottom, box.right, box.top)

    def _boxed(self, setting: Setting, text: str, index: int, left: float, foot: float) -> Glyph:
        """A letter that is turned, slanted, or of unknown width, by the box that pdfium gives."""
        x0, top, x1, bottom = self._box(index)
        style = setting.style
        if setting.level:
            bottom = foot + setting.drop
            top, x0 = bottom - style.size, left if setting.plain else x0
        elif not style.upright:
            style = self._settings.style(round(bottom - top, 3), setting.font, False)
        return Glyph(text, x0, top, x1, bottom, style)


def _text(code: int, unknown: bool) -> str:
    if unknown:
        return "•" if code in _BULLETS else ""
    return "-" if code == _HYPHEN else chr(code) if 0 < code < 0x110000 else ""


def _begins_blank(setting: Setting, left: float) -> bool:
    """Whether the first letter that pdfium gives of a text object stands a blank behind its start."""
    if left - setting.x < _EXACT * setting.style.size:
        return False
    width = setting.stretch * setting.font.width(_BLANK)
    return width > 0 and abs(left - setting.x - width) < _EXACT * setting.style.size


def _blank(setting: Setting) -> Glyph:
    bottom = setting.foot + setting.drop
    return Glyph(" ", setting.x, bottom - setting.style.size, setting.x, bottom, setting.style)


def _is_blank(found: Any) -> bool:
    """Whether a text object shows nothing: pdfium gives such a one no extent."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(found, left, bottom, right, top)
    return left.value == right.value and bottom.value == top.value
