"""Frozen, exact values that every package shares; no input or output here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

_PLAIN_NUMBER = re.compile(r"-?[0-9]{1,13}(\.[0-9]{1,9})?")


def utc_now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(timezone.utc)


def exact(text: str) -> Decimal:
    """A plain decimal ("1234.50") as Decimal.

    Our own grammar, since Decimal() also takes "NaN", "1e9", "1_000" and other scripts' digits.
    Raises ValueError for anything else.
    """
    if not _PLAIN_NUMBER.fullmatch(text):
        raise ValueError(f"not a plain decimal number: {text!r}")
    return Decimal(text)


def plain(value: Decimal) -> str:
    """A Decimal without exponent and without trailing zeros: Decimal("12.500") -> "12.5"."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def storable(text: str) -> str:
    """Without NUL and lone surrogates, which no database takes."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in one currency (ISO 4217 code)."""

    amount: Decimal
    currency: str

    def __add__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.amount - other.amount, self.currency)

    def __mul__(self, factor: Decimal) -> Money:
        return Money(self.amount * factor, self.currency)

    def rounded(self, places: int = 2) -> Money:
        """Commercial rounding (half away from zero) to the currency's minor unit."""
        return Money(self.amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), self.currency)

    def _same(self, other: Money) -> None:
        if self.currency != other.currency:
            raise ValueError(f"cannot join {self.currency} with {other.currency}")


def as_decimal(value: Fraction) -> Decimal | None:
    """The fraction as a Decimal of at most six places, or None when it does not fit exactly."""
    scaled = value * 10**6
    return None if scaled.denominator != 1 else Decimal(scaled.numerator).scaleb(-6)


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address; `lines` are street rows in printed order, country is ISO 3166-1 alpha-2 or ""."""

    name: str = ""
    lines: tuple[str, ...] = ()
    postal_code: str = ""
    city: str = ""
    region: str = ""
    country: str = ""
    gln: str = ""

    def rows(self) -> tuple[str, ...]:
        town = " ".join(p for p in (self.postal_code, self.city, self.region) if p)
        return tuple(p for p in (self.name, *self.lines, town, self.country) if p)


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page, in PDF points from the top left."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Parameters:
    """A reason's code with the facts its sentence needs; facts are plain text."""

    code: str
    facts: dict[str, str] = field(default_factory=dict)
