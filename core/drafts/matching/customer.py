"""Who orders: every piece of evidence counts for its customer, and nobody is taken on doubt.

The sender is evidence and never proof: a mail domain alone identifies nobody whose document names somebody else, and
public domains identify nobody at all.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.drafts.case import Case
from core.drafts.keys import code_key, gtin_digits, name_words
from core.drafts.matching.public_domains import PUBLIC_DOMAINS, domain_of
from core.drafts.matching.similarity import letters, shared
from core.drafts.matching.values import Match, Pick
from core.exchange.tables import ExchangeInterchange, ExchangeMessage, Partner
from core.inbound.tables import InboundDocument
from core.orders.tables import Order
from core.parties.tables import Contact, Customer, CustomerAddress

ENOUGH = 40
LEAD = 25
SIMILAR_NAME = 0.75
IN_DOCUMENT = frozenset(
    (
        "by-partner",
        "by-customer-number",
        "by-tax-number",
        "by-gln",
        "by-name",
        "by-similar-name",
        "by-place",
    )
)


@dataclass(frozen=True, slots=True)
class Evidence:
    code: str
    weight: int
    facts: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Customer:
    id: int
    number: str
    name: str
    tax_id: str
    gln: str
    domains: tuple[str, ...]


Found = dict[int, list[Evidence]]


def match_customer(session: Session, case: Case) -> Match:
    """The customer, or nobody with a pick list: "customer-unknown", "customer-ambiguous"."""
    customers = {
        row.id: _Customer(row.id, row.number, row.name, row.tax_id, row.gln, tuple(row.domains))
        for row in session.execute(
            select(
                Customer.id,
                Customer.number,
                Customer.name,
                Customer.tax_id,
                Customer.gln,
                Customer.domains,
            )
        )
    }
    found: Found = defaultdict(list)
    for look in (_by_number, _by_name, _by_domain):
        look(case, customers, found)
    for ask in (_by_partner, _by_contact, _by_place, _by_order, _by_habit):
        ask(session, case, found)
    return _decide(found, customers)


def _decide(found: Found, customers: dict[int, _Customer]) -> Match:
    ranked = sorted(
        ((sum(e.weight for e in evidence), id_) for id_, evidence in found.items()),
        key=lambda row: (-row[0], row[1]),
    )
    picks = tuple(_pick(customers[id_], found[id_]) for _, id_ in ranked)
    if not ranked:
        return Match(None, "customer-unknown")
    (best, best_id), second = ranked[0], ranked[1][0] if len(ranked) > 1 else 0
    if best < ENOUGH:
        return Match(None, "customer-unknown", {}, picks)
    if best - second < LEAD or _contradicted(best_id, found):
        names = " or ".join(customers[id_].name for _, id_ in ranked[:3])
        return Match(None, "customer-ambiguous", {"names": names}, picks)
    strongest = max(found[best_id], key=lambda e: e.weight)
    facts = {**strongest.facts, "name": customers[best_id].name}
    others = [e.code for e in found[best_id] if e is not strongest]
    if others:
        facts["also"] = ",".join(dict.fromkeys(others))
    return Match(best_id, strongest.code, facts, picks)


def _contradicted(best_id: int, found: Found) -> bool:
    """Only the sender speaks for it, while the document itself speaks for somebody else: forwarded, or forged."""
    if any(e.code in IN_DOCUMENT for e in found[best_id]):
        return False
    return any(
        e.code in IN_DOCUMENT for id_, evidence in found.items() if id_ != best_id for e in evidence
    )


def _pick(customer: _Customer, evidence: list[Evidence]) -> Pick:
    strongest = max(evidence, key=lambda e: e.weight)
    return Pick(customer.id, f"{customer.name} ({customer.number})", strongest.code)


def _by_number(case: Case, customers: dict[int, _Customer], found: Found) -> None:
    """The document gives our customer number, a tax number or a GLN."""
    key = code_key(case.text("buyer_id"))
    if not key:
        return
    for customer in customers.values():
        for code, own in (
            ("by-customer-number", customer.number),
            ("by-tax-number", customer.tax_id),
            ("by-gln", customer.gln),
        ):
            if code_key(own) == key:
                found[customer.id].append(Evidence(code, 100, {"value": own}))


def _by_partner(session: Session, case: Case, found: Found) -> None:
    """The envelope that the order came in names a partner whose profile names its customer."""
    if case.document is None:
        return
    message = (
        select(Partner.customer_id, Partner.name)
        .join(ExchangeInterchange, ExchangeInterchange.partner_id == Partner.id)
        .join(ExchangeMessage, ExchangeMessage.interchange_id == ExchangeInterchange.id)
        .where(
            ExchangeInterchange.document_id == case.document.id,
            ExchangeMessage.order_ordinal == case.draft.ordinal,
            Partner.customer_id.is_not(None),
        )
    )
    for customer_id, name in session.execute(message.distinct()):
        assert customer_id is not None
        found[customer_id].append(Evidence("by-partner", 110, {"value": name}))


def _by_name(case: Case, customers: dict[int, _Customer], found: Found) -> None:
    wanted = name_words(case.text("buyer_name"))
    if not wanted:
        return
    for customer in customers.values():
        own = name_words(customer.name)
        facts = {"value": case.text("buyer_name")}
        if own == wanted:
            found[customer.id].append(Evidence("by-name", 60, facts))
            continue
        alike = max(shared(own, wanted), letters(" ".join(sorted(own)), " ".join(sorted(wanted))))
        if alike >= SIMILAR_NAME or (len(own) > 1 and own <= wanted):
            found[customer.id].append(Evidence("by-similar-name", 35, facts))


def _addresses(case: Case) -> tuple[str, ...]:
    """The sender's address and the one printed in the document, without those of our own house."""
    ours = {str(d).lower() for d in (case.company.mail_domains if case.company else [])}
    sender = case.document.sender_address.lower() if case.document else ""
    found = (sender, case.text("buyer_email").lower())
    return tuple(dict.fromkeys(a for a in found if "@" in a and domain_of(a) not in ours))


