"""What names companies: legal forms and words that firms put in their names, and whether two names mean one company."""

from __future__ import annotations

import re

from extraction.vocabulary import meanings, tokens

COMPANY = re.compile(
    r"\b(inc|incorporated|ltd|limited|llc|llp|l\.?l\.?c|corp|corporation|company|co|gmbh|ag|kg|ohg|se|sas|sarl|s\.a\.s|s\.a\.r\.l|sa|s\.?a|srl|s\.r\.l|spa|s\.p\.a|bv|b\.v|nv|n\.v|v\.?o\.?f|co-op|coop|pte|lda|ltda|s\.r\.o|a\.s|asa|oü|ou|oyj|zrt|d\.o\.o|a/s|i/s|k\.k|kk|bvba|sprl|eirl|plc|pty|pvt|lp|l\.p|sl|s\.l|slu|sau|ab|oy|as|aps|kft|sp\. ?z ?o\. ?o|e\.k|mbh|cie|group|industries|enterprises|holdings|foods|farms|supply|services|systems|trading|manufacturing|international|university|hospital|school|college|county|city of|department|district|associates|partners|solutions|technologies|products|stores|distributors|wholesale|industrial|electronics|engineering|works|brands|bros|brothers|sons|industrie|technik|handel|bedrijf|groep|soci[eé]t[eé]|etablissements|ets|mills?|church|hotel|restaurants?|bakery|bakehouse|clinic|council|county of|ministry|institute|laborator(?:y|ies)|labs|logistics|retail|pharma|energy|textiles?|chemicals?|steel|metals?|plastics|packaging|motors|marine|aviation|academy|orchards?|dairy|brewery|winery|refining|bindery|studios?|merchants|printers|gmbh & co\. kg)\b\.?",
    re.IGNORECASE,
)
_LEGAL = re.compile(r"^\W*(m/s\.?|messrs\.?|spett\.?(le)?|firma|fa\.|attn:?|an)\s+", re.IGNORECASE)


def looks_like_company(text: str) -> bool:
    """Whether a text carries a legal form or a word that firms put in their names."""
    return len(text) <= 80 and any(
        m[0][:1].isupper() or "." in m[0] for m in COMPANY.finditer(text)
    )


_FORM = re.compile(
    r"\b(?:inc|ltd|limited|llc|llp|corp|corporation|gmbh|ag|kg|ohg|sas|sarl|s\.a|sa|srl|s\.r\.l|spa|s\.p\.a|bv|b\.v|nv|n\.v|v\.?o\.?f|plc|pty|pvt|sl|s\.l|ab|oy|as|aps|s\.r\.o|a\.s|sp\. ?z ?o\. ?o|e\.k|lda|ltda|eg|oü|kk|co\., ltd)\b\.?\)?$",
    re.IGNORECASE,
)


def has_legal_form(name: str) -> bool:
    """Whether a name ends in a legal form, as full names of companies do."""
    return bool(_FORM.search(name.strip(" ,")))


def same_company(a: str, b: str) -> bool:
    """Whether two names mean one company: their telling words agree."""
    ours, theirs = telling(a), telling(b)
    if not ours or not theirs:
        return False
    shared = len(ours & theirs)
    return shared >= 0.6 * min(len(ours), len(theirs)) and (
        shared >= 2 or min(len(ours), len(theirs)) == 1
    )


def telling(name: str) -> set[str]:
    """The words that tell one company from another: legal forms and trades are set aside where others remain."""
    words = {t.text for t in tokens(name) if len(t.text) > 1}
    return {w for w in words if w not in _DULL and not COMPANY.fullmatch(w)} or words


_DULL = frozenset(
    [
        "the",
        "of",
        "and",
        "und",
        "et",
        "y",
        "usa",
        "us",
        "schools",
        "city",
        "inc",
        "co",
        "corp",
        "llc",
    ]
)


def as_name(line: str) -> str:
    text = _LEGAL.sub("", line).strip(" ,:-")
    if meanings(text) and not COMPANY.search(text):
        return ""
    plain = re.search(r"[^\W\d_]{2}", text) and not re.match(
        r"\d|p\.?\s?o\.? box|attn|c/o|street|road|z\.? ?hd|t\.?a\.?v|à l'att|att\.",
        text,
        re.IGNORECASE,
    )
    return text if plain and len(text) < 80 and not re.search(r"\b\d{5}\b", text) else ""
