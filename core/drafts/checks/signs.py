"""Several odd things together: who sends it, where to, how soon, how much. Each alone has innocent causes."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from statistics import median

from core.drafts.case import Case
from core.drafts.checks.charges import goods_value
from core.drafts.checks.values import Found, ProblemFound
from core.drafts.keys import plain_text
from core.drafts.matching.public_domains import PUBLIC_DOMAINS, domain_of
from core.values import plain

FEW = 3
"""Orders before which nothing is usual."""
_PRESSES = re.compile(r"\b(urgent|asap|dringend|eilig|sofort|immediately|urgente?|spoed)\b")
_FORWARDER = re.compile(
    r"\b(freight|forward(er|ers|ing)|spedition|spediteur|transitaire|logisti(cs|k|que)|consolidat(or|ion)|c o)\b"
)


def order_is_usual(case: Case) -> Found:
    if case.draft.kind != "order" or case.customer is None:
        return
    signs = [said for sign in SIGNS if (said := sign(case))]
    if len(signs) < max(int(case.limit("unusual-order", "signals")), 2):
        return
    facts = {"signs": "; ".join(signs), "count": str(len(signs)), "name": case.customer.name}
    yield ProblemFound("unusual-order", "customer_id", None, facts)


def _stranger(case: Case) -> str:
    document = case.document
    if document is None or document.channel != "mail" or case.sender_known:
        return ""
    return f"{document.sender_address} has not written for this customer before"


def _namesake(case: Case) -> str:
    known = case.known.correspondents.namesake
    if not known or case.document is None:
        return ""
    free = domain_of(case.document.sender_address) in PUBLIC_DOMAINS
    mailbox = "a free mailbox" if free else "another mailbox"
    return f"“{case.document.sender_name}” writes from {mailbox}, known is {known}"


def _thread(case: Case) -> str:
    """Somebody who took over a conversation answers it from a domain that had no part in it."""
    known = case.known.correspondents.thread
    return f"it goes on with a conversation with {known}, from another domain" if known else ""


def _reply_to(case: Case) -> str:
    elsewhere = any("another domain than the sender" in f.get("text", "") for f in case.findings)
    return "replies are asked to another domain" if elsewhere and not case.sender_known else ""


def _place(case: Case) -> str:
    if not case.known.orders or case.known.to_place:
        return ""
    return "no order has gone to this address" if case.ship_to() else "the address is not known"


def _forwarder(case: Case) -> str:
    """A place of somebody who only passes the goods on, where this customer never had any sent."""
    place = case.ship_to()
    if not case.known.orders or case.known.to_place:
        return ""
    named = f"{place.name} {place.street}" if place else f"{case.text('ship_to_name')} {case.text('ship_to')}"  # fmt: skip
    return "the address is a forwarder's" if _FORWARDER.search(plain_text(named)) else ""


def _rush(case: Case) -> str:
    days, wanted = int(case.limit("unusual-order", "rush_days")), case.draft.requested_date
    soon = wanted is not None and 0 <= (wanted - case.today).days <= days
    return f"wanted within {days} days" if soon else ""


def _value(case: Case) -> str:
    values, value = case.known.values, goods_value(case)
    usual = Decimal(median(values)) if len(values) >= FEW else None
    if not usual or value <= case.limit("unusual-order", "times") * usual:
        return ""
    return f"worth {plain(value)} {case.draft.currency}, usual are {plain(usual)}"


def _new_goods(case: Case) -> str:
    new = [x for x in case.lines if x.item_id is not None and not case.known.ordered.get(x.item_id)]
    all_new = case.known.orders >= FEW and case.lines and len(new) == len(case.lines)
    return "none of these items was ordered in the last year" if all_new else ""


def _presses(case: Case) -> str:
    return "it presses for time" if _PRESSES.search(plain_text(case.known.words)) else ""


SIGNS: tuple[Callable[[Case], str], ...] = (
    _stranger,
    _namesake,
    _thread,
    _reply_to,
    _place,
    _forwarder,
    _rush,
    _value,
    _new_goods,
    _presses,
)
