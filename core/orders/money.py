"""Rounding of money: to the currency's minor unit (ISO 4217), and parts that never exceed their whole; pure."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

MINOR_DIGITS: dict[str, int] = {
    **dict.fromkeys(
        ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV",
         "XAF", "XOF", "XPF"),
        0,
    ),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}  # fmt: skip


def minor(currency: str) -> int:
    """Decimal places of the currency; two for all but a few."""
    return MINOR_DIGITS.get(currency, 2)


def rounded(value: Fraction, currency: str) -> Decimal:
    """Half away from zero."""
    return _as_places(value, minor(currency), ROUND_HALF_UP)


def share(whole: Decimal, part: Decimal, of: Decimal, currency: str) -> Decimal:
    """`whole` * part / of, rounded down; all of it when part == of. Sums of shares never exceed the whole."""
    if part >= of:
        return whole
    return _as_places(Fraction(whole) * Fraction(part) / Fraction(of), minor(currency), ROUND_DOWN)


def _as_places(value: Fraction, places: int, rounding: str) -> Decimal:
    # Nine places more than wanted are exact enough to decide every half, since prices have six.
    digits = Decimal(int(value * 10 ** (places + 12))).scaleb(-(places + 12))
    return digits.quantize(Decimal(1).scaleb(-places), rounding)


def line_net(
    stock_quantity: Decimal, price: Decimal, numerator: int, denominator: int, currency: str
) -> Decimal:
    """What `stock_quantity` costs at `price` per ordered unit of numerator/denominator stock units."""
    units = Fraction(stock_quantity) * denominator / numerator
    return rounded(units * Fraction(price), currency)
