"""An invented order with exact values, from which documents are rendered and against which readings are scored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from extraction.training import words
from extraction.training.sample import Facts, facts_of

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Item:
    """One order line; amounts are exact to the cent."""

    sku: str
    goods: str
    quantity: int
    unit: str
    price: Decimal

    @property
    def amount(self) -> Decimal:
        return (self.quantity * self.price).quantize(CENT)


@dataclass(frozen=True)
class Purchase:
    """facts: how this customer words things; tax_rate in per cent, 0 for none; freight 0 for none."""

    facts: Facts
    ordered: date
    wanted: date
    items: tuple[Item, ...]
    tax_rate: int
    freight: Decimal
    currency: str

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
        decimal = "." if self.facts.language == "en" else ","
        return words.printed_number(Decimal(value), decimal, places)


def purchase_of(r: Random, language: str, held_out: bool, lines: int) -> Purchase:
    facts = facts_of(r, language, held_out)
    ordered = words.day(r)
    codes = {words.sku(r) for _ in range(lines * 3)}
    units = words.stock()["units"][language]
    unit = str(r.choice(units))
    items = tuple(
        Item(
            code,
            words.goods(r, language),
            words.quantity(r),
            unit if r.random() < 0.6 else str(r.choice(units)),
            words.price(r),
        )
        for code in sorted(codes, key=lambda c: r.random())[:lines]
    )
    currencies = {"en-US": "USD", "en-GB": "GBP", "en-IN": "INR"}
    return Purchase(
        facts, ordered, ordered + timedelta(days=r.randint(3, 60)), items, r.choice((0, 0, 7, 10, 19, 20, 21)),
        r.choice((Decimal(0), Decimal(0), words.price(r))), currencies.get(facts.region, "EUR"),
    )  # fmt: skip
