"""Which rules a message is held to, and which of them it breaks, once each with the first place."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from lxml import etree

from extraction.edi.peppol.common import COMMON
from extraction.edi.peppol.despatch import T16
from extraction.edi.peppol.needed import needed
from extraction.edi.peppol.order import T01, T114, T115
from extraction.edi.peppol.paper import Element, Paper, local, text
from extraction.edi.peppol.response import T76, T116
from extraction.edi.peppol.rule import Rule
from extraction.edi.peppol.values import values

RULES: dict[str, tuple[Rule, ...]] = {
    "T01": T01,
    "T16": T16,
    "T76": T76,
    "T114": T114,
    "T115": T115,
    "T116": T116,
}

TRANSACTIONS = {
    "Order": "T01",
    "OrderChange": "T114",
    "OrderCancellation": "T115",
    "OrderResponse": "T76",
    "DespatchAdvice": "T16",
}


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that a message breaks: the first element that does, and how many do."""

    rule: Rule
    element: Element
    count: int


def is_peppol(root: Element) -> bool:
    """The message says itself that it follows Peppol."""
    named = (e for e in root if local(e) in ("CustomizationID", "ProfileID"))
    return any("peppol" in text(e).lower() for e in named)


def transaction_of(root: Element) -> str:
    """ "T01" and so on; "" for a message without rules here. Responses tell by their specification which they are."""
    if local(root) == "OrderResponse":
        said = " ".join(text(e) for e in root if local(e) == "CustomizationID")
        return "T116" if "order_response_advanced" in said else "T76"
    return TRANSACTIONS.get(local(root), "")


@functools.cache
def rules_of(transaction: str) -> tuple[Rule, ...]:
    """Common rules first, then what must be there, codes, and the transaction's own."""
    return (*COMMON, *needed(transaction), *values(transaction), *RULES.get(transaction, ()))


def broken(root: etree._Element, transaction: str = "") -> tuple[Broken, ...]:
    """Every rule that the message breaks, in order; () when no rules are known for it."""
    transaction = transaction or transaction_of(root)
    if not transaction:
        return ()
    paper = Paper(root)
    found = []
    for rule in rules_of(transaction):
        places = list(rule.check(paper))
        if places:
            found.append(Broken(rule, places[0], len(places)))
    return tuple(found)
