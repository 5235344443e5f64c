"""Mails that set themselves right: "Sorry, make that 12." changes the line above, and says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from core.inbound.reading import Candidate, EarlierChange, Evidence
from extraction.document import Document
from extraction.earlier import changes as earlier_changes
from extraction.lines.cells import Line
from extraction.prose.passages import Passage

CONFIDENCE = 0.5
_OPENS = re.compile(
    r"^\W*(?:(?:sorry|oops|oh|no|wait|actually|correction|apologies|my mistake|p\.?\s?s\.?|on second thoughts?|scratch that|i mean"
    r"|korrektur|entschuldigung|pardon|halt|ach|nein|doch|ich meine|verzeihung|erratum|en fait|excusez|finalement|plutot"
    r"|perdon|correccion|mejor|en realidad|disculpe[ns]?|anzi|scusate|correzione|errata corrige|correctie|foutje|toch|bij nader inzien)\b[\s,.:;!–-]*)+"
)
_SETS = re.compile(
    r"\b(?:make|change|should be|muss|mussen|soll\w*|doch|plutot|mejor|anzi|toch|not|nicht|statt|lieber|is|are|sind|bitte)\b|^\W*\d"
)


_CHANGES = re.compile(
    r"\b(?:change|make|amend|increase|reduce|raise|lower|update|bump|should (?:be|read)|ander\w*|erhoh\w*|reduzier\w*|mach\w*|sollen|sollten|muss(?:en|ten)? (?:es )?|que sean|sean|cambi\w*|aument\w*|pon\w*|modifi\w*|passe[zr]?|mett\w*|soit|plutot|diventan?o|facciamo|portate|aumentat?e|maak\w*|wijzig\w*|verhoog|verlaag|moeten)\b"
)
_DROPS = re.compile(
    r"\b(?:forget|scrap|drop|leave out|leave off|cancel|skip|strike|remove|ignore|(?:no longer|don't|do not|won't|will not) (?:be )?need\w*|not needed|doch nicht|streich\w*|weglassen|vergiss|vergessen sie|brauchen wir (?:doch )?nicht|entfallt|entfallen|oubli\w*|annul\w*|supprim\w*|laisse[zr]? tomber|enlev\w*|n'avons plus besoin|olvid\w*|quit(?:a|ad|e|en)\b|anul\w*|ya no (?:hace|hacen|necesit\w*)|lasci\w* (?:perdere|stare)|togli\w*|non (?:serve|servono) piu|schrap\w*|laat\b.{1,40}\b(?:weg|vallen|zitten)|toch niet|niet meer nodig)\b"
)
_AMOUNT = re.compile(r"(?<![\w.,/-])(\d{1,6})(?![\w/]*\d)(?!\s?(?:mm|cm|ml|%|[x×])\b)")


def revises(passage: Passage, lines: list[Line], document: Document) -> bool:
    """Changes or takes back a line told before that the sentence names; False when it does neither."""
    folded = earlier_changes.folded_text(passage.text)
    if len(folded) > LONGEST or not (_CHANGES.search(folded) or _DROPS.search(folded)):
        return False
    done = [_revise(clause, lines, passage, document) for clause in _CLAUSES.split(folded)]
    return any(done) or _revise(folded, lines, passage, document)


LONGEST = 160
_CLAUSES = re.compile(r"[,;](?!\d)|\s(?:and|but|und|aber|et|mais|y|pero|e|ma|en|maar)\s")


def _revise(folded: str, lines: list[Line], passage: Passage, document: Document) -> bool:
    changes, drops = _CHANGES.search(folded), _DROPS.search(folded)
    at = _named_in(folded, lines) if changes or drops else None
    if at is None:
        return False
    figures = [m for m in _AMOUNT.finditer(folded) if not _said_of(lines[at], m[1])]
    if changes and len(figures) == 1:
        told = EarlierChange("set", "", quantity=figures[0][1], text=passage.text)
        lines[at] = _set(lines[at], told, passage, document)
        return True
    if drops and not figures:
        del lines[at]
        return True
    return False


def _said_of(line: Line, figure: str) -> bool:
    """Whether a figure belongs to the words that name the goods."""
    return figure in re.findall(r"\d+", _words_of(line))


def _named_in(folded: str, lines: Sequence[Line]) -> int | None:
    """The one line that shares most words with a sentence."""
    names = ("description", "supplier_sku", "buyer_sku", "uom")
    said = {w[:6].removesuffix("s") for w in re.findall(r"[^\W\d_]{4,}", folded)}
    shares = [
        len(
            {w[:6].removesuffix("s") for w in re.findall(r"[^\W\d_]{4,}", _words_of(line, names))}
            & said
        )
        for line in lines
    ]
    most = max(shares, default=0)
    return shares.index(most) if most and shares.count(most) == 1 else None


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


_NAMES = ("description", "supplier_sku", "buyer_sku")


def _words_of(line: Line, names: Sequence[str] = _NAMES) -> str:
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
