"""Subtotal, tax, freight and total chosen together: what adds up with itself and with the lines wins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, product

from extraction.lines.cells import Line
from extraction.weighing.clues import Clue

NAMES = ("subtotal", "tax", "freight", "total")
MAX_CHOICES = 6
CENT = Decimal("0.02")
GUESSED = 0.5  # below this a label names another sum first
WEAK = 0.4  # below this a sum counts only where an equation holds


def settle(clues: Sequence[Clue], lines: Sequence[Line]) -> list[Clue]:
    """The clues with at most one value for each sum: the set that fits best."""
    others = [c for c in clues if c.field not in (*NAMES, "tax_part")]
    sums = [*(c for c in clues if c.field in NAMES), *_joined_tax(clues)]
    if not sums:
        return others
    of_lines = sum_of(lines)
    sums = _surely_named(
        _beyond_lines(_without_cells(_whole_order(sums, of_lines), lines), lines, of_lines)
    )
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
    found = [_added(list(parts.values()), 0.75)] if parts else []
    places = {(c.evidence.at, c.page, _height(c)): c for c in clues if c.field == "tax"}
    if 1 < len(places) <= MAX_CHOICES:
        found.append(_added(list(places.values()), 0.5))
    return found


def _added(parts: list[Clue], score: float) -> Clue:
    total = sum((Decimal(c.value) for c in parts), Decimal(0))
    return replace(parts[-1], field="tax", value=format(total, "f"), score=score)


def _whole_order(sums: list[Clue], of_lines: Decimal | None) -> list[Clue]:
    """Without the sums of sections: subtotals that only together are what the lines add up to."""
    subtotals = {Decimal(c.value) for c in sums if c.field == "subtotal"}
    sections = of_lines is not None and len(subtotals) > 1 and of_lines not in subtotals
    if not sections or of_lines is None or abs(sum(subtotals, Decimal(0)) - of_lines) > CENT:
        return sums
    return [c for c in sums if Decimal(c.value) not in subtotals]


def _without_cells(sums: list[Clue], lines: Sequence[Line]) -> list[Clue]:
    """Without sums that only the model tells and that are a count, a price or one of several amounts of the lines."""
    names = ("quantity", "unit_price", "amount") if len(lines) > 1 else ("quantity",)
    cells = {Decimal(line[name].value) for line in lines for name in names if name in line}
    return [c for c in sums if c.source != "ner" or Decimal(c.value) not in cells]


def _beyond_lines(sums: list[Clue], lines: Sequence[Line], of_lines: Decimal | None) -> list[Clue]:
    """Without sums that only repeat one of several lines ("Item total"), where another is what all of them make."""
    whole = [c for c in sums if c.field in ("subtotal", "total")]
    if of_lines is None or len(lines) < 2 or not any(_is(c, of_lines) for c in whole):
        return sums
    amounts = {Decimal(line["amount"].value) for line in lines} - {of_lines, Decimal(0)}
    guessed = [c for c in sums if c.field in NAMES and c.source == "ner"]
    repeated = [c for c in (*whole, *guessed) if Decimal(c.value) in amounts]
    return [c for c in sums if c not in repeated]


def _surely_named(sums: list[Clue]) -> list[Clue]:
    """Without guesses at a figure that a label at the same place names as another sum."""
    named = {(c.value, c.page, _height(c)) for c in sums if c.score >= GUESSED + 0.25}
    return [c for c in sums if c.score >= GUESSED or (c.value, c.page, _height(c)) not in named]


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
    subtotal, _, _, total = chosen
    score = sum(c.score if c.score >= WEAK else c.score - WEAK + 0.05 for c in chosen if c)
    for a, b in combinations([c for c in chosen if c], 2):
        told_once = bool(a.label) and a.label.casefold() == b.label.casefold()
        if a.value == b.value and (told_once or a.evidence == b.evidence):
            score -= 1.0  # one label, read for two sums
        elif a.evidence == b.evidence:
            score -= min(a.score, b.score) + 0.1
    if subtotal and total and subtotal.score < GUESSED and _is(subtotal, Decimal(total.value)):
        score -= 2.0  # the total said again
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
    return [c for c in kept if c.score >= WEAK or (c is subtotal and _is(c, of_lines))]


def _is(clue: Clue, value: Decimal | None) -> bool:
    return value is not None and abs(Decimal(clue.value) - value) <= CENT
