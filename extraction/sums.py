"""Subtotal, tax, freight and total chosen together: what adds up with itself and with the lines wins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product

from extraction.cells import Line
from extraction.clues import Clue

NAMES = ("subtotal", "tax", "freight", "total")
MAX_CHOICES = 6
CENT = Decimal("0.02")


def settle(clues: Sequence[Clue], lines: Sequence[Line]) -> list[Clue]:
    """The clues with at most one value for each sum: the set that fits best."""
    others = [c for c in clues if c.field not in (*NAMES, "tax_part")]
    sums = [*(c for c in clues if c.field in NAMES), *_joined_tax(clues)]
    if not sums:
        return others
    of_lines = sum_of(lines)
    choices = [_choices([c for c in sums if c.field == name]) for name in NAMES]
    best = max(product(*choices), key=lambda chosen: _fit(chosen, of_lines))
    return [*others, *_confirmed(best, of_lines)]


def sum_of(lines: Sequence[Line]) -> Decimal | None:
    """What the lines' amounts add up to; None when a line has none."""
    amounts = [Decimal(line["amount"].value) for line in lines if "amount" in line]
    return sum(amounts, Decimal(0)) if lines and len(amounts) == len(lines) else None


def _joined_tax(clues: Sequence[Clue]) -> list[Clue]:
    """One tax for taxes printed in parts (state and federal), each label counted once."""
    parts = {c.label: c for c in clues if c.field == "tax_part"}
    if not parts:
        return []
    total = sum((Decimal(c.value) for c in parts.values()), Decimal(0))
    last = list(parts.values())[-1]
    return [replace(last, field="tax", value=format(total, "f"), score=0.75)]


def _choices(clues: list[Clue]) -> list[Clue | None]:
    best: dict[str, Clue] = {}
    for clue in clues:
        key = format(Decimal(clue.value).normalize(), "f")
        if key not in best or clue.score >= best[key].score:
            best[key] = clue
    ranked = sorted(best.values(), key=lambda c: (c.score, c.page, _height(c)), reverse=True)
    return [*ranked[:MAX_CHOICES], None]


def _height(clue: Clue) -> float:
    if clue.evidence.box:
        return clue.evidence.box.top
    return float(clue.evidence.span[0]) if clue.evidence.span else 0.0


def _fit(chosen: Sequence[Clue | None], of_lines: Decimal | None) -> float:
    """How well one choice of sums fits: the places' own strength and every equation that holds."""
    subtotal, _tax, _freight, total = chosen
    score = sum(c.score for c in chosen if c)
    if subtotal and total and subtotal.evidence == total.evidence:
        score -= subtotal.score + 0.1
    score += sum(0.02 * _height(c) / 1000 + 0.01 * c.page for c in chosen if c)
    values = [Decimal(c.value) if c else None for c in chosen]
    s, t, f, whole = values
    if s is not None and of_lines is not None and abs(s - of_lines) <= CENT:
        score += 0.5
    if whole is not None and s is not None and abs(s + (t or 0) + (f or 0) - whole) <= CENT:
        score += 0.6
    elif (
        whole is not None and s is not None and (whole + CENT < s or (t is not None and whole != s))
    ):
        score -= 0.3
    if (
        whole is not None
        and of_lines is not None
        and abs(of_lines + (t or 0) + (f or 0) - whole) <= CENT
    ):
        score += 0.4
    if t is not None and whole is not None and t > whole:
        score -= 1.0
    return score


def _confirmed(best: Sequence[Clue | None], of_lines: Decimal | None) -> list[Clue]:
    """The chosen clues, surer where an equation holds."""
    subtotal, tax, freight, total = best
    if subtotal and total and subtotal.evidence == total.evidence:
        subtotal = None
    kept = [c for c in (subtotal, tax, freight, total) if c]
    base = Decimal(subtotal.value) if subtotal else of_lines
    if total and base is not None:
        extra = sum((Decimal(c.value) for c in (tax, freight) if c), Decimal(0))
        if abs(base + extra - Decimal(total.value)) <= CENT:
            return [replace(c, score=0.97) for c in kept]
    return kept
