"""Texts made to fit: into the letters that a character set holds, and into elements of a fixed length.

Only texts (names, streets, descriptions) are respelled or cut. Numbers and identifiers are written as they are or
not at all (CannotWrite): half an identifier is somebody else's.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Callable

RESPELLED = {
    "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "Ae",
    "ø": "oe", "Ø": "Oe", "å": "aa", "Å": "Aa", "œ": "oe", "Œ": "Oe", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D",
    "þ": "th", "Þ": "Th", "ł": "l", "Ł": "L", "ı": "i", "‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"',
    "«": '"', "»": '"', "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "…": "...", "€": "EUR", "£": "GBP",
    "×": "x", "²": "2", "³": "3", "°": " deg", "µ": "u", "½": "1/2", "¼": "1/4", "¾": "3/4", "™": "(TM)",
    "®": "(R)", "©": "(C)", "@": "(at)", "&": "+", "[": "(", "]": ")", "{": "(", "}": ")", "|": "/", "\\": "/",
    "_": "-", "#": "No.", "~": "-", "`": "'", "´": "'", "^": " ", "$": "USD",
}  # fmt: skip
"""What stands for a letter that a character set lacks; other letters lose their accents."""

Holds = Callable[[str], bool]


def spelled(text: str, holds: Holds) -> str:
    """Text in the letters that `holds` accepts, in one row: what cannot be respelled becomes a blank."""
    composed = unicodedata.normalize("NFC", text)
    found = "".join(c if holds(c) else _respelled(c, holds) for c in composed)
    return " ".join(found.split())


def _respelled(letter: str, holds: Holds) -> str:
    if letter.isspace() or not letter.isprintable():
        return " "
    bare = "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c))
    for found in (RESPELLED.get(letter, ""), bare, RESPELLED.get(bare, "")):
        if found and all(holds(c) for c in found):
            return found
    return " "


def rows(text: str, most: int, count: int) -> tuple[str, ...]:
    """Text over at most `count` rows of at most `most` characters, cut between words; the rest is left out.

    Only a word longer than a row is cut inside.
    """
    if len(text) <= most:
        return (text,) if text else ()
    return tuple(textwrap.wrap(text, most, break_on_hyphens=False)[:count])


def shortened(text: str, most: int) -> str:
    """Text of at most `most` characters, cut behind its last whole word."""
    return next(iter(rows(text, most, 1)), "")
