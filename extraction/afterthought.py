"""Mails that set themselves right: "Sorry, make that 12." changes the line above, and says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from core.inbound.reading import Candidate, EarlierChange, Evidence
from extraction import earlier_changes
from extraction.cells import Line
from extraction.document import Document
from extraction.passages import Passage

CONFIDENCE = 0.6
_OPENS = re.compile(
    r"^\W*(?:(?:sorry|oops|oh|no|wait|actually|correction|apologies|my mistake|p\.?\s?s\.?|on second thoughts?|scratch that|i mean"
    r"|korrektur|entschuldigung|pardon|halt|ach|nein|doch|ich meine|verzeihung|erratum|en fait|excusez|finalement|plutot"
    r"|perdon|correccion|mejor|en realidad|disculpe[ns]?|anzi|scusate|correzione|errata corrige|correctie|foutje|toch|bij nader inzien)\b[\s,.:;!–-]*)+"
)
_SETS = re.compile(
    r"\b(?:make|change|should be|muss|mussen|soll\w*|doch|plutot|mejor|anzi|toch|not|nicht|statt|lieber|is|are|sind|bitte)\b|^\W*\d"
)


def opens(passage: Passage) -> bool:
    """Whether a sentence takes back what was said: it opens like an afterthought and holds a figure or its word."""
    folded = earlier_changes.folded_text(passage.text)
    found = _OPENS.match(folded)
    rest = folded[found.end() :] if found else ""
    return found is not None and bool(_SETS.search(rest)) and len(rest) < 120


def apply(passage: Passage, lines: list[Line], document: Document) -> bool:
    """Sets the quantities that the sentence sets right; False when it names none of the lines."""
    if not lines:
        return False
    found = _OPENS.match(earlier_changes.folded_text(passage.text))
    told = earlier_changes.read(
        passage, found.end() if found else 0, len(passage.text), document, "set"
    )
    done = False
    for change in told.changes:
        at = _meant(change, lines)
        if change.action == "set" and at is not None:
            lines[at] = _set(lines[at], change, passage, document)
            done = True
    return done


def _meant(change: EarlierChange, lines: Sequence[Line]) -> int | None:
    """The line whose goods are named, else the one with the quantity taken back, else the last."""
    words = [w for w in earlier_changes.folded_text(change.goods).split() if len(w) > 2]
    if words:
        named = [
            n
            for n, line in enumerate(lines)
            if any(w[:5].removesuffix("s") in _words_of(line) for w in words)
        ]
        return named[0] if len(named) == 1 else None
    was = [n for n, line in enumerate(lines) if change.was and _quantity(line) == change.was]
    return was[0] if len(was) == 1 else len(lines) - 1


def _words_of(line: Line) -> str:
    names = ("description", "supplier_sku", "buyer_sku")
    return earlier_changes.folded_text(" ".join(line[n].value for n in names if n in line))


def _quantity(line: Line) -> str:
    return line["quantity"].value if "quantity" in line else ""


def _set(line: Line, change: EarlierChange, passage: Passage, document: Document) -> Line:
    """The new quantity with the old one beside it, unsure enough to be looked at."""
    at = passage.start, passage.start + len(passage.text)
    evidence = Evidence(document.canvas.part, span=at, text=passage.text.strip()[:200])
    old = line.get("quantity")
    others = (replace(old, confidence=old.confidence / 2, alternatives=()),) if old else ()
    return {**line, "quantity": Candidate(change.quantity, CONFIDENCE, evidence, "prose", others)}
