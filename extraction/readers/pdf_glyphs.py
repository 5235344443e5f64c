"""The letters of a PDF page by pdfium, in the order in which the page draws them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from extraction.readers.pdf_sheet import SAME, Matrix, Sheet, drawn_objects, joined, own_matrix

_HYPHEN = 2  # how pdfium marks a hyphen at the end of a line
_BULLETS = {127, 149, 183}
_BLANK = 32
_LEVEL = 1e-3
_EXACT = 0.02  # of the size of a letter
_NARROWEST = (
    0.6  # of a letter's box, which also holds what hangs over, is how far it moves on what follows
)
_MAX_FONT_NAME = 256


class Glyph(NamedTuple):
    """One letter, in points from the top left of the shown page.

    text: "" when the file does not say which letter it is. upright: whether its line runs across the page.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    font: str
    upright: bool


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a page, and the text of its visible part as pdfium itself puts letters together.

    unmapped: how many letters the file gives no code for. replaced: whether other text stands in for some.
    """

    glyphs: list[Glyph]
    text: str = ""
    unmapped: int = 0
    replaced: bool = False


class _Style(NamedTuple):
    """What all letters of one text object share.

    order: its place among the objects of the page. plain: neither turned nor slanted; level: not turned.
    height: of a letter's box, in points; drop: from its foot to the base line; stretch: points across, a unit of type.
    """

    order: int
    plain: bool
    level: bool
    upright: bool
    height: float
    drop: float
    stretch: float
    font: _Font


class _Font:
    """A font's name, how far its letters go below the base line (not above 0), and how wide each is, for size 1."""

    def __init__(self, font: Any) -> None:
        self._font = font
        self._widths: dict[int, float] = {}
        self.name, self.descent = "", 0.0
        if font:
            name, value = ctypes.create_string_buffer(_MAX_FONT_NAME), ctypes.c_float()
            pdfium.FPDFFont_GetBaseFontName(font, name, _MAX_FONT_NAME)
            pdfium.FPDFFont_GetDescent(font, 1.0, value)
            self.name, self.descent = name.value.decode("utf-8", "replace"), -abs(value.value)

    def width(self, code: int) -> float:
        """How far the letter moves on what follows; 0 when not known."""
        width = self._widths.get(code)
        if width is None:
            value = ctypes.c_float()
            known = self._font and pdfium.FPDFFont_GetGlyphWidth(self._font, code, 1.0, value)
            width = self._widths[code] = value.value if known else 0.0
        return width


def letters(page: pypdfium2.PdfPage, sheet: Sheet) -> Letters:
    """Every letter that pdfium finds on a page. Raises PdfiumError when the page has no readable text layer."""
    text_page = page.get_textpage()
    try:
        reader = _Reader(page, text_page.raw, sheet)
        found = sorted((*reader.printed(), *reader.blanks()), key=itemgetter(0))
        glyphs = [glyph for _, glyph in found]
        unmapped = sum(not glyph.text for glyph in glyphs)
        return Letters(glyphs, text_page.get_text_bounded(), unmapped, reader.replaced)
    finally:
        text_page.close()


