"""Value and margin beyond which a second person has to look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from core.drafts.case import Case
from core.drafts.change.whole import WholeLine, as_it_was, as_it_will_be, worth
from core.drafts.checks.values import Found, ProblemFound
from core.values import plain

TENTH = Decimal("0.1")


def value_is_small_enough(case: Case) -> Found:
    """Of the order as it will be. A limit of zero is none, and a change that makes it worth no more is none of this."""
    limit, value = case.limit("value-over-limit", "value"), worth(as_it_will_be(case))
    if case.draft.kind == "cancellation" or not limit or value <= limit:
        return
    if case.draft.kind == "change" and value <= worth(as_it_was(case)):
        return
    facts = {"value": plain(value), "limit": plain(limit), "currency": case.draft.currency}
    yield ProblemFound("value-over-limit", "total", None, facts)


def margin_is_enough(case: Case) -> Found:
    """Of the whole order as it will be, over items whose cost is known, in the company's currency.

    A change that leaves it no worse than it was agreed is none of this.
    """
    limit = case.limit("margin-too-low", "percent")
    company = case.company
    if case.draft.kind == "cancellation" or not limit or company is None:
        return
    if case.draft.currency != company.currency:
        return
    found, before = margin_of(case, as_it_will_be(case)), margin_of(case, as_it_was(case))
    if found is None or found.percent >= limit:
        return
    if before is not None and found.percent >= before.percent:
        return
    facts = {
        "margin": plain(found.percent),
        "least": plain(limit),
        "missing": plain(limit - found.percent),
        "worst": found.worst,
        "worst_margin": plain(found.worst_percent),
    }
    yield ProblemFound("margin-too-low", "total", None, facts)


@dataclass(frozen=True, slots=True)
class Margin:
    """worst: the item with the lowest margin."""

    percent: Decimal
    worst: str
    worst_percent: Decimal


def margin_of(case: Case, parts: Sequence[WholeLine]) -> Margin | None:
    """None while no line has a price and a cost."""
    sold, cost = Fraction(0), Fraction(0)
    worst: tuple[Fraction, str] | None = None
    for part in parts:
        item = case.items.get(part.item_id or 0)
        if item is None or item.standard_cost is None or not part.price or not part.quantity:
            continue
        own = Fraction(part.price) * Fraction(part.quantity)
        spent = Fraction(item.standard_cost) * Fraction(part.stock_quantity)
        sold, cost = sold + own, cost + spent
        share = ((own - spent) / own, item.number)
        worst = min(worst, share) if worst else share
    if not sold or worst is None:
        return None
    return Margin(_percent((sold - cost) / sold), worst[1], _percent(worst[0]))


def _percent(share: Fraction) -> Decimal:
    return (Decimal(share.numerator) * 100 / Decimal(share.denominator)).quantize(TENTH)
