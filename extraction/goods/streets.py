"""Figures of addresses, which count nothing."""

from __future__ import annotations

import re

from extraction.fields.units import UNIT

NEAR = 160
"""How many characters on either side of a number are looked at."""
HOUSE = re.compile(
    r"\b(?:calle|c/|avda\.?|plaza|via|viale|piazza|corso|rue|avenue|chemin|route)\s+(?:[^\W\d_][\w.'’-]*\s){1,3}$",
    re.IGNORECASE,
)
STREET = re.compile(
    r"(?:[ ,]+[A-ZÀ-Ü][\w.'-]*){1,3}\s+(?:Road|Rd|Street|St|Avenue|Ave|Lane|Ln|Drive|Dr|Blvd|Boulevard|Way|Walk|Row|Terrace|Crescent|Close|Gardens|Grove|Mews|Parade|Court|Ct|Highway|Hwy|Place|Square)\b|[ ,]+(?:rue|avenue|bd|boulevard|chemin|quai|place)\b"
)
_TOWN = re.compile(r"\s*(?:[A-Z]{2}\s+)?[A-ZÀ-Þ][\w'’-]+")
_STREET_BEFORE = re.compile(
    r"(?:\d+\s?[a-z]?|\b(?:rue|avenue|allée|chemin|place|quai|via|viale|piazza|calle|c/|camino|polígono|pol|nave|plaza|avda|straat|laan|weg|plein|\w+(?:straße|strasse|str\.|weg|platz|gasse|allee|straat|laan|kade|gracht))\b[^,;.]{0,40})\s*(?:,|[-–]|\bin)?\s*(?:[A-Z]{1,2}-)?$",
    re.IGNORECASE,
)


def is_postcode(text: str, match: re.Match[str]) -> bool:
    """Whether a number is part of an address: "Klosterweg 3, 94259 Kirchberg", "5611 AB Eindhoven", "L40 8TB"."""
    start, end = match.span("q")
    before, word, after = text[max(start - NEAR, 0) : start], match["q"], text[end : end + NEAR]
    if re.search(r"\b[A-Z]{1,2}\d[\dA-Z]?\s$", before) and re.match(r"[A-Z]{2}\b", after):
        return True
    if not word.isdigit() or len(word) not in (4, 5) or not _TOWN.match(after):
        return False
    unit = (match["unit"] or "").strip(".").lower()
    return word.startswith("0") or (unit not in UNIT and bool(_STREET_BEFORE.search(before)))
