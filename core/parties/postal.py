"""Shapes of postal codes by country, as the postal services publish them (Universal Postal Union, addressing sheets)."""

from __future__ import annotations

import re
from functools import cache

# 9 a figure, A a letter, X one of both; several shapes with blanks between, "_" for a blank inside one.
SHAPES: dict[str, str] = {
    "AD": "AD999", "AR": "9999 A9999AAA", "AT": "9999", "AU": "9999", "BE": "9999", "BG": "9999", "BR": "99999-999 99999999",
    "CA": "A9A_9A9 A9A9A9", "CH": "9999", "CL": "9999999 999-9999", "CN": "999999", "CY": "9999", "CZ": "999_99 99999",
    "DE": "99999", "DK": "9999", "EE": "99999", "ES": "99999", "FI": "99999", "FR": "99999",
    "GB": "A9_9AA A99_9AA AA9_9AA AA99_9AA A9A_9AA AA9A_9AA A99AA A999AA AA99AA AA999AA A9A9AA AA9A9AA",
    "GR": "999_99 99999", "HR": "99999", "HU": "9999", "IE": "A99_XXXX A99XXXX D6W_XXXX D6WXXXX",
    "IL": "9999999 99999", "IN": "999999 999_999", "IS": "999", "IT": "99999", "JP": "999-9999 9999999", "KR": "99999",
    "LI": "9999", "LT": "99999 LT-99999", "LU": "9999 L-9999", "LV": "LV-9999 9999", "MC": "99999", "MT": "AAA_9999 AAA9999",
    "MX": "99999", "MY": "99999", "NL": "9999_AA 9999AA", "NO": "9999", "NZ": "9999", "PL": "99-999", "PT": "9999-999",
    "RO": "999999", "RS": "99999", "RU": "999999", "SE": "999_99 99999", "SG": "999999", "SI": "9999", "SK": "999_99 99999",
    "TH": "99999", "TR": "99999", "TW": "999 99999 999999", "UA": "99999", "US": "99999 99999-9999", "ZA": "9999",
}  # fmt: skip


def fits(country: str, code: str) -> bool:
    """Whether a postal code can be one of this country; True for countries whose shapes are not known here."""
    shapes = _patterns(country.upper())
    if not shapes:
        return True
    whole = code.strip().upper()
    bare = re.sub(r"^[A-Z]{1,3}[- ]", "", whole)  # D-28217: the country's letters before the code
    return any(shape.fullmatch(text) for shape in shapes for text in (bare, whole))


def example(country: str) -> str:
    """A shape in words for people: "99999"."""
    return SHAPES.get(country.upper(), "").split(" ")[0].replace("_", " ")


@cache
def _patterns(country: str) -> tuple[re.Pattern[str], ...]:
    return tuple(_pattern(shape) for shape in SHAPES.get(country, "").split())


def _pattern(shape: str) -> re.Pattern[str]:
    """A country's own letters before a hyphen stand for themselves."""
    fixed = re.match(r"[A-Z]{1,2}(?=-)", shape)
    head = re.escape(fixed.group()) if fixed else ""
    if shape == "AD999":
        return re.compile(r"AD[0-9]{3}")
    parts = {"9": "[0-9]", "A": "[A-Z]", "X": "[0-9A-Z]", "_": " "}
    rest = shape[len(fixed.group()) :] if fixed else shape
    return re.compile(head + "".join(parts.get(c, re.escape(c)) for c in rest))
