"""Prices against ours, and sums against themselves."""

from __future__ import annotations

from decimal import Decimal

from core.drafts.case import Case
from core.drafts.checks.values import Found, ProblemFound
from core.drafts.prices import line_amount
from core.drafts.tables import DraftLine
from core.drafts.typed import number
from core.values import plain

CENT = Decimal("0.01")


def prices_agree(case: Case) -> Found:
    """Lower than ours costs us money and stops; higher may be an error of the customer's and is shown.

    A change without a price leaves the price as it was agreed.
    """
    for line in case.lines if case.draft.kind != "cancellation" else ():
        if line.item_id is None or line.quantity is None or not line.unit:
            continue
        ours, theirs = line.agreed_price, line.unit_price
        if theirs is None and line.id in case.ours:
            continue
        if ours is None:
            facts = {
                "whose": "ours" if theirs is not None else "both",
                "currency": case.draft.currency,
            }
            yield ProblemFound("price-missing", "unit_price", line.id, facts, facts["whose"])
        elif theirs is None:
            facts = {"whose": "theirs", "ours": plain(ours), "currency": case.draft.currency}
            yield ProblemFound("price-missing", "unit_price", line.id, facts, "theirs")
        elif beyond_tolerance(case, line, ours, theirs):
            facts = _price_facts(case, line, ours, theirs)
            yield ProblemFound("price-differs", "unit_price", line.id, facts, facts["direction"])


def beyond_tolerance(case: Case, line: DraftLine, ours: Decimal, theirs: Decimal) -> bool:
    """Outside the tolerance in per cent of the price or in money of the line, whichever of them is set; with none, any
    difference. Which way it differs has limits of its own; the customer's come before the company's.
    """
    percent, money = _tolerances(case, "under" if theirs < ours else "over")
    off, value = abs(theirs - ours), abs(theirs - ours) * (line.quantity or Decimal(0))
    if not percent and not money:
        return off > 0
    return bool((percent and off * 100 > ours * percent) or (money and value > money))


def _tolerances(case: Case, direction: str) -> tuple[Decimal, Decimal]:
    customer = case.customer
    percent = customer.price_tolerance_percent if customer else Decimal(0)
    money = customer.price_tolerance_amount if customer else Decimal(0)
    if percent or money:
        return percent, money
    percent = case.limit("price-differs", "percent", direction)
    money = case.limit("price-differs", "amount", direction)
    return percent or case.policy.price_tolerance_percent, money


def _price_facts(case: Case, line: DraftLine, ours: Decimal, theirs: Decimal) -> dict[str, str]:
    percent = (abs(theirs - ours) * 100 / ours).quantize(Decimal("0.1")) if ours else Decimal(100)
    value = (abs(theirs - ours) * (line.quantity or Decimal(0))).quantize(CENT)
    direction = "under" if theirs < ours else "over"
    most_percent, most_money = _tolerances(case, direction)
    return {
        "tolerated_percent": plain(most_percent) if most_percent else "",
        "tolerated_money": plain(most_money) if most_money else "",
        "ours": plain(ours),
        "theirs": plain(theirs),
        "percent": plain(percent),
        "direction": direction,
        "short": plain(abs(theirs - ours)),
        "money": plain(value),
        "source": line.price_reason.get("code", "list"),
        "currency": case.draft.currency,
        "unit": line.unit,
        **{
            k: v
            for k, v in line.price_reason.get("facts", {}).items()
            if k in ("valid_to", "reference")
        },
    }


def agreement_goes_on(case: Case) -> Found:
    """The customer had a better source of prices for this item, and it has ended."""
    for line in case.lines if case.draft.kind == "order" else ():
        facts = line.price_reason.get("facts", {})
        if line.item_id is not None and facts.get("ended"):
            told = {
                "ended": facts["ended"],
                "ended_price": facts["ended_price"],
                "ours": plain(line.agreed_price or Decimal(0)),
                "currency": case.draft.currency,
                "number": case.items[line.item_id].number,
            }
            yield ProblemFound("price-agreement-ended", "unit_price", line.id, told)


def amounts_add_up(case: Case) -> Found:
    for line in case.lines:
        amount, quantity, price = number(case.text("amount", line)), line.quantity, line.unit_price
        if amount is None or quantity is None or price is None:
            continue
        slack = CENT + quantity * Decimal(1).scaleb(min(_places(price), 0)) / 2
        if abs(quantity * price - amount) > slack:
            facts = {"amount": plain(amount), "product": plain((quantity * price).quantize(CENT))}
            yield ProblemFound("totals-do-not-add-up", "amount", line.id, facts=facts)


def _places(price: Decimal) -> int:
    """The exponent of the last written place: -2 for 9.99."""
    return int(price.normalize().as_tuple().exponent)


def totals_add_up(case: Case) -> Found:
    amounts = [number(case.text("amount", line)) or line_amount(line) for line in case.lines]
    if not case.lines or any(a is None for a in amounts):
        return
    total = sum((a for a in amounts if a is not None), Decimal(0))
    slack = CENT * max(len(amounts), 2)
    subtotal, whole = number(case.text("subtotal")), number(case.text("total"))
    tax, freight = (number(case.text(n)) or Decimal(0) for n in ("tax", "freight"))
    if subtotal is not None and min(abs(total - subtotal), abs(total + freight - subtotal)) > slack:
        facts = {"written": plain(subtotal), "sum": plain(total)}
        yield ProblemFound("totals-do-not-add-up", "subtotal", facts=facts)
    if whole is not None:
        fitting = [total, total + tax, total + freight, total + tax + freight]
        if min(abs(f - whole) for f in fitting) > slack:
            facts = {"written": plain(whole), "sum": plain(fitting[-1])}
            yield ProblemFound("totals-do-not-add-up", "total", facts=facts)
