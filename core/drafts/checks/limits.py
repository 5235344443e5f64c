"""Value and margin beyond which a second person has to look."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from core.drafts.case import Case
from core.drafts.checks.charges import goods_value
from core.drafts.checks.values import Found, ProblemFound
from core.drafts.tables import DraftLine
from core.values import plain

TENTH = Decimal("0.1")


def value_is_small_enough(case: Case) -> Found:
    """A limit of zero is none."""
    limit, value = case.limit("value-over-limit", "value"), goods_value(case)
    if case.draft.kind == "cancellation" or not limit or value <= limit:
        return
    facts = {"value": plain(value), "limit": plain(limit), "currency": case.draft.currency}
    yield ProblemFound("value-over-limit", "total", None, facts)


def margin_is_enough(case: Case) -> Found:
    """Of the whole order, over items whose cost is known, in the company's currency."""
    limit = case.limit("margin-too-low", "percent")
    company = case.company
    if case.draft.kind == "cancellation" or not limit or company is None:
        return
    if case.draft.currency != company.currency:
        return
    sold, cost = Fraction(0), Fraction(0)
    worst: tuple[Fraction, str] | None = None
    for line in case.lines:
        found = _of_line(case, line)
        if found is None:
            continue
        sold, cost = sold + found[0], cost + found[1]
        share = (found[0] - found[1]) / found[0]
        number = case.items[line.item_id or 0].number
        worst = min(worst, (share, number)) if worst else (share, number)
    if not sold or worst is None:
        return
    margin = _percent((sold - cost) / sold)
    if margin >= limit:
        return
    facts = {
        "margin": plain(margin),
        "least": plain(limit),
        "missing": plain(limit - margin),
        "worst": worst[1],
        "worst_margin": plain(_percent(worst[0])),
    }
    yield ProblemFound("margin-too-low", "total", None, facts)


def _of_line(case: Case, line: DraftLine) -> tuple[Fraction, Fraction] | None:
    """(sold for, costs us) of a line; None while price, quantity or cost is not known."""
    price = line.unit_price if line.unit_price is not None else line.agreed_price
    if line.item_id is None or line.stock_quantity is None or line.quantity is None or not price:
        return None
    cost = case.items[line.item_id].standard_cost
    if cost is None or not line.quantity:
        return None
    return Fraction(price) * Fraction(line.quantity), Fraction(cost) * Fraction(line.stock_quantity)


def _percent(share: Fraction) -> Decimal:
    return (Decimal(share.numerator) * 100 / Decimal(share.denominator)).quantize(TENTH)
