"""What the lines of every message share: item numbers, description, unit and price, in the customer's words where they hold."""

from __future__ import annotations

from decimal import Decimal

from core.messages.electronic.echoed import (
    item_code,
    our_number,
    price_as_given,
    same_family,
    unece_unit,
    unit_as_given,
)
from core.messages.electronic.edifact.pen import Pen, Segment
from core.messages.electronic.facts import Echo, EchoLine

FAMILY = "edifact"
CODE_LENGTH = 3
"""Of 6411 and 7143."""
UPC_DIGITS = 12
PIECES = "EA"
FROM_CENTURY = "90"
"""Directories are named by their year: 90 to 99 are the nineties."""


def identified(
    head: tuple[str, str], words: EchoLine, ours: tuple[str, str], echo: Echo, pen: Pen
) -> list[Segment]:
    """LIN with the global number, PIA with the others: 5 when they identify the line, 1 when they add to LIN.

    head: 1082 and 1229. ours: our item number, and the buyer's as we know it. SA is ours, IN the buyer's, MF the
    maker's (7143), each under their own qualifier where they gave one.
    """
    item, customer_sku = ours
    same = same_family(echo, FAMILY)
    kind = item_code("gtin", words, same, _gtin_kind(words.gtin, pen), CODE_LENGTH)
    trade: tuple[str, ...] = (words.gtin, kind) if words.gtin else ()
    others = (
        ("supplier_sku", "SA", our_number(item, words)),
        ("buyer_sku", "IN", words.buyer_sku or customer_sku),
        ("manufacturer_sku", "MF", words.manufacturer_sku),
    )
    told = [
        (number, item_code(name, words, same, code, CODE_LENGTH))
        for name, code, number in others
        if number
    ]
    found: list[Segment] = [("LIN", *head, trade)]
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
    """6411; "" for pieces that the customer ordered without a unit, as EANCOM wants them."""
    same = same_family(echo, FAMILY)
    if same and words.quantity and not words.uom and code == PIECES:
        return ""
    return unit_as_given(code, words, same, unece_unit, CODE_LENGTH)


def price(
    amount: Decimal | None, code: str, words: EchoLine, echo: Echo, pen: Pen
) -> list[Segment]:
    """PRI+AAA, net, with their own 5375; 5284 and 6411 tell for how many it is, when it is not for one."""
    found = price_as_given(amount, code, words)
    if found is None:
        return []
    kind = found.code if same_family(echo, FAMILY) else ""
    told = ("AAA", pen.as_figure(found.amount), kind)
    if found.basis == 1:
        return [("PRI", told)]
    return [("PRI", (*told, "", pen.figure(found.basis), unit(code, words, echo)))]
