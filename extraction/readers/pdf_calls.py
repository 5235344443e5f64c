"""The functions of pdfium that are called for every letter, with plain numbers for its handles.

As pypdfium2 declares them they cost four times as much, which is most of the time that a page takes.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

_COUNT, _HANDLE = ctypes.c_int, ctypes.c_void_p


class Calls(NamedTuple):
    """Each takes the handle of a text page and the number of a letter.

    owner: address of its text object, None for what pdfium made up. origin: two references to doubles more, set to where
    its base line begins. made_up, unmapped: 1 when so.
    """

    owner: Callable[[int, int], int | None]
    code: Callable[[int, int], int]
    origin: Callable[[int, int, Any, Any], int]
    made_up: Callable[[int, int], int]
    unmapped: Callable[[int, int], int]


@cache
def calls() -> Calls:
    def plain(function: Any, result: Any, *more: Any) -> Any:
        return ctypes.cast(function, ctypes.PYFUNCTYPE(result, _HANDLE, _COUNT, *more))

    return Calls(
        plain(pdfium.FPDFText_GetTextObject, _HANDLE),
        plain(pdfium.FPDFText_GetUnicode, ctypes.c_uint),
        plain(pdfium.FPDFText_GetCharOrigin, _COUNT, _HANDLE, _HANDLE),
        plain(pdfium.FPDFText_IsGenerated, _COUNT),
        plain(pdfium.FPDFText_HasUnicodeMapError, _COUNT),
    )


def handle(raw: Any) -> int:
    """The plain number of one of pdfium's handles."""
    return ctypes.cast(raw, _HANDLE).value or 0
