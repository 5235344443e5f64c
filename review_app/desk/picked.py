"""Words that a person picked on the document, written as the field keeps its value."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.drafts.typed import DAYS, NUMBERS
from extraction.fields import dates, numbers

IN_ROWS = ("ship_to", "bill_to")


def as_value(name: str, picked: str, beside: Sequence[str], near: date | None) -> str:
    """The first number or day of what was picked, an address with its rows joined, else the words as they are.

    picked: rows apart by newlines. beside: other texts of the document, which show how it writes numbers and days.
    """
    rows = [" ".join(row.split()) for row in picked.splitlines() if row.strip()]
    words = " ".join(rows)
    if name in NUMBERS:
        found = numbers.find(words, numbers.style_of((*beside, words)))
        return str(found[0][0]) if found else words
    if name in DAYS:
        days = dates.find(words, near)
        return dates.choose(days[0], dates.style_of(beside)).isoformat() if days else words
    return (", " if name in IN_ROWS else " ").join(rows)
