"""Numbers and days as electronic orders write them -> plain decimals and ISO days."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

from stdnum import ean

from core.values import as_decimal, plain

_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,15}(?:[.,][0-9]{0,9})?|[.,][0-9]{1,9})-?")
_GROUPED = re.compile(
    r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,9}|[+-]?[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]{1,9}"
)
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")
_DIGITS = re.compile(r"[0-9]+")


def number(text: str) -> str | None:
    """A printed number as a plain decimal, its printed decimals kept: "0012,50" -> "12.50"; None when it is none."""
    text = text.strip()
    if _GROUPED.fullmatch(text):
        text = text.replace("." if text.rfind(",") > text.rfind(".") else ",", "")
    if not _NUMBER.fullmatch(text):
        return None
    negative = text.startswith("-") != text.endswith("-")
    whole, _, decimals = text.strip("+-").replace(",", ".").partition(".")
    whole = whole.lstrip("0") or "0"
    figure = f"{whole}.{decimals}" if decimals else whole
    return "-" + figure if negative and Decimal(figure) else figure


def shared(price: str, basis: Decimal) -> str:
    """A price for `basis` units as the price for one, at most six decimals."""
    one = Fraction(Decimal(price)) / Fraction(basis)
    exact = as_decimal(one)
    if exact is None:
        exact = Decimal(round(one * 10**6)).scaleb(-6)
    return plain(exact)


def implied(text: str, places: int = 2) -> str | None:
    """A number with implied decimals (X12 type N2): "12550" -> "125.50"; written with a point it stands as it is."""
    value = number(text)
    if value is None or "." in value:
        return value
    return format(Decimal(value).scaleb(-places), "f")


def compact_day(text: str) -> str | None:
    """CCYYMMDD or YYMMDD, a time of day may follow the long form -> ISO; two-digit years below 80 are 20xx."""
    text = text.strip()
    if not _DIGITS.fullmatch(text):
        return None
    if len(text) == 6:
        text = ("20" if text < "80" else "19") + text
    if len(text) not in (8, 10, 12, 14):
        return None
    return _iso(int(text[:4]), int(text[4:6]), int(text[6:8]))


def any_day(text: str) -> str | None:
    """A compact day as the standards ask for, or an ISO day, which some senders write in its place."""
    return compact_day(text) or iso_day(text)


def week(text: str) -> str | None:
    """Year and ISO week, CCYYWW -> the week's Monday."""
    if len(text) != 6 or not _DIGITS.fullmatch(text):
        return None
    try:
        monday = date.fromisocalendar(int(text[:4]), int(text[4:]), 1)
    except ValueError:
        return None
    return _iso(monday.year, monday.month, monday.day)


def iso_day(text: str) -> str | None:
    """The day of an ISO 8601 date or instant as the sender wrote it, whatever its zone; basic form taken too."""
    found = _ISO_DAY.match(text.strip())
    if found:
        return _iso(int(found[1]), int(found[2]), int(found[3]))
    return compact_day(text.strip().partition("T")[0])


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found.isoformat() if 1950 <= year <= 2100 else None


def gtin_is_valid(code: str) -> bool:
    """GS1 General Specifications 7.9: 8, 12, 13 or 14 digits with a right check digit."""
    return _DIGITS.fullmatch(code) is not None and ean.is_valid(code)


def isbn10_is_valid(code: str) -> bool:
    """ISO 2108 ten-character form, X as the check character ten."""
    if not re.fullmatch(r"[0-9]{9}[0-9Xx]", code):
        return False
    total = sum((10 - n) * (10 if c in "Xx" else int(c)) for n, c in enumerate(code))
    return total % 11 == 0
