"""Discounts, freight, taxes and their exemptions, against what was agreed."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from core.agreements.tables import AgreedCharge
from core.drafts.case import Case
from core.drafts.change.whole import as_it_was, as_it_will_be, worth
from core.drafts.checks.money import CENT
from core.drafts.checks.values import Found, ProblemFound
from core.drafts.prices import line_amount
from core.drafts.typed import number
from core.values import plain

ZERO = Decimal(0)
_PERCENT = re.compile(r"(\d{1,2}(?:[.,]\d{1,3})?)\s*%")


def goods_value(case: Case) -> Decimal:
    return sum((line_amount(line) or ZERO for line in case.lines), ZERO)


def discount_is_agreed(case: Case) -> Found:
    """A discount that the document takes must be agreed, for an order of this value."""
    taken = _discount(case)
    if taken is None or case.draft.kind != "order":
        return
    agreed = max((_worth(c, case) for c in _live(case, "discount")), default=ZERO)
    if taken <= agreed + CENT:
        return
    facts = {
        "taken": plain(taken),
        "agreed": plain(agreed),
        "short": plain(taken - agreed),
        "currency": case.draft.currency,
        "written": case.text("discount"),
    }
    yield ProblemFound("discount-differs", "discount", None, facts)


def _discount(case: Case) -> Decimal | None:
    """In money; None when the document takes none."""
    text = case.text("discount")
    percent = _PERCENT.search(text)
    if percent:
        return (goods_value(case) * Decimal(percent[1].replace(",", ".")) / 100).quantize(CENT)
    return number(text) if text else None


def freight_is_agreed(case: Case) -> Found:
    """Freight as the document has it against what was agreed for an order of this value."""
    rows = list(_live(case, "freight"))
    written = number(case.text("freight"))
    if written is None or not rows or case.draft.kind != "order":
        return
    best = max(rows, key=lambda c: (c.customer_id is not None, c.from_value))
    agreed = _worth(best, case)
    if abs(written - agreed) <= max(case.limit("charge-differs", "amount"), CENT):
        return
    facts = {"written": plain(written), "agreed": plain(agreed), "currency": case.draft.currency}
    yield ProblemFound("charge-differs", "freight", None, facts)


def tax_is_right(case: Case) -> Found:
    """The tax as written against the customer's rate; only when every line has an amount."""
    customer, written = case.customer, number(case.text("tax"))
    if customer is None or written is None or case.draft.kind != "order":
        return
    if any(line_amount(line) is None for line in case.lines):
        return
    base = goods_value(case) - (_discount(case) or ZERO)
    freight = number(case.text("freight")) or ZERO
    expected = [((base + f) * customer.tax_percent / 100).quantize(CENT) for f in (ZERO, freight)]
    if min(abs(written - e) for e in expected) <= max(case.limit("tax-differs", "amount"), CENT):
        return
    facts = {
        "written": plain(written),
        "expected": plain(expected[-1]),
        "rate": plain(customer.tax_percent),
        "currency": case.draft.currency,
    }
    yield ProblemFound("tax-differs", "tax", None, facts)


def exemption_is_valid(case: Case) -> Found:
    """A customer that pays no tax needs a certificate that holds today where the goods go."""
    customer, place = case.customer, case.ship_to()
    if customer is None or not customer.tax_exempt or case.draft.kind != "order":
        return
    country, region = (place.country, place.region) if place else ("", "")
    rows = [
        row
        for row in case.known.exemptions
        if row.country in ("", country) and row.region in ("", region)
    ]
    if any(_holds(row.valid_from, row.valid_to, case.today) for row in rows):
        return
    ended = [row.valid_to for row in rows if row.valid_to is not None and row.valid_to < case.today]
    facts = {"name": customer.name, "country": country, "why": "ended" if ended else "none"}
    if ended:
        facts["ended"] = max(ended).isoformat()
    yield ProblemFound("tax-exemption-missing", "tax", None, facts, facts["why"])


def value_is_worth_it(case: Case) -> Found:
    """Below the least value that we take an order for."""
    customer = case.customer
    least = customer.minimum_order_value if customer else ZERO
    least = least or case.limit("order-value-small", "value")
    value = worth(as_it_will_be(case))
    if case.draft.kind == "cancellation" or not value or not least or value >= least:
        return
    if case.draft.kind == "change" and value >= worth(as_it_was(case)):
        return
    if any(line_amount(line) is None for line in case.lines):
        return
    facts = {"value": plain(value), "least": plain(least), "currency": case.draft.currency}
    charge = next(iter(_live(case, "surcharge")), None)
    if charge is not None:
        facts["surcharge"] = plain(_worth(charge, case))
    yield ProblemFound("order-value-small", "total", None, facts)


def _live(case: Case, kind: str) -> list[AgreedCharge]:
    """Charges of this kind that hold today for an order of this value, the customer's own before everybody's."""
    value = goods_value(case)
    found = [
        c
        for c in case.known.charges
        if c.kind == kind
        and _holds(c.valid_from, c.valid_to, case.today)
        and c.from_value <= value
        and c.currency in ("", case.draft.currency)
    ]
    own = [c for c in found if c.customer_id is not None]
    return own or found


def _worth(charge: AgreedCharge, case: Case) -> Decimal:
    return (goods_value(case) * charge.percent / 100 + charge.amount).quantize(CENT)


def _holds(first: date | None, last: date | None, day: date) -> bool:
    return (first or date.min) <= day <= (last or date.max)
