"""Field texts as typed values; what cannot be understood is None, and a rule says so. Pure."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from core.values import exact, plain, storable

LARGEST = Decimal(10) ** 11
SIX_PLACES = Decimal("0.000001")
FOUR_PLACES = Decimal("0.0001")
_DAY_FIRST = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
NUMBERS = frozenset(
    {"quantity", "unit_price", "price_basis", "amount", "subtotal", "tax", "freight", "total"}
)
DAYS = frozenset({"order_date", "requested_date"})


def number(text: str) -> Decimal | None:
    """A plain decimal of at most six places (more are rounded); None for anything else or beyond all sense."""
    try:
        found = exact(text.strip())
    except ValueError:
        return None
    return found.quantize(SIX_PLACES, ROUND_HALF_UP) if abs(found) < LARGEST else None


def day(text: str) -> date | None:
    """An ISO day of this age; a year that nobody orders for is a misreading."""
    try:
        found = date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
    return found if 1990 <= found.year <= 2190 else None


def share(value: float) -> Decimal:
    """A confidence from 0 to 1; what is no number is no confidence."""
    known = value if 0.0 <= value <= 1.0 else 0.0
    return Decimal(repr(float(known))).quantize(FOUR_PLACES, ROUND_HALF_UP)


def as_entered(name: str, text: str) -> str | None:
    """What a person typed, in the form fields are kept in; None when a number or day is wanted and this is none.

    Numbers may have a decimal comma or point and grouping; days may be written 3.12.2026.
    """
    text = " ".join(storable(text).split())
    if not text:
        return ""
    if name in NUMBERS:
        found = number(_ungrouped(text))
        return None if found is None else plain(found)
    if name in DAYS:
        european = _DAY_FIRST.fullmatch(text)
        if european:
            text = f"{european[3]}-{int(european[2]):02d}-{int(european[1]):02d}"
        found_day = day(text)
        return None if found_day is None else found_day.isoformat()
    return text


def _ungrouped(text: str) -> str:
    text = text.replace(" ", "").replace("'", "")
    point, comma = text.rfind("."), text.rfind(",")
    if comma > point:
        whole, _, rest = text.rpartition(",")
        if len(rest) == 3 and "." not in text and "," in whole:
            return text.replace(",", "")
        return whole.replace(".", "").replace(",", "") + "." + rest
    if point > comma >= 0 or text.count(".") > 1:
        whole, _, rest = text.rpartition(".")
        if text.count(".") > 1:
            return text.replace(".", "")
        return whole.replace(",", "") + "." + rest
    return text
