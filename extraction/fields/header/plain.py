"""Days, currencies, mail addresses and words as they stand."""

from __future__ import annotations

import re
from collections.abc import Callable

from extraction.document import Document
from extraction.fields import dates
from extraction.fields.currencies import CURRENCIES, SIGNS
from extraction.vocabulary import meanings

Read = Callable[[str, Document], tuple[str, int, int] | None]
EMAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")


def read_day(text: str, document: Document) -> tuple[str, int, int] | None:
    days = dates.find(text, document.near)
    if not days or days[0].start > 28:
        return None
    return dates.choose(days[0], document.day_style).isoformat(), days[0].start, days[0].end


def read_currency(text: str, document: Document) -> tuple[str, int, int] | None:
    for match in re.finditer(r"[A-Za-z]{3,5}(?: dollars?)?|[€£₹]", text):
        word = match[0].lower()
        if word in CURRENCIES:
            return word.upper(), match.start(), match.end()
        if word in SIGNS:
            return SIGNS[word], match.start(), match.end()
    return None


def read_email(text: str, document: Document) -> tuple[str, int, int] | None:
    found = EMAIL.search(text)
    return (found[0].strip("."), found.start(), found.end()) if found else None


def read_words(text: str, document: Document) -> tuple[str, int, int] | None:
    value = (
        text.strip(" :-–_|*.,")
        if not re.search(r"[A-Za-z]\.$", text.strip())
        else text.strip(" :-–_|*,")
    )
    if len(value) < 2 or len(value) > 160 or not re.search(r"[^\W_]", value):
        return None
    if any(m.group in ("labels", "decoys", "parties") for m in meanings(value)):
        return None
    return value, 0, len(text)
