"""Bank accounts named in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import iban

_WRITTEN = re.compile(r"\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")


def ibans_in(text: str) -> Iterator[str]:
    """Each IBAN (ISO 13616: length, form and check digits of its country), without blanks; words behind it stay out."""
    for found in _WRITTEN.findall(text):
        words = found.split(" ")
        tried = ("".join(words[:length]) for length in range(len(words), 0, -1))
        right = next(filter(iban.is_valid, tried), None)
        if right:
            yield right
