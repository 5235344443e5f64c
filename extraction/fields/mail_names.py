"""People named beside the mail address that spells them: "Ana Ruiz, Head of Buying, a.ruiz@...": contacts without a label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extraction.document import Document
from extraction.fields.people import is_person
from extraction.page.segments import Row, Segment
from extraction.vocabulary import fold
from extraction.weighing.clues import Clue

LEAST = 0.35  # score of an address that may be the buyer's
_NAME = re.compile(
    r"(?<![\w@.])[A-ZÀ-Þ][\w'’-]*\.?(?:\s+(?:(?:de|la|del|van|der|den|von|di|da)\s+)*[A-ZÀ-Þ][\w'’-]*\.?){0,3}(?!\w*@)"
)


def clues(document: Document, mails: Sequence[Clue]) -> Iterator[Clue]:
    """One clue for buyer_contact per address that may be the buyer's. mails: clues for buyer_email."""
    rows = document.canvas.rows
    for mail in mails:
        number = _row_of(rows, mail) if mail.score >= LEAST else None
        if number is None:
            continue
        name = next(_named(rows, number, mail), None)
        if name is not None:
            text = name.text.strip(" ,.")
            yield Clue("buyer_contact", text, 0.5, "mail name", name.evidence(), name.page)


def _row_of(rows: Sequence[Row], mail: Clue) -> int | None:
    box = mail.evidence.box
    if box is None:
        return None
    return next(
        (
            n
            for n, row in enumerate(rows)
            if row.page == mail.page and row.box.top <= (box.top + box.bottom) / 2 <= row.box.bottom
        ),
        None,
    )


def _named(rows: Sequence[Row], number: int, mail: Clue) -> Iterator[Segment]:
    """Names that the address spells, the nearest row first."""
    local, _, domain = mail.value.partition("@")
    for away in (0, -1, 1, -2, 2):
        at = number + away
        if not 0 <= at < len(rows) or rows[at].page != mail.page:
            continue
        for segment in rows[at].segments:
            for found in _NAME.finditer(segment.text):
                place = segment.cut(*found.span())
                named = place and spells(found[0], local) and not _is_firm(found[0], domain)
                if place and named and is_person(found[0].strip(" ,.")):
                    yield place


def _is_firm(name: str, domain: str) -> bool:
    """Whether a domain has every word of a name: it is rather the firm's than a person's."""
    joined = re.sub(r"[^a-z]", "", fold(domain))
    return all(re.sub(r"[^a-z]", "", fold(w)) in joined for w in name.split())


def spells(name: str, local: str) -> bool:
    """Whether the part of an address before the @ is made of a name: "a.ruiz", "ruiza", "ana" of Ana Ruiz."""
    words = [re.sub(r"[^a-z]", "", fold(w)) for w in name.split()]
    words = [w for w in words if w]
    letters = re.sub(r"[^a-z]", "", fold(local))
    if len(letters) < 3 or not words:
        return False
    first, last = words[0], words[-1]
    if len(words) == 1:
        return letters == first and not name.isupper()
    made = {first + last, last + first, first[0] + last, last + first[0], first + last[0]}
    one = letters in (first, last) and not name.isupper()
    return one or letters in made or letters == "".join(words)
