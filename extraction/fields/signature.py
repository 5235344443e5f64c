"""Who signs: the name under a closing phrase, beside a buyer's title, or behind "i. A."; contacts that no label names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extraction.document import Document
from extraction.fields.courtesies import is_sign_off
from extraction.fields.people import ROLE, is_person
from extraction.page.segments import Segment
from extraction.vocabulary import fold
from extraction.weighing.clues import Clue

_FOR = re.compile(
    r"^(?:ppa\.?|i\. ?[av]\.|p\.? ?p\.|per pro\.?|/s/|signed:?|gez\.?)\s+(?=[^\W\d_])",
    re.IGNORECASE,
)


def clues(document: Document, tabled: frozenset[int] = frozenset()) -> Iterator[Clue]:
    """At most one clue for buyer_contact. tabled: rows of item tables, left out."""
    rows = document.canvas.rows
    closed = -1
    for number, row in enumerate(rows):
        if number in tabled:
            continue
        for segment in row.segments:
            if len(segment.text) < 60 and is_sign_off(segment.text):
                closed = number
                continue
            text = segment.text.strip()
            signed = _FOR.match(text)
            score = 0.0
            if signed and is_person(text[signed.end() :], 1):
                score, text = 0.5, text[signed.end() :]
            elif closed >= 0 and closed < number <= closed + 5 and is_person(text, 2):
                score = 0.5
            elif closed >= 0 and number == closed + 1 and is_person(text, 1):
                score = 0.42
            elif is_person(text, 2) and _beside_role(document, number, segment):
                score = 0.45
            if score:
                yield Clue(
                    "buyer_contact",
                    text.strip(" ,."),
                    score,
                    "signature",
                    segment.evidence(),
                    row.page,
                )
                return


def _beside_role(document: Document, number: int, segment: Segment) -> bool:
    """Whether the row above or below, at the same place, names a buyer's job and nothing else."""
    rows = document.canvas.rows
    for near in (number - 1, number + 1):
        if not 0 <= near < len(rows) or rows[near].page != segment.page:
            continue
        if abs(rows[near].box.top - segment.box.top) > 2.2 * rows[near].height:
            continue
        for other in rows[near].segments:
            text = fold(other.text)
            aligned = abs(other.box.x0 - segment.box.x0) < 12
            if (
                aligned
                and len(text) < 45
                and ROLE.search(text)
                and ":" not in text
                and not re.search(r"\d", text)
            ):
                return True
    return False
