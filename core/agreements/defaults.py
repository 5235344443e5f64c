"""How strict the checks are before anybody chose otherwise. The order is that of the settings screen."""

from __future__ import annotations

from decimal import Decimal

from core.agreements.values import DESK, HoldPeople, Strictness

CREDIT = ("credit", "admin")
EXPORT = ("export", "admin")
SALES = ("sales", "admin")
QUALITY = ("quality", "admin")
FINANCE = ("finance", "admin")
WEEK = 7 * 24


def _limits(**limits: str | int) -> dict[str, Decimal]:
    return {name: Decimal(value) for name, value in limits.items()}


def _stays(code: str, why: str) -> Strictness:
    return Strictness(code, "blocking", (), fixed=why)


ROWS: tuple[Strictness, ...] = (
    # Who and where
    _stays("customer-unknown", "Choose the customer first."),
    _stays("customer-ambiguous", "Choose the customer first."),
    Strictness("customer-blocked", "blocking", CREDIT, WEEK),
    Strictness("sender-not-verified", "warning"),
    Strictness("sender-not-verified/failed", "blocking"),
    Strictness("sender-not-verified/stranger", "blocking"),
    Strictness("look-alike-domain", "blocking", FINANCE, 24, second=True),
    Strictness("bank-details-changed", "blocking", FINANCE, 24, second=True),
    Strictness("unusual-order", "blocking", SALES, 48, second=True, limits=_limits(signals=3, rush_days=3, times=3)),
    Strictness("ship-to-unknown", "blocking"),
    Strictness("ship-to-assumed", "warning"),
    Strictness("ship-to-new", "warning", limits=_limits(days=90)),
    Strictness("address-implausible", "warning"),
    Strictness("address-implausible/box", "blocking"),
    # Is it new
    Strictness("duplicate-order", "blocking"),
    Strictness("duplicate-order/same-content", "warning"),
    Strictness("revision-of-order", "warning"),
    Strictness("revision-of-order/revision", "blocking"),
    _stays("order-not-found", "A change needs its order."),
    _stays("order-closed", "Open the order again on its page, or make a new order of this."),
    _stays("order-not-booked", "Confirm or reject the draft of that order first."),
    Strictness("po-number-missing", "blocking"),
    # Money and terms
    Strictness("currency-differs", "blocking"),
    Strictness("terms-differ", "warning"),
    Strictness("quote-not-valid", "blocking", SALES),
    Strictness("quote-lacks-item", "warning"),
    Strictness("blanket-not-valid", "blocking", SALES),
    Strictness("blanket-exceeded", "blocking", SALES, measure="over"),
    Strictness("blanket-lacks-item", "warning"),
    Strictness("price-differs/under", "blocking", measure="short", limits=_limits(percent=0, amount=0)),
    Strictness("price-differs/over", "warning", measure="short", limits=_limits(percent=0, amount=0)),
    Strictness("price-missing", "warning"),
    Strictness("price-missing/both", "blocking"),
    Strictness("price-agreement-ended", "warning"),
    Strictness("discount-differs", "blocking", measure="short"),
    Strictness("charge-differs", "warning", limits=_limits(amount=1)),
    Strictness("tax-differs", "warning", limits=_limits(amount=1)),
    Strictness("tax-exemption-missing", "warning"),
    Strictness("totals-do-not-add-up", "blocking"),
    Strictness("order-value-small", "warning", limits=_limits(value=0)),
    Strictness("value-over-limit", "blocking", SALES, WEEK, second=True, measure="value", limits=_limits(value=0)),
    Strictness("margin-too-low", "blocking", SALES, WEEK, second=True, measure="missing", limits=_limits(percent=0)),
    Strictness("credit-exceeded", "blocking", CREDIT, WEEK, hold="credit", measure="over", limits=_limits(horizon_days=90)),
    # Goods
    _stays("no-lines", "An order needs a line."),
    Strictness("earlier-order", "blocking"),
    Strictness("earlier-order-missing", "blocking"),
    _stays("item-unknown", "Choose the item or remove the line."),
    _stays("item-ambiguous", "Choose the item or remove the line."),
    Strictness("item-blocked", "blocking"),
    Strictness("item-superseded", "blocking"),
    Strictness("item-not-approved", "blocking", QUALITY, hold="quality"),
    Strictness("revision-differs", "blocking", QUALITY, hold="quality"),
    Strictness("revision-not-released", "blocking", QUALITY, hold="quality"),
    Strictness("configuration-incomplete", "blocking", SALES),
    _stays("unit-unknown", "Choose a unit that the item has."),
    Strictness("unit-assumed", "warning"),
    Strictness("unit-doubted", "blocking"),
    Strictness("pack-content-differs", "blocking"),
    _stays("quantity-missing", "Enter the quantity or remove the line."),
    Strictness("quantity-below-minimum", "blocking"),
    Strictness("quantity-not-pack-multiple", "blocking"),
    Strictness("quantity-unusual", "warning", limits=_limits(orders=3, times=5)),
    # Days
    Strictness("requested-date-past", "blocking"),
    Strictness("requested-before-lead-time", "warning"),
    Strictness("beyond-latest", "blocking"),
    Strictness("substitute-not-agreed", "blocking"),
    Strictness("acceptance-differs", "off", hold="consent"),
    Strictness("offer-answered", "warning"),
    Strictness("requested-day-closed", "warning"),
    Strictness("requested-outside-window", "warning"),
    Strictness("requested-date-far", "warning", limits=_limits(days=550)),
    # Papers, export, hazard
    Strictness("paper-missing", "hold", QUALITY, hold="quality"),
    Strictness("paper-missing/order", "blocking", QUALITY, hold="quality"),
    Strictness("restricted-party", "blocking", EXPORT, WEEK, hold="export", limits=_limits(score="0.88")),
    Strictness("screening-missing", "off", EXPORT, hold="export"),
    Strictness("export-forbidden", "blocking", EXPORT, hold="export"),
    Strictness("export-licence-missing", "hold", EXPORT, hold="export"),
    Strictness("hazard-data-missing", "hold", QUALITY, hold="quality"),
    Strictness("hazard-carrier", "hold", DESK, hold="data"),
    Strictness("hazard-site", "hold", DESK, hold="data"),
    # Reading
    Strictness("field-doubtful", "warning"),
    Strictness("reader-finding", "warning"),
)  # fmt: skip

DEFAULTS: dict[str, Strictness] = {row.code: row for row in ROWS}

HOLDS: tuple[HoldPeople, ...] = (
    HoldPeople("credit", DESK, CREDIT),
    HoldPeople("export", DESK, EXPORT),
    HoldPeople("quality", DESK, QUALITY),
    HoldPeople("data", DESK, DESK),
    HoldPeople("customer", DESK, DESK),
    HoldPeople("consent", DESK, DESK),
    HoldPeople("manual", DESK, DESK),
)
"""Of holds that people place; one that a check placed is lifted by who may override that."""
