"""Codes that stand beside a value in the raw segment it was read from, so that an answer can give them back; pure."""

from __future__ import annotations

import re

BASIS_AT = {"PO1": 5, "POC": 7}
"""X12 element 639 by segment."""
ACTION_AT = {"POC": 2, "LIN": 2}
"""X12 element 670, EDIFACT 1229."""
PAIRS_FROM = {"PO1": 6, "POC": 8, "G68": 5}
"""X12 element 235 of the first pair."""


def price_code(raw: str) -> str:
    """The qualifier of a price in the segment it was read from: X12 639, EDIFACT 5375 in PRI; "" for other formats."""
    if raw.startswith("PRI"):
        found = re.search(r"[0-9][^\w\s.,-]([A-Z]{2})(?!\w)", raw)
        return found[1] if found else ""
    return _code_at(raw, BASIS_AT)


def line_action(raw: str) -> str:
    """What a change asks of the line, from the segment that begins it."""
    return _code_at(raw, ACTION_AT, 1)


def number_code(raw: str, number: str) -> str:
    """The qualifier of an item number: in the X12 segment (235), or in EDIFACT LIN or PIA (7143)."""
    if not number:
        return ""
    if raw[:3] in ("LIN", "PIA"):
        found = re.search(r"[^\w\s-]" + re.escape(number) + r"[^\w\s-]([A-Z]{2,3})(?!\w)", raw)
        return found[1] if found else ""
    elements = _elements(raw)
    for n in range(PAIRS_FROM.get(raw[:3], len(elements)), len(elements) - 1, 2):
        if elements[n + 1] == number and _is_code(elements[n]):
            return elements[n]
    return ""


def _code_at(raw: str, places: dict[str, int], least: int = 2) -> str:
    at, elements = places.get(raw[:3], 0), _elements(raw)
    return elements[at] if 0 < at < len(elements) and _is_code(elements[at], least) else ""


def _elements(raw: str) -> list[str]:
    """Of a segment whose separator follows its name of three letters."""
    return [part.strip() for part in raw.split(raw[3])] if len(raw) > 3 else []


def _is_code(text: str, least: int = 2) -> bool:
    return least <= len(text) <= 2 and text.isalnum() and text == text.upper()
