"""Exact figures for every format: no float, no exponent, no silent rounding."""

from __future__ import annotations

from decimal import Context, Decimal

from core.messages.electronic.problems import CannotWrite
from core.values import exact, plain

PRECISION = 60
"""Digits of a product of two stored figures; the default context would round behind 28."""


def figure(value: Decimal) -> str:
    """Decimal("12.500") -> "12.5", Decimal("-0") -> "0"."""
    return plain(value if value else Decimal(0))


def given(text: str) -> Decimal | None:
    """A number as a customer's message gave it; None when it is none."""
    try:
        return exact(text.strip())
    except ValueError:
        return None


def product(one: Decimal, other: Decimal) -> Decimal:
    return Context(prec=PRECISION).multiply(one, other)


def implied(value: Decimal, place: str) -> str:
    """An amount with two implied decimals (X12 type N2): Decimal("12.5") -> "1250".

    Raises CannotWrite when it has more than two.
    """
    cents = value.scaleb(2)
    if cents != cents.to_integral_value():
        raise CannotWrite(
            place, f"{figure(value)} has more than the two decimals that are implied."
        )
    return f"{int(cents)}"
