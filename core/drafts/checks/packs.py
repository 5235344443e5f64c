""" "Case" is no unit but the item's own affair, and names lie (lesson 19): what the customer takes a pack to hold, and
whether the price belongs to the unit.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from core.drafts.case import Case, UnitFacts
from core.drafts.checks.money import beyond_tolerance
from core.drafts.checks.values import Found, ProblemFound
from core.drafts.prices import price_in
from core.drafts.tables import DraftLine
from core.units import unit_codes
from core.values import as_decimal, plain

_HOLDS = (
    re.compile(r"\b(?P<unit>[A-Za-zÄÖÜäöüß]{2,12})\s*(?:of|à|a|zu|mit|de|di|=|/)\s*(?P<count>\d{1,5})\b"),
    re.compile(
        r"\b(?P<count>\d{1,5})\s*(?:pcs?|pieces?|st(?:k|ück|ueck)?\.?|ea|units?|pi[eè]ces?)?\s*(?:/|per|je|pro|par|per each)\s*(?P<unit>[A-Za-zÄÖÜäöüß]{2,12})\b",
        re.IGNORECASE,
    ),
)  # fmt: skip


def pack_content_agrees(case: Case) -> Found:
    """The document says how much a pack holds, and our item's pack holds another amount."""
    for line in case.lines if case.draft.kind != "cancellation" else ():
        if line.item_id is None or line.factor_numerator <= line.factor_denominator:
            continue
        ours = Fraction(line.factor_numerator, line.factor_denominator)
        text = f"{case.text('uom', line)} {case.text('description', line)}"
        theirs = _written_content(text, line.unit)
        if theirs is None or theirs == ours:
            continue
        item = case.items[line.item_id]
        quantity = line.quantity or Decimal(0)
        yield ProblemFound(
            "pack-content-differs",
            "uom",
            line.id,
            {
                "unit": line.unit,
                "stock_unit": item.stock_unit,
                "their_content": plain(Decimal(theirs)),
                "our_content": _plain(ours),
                "quantity": plain(quantity),
                "their_total": plain(quantity * theirs),
                "our_total": plain(line.stock_quantity) if line.stock_quantity is not None else "",
                "number": item.number,
            },
        )


def _written_content(text: str, unit: str) -> int | None:
    for pattern in _HOLDS:
        for found in pattern.finditer(text):
            if unit in unit_codes(found["unit"]) and int(found["count"]) > 1:
                return int(found["count"])
    return None


def unit_fits_price(case: Case) -> Found:
    """Their price is ours, but of another unit of the item: then the quantity may be meant in that unit too."""
    for line in case.lines if case.draft.kind == "order" else ():
        theirs, ours = line.unit_price, line.agreed_price
        if line.item_id is None or theirs is None or ours is None or not theirs:
            continue
        if not beyond_tolerance(case, line, ours, theirs):
            continue
        other = _unit_at(case, line, theirs)
        if other is not None:
            yield ProblemFound("unit-doubted", "uom", line.id, _facts(case, line, other, theirs))


def _unit_at(case: Case, line: DraftLine, theirs: Decimal) -> UnitFacts | None:
    item = case.items[line.item_id or 0]
    units = {
        u.unit: u for u in (UnitFacts(item.stock_unit, 1, 1), *case.item_units.get(item.id, ()))
    }
    for unit in units.values():
        price = price_in(case, line, unit.unit) if unit.unit != line.unit else None
        if price and abs(price - theirs) * 100 <= price:
            return unit
    return None


def _facts(case: Case, line: DraftLine, other: UnitFacts, theirs: Decimal) -> dict[str, str]:
    item, quantity = case.items[line.item_id or 0], line.quantity or Decimal(0)
    meant = as_decimal(Fraction(quantity) * Fraction(other.numerator, other.denominator))
    return {
        "unit": line.unit,
        "other": other.unit,
        "price": plain(theirs),
        "currency": case.draft.currency,
        "quantity": plain(quantity),
        "stock_unit": item.stock_unit,
        "as_written": plain(line.stock_quantity) if line.stock_quantity is not None else "",
        "as_meant": plain(meant) if meant is not None else "",
    }


def _plain(value: Fraction) -> str:
    exact = as_decimal(value)
    return plain(exact) if exact is not None else f"{value.numerator}/{value.denominator}"
