"""Words that may be a name at the head of a paper, and words that greet."""

from __future__ import annotations

import re

from extraction.fields.companies import (
    COMPANY,
    is_street,
    looks_like_company,
)
from extraction.vocabulary import matches, meanings


def may_head(text: str) -> bool:
    """Whether words could be all of a name: capitalised, no place, no label, no way to reach somebody."""
    words = text.split()
    small = sum(not w[:1].isupper() for w in words)
    if not 1 <= len(words) <= 8 or len(text) > 70 or small > 0.5 * len(words):
        return False
    if not looks_like_company(text) and re.search(r"[\d,]", text):
        return False
    if re.search(r"[@:]|www\.|\d{3}", text) or not re.search(r"[^\W\d_]{2}", text):
        return False
    if is_street(text) or meanings(text):
        return False
    known = matches(text, frozenset({"labels", "decoys", "parties", "columns"}))
    return sum(len(m.phrase.split()) for m in known) < 0.6 * len(words) or bool(
        COMPANY.search(text)
    )


GREETING = re.compile(
    r"(?:hi|hello|dear|hey|good (?:morning|afternoon|day)|morning|to whom|guten|hallo|servus|gr[uü](?:ss|ß|ezi)|liebe[rs]?|sehr geehrte|moin|bonjour|bonsoir|chere?s?|madame|monsieur|hola|buen[oa]s|estimad[oa]s?|querid[oa]|salve|buon\w*|gentil\w*|egregi\w*|spett\w*|ciao|geachte|beste|goede\w*|dag)\b"
)
