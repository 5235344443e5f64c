"""Names of people and of desks."""

from __future__ import annotations

import re

from extraction.document import Document
from extraction.fields.companies import has_legal_form, looks_like_company
from extraction.vocabulary import matches, meanings

_DESK = re.compile(
    r"\b(?:purchas\w*|procurement|buy\w*|einkauf\w*|achats?|compras|acquisti|inkoop\w*|dep(?:artmen)?t|department|office|service|team|desk|abteilung|ufficio|afdeling|manager)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\s*[A-Z]{0,2}\d{1,4}\s*[-–:]\s+(?=[^\W\d_]{2})")
"""The number that a system gives its buyers: "07 - KOWALCZYK, ANN"."""
_SURNAMES = re.compile(
    r"\b(?:mills?|church|sons|bond|marine|farms?|labs|works|steels?)\b", re.IGNORECASE
)
_SENTENCE = {
    "this",
    "is",
    "the",
    "order",
    "please",
    "and",
    "will",
    "must",
    "for",
    "as",
    "or",
    "not",
    "be",
    "to",
    "are",
    "by",
    "shall",
    "address",
    "date",
    "signature",
    "number",
}


def read_person(text: str, document: Document) -> tuple[str, int, int] | None:
    """A person's name, or the name of a desk: words without figures, no mail address."""
    text = _NUMBERED.sub(lambda m: " " * len(m[0]), text)
    cut = re.split(
        r"\s*[(/|;<]\s*|,?\s*\S+@|\s[-–—]\s|\s*\b(?:tel|phone|email|e-mail|ph|fax|mobile)\b|,?\s+(?:zi|zimmer|raum|room|rm|ext|extn|durchwahl|dw|app)\b\.?(?=\s*\d)|,?\s+\+?\d{3,}",
        text,
        maxsplit=1,
        flags=re.IGNORECASE,
    )[0]
    parts = cut.strip(" :,.-").split(",")
    cut = (
        parts[0]
        if len(parts) > 2
        or (len(parts) == 2 and (len(parts[1].split()) > 2 or re.search(r"\d", parts[1])))
        else ",".join(parts)
    )
    cut = cut.strip(" :,.-")
    if _opens_with_label(text) or set(cut.lower().split()) & _SENTENCE:
        return None
    if _names_firm(cut):
        return None
    initials = re.fullmatch(
        r"(?:[A-Z]\.\s?){2,3}", cut + ("." if text.rstrip().endswith(".") else "")
    )
    if initials:
        return initials[0].strip(), text.find(cut), text.find(cut) + len(initials[0].strip())
    if (
        not cut
        or cut.startswith("[")
        or "@" in cut
        or re.search(r"\d", cut)
        or not re.search(r"[^\W\d_]{2}", cut)
        or len(cut.split()) > 6
    ):
        return None
    if any(m.group in ("labels", "decoys") for m in meanings(cut)):
        return None
    start = text.find(cut)
    return cut, start, start + len(cut)


def _names_firm(text: str) -> bool:
    """Whether words name a company rather than a person or a desk of one."""
    if has_legal_form(text):
        return True
    return looks_like_company(_SURNAMES.sub(" ", text)) and not _DESK.search(text)


def _opens_with_label(text: str) -> bool:
    """Whether the words begin with a label of their own ("Company: ...")."""
    found = matches(text, frozenset({"labels", "decoys", "parties"}))
    return bool(found) and found[0].start == 0 and bool(re.match(r"\s*:", text[found[0].end :]))
