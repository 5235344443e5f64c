"""Who signs: the name under a closing phrase, beside a buyer's title, or behind "i. A."; contacts that no label names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extraction.clues import Clue
from extraction.document import Document
from extraction.fields.companies import looks_like_company
from extraction.segments import Segment
from extraction.vocabulary import fold, meanings

_CLOSING = re.compile(
    r"\b(?:yours (?:sincerely|faithfully|truly)|sincerely|(?:kind|best|warm) regards|regards|many thanks|mit (?:freundlichen|besten|herzlichen) gruss\w*|freundliche gruss\w*|hochachtungsvoll|cordialement|salutations|bien a vous|atentamente|saludos|cordiali saluti|distinti saluti|met (?:vriendelijke|hartelijke) groet\w*|hoogachtend|med vanlig halsning|med vennlig hilsen|med venlig hilsen|z powazaniem|s pozdravem|atenciosamente|com os melhores cumprimentos)\b"
)
_ROLE = re.compile(
    r"\b(?:purchas(?:ing|er)|procurement|buyer|einkauf\w*|einkaufer\w*|achats?|acheteu\w*|compras|comprador\w*|acquisti|buyer|inkoop|inkoper|inkop|kopare|nakup|materials manager|supply chain|office manager|business manager|owner|proprietor|store manager|manager)\b"
)
_TITLED = re.compile(
    r"(?:(?:mr|mrs|ms|miss|dr|ing|herr|frau|hr|fr|mme|mlle|m|sr|sra|dott|dott\.ssa|sig|sig\.ra|dhr|mevr|mw)\.? +)?"
    r"(?:[^\W\d_][\w'’-]*\.? +){0,3}[^\W\d_][\w'’-]+\.?",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"^(?:ppa\.?|i\. ?[av]\.|p\.? ?p\.|per pro\.?|/s/|signed:?|gez\.?)\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
_SMALL = frozenset(
    ["de", "la", "del", "van", "der", "den", "von", "di", "da", "le", "ter", "el", "dos", "e", "y"]
)


def clues(document: Document, tabled: frozenset[int] = frozenset()) -> Iterator[Clue]:
    """At most one clue for buyer_contact. tabled: rows of item tables, left out."""
    rows = document.canvas.rows
    closed = -1
    for number, row in enumerate(rows):
        if number in tabled:
            continue
        for segment in row.segments:
            if len(segment.text) < 60 and _CLOSING.search(fold(segment.text)):
                closed = number
                continue
            text = segment.text.strip()
            signed = _FOR.match(text)
            score = 0.0
            if signed and is_person(text[signed.end() :], 1):
                score, text = 0.5, text[signed.end() :]
            elif closed >= 0 and closed < number <= closed + 5 and is_person(text, 2):
                score = 0.5
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


def is_person(text: str, least: int) -> bool:
    """Whether a text has the shape of a person's name, of at least so many words."""
    text = text.strip(" ,")
    words = text.split()
    if not least <= len(words) <= 5 or len(text) > 40 or not _TITLED.fullmatch(text):
        return False
    if not all(w[:1].isupper() or w.lower() in _SMALL for w in words) or (
        text.isupper() and len(words) > 3
    ):
        return False
    return not (
        meanings(text)
        or looks_like_company(text)
        or _ROLE.search(fold(text))
        or _CLOSING.search(fold(text))
    )


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
                and _ROLE.search(text)
                and ":" not in text
                and not re.search(r"\d", text)
            ):
                return True
    return False
