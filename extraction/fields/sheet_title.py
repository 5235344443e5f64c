"""Who buys, where a spreadsheet only says so in its first cell: "Halcyon Reef Dive Centre", "The Copper Ladle - order 12 May"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extraction.document import Document
from extraction.fields import dates
from extraction.fields.blocks import blocks
from extraction.fields.companies import same_company
from extraction.fields.labels.find import Labels
from extraction.fields.parties import supplier_names
from extraction.vocabulary import fold, matches, meanings
from extraction.weighing.clues import Clue

SCORE = 0.36
MOST_WORDS = 7
_ORDER = re.compile(
    r"\b(?:purchase|orders?|reorder|bestell\w*|commande|pedido|ordine|orden|bestelling|inkoop\w*|einkauf\w*|export|report|sheet|form|list|template|price|quot\w*|invoice|page|copy|date|data)\b"
)
_PARTS = re.compile(r"\s+[-–—|/]\s+|\s*[:|]\s+")
_GROUPS = frozenset({"labels", "decoys", "parties", "columns"})


def clues(document: Document, labels: Labels) -> Iterator[Clue]:
    """The name in the first cell, or before its dash; what it says counts less than any label."""
    rows = document.canvas.rows
    if not rows or len(rows) < 3 or document.sells:
        return
    first = rows[0].segments[0]
    pieces = _PARTS.split(first.text)
    titled = any(_ORDER.search(fold(p)) for p in pieces[1:])
    name = pieces[0].strip(" .,*") if titled or len(pieces) == 1 else first.text.strip(" .,*")
    if not _may_name(name) or len(rows[0].segments) > 3:
        return
    suppliers = supplier_names(list(blocks(labels)), document.context.own)
    if any(same_company(name, s) for s in suppliers):
        return
    place = first.cut(0, len(name)) or first
    yield Clue("buyer_name", name, SCORE, "letterhead", place.evidence(), first.page)


def _may_name(text: str) -> bool:
    folded = fold(text)
    if not 4 <= len(text) <= 60 or len(text.split()) > MOST_WORDS or re.search(r"\d|@|www\.", text):
        return False
    if _ORDER.search(folded) or dates.find(text) or meanings(text) or not text[:1].isupper():
        return False
    known = matches(text, _GROUPS)
    words = len(text.split())
    return words >= 2 and sum(len(m.phrase.split()) for m in known) < 0.5 * words
