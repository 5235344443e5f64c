"""Signs that an order is not what it seems: an account that changed, a domain that only looks right, an odd whole.

Each sign alone has innocent causes; the sentences say what was seen and never that somebody cheats.
"""

from __future__ import annotations

import re
from decimal import Decimal
from statistics import median

from core.drafts.case import Case
from core.drafts.checks.charges import goods_value
from core.drafts.checks.values import Found, ProblemFound
from core.drafts.keys import plain_text
from core.drafts.lookalike import looks_like
from core.drafts.matching.public_domains import PUBLIC_DOMAINS, domain_of
from core.values import plain

_CHANGED = re.compile(
    r"((new|changed|updated|different)\s+(bank(ing)?|account|payment)\s+(details|account|information|data|instructions)"
    r"|(bank|account)\s+(details|account)?\s*(has|have|was|were)\s+(been\s+)?(changed|updated)"
    r"|neue[nr]?\s+(bankverbindung|kontoverbindung|bankdaten|kontodaten|iban)"
    r"|(bankverbindung|kontoverbindung|bankdaten)\s+(hat|haben|wurde|ist|wurden)\s+(sich\s+)?(geändert|neu|aktualisiert)"
    r"|geänderte[nr]?\s+(bankverbindung|kontoverbindung|bankdaten)"
    r"|nouve(au|lles?|aux)\s+(coordonnées\s+bancaires|compte\s+bancaire|rib)"
    r"|nuov[eo]\s+(coordinate\s+bancarie|conto\s+bancario|iban)"
    r"|nuev[oa]s?\s+(datos\s+bancarios|cuenta\s+bancaria))",
    re.IGNORECASE,
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")


def account_is_not_changed(case: Case) -> Found:
    """An order has no reason to tell of another bank account; only a call under a known number settles it."""
    found = _CHANGED.search(case.known.words)
    if found is None:
        return
    words = " ".join(found[0].split())
    accounts = [a for a in _IBAN.findall(case.known.words) if is_iban(a)]
    facts = {"words": words[:80], "account": masked(accounts[0]) if accounts else ""}
    yield ProblemFound("bank-details-changed", "customer_id", None, facts)


def is_iban(text: str) -> bool:
    """Right by its check digits (ISO 13616: moved round, letters as numbers, modulo 97 is 1)."""
    bare = re.sub(r"\s", "", text).upper()
    if not 15 <= len(bare) <= 34:
        return False
    digits = "".join(str(int(c, 36)) for c in bare[4:] + bare[:4])
    return int(digits) % 97 == 1


def masked(account: str) -> str:
    """Enough to recognise an account by, and not enough to pay to it."""
    bare = re.sub(r"\s", "", account)
    return f"{bare[:4]} … {bare[-4:]}"


def domain_is_genuine(case: Case) -> Found:
    """The sender's domain is almost, but not quite, one of the customer's or our own."""
    document = case.document
    domain = domain_of(document.sender_address) if document is not None else ""
    if not domain or domain in PUBLIC_DOMAINS or case.sender_known:
        return
    theirs = {str(d).lower() for d in (case.customer.domains if case.customer else ())}
    ours = {str(d).lower() for d in (case.company.mail_domains if case.company else ())}
    if domain in theirs | ours:
        return
    for known in sorted((theirs | ours) - PUBLIC_DOMAINS):
        why = looks_like(domain, known)
        if why:
            whose = "the customer's" if known in theirs else "ours"
            facts = {"domain": domain, "known": known, "whose": whose, "why": why}
            yield ProblemFound("look-alike-domain", "customer_id", None, facts)
            return


def order_is_usual(case: Case) -> Found:
    """Several odd things together: who sends it, where to, how soon, how much."""
    if case.draft.kind != "order" or case.customer is None:
        return
    signs = _signs(case)
    if len(signs) < max(int(case.limit("unusual-order", "signals")), 2):
        return
    facts = {"signs": "; ".join(signs), "count": str(len(signs)), "name": case.customer.name}
    yield ProblemFound("unusual-order", "customer_id", None, facts)


def _signs(case: Case) -> list[str]:
    known, place, wanted = case.known, case.ship_to(), case.draft.requested_date
    signs = []
    if case.document is not None and case.document.channel == "mail" and not case.sender_known:
        signs.append(f"{case.document.sender_address} has not written for this customer before")
    if known.orders and not known.to_place:
        signs.append("no order has gone to this address" if place else "the address is not known")
    rush = int(case.limit("unusual-order", "rush_days"))
    if wanted is not None and 0 <= (wanted - case.today).days <= rush:
        signs.append(f"wanted within {rush} days")
    usual = Decimal(median(known.values)) if len(known.values) >= 3 else None
    value = goods_value(case)
    if usual and value > case.limit("unusual-order", "times") * usual:
        signs.append(f"worth {plain(value)} {case.draft.currency}, usual are {plain(usual)}")
    new = [x for x in case.lines if x.item_id is not None and not known.ordered.get(x.item_id)]
    if known.orders >= 3 and case.lines and len(new) == len(case.lines):
        signs.append("none of these items was ordered in the last year")
    if re.search(r"\b(urgent|asap|dringend|eilig|sofort|immediately)\b", plain_text(known.words)):
        signs.append("it presses for time")
    return signs