def _by_domain(case: Case, customers: dict[int, _Customer], found: Found) -> None:
    domains = {domain_of(a) for a in _addresses(case)} - PUBLIC_DOMAINS
    named = bool(case.text("buyer_name"))
    for customer in customers.values():
        common = domains & {str(d).lower() for d in customer.domains} - PUBLIC_DOMAINS
        for domain in sorted(common):
            weight = 40 if not named or customer.id in found else 30
            found[customer.id].append(Evidence("by-domain", weight, {"value": domain}))


def _by_contact(session: Session, case: Case, found: Found) -> None:
    addresses = _addresses(case)
    if not addresses:
        return
    rows = session.execute(
        select(Contact.customer_id, Contact.email).where(func.lower(Contact.email).in_(addresses))
    )
    for customer_id, email in rows:
        found[customer_id].append(Evidence("by-contact", 55, {"value": email}))


def _by_place(session: Session, case: Case, found: Found) -> None:
    """A global location number of one of the customer's places."""
    digits = gtin_digits(case.text("ship_to_id"))
    if not digits:
        return
    rows = session.execute(
        select(CustomerAddress.customer_id, CustomerAddress.gln)
        .where(CustomerAddress.gln.in_((digits, digits.zfill(13))))
        .distinct()
    )
    for customer_id, gln in rows:
        found[customer_id].append(Evidence("by-place", 70, {"value": gln}))


def _by_order(session: Session, case: Case, found: Found) -> None:
    """A change or cancellation names an order that we have."""
    if case.draft.kind == "order" or not case.draft.po_key:
        return
    rows = session.execute(
        select(Order.customer_id, Order.number)
        .where(Order.po_key == case.draft.po_key, Order.status != "cancelled")
        .limit(20)
    )
    for customer_id, number in rows:
        found[customer_id].append(Evidence("by-order", 45, {"value": number}))


def _by_habit(session: Session, case: Case, found: Found) -> None:
    """Orders from this very address were confirmed for a customer before."""
    if case.document is None or case.document.sender_address.lower() not in _addresses(case):
        return
    rows = session.execute(
        select(Order.customer_id, func.count())
        .join(InboundDocument, InboundDocument.id == Order.document_id)
        .where(InboundDocument.sender_address == case.document.sender_address)
        .group_by(Order.customer_id)
    )
    for customer_id, count in rows:
        weight = 50 if count >= 3 else 30
        facts = {"value": case.document.sender_address, "count": str(count)}
        found[customer_id].append(Evidence("by-habit", weight, facts))
