"""What the lines of every set share: item numbers, unit and price, in the customer's words where they still hold."""

from __future__ import annotations

from decimal import Decimal

from core.messages.electronic.echoed import (
    Priced,
    item_code,
    our_number,
    price_as_given,
    same_family,
    unit_as_given,
    x12_unit,
)
from core.messages.electronic.facts import Echo, EchoLine
from core.messages.electronic.figures import figure

FAMILY = "x12"
UNIT_LENGTH = CODE_LENGTH = 2
"""Of elements 355, 639 and 235; some senders write longer ones, which X12 cannot give back."""
GTIN_KINDS = {8: "EO", 12: "UP", 13: "EN", 14: "UK"}
"""Length of a GTIN -> element 235."""
BASES = {"HP": Decimal(100), "TP": Decimal(1000), "PN": Decimal(10), "HF": Decimal(100), "TF": Decimal(1000)}  # fmt: skip
"""Element 639: price qualifiers for more than one unit."""
BASIS_CODES = {Decimal(1): "", Decimal(10): "PN", Decimal(100): "HP", Decimal(1000): "TP"}


def item_numbers(words: EchoLine, item: str, echo: Echo, customer_sku: str = "") -> tuple[str, ...]:
    """Pairs of elements 235 and 234: buyer's (IN), ours (VN), global, maker's (MG), each under their own qualifier
    where they gave one."""
    same = same_family(echo, FAMILY)
    numbers = (
        ("buyer_sku", "IN", words.buyer_sku or customer_sku),
        ("supplier_sku", "VN", our_number(item, words)),
        ("gtin", GTIN_KINDS.get(len(words.gtin), "ZZ"), words.gtin),
        ("manufacturer_sku", "MG", words.manufacturer_sku),
    )
    return tuple(
        text
        for name, ours, number in numbers
        if number
        for text in (item_code(name, words, same, ours, CODE_LENGTH), number)
    )


def unit(code: str, words: EchoLine, echo: Echo) -> str:
    """Element 355."""
    return unit_as_given(code, words, same_family(echo, FAMILY), x12_unit, UNIT_LENGTH)


def price(amount: Decimal | None, code: str, words: EchoLine, echo: Echo) -> tuple[str, str]:
    """Elements 212 and 639; ("", "") without a price.

    The basis stays the customer's when its qualifier says so, or can; else the price is given for one. Without a
    qualifier a price is for one of the unit: PE would say each, also of a case.
    """
    found = price_as_given(amount, code, words)
    if found is None:
        return "", ""
    theirs = found.code if same_family(echo, FAMILY) else ""
    if len(theirs) == CODE_LENGTH and BASES.get(theirs, Decimal(1)) == found.basis:
        return found.amount, theirs
    if found.basis in BASIS_CODES:
        return found.amount, BASIS_CODES[found.basis]
    return _for_one(amount, found)


def _for_one(amount: Decimal | None, found: Priced) -> tuple[str, str]:
    """A price for 12 or 500 has no qualifier: our price for one, or none where only theirs is known."""
    return ("", "") if amount is None else (figure(amount), "")
