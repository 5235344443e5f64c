"""The one edit of master data that would have spared a touch: by code of the problem, as data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from core.drafts.reasons import with_cents


@dataclass(frozen=True, slots=True)
class Remedy:
    """sentence: what to do, with facts in braces. table: master-data table; fills: its columns from facts.

    key: the facts by which touches are one cause; of whose: "customer" when each customer is a cause of its own.
    table "": the check's own strictness is what to look at.
    """

    sentence: str
    table: str = ""
    fills: tuple[tuple[str, str], ...] = ()
    key: tuple[str, ...] = ()
    by_customer: bool = True


CUSTOMER = (("customer", "customer_number"),)
ITEM = (("item", "item"),)
BOTH = (*CUSTOMER, *ITEM)

REMEDIES: dict[str, Remedy] = {
    "item-unknown": Remedy("Say which item “{value}” of {customer} is", "part-numbers", (*CUSTOMER, ("customer_sku", "value"), ("item", "item")), ("value",)),
    "item-ambiguous": Remedy("Say which item “{value}” of {customer} is", "part-numbers", (*CUSTOMER, ("customer_sku", "value"), ("item", "item")), ("value",)),
    "item-not-approved": Remedy("File the approval of {item} by {customer}", "approvals", BOTH, ("item",)),
    "item-superseded": Remedy("Tell {customer} that {item} is replaced, or map their number anew", "part-numbers", BOTH, ("item",)),
    "unit-unknown": Remedy("Give {item} the unit “{written}”", "units", (*ITEM, ("unit", "written"), ("numerator", "holds"), ("denominator", "of")), ("item", "written"), False),
    "unit-assumed": Remedy("Say which unit {customer} means for {item}", "part-numbers", BOTH, ("item",)),
    "pack-content-differs": Remedy("Agree with {customer} what one {unit} of {item} holds", "units", ITEM, ("item",)),
    "price-differs": Remedy("Agree the price of {item} with {customer} ({theirs} asked, {ours} ours)", "price-agreements", (*BOTH, ("price", "theirs"), ("unit", "unit"), ("currency", "currency")), ("item",)),
    "price-missing": Remedy("Give {item} a price", "list-prices", ITEM, ("item",), False),
    "price-agreement-ended": Remedy("Renew the price of {item} with {customer}", "price-agreements", (*BOTH, ("price", "ended_price"), ("currency", "currency")), ("item",)),
    "discount-differs": Remedy("Agree the discount with {customer}", "charges", (*CUSTOMER,), ()),
    "charge-differs": Remedy("Agree the freight with {customer}", "charges", (*CUSTOMER,), ()),
    "tax-exemption-missing": Remedy("File the tax exemption of {customer}", "tax-exemptions", CUSTOMER, ()),
    "terms-differ": Remedy("Agree “{written}” with {customer}, or tell them {agreed}", "customers", (), ("written",)),
    "currency-differs": Remedy("Agree the currency with {customer}", "customers", (), ("written",)),
    "customer-unknown": Remedy("Give the customer “{written}” a tax number, a domain or a contact", "customers", (), ("written",), False),
    "customer-ambiguous": Remedy("Give these customers tax numbers or domains of their own: {names}", "customers", (), ("names",), False),
    "sender-not-verified": Remedy("Make {sender} a contact of {customer}, or its domain one of theirs", "contacts", (*CUSTOMER, ("email", "sender")), ("sender",)),
    "ship-to-unknown": Remedy("Add the place {written} to {customer}", "addresses", (*CUSTOMER, ("name", "place_name"), ("street", "street"), ("postal_code", "postal_code"), ("city", "city"), ("country", "country")), ("written",)),
    "ship-to-assumed": Remedy("Say which place of {customer} is meant when none is named", "addresses", CUSTOMER, ()),
    "address-implausible": Remedy("Correct the address {address}", "addresses", CUSTOMER, ("address",)),
    "quantity-below-minimum": Remedy("Look at the minimum of {item} ({minimum})", "items", (), ("item",), False),
    "quantity-not-pack-multiple": Remedy("Look at the multiple of {item} ({multiple})", "items", (), ("item",), False),
    "requested-before-lead-time": Remedy("Look at the lead time of {item}, or tell {customer}", "items", (), ("item",)),
    "requested-outside-window": Remedy("Look at the days on which {name} takes goods in", "addresses", CUSTOMER, ("name",)),
    "revision-differs": Remedy("Release revision {ordered} of {item}, or tell {customer} of {released}", "revisions", (*ITEM, ("revision", "ordered")), ("item", "ordered")),
    "revision-not-released": Remedy("Release a revision of {item}", "revisions", ITEM, ("item",), False),
    "configuration-incomplete": Remedy("Teach {item} the words that {customer} uses for its features", "features", ITEM, ("item",)),
    "paper-missing": Remedy("File “{paper}” for {for}", "certificates", (("kind", "paper"),), ("paper", "for"), False),
    "hazard-data-missing": Remedy("Complete the transport data of {item}", "hazards", ITEM, ("item",), False),
    "hazard-carrier": Remedy("Allow {carrier} for {item}, or tell {customer} who may carry it", "hazards", ITEM, ("item", "carrier")),
    "export-licence-missing": Remedy("File the export licence for {country}", "certificates", (("kind", "licence"), ("country", "country")), ("country",)),
    "credit-exceeded": Remedy("Look at the credit limit of {customer}", "customers", (), ()),
    "customer-blocked": Remedy("Decide on the block of {customer}", "customers", (), ()),
    "quote-not-valid": Remedy("Renew quote {cited} of {customer}", "quotes", CUSTOMER, ("cited",)),
    "blanket-exceeded": Remedy("Raise blanket order {cited} of {customer}", "blankets", CUSTOMER, ("cited",)),
    "blanket-not-valid": Remedy("Renew blanket order {cited} of {customer}", "blankets", CUSTOMER, ("cited",)),
}  # fmt: skip

DECIDED = Remedy("Stays a person's decision", by_customer=False)
DECISIONS = frozenset(
    {
        "restricted-party",
        "look-alike-domain",
        "bank-details-changed",
        "unusual-order",
        "value-over-limit",
        "margin-too-low",
        "export-forbidden",
        "duplicate-order",
        "revision-of-order",
    }
)
"""Problems that no edit should make go away."""

OTHERWISE = Remedy("If it is always let pass, make this check milder", by_customer=False)


def remedy_of(code: str) -> Remedy:
    return DECIDED if code in DECISIONS else REMEDIES.get(code, OTHERWISE)


def told(remedy: Remedy, facts: Mapping[str, str]) -> str:
    return remedy.sentence.format_map(defaultdict(str, with_cents(dict(facts))))
