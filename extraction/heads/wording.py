"""What the wording of a head says about its column."""

from __future__ import annotations

import re
from functools import lru_cache

from extraction.code_labels import code_label
from extraction.fields.units import is_unit
from extraction.heads.cells import COLUMNS, parted
from extraction.heads.values import CODES
from extraction.vocabulary import clipped_role, matches, meanings

SUMS = {
    "total": "amount",
    "subtotal": "amount",
    "tax": "tax",
    "tax_part": "tax",
    "freight": "decoy",
}
MONEY = re.compile(r"[€$£₹]|\b(?:EUR|USD|GBP|CHF)\b")
ASIDE = re.compile(
    r"\([^)]*\)|\[[^\]]*\]|\b(?:in )?(?:usd|eur|gbp|inr|rs|cad|chf|sek|nok|dkk|czk|k[cč]|pln|z[lł]|huf|aud|nzd|jpy|cny|rmb|brl)\b|[€$£₹*:]"
    r"|\b(?:excl|exkl|ex|exc|excluding|hors|ohne|zzgl|sans|senza|sin|bez|ekskl|eks|uten|w/?o)\.? *(?:of )?(?:vat|tax|taxes|gst|hst|tva|btw|iva|moms|mva|dph|mwst|ust)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def role_of(title: str) -> str:
    """The role a head's wording speaks for, "@field" for a header field in a column of its own, "" when unknown."""
    role = _named_first(title) or _role_of(title)
    apart = parted(title)
    if role == "line_no" and MONEY.search(title):
        return "amount"
    return role or (_role_of(apart) if apart != title else "")


def _named_first(title: str) -> str:
    """Of two things in one head ("Description/Part No.", "Item / Vendor Item") the first stands first in its cells."""
    roles = [_role_of(piece) for piece in title.split("/")]
    if len(roles) != 2 or roles[1] not in CODES:
        return ""
    numbered = roles[0] in ("item", "sku") and roles[1] in ("buyer_sku", "supplier_sku")
    return roles[0] if roles[0] == "description" or numbered else ""


def _role_of(title: str) -> str:
    for text in (title, ASIDE.sub(" ", title)):
        exact = next((m for m in meanings(text) if m.group == "columns"), None)
        header = next(
            (m for m in meanings(text) if m.group in ("labels", "parties") and m.weight == 1.0),
            None,
        )
        if exact and not (exact.name == "decoy" and header):
            return exact.name
        if header:
            return SUMS.get(header.name, f"@{header.name}")
    shared = _per_unit(title)
    if shared:
        return shared
    code = code_label(title)
    if code and not title[code.end :].strip(" .:#)*"):
        return code.role
    clipped = clipped_role(title)
    if clipped:
        return clipped
    found = matches(ASIDE.sub(" ", title), COLUMNS)
    if not found:
        return ""
    names = {m.meanings[0].name for m in found}
    if {"quantity", "uom"} <= names:
        return "quantity"
    if names == {"unit_price", "uom"} and found[0].meanings[0].name == "unit_price":
        return "unit_price"
    longest = max(found, key=lambda m: (len(m.phrase.split()), m.end))
    return longest.meanings[0].name


_PER = re.compile(
    r"^(?P<what>.+?)\s*(?:/|\b(?:per|pro|je|por|par)\b)\s*(?P<unit>[^/\s]+)$", re.IGNORECASE
)


def _per_unit(title: str) -> str:
    """ "Preis/Stück" heads a price, "Pcs per box" the size of a pack; "" for heads that have no unit behind such a word."""
    found = _PER.match(ASIDE.sub(" ", title).strip(" ."))
    if found is None or not is_unit(found["unit"]):
        return ""
    if is_unit(found["what"]):
        return "decoy"
    return "unit_price" if _role_of(found["what"]) == "unit_price" else ""


def exact_role(title: str) -> str:
    """The role of a head that is a known phrase as a whole, or an owner's part number."""
    for text in (title, ASIDE.sub(" ", title), parted(title)):
        found = next((m.name for m in meanings(text) if m.group == "columns"), "")
        if found:
            return found
    code = code_label(title)
    return code.role if code else ""
