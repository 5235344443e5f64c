"""Text that a PDF says some letters stand for (ActualText; PDF 32000-1, 14.9.4), and whether it may mislead."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2.raw as pdfium

MOST_LETTERS = 3  # of a ligature
SHARE = 0.02  # of a page's text objects that may be ligatures and blanks
_KEY = b"ActualText"
_LONGEST = 1_000


def are_replaced(texts: Sequence[Any]) -> bool:
    """Whether other text than ligatures and blanks stands in for some of a page's text objects, or for many."""
    said = 0
    for found in texts:
        for text in _said_of(found):
            if not _is_ligature(text):
                return True
            said += 1
    return said > MOST_LETTERS + SHARE * len(texts)


def _said_of(found: Any) -> Iterator[str]:
    for number in range(pdfium.FPDFPageObj_CountMarks(found)):
        mark = pdfium.FPDFPageObj_GetMark(found, number)
        kind = pdfium.FPDFPageObjMark_GetParamValueType(mark, _KEY)
        if kind != pdfium.FPDF_OBJECT_UNKNOWN:
            yield _text_of(mark)


def _text_of(mark: Any) -> str:
    """The text as the file has it: UTF-16 behind its mark, else one byte a letter; what is too long stays cut."""
    buffer, length = (ctypes.c_ubyte * _LONGEST)(), ctypes.c_ulong()
    if not pdfium.FPDFPageObjMark_GetParamBlobValue(mark, _KEY, buffer, _LONGEST, length):
        return "?" * _LONGEST
    raw = bytes(buffer[: length.value])
    return (
        raw[2:].decode("utf-16-be", "replace")
        if raw.startswith(b"\xfe\xff")
        else raw.decode("latin-1")
    )


def _is_ligature(text: str) -> bool:
    """Whether a text is a blank or the few letters that one glyph may draw ("ffi"); a figure never is."""
    bare = text.strip()
    return len(bare) <= MOST_LETTERS and (bare.isalpha() or not bare)
