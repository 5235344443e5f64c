"""The figures that checks go by, as data: what each means, between which values, and what follows from it."""

from __future__ import annotations

from decimal import Decimal

from core.company.limits import Limit
from core.values import plain

LIMITS: tuple[Limit, ...] = (
    Limit("signals", "unusual-order", "So many signs together are told; each alone has innocent causes.", 1, 10, "signs"),
    Limit("rush_days", "unusual-order", "Wanted within so many days is a sign.", 0, 365, "days"),
    Limit("times", "unusual-order", "Worth more than so many times the usual order is a sign.", 1, 1000, "times"),
    Limit("days", "ship-to-new", "A place that was added within so many days is new.", 0, 3650, "days"),
    Limit("percent", "price-differs", "A price may differ by so much; 0 with 0 as the amount: the company's tolerance.", 0, 100, "%"),
    Limit("amount", "price-differs", "And by at most so much for a whole line; 0: any.", 0, 1_000_000, "money"),
    Limit("amount", "charge-differs", "A charge may differ from the agreed one by so much.", 0, 1_000_000, "money"),
    Limit("amount", "tax-differs", "The tax may differ from what it should be by so much.", 0, 1_000_000, "money"),
    Limit("value", "order-value-small", "An order is worth at least so much, for customers without a least value of their own; 0: any.", 0, 1_000_000_000, "money"),
    Limit("value", "value-over-limit", "Beyond it a second person approves; 0: never.", 0, 1_000_000_000, "money"),
    Limit("percent", "margin-too-low", "Below this margin a second person approves; 0: never.", 0, 100, "%"),
    Limit("horizon_days", "credit-exceeded", "Open orders that leave within so many days count; 0: all.", 0, 3650, "days"),
    Limit("orders", "quantity-unusual", "Fewer earlier orders of the item say nothing.", 1, 100, "orders"),
    Limit("times", "quantity-unusual", "So many times more or less than the middle is unusual.", 1, 1000, "times"),
    Limit("days", "requested-date-far", "A day later than so many days ahead is doubted.", 1, 3650, "days"),
    Limit("score", "restricted-party", "From this likeness of names on it is a hit. Lower: more hits to look at.", 0, 1),
)  # fmt: skip
_BY_NAME = {(limit.section, limit.name): limit for limit in LIMITS}


def limit_named(code: str, name: str) -> Limit | None:
    """code: of a check or of a case of it."""
    return _BY_NAME.get((code.partition("/")[0], name))


def out_of_range(code: str, name: str, value: Decimal) -> str:
    """What is wrong with a figure of a check; "" when it may be."""
    limit = limit_named(code, name)
    if limit is None:
        names = [n for c, n in _BY_NAME if c == code.partition("/")[0]]
        return f"{code} goes by no limit {name!r}; it goes by {', '.join(names) or 'none'}."
    least, most = limit.least or 0, limit.most or 0
    if least <= value <= most:
        return ""
    return f"{name} of {code} is {plain(value)}; a figure from {least} to {most} is wanted."
