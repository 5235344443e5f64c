"""A substitute that a person took stands in for the ordered item, as long as that is what the line orders."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from core.drafts.case import Case
from core.drafts.tables import DraftLine
from core.drafts.typed import LARGEST
from core.values import as_decimal


def restore_ordered(choices: dict[str, Any], lines: Iterable[DraftLine]) -> None:
    """Before matching: each line means again what was ordered. Who chose another item meanwhile ended the substitution."""
    for line in lines:
        choice = _substitute(choices, line)
        if line.ordered_item_id is not None and line.item_id == choice.get("item_id"):
            line.item_id = line.ordered_item_id
        line.ordered_item_id = None


def wanted_items(choices: dict[str, Any]) -> set[int]:
    """The items that stand in for others."""
    chosen = (choice for choice in choices.values() if choice.get("kind") == "substitute")
    return {int(choice["item_id"]) for choice in chosen}


def swap(case: Case) -> None:
    """After quantities are known: the line is promised, priced and checked as its substitute.

    Ordered quantity and unit stay as they are; one ordered unit then holds so many stock units of the substitute.
    """
    for line in case.lines:
        choice = _substitute(case.choices, line)
        stands_in = case.items.get(choice.get("item_id", 0))
        if stands_in is None or line.item_id != choice.get("ordered_item_id"):
            continue
        ratio = Fraction(choice["numerator"], choice["denominator"])
        factor = Fraction(line.factor_numerator, line.factor_denominator) * ratio
        exact = as_decimal(Fraction(line.quantity) * factor) if line.quantity is not None else None
        if exact is None or abs(exact) >= LARGEST:
            continue
        line.ordered_item_id, line.item_id = line.item_id, stands_in.id
        line.factor_numerator, line.factor_denominator = factor.numerator, factor.denominator
        line.stock_quantity = exact


def _substitute(choices: dict[str, Any], line: DraftLine) -> dict[str, Any]:
    found = choices.get(str(line.id), {})
    return found if found.get("kind") == "substitute" else {}
