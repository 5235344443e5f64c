"""An invented order with exact values, from which documents are rendered and against which readings are scored."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from extraction.training import words
from extraction.training.knobs import Knobs
from extraction.training.sample import Facts, facts_of

CENT = Decimal("0.01")
RATES = (0, 0, 7, 10, 19, 20, 21)
CURRENCIES = {"en-US": "USD", "en-GB": "GBP", "en-IN": "INR"}
SIGNS = {"USD": "$", "GBP": "£", "INR": "₹", "EUR": "€"}


@dataclass(frozen=True)
class Item:
    """One order line. printed: the price as printed, for `per` units; discount: per cent off `printed`."""

    sku: str
    theirs: str
    goods: str
    quantity: Decimal
    unit: str
    printed: Decimal
    wanted: date
    per: int = 1
    discount: int = 0

    @property
    def net(self) -> Decimal:
        """The price of `per` units after discount, as exact as it is printed."""
        if not self.discount:
            return self.printed
        return (self.printed * (100 - self.discount) / 100).quantize(Decimal("0.0001"))

    @property
    def price(self) -> Decimal:
        return self.net / self.per

    @property
    def amount(self) -> Decimal:
        return (self.quantity * self.net / self.per).quantize(CENT)


@dataclass(frozen=True)
class Purchase:
    """facts: how this customer words things; tax_rate in per cent, 0 for none; freight 0 for none.

    decimal, group: the marks in its figures.
    """

    facts: Facts
    ordered: date
    wanted: date
    items: tuple[Item, ...]
    tax_rate: int
    freight: Decimal
    currency: str
    decimal: str
    group: str

    @property
    def subtotal(self) -> Decimal:
        return sum((i.amount for i in self.items), Decimal(0))

    @property
    def tax(self) -> Decimal:
        return (self.subtotal * self.tax_rate / 100).quantize(CENT)

    @property
    def total(self) -> Decimal:
        return self.subtotal + self.tax + self.freight

    def day(self, value: date) -> str:
        """A day with its year, the way this customer writes days."""
        r, facts = self.facts.r, self.facts
        for _ in range(20):
            text = words.printed_day(r, value, facts.language, facts.month_first)
            if f"{value.year % 100:02d}" in text[-4:] or str(value.year) in text:
                return text
        return value.isoformat()

    def figure(self, value: Decimal | int, places: int = 2) -> str:
        """A number with the marks of this customer."""
        text = f"{Decimal(value):,.{places}f}"
        return text.replace(",", "\0").replace(".", self.decimal).replace("\0", self.group)

    def price(self, value: Decimal) -> str:
        """At least two decimals, more where the value has them."""
        exponent = value.normalize().as_tuple().exponent
        return self.figure(value, max(2, -exponent if isinstance(exponent, int) else 2))


def purchase_of(r: Random, language: str, held_out: bool, knobs: Knobs, lines: int) -> Purchase:
    facts = facts_of(r, language, held_out)
    ordered = words.day(r)
    wanted = ordered + timedelta(days=r.randint(3, 60))
    per = r.choice((10, 100, 100, 1000)) if knobs.has("price per 100", 0.08) else 1
    discounted = knobs.has("discount", 0.07)
    units = words.stock()["units"][language]
    one_unit = str(r.choice(units))
    codes = list(dict.fromkeys(words.sku(r) for _ in range(lines * 3)))[:lines]
    items = []
    for code in codes:
        items.append(
            Item(
                code, words.sku(r), words.goods(r, language), Decimal(words.quantity(r)),
                one_unit if r.random() < 0.6 else str(r.choice(units)), words.price(r),
                wanted + timedelta(days=r.choice((0, 0, 7, 14, 30))), per, r.choice((0, 5, 10, 15, 40)) if discounted else 0,
            )
        )  # fmt: skip
    if lines > 1 and knobs.has("identical lines", 0.04):
        at = r.randrange(lines - 1)
        items[at + 1] = replace(items[at])
    if knobs.has("fractions ordered", 0.05):
        items = [replace(i, quantity=i.quantity + Decimal(r.randint(1, 9)) / 10) for i in items]
    decimal, group = _marks(r, facts, knobs)
    return Purchase(
        facts, ordered, wanted, tuple(items), r.choice(RATES), r.choice((Decimal(0), Decimal(0), words.price(r))),
        CURRENCIES.get(facts.region, "EUR"), decimal, group,
    )  # fmt: skip


def _marks(r: Random, facts: Facts, knobs: Knobs) -> tuple[str, str]:
    """Decimal and thousands marks; a few customers write those of another country."""
    decimal = "." if facts.language == "en" else ","
    if knobs.has("numbers of another country", 0.06):
        decimal = "," if decimal == "." else "."
    usual = "," if decimal == "." else "."
    group = knobs.pick("grouping", {"mark": 6, "none": 2.5, "blank": 0.5})
    return decimal, {"mark": usual, "none": "", "blank": " "}[group]
