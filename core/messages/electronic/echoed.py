"""A line in the customer's own words as long as they still mean what was understood, else in ours; any format.

A clerk may have corrected a unit, a quantity or a price. Then the customer's words no longer fit our figures, and
an answer that mixes both would confirm something else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.messages.electronic.facts import Echo, EchoLine
from core.messages.electronic.figures import figure, given, product
from core.messages.facts import Asked
from core.units import UNITS, unit_codes

ONE = Decimal(1)
UNKNOWN_ITEM = "?"
"""core.correspondence.order_facts: a draft's line whose item nobody knows."""


@dataclass(frozen=True, slots=True)
class Priced:
    """amount buys `basis` units; code: the customer's own price qualifier, "" when there is none or it is not kept."""

    amount: str
    basis: Decimal = ONE
    code: str = ""


def echo_of(echo: Echo, number: str) -> EchoLine:
    return echo.lines.get(number, EchoLine())


def same_family(echo: Echo, family: str) -> bool:
    """Whether the customer's message was of this family ("x12"), so that its codes can be given back."""
    return echo.format.partition("/")[0] == family


def item_code(name: str, words: EchoLine, same: bool, ours: str, longest: int) -> str:
    """The qualifier under which they gave this number, when it is of this family and short enough, else ours."""
    theirs = words.codes.get(name, "") if same else ""
    return theirs if 1 < len(theirs) <= longest else ours


def our_number(item: str, words: EchoLine) -> str:
    """Our number of the item as they wrote it, else as it is; "" when the line has none."""
    return words.supplier_sku or ("" if item == UNKNOWN_ITEM else item)


def keeps_unit(unit: str, words: EchoLine) -> bool:
    """Whether their unit still is the one the line is kept in."""
    return bool(words.uom) and (unit in unit_codes(words.uom) or unit == words.uom)


def unit_as_given(
    unit: str, words: EchoLine, same: bool, known: Callable[[str], str], longest: int = 3
) -> str:
    """Their unit code when it is of this family, still right and short enough, else ours by the table."""
    theirs = same and len(words.uom) <= longest and keeps_unit(unit, words)
    return words.uom if theirs else known(unit)


def quantity_as_given(asked: Asked, words: EchoLine) -> str:
    """Their quantity as written when it still is the one asked, else ours."""
    theirs = given(words.quantity)
    if theirs is not None and theirs == asked.quantity:
        return words.quantity.strip()
    return figure(asked.quantity)


def price_as_given(price: Decimal | None, unit: str, words: EchoLine) -> Priced | None:
    """Our price for the number of units that theirs is for, as written when both are equal; None without any.

    price: for one. Where nothing is agreed their own price is given back.
    """
    theirs, basis = given(words.price), given(words.price_basis or "1") or ONE
    if price is None:
        return None if theirs is None else Priced(words.price.strip(), basis, words.price_code)
    if words.uom and not keeps_unit(unit, words):
        return Priced(figure(price))
    amount = product(price, basis)
    text = words.price.strip() if theirs == amount else figure(amount)
    return Priced(text, basis, words.price_code)


X12_UNITS: Mapping[str, str] = {unit.code: unit.x12 for unit in UNITS}
UNECE_UNITS: Mapping[str, str] = {unit.code: unit.unece for unit in UNITS}


def x12_unit(unit: str) -> str:
    """X12 element 355; a unit that the table lacks is given as it is."""
    return X12_UNITS.get(unit, unit)


def unece_unit(unit: str) -> str:
    """UN/ECE Recommendation 20 and 21, used by EDIFACT 6411."""
    return UNECE_UNITS.get(unit, unit)