class _Reader:
    def __init__(self, page: pypdfium2.PdfPage, text_page: Any, sheet: Sheet) -> None:
        self._text = text_page
        self._sheet = sheet
        self._objects: dict[int, tuple[int, Any, Matrix]] = {}
        self._styles: dict[int, _Style] = {}
        self._fonts: dict[int, _Font] = {}
        self.replaced = False
        for order, (found, kind, matrix) in enumerate(drawn_objects(page)):
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                self._objects[ctypes.addressof(found.contents)] = (order, found, matrix)
                self.replaced = self.replaced or _has_other_text(found)

    def printed(self) -> Iterator[tuple[int, Glyph]]:
        """(place of its object, letter); the pieces of a ligature, which share one place, are one letter."""
        text, place, styles = self._text, self._sheet.place, self._styles
        box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        unicode_of, box_of, object_of, origin_of, unknown, made_up = (
            pdfium.FPDFText_GetUnicode,
            pdfium.FPDFText_GetLooseCharBox,
            pdfium.FPDFText_GetTextObject,
            pdfium.FPDFText_GetCharOrigin,
            pdfium.FPDFText_HasUnicodeMapError,
            pdfium.FPDFText_IsGenerated,
        )
        before: tuple[int, Glyph] | None = None
        last = (0, 0.0, 0.0)
        for index in range(pdfium.FPDFText_CountChars(text)):
            owner = object_of(text, index)
            code = unicode_of(text, index)
            if not owner or (code <= _BLANK and made_up(text, index)):
                continue  # blanks and line ends where pdfium sees gaps
            origin_of(text, index, x, y)
            address = ctypes.addressof(owner.contents)
            letter = _letter(code, unknown(text, index))
            here = (address, x.value, y.value)
            if here == last and before is not None:
                before = (before[0], before[1]._replace(text=before[1].text + letter))
                continue
            if before is not None:
                yield before
            last = here
            style = styles.get(address)
            if style is None:
                style = self._style(address, owner)
                if style.plain and self._begins_blank(address, style, x.value, y.value):
                    yield style.order, self._blank(address, style)
            box_of(text, index, box)
            x0, top, x1, bottom = place(box.left, box.bottom, box.right, box.top)
            size = style.height
            if style.level:
                foot = place(x.value, y.value, x.value, y.value)
                bottom = foot[3] + style.drop
                top = bottom - size
                if style.plain:
                    x0 = foot[0]
                    width = style.stretch * style.font.width(code)
                    x1 = x0 + width if _NARROWEST * (x1 - x0) < width < x1 - x0 else x1
            elif not style.upright:
                size = round(bottom - top, 3)
            glyph = Glyph(letter, x0, top, x1, bottom, size, style.font.name, style.upright)
            before = (style.order, glyph)
        if before is not None:
            yield before

    def blanks(self) -> Iterator[tuple[int, Glyph]]:
        """Blanks drawn on their own, which pdfium leaves out where it sees a gap; call after `printed`."""
        for address, (_, found, _) in self._objects.items():
            if address not in self._styles and _is_blank(found):
                style = self._style(address, found)
                yield style.order, self._blank(address, style)

    def _begins_blank(self, address: int, style: _Style, x: float, y: float) -> bool:
        """Whether the first letter that pdfium gives of a text object stands a blank behind its start."""
        blank, start = self._blank(address, style), self._sheet.place(x, y, x, y)[0]
        width = style.stretch * style.font.width(_BLANK)
        return width > 0 and abs(start - blank.x0 - width) < _EXACT * style.height

    def _blank(self, address: int, style: _Style) -> Glyph:
        _, found, matrix = self._objects[address]
        x, y = joined(own_matrix(found), matrix)[4:]
        x0, top, x1, bottom = self._sheet.place(x, y, x, y)
        return Glyph(
            " ",
            x0,
            top + style.drop - style.height,
            x1,
            bottom + style.drop,
            style.height,
            style.font.name,
            style.upright,
        )

    def _style(self, address: int, found: Any) -> _Style:
        order, _, matrix = self._objects.get(address, (len(self._objects), found, SAME))
        size = ctypes.c_float()
        pdfium.FPDFTextObj_GetFontSize(found, size)
        font = self._font(pdfium.FPDFTextObj_GetFont(found))
        a, b, c, d = self._sheet.turned(*joined(own_matrix(found), matrix)[:4])
        level = abs(b) <= _LEVEL * abs(a) and a > 0 and d > 0 and size.value > 0
        style = self._styles[address] = _Style(
            order,
            level and abs(c) <= _LEVEL * abs(d),
            level,
            a * d > 0 and b * c <= 0,
            round(abs(d) * size.value, 3),
            -font.descent * abs(d) * size.value,
            a * size.value,
            font,
        )
        return style

    def _font(self, font: Any) -> _Font:
        address = ctypes.addressof(font.contents) if font else 0
        if address not in self._fonts:
            self._fonts[address] = _Font(font)
        return self._fonts[address]


def _letter(code: int, unknown: int) -> str:
    if unknown == 1:
        return "•" if code in _BULLETS else ""
    return "-" if code == _HYPHEN else chr(code) if 0 < code < 0x110000 else ""


def _is_blank(found: Any) -> bool:
    """Whether a text object shows nothing: pdfium gives such a one no extent."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(found, left, bottom, right, top)
    return left.value == right.value and bottom.value == top.value


def _has_other_text(found: Any) -> bool:
    """Whether the file says that these letters stand for another text (PDF 32000, 14.9.4)."""
    for number in range(pdfium.FPDFPageObj_CountMarks(found)):
        mark = pdfium.FPDFPageObj_GetMark(found, number)
        if (
            pdfium.FPDFPageObjMark_GetParamValueType(mark, b"ActualText")
            != pdfium.FPDF_OBJECT_UNKNOWN
        ):
            return True
    return False
