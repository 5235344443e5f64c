"""Signs that an order is not what it seems: an account that changed, a domain that only looks right, an odd whole.

Each sign alone has innocent causes; the sentences say what was seen and never that somebody cheats.
"""

from __future__ import annotations

import re

from core.drafts.case import Case
from core.drafts.checks.values import Found, ProblemFound
from core.drafts.lookalike import looks_like
from core.drafts.matching.public_domains import PUBLIC_DOMAINS, domain_of
from core.messages.accounts import ibans_in

NEAR = 300
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


def account_is_not_changed(case: Case) -> Found:
    """An order has no reason to tell of another bank account; only a call under a known number settles it."""
    told = _CHANGED.search(case.known.words)
    accounts = list(ibans_in(case.known.words))
    if told is None:
        told, accounts = _on_paper(case.known.paper)
    if told is None:
        return
    words = " ".join(told[0].split())
    facts = {"words": words[:80], "account": masked(accounts[0]) if accounts else ""}
    yield ProblemFound("bank-details-changed", "customer_id", None, facts)


def _on_paper(text: str) -> tuple[re.Match[str] | None, list[str]]:
    """Terms of purchase speak of changed accounts too: on paper an account must stand close behind the words."""
    for told in _CHANGED.finditer(text):
        near = text[told.end() : told.end() + NEAR]
        accounts = list(ibans_in(near))
        if accounts:
            return told, accounts
    return None, []


def masked(account: str) -> str:
    """Enough to recognise an account by, and not enough to pay to it."""
    bare = re.sub(r"\s", "", account)
    return f"{bare[:4]} … {bare[-4:]}"


def domain_is_genuine(case: Case) -> Found:
    """The sender's domain is almost, but not quite, one of the customer's or our own; of any customer when none matched."""
    document = case.document
    domain = domain_of(document.sender_address) if document is not None else ""
    if not domain or domain in PUBLIC_DOMAINS or case.sender_known:
        return
    theirs = case.known.correspondents.domains
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
