"""In which unit: the text as written, among the units that the item has, with its exact factor; pure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from core.catalogue.tables import Item
from core.drafts.case import UnitFacts
from core.drafts.matching.values import Match
from core.drafts.typed import LARGEST
from core.units import FIXED_FACTORS, unit_codes
from core.values import as_decimal


def match_unit(
    item: Item, units: Sequence[UnitFacts], written: str, meant: str
) -> tuple[UnitFacts | None, Match]:
    """`written`: the text on the document. `meant`: what the line's part number stands for when nothing is written."""
    known = {u.unit: u for u in (UnitFacts(item.stock_unit, 1, 1), *units)}
    offered = {"units": ", ".join(known)}
    if not written:
        return _unwritten(item, known, meant, offered)
    codes = unit_codes(written) or (written.strip().upper(),)
    for code in codes:
        if code in known:
            return known[code], Match(None, "unit-written", {"written": written, "unit": code})
    for code in codes:
        base, factor = FIXED_FACTORS.get(code, ("", 0))
        if base and base == item.stock_unit:
            return UnitFacts(code, factor, 1), Match(
                None, "unit-written", {"written": written, "unit": code}
            )
    return None, Match(None, "unit-unknown", {"written": written, **offered})


def _unwritten(
    item: Item, known: dict[str, UnitFacts], meant: str, offered: dict[str, str]
) -> tuple[UnitFacts | None, Match]:
    if meant in known:
        return known[meant], Match(None, "unit-meant", {"unit": meant})
    code = "unit-assumed" if len(known) > 1 else "unit-only"
    return known[item.stock_unit], Match(None, code, {"unit": item.stock_unit, **offered})


def stock_quantity(quantity: Decimal, unit: UnitFacts) -> Decimal | None:
    """Exactly how many stock units that is; None when it cannot be said exactly in six places, or beyond all sense."""
    found = Fraction(quantity) * Fraction(unit.numerator, unit.denominator)
    return as_decimal(found) if abs(found) < LARGEST else None
