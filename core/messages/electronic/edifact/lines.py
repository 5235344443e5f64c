"""What the lines of every message share: item numbers, description, unit and price, in the customer's words where they hold."""

from __future__ import annotations

from decimal import Decimal

from core.messages.electronic.echoed import (
    our_number,
    price_as_given,
    same_family,
    unece_unit,
    unit_as_given,
)
from core.messages.electronic.edifact.pen import Pen, Segment
from core.messages.electronic.facts import Echo, EchoLine

FAMILY = "edifact"
UPC_DIGITS = 12
FROM_CENTURY = "90"
"""Directories are named by their year: 90 to 99 are the nineties."""


def identified(
    number: str, action: str, words: EchoLine, item: str, customer_sku: str, pen: Pen
) -> list[Segment]:
    """LIN with the global number, PIA with the others: 5 when they identify the line, 1 when they add to LIN.

    SA is our number, IN the buyer's, MF the maker's (7143).
    """
    trade: tuple[str, ...] = (words.gtin, _gtin_kind(words.gtin, pen)) if words.gtin else ()
    others = (
        (our_number(item, words), "SA"),
        (words.buyer_sku or customer_sku, "IN"),
        (words.manufacturer_sku, "MF"),
    )
    told = [other for other in others if other[0]]
    found: list[Segment] = [("LIN", number, action, trade)]
    if told:
        found.append(("PIA", "1" if trade else "5", *told))
    return found


def _gtin_kind(gtin: str, pen: Pen) -> str:
    """SRV since D.01B; before it EN, and UP for a UPC."""
    if pen.version[1][:2] < FROM_CENTURY:
        return "SRV"
    return "UP" if len(gtin) == UPC_DIGITS else "EN"


def described(text: str, pen: Pen) -> list[Segment]:
    """IMD+F, free form: two rows of 35 characters a segment."""
    spread = pen.rows(text, 35, 4)
    return [("IMD", "F", "", ("", "", "", *spread[n : n + 2])) for n in range(0, len(spread), 2)]


def unit(code: str, words: EchoLine, echo: Echo) -> str:
    """6411."""
    return unit_as_given(code, words, same_family(echo, FAMILY), unece_unit)


def price(
    amount: Decimal | None, code: str, words: EchoLine, echo: Echo, pen: Pen
) -> list[Segment]:
    """PRI+AAA, net; 5284 and 6411 tell for how many it is, when it is not for one."""
    found = price_as_given(amount, code, words)
    if found is None:
        return []
    value = pen.as_figure(found.amount)
    if found.basis == 1:
        return [("PRI", ("AAA", value))]
    return [("PRI", ("AAA", value, "", "", pen.figure(found.basis), unit(code, words, echo)))]
