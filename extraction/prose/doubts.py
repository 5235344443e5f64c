"""What an order told in words leaves open: "3 or 4", "if you have it, else the blue one". A person must decide."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.inbound.values import Finding
from extraction.fields.dates import fold
from extraction.fields.words import NUMBER_WORDS

MOST = 8
_SENTENCE = re.compile(r"[^.!?\n]+")
_N = rf"(?:\d{{1,4}}|{'|'.join(sorted((re.escape(fold(w)) for w in NUMBER_WORDS if len(w) > 2), key=len, reverse=True))})"
_CHOICE = re.compile(
    rf"(?<![\w.,/-]){_N}\s*(?:or|oder|ou|o|of)\s+(?:maybe |vielleicht )?{_N}\s+[^\W\d_]{{2}}"
)
_IF = r"if|in case|provided|only when|otherwise|or else|, else|falls|wenn|sofern|sonst|ansonsten|andernfalls|si|s'il|sinon|sino|si no|de lo contrario|se|altrimenti|als|indien|mits|anders"
_STOCK = r"in stock|stock|available|availab\w+|you have|you've got|not too|vorratig|lieferbar|verfugbar|auf lager|haben sie|sie haben|da haben|en stock|disponibles?|vous (?:en |l'|les )?avez|lo ten\w+|los ten\w+|ten\w+ (?:existencias|stock)|hay|disponibil\w+|avete|voorradig|leverbaar|op voorraad|u (?:ze |het )?heeft|jullie (?:ze |het )?hebben|substitut\w*|alternativ\w*|instead|leave it|weglassen|leave them"
_CONDITION = re.compile(
    rf"(?<![\w])(?:{_IF})(?!\w)[^.!?\n]{{0,60}}?(?<!\w)(?:{_STOCK})(?!\w)|(?<!\w)(?:{_STOCK})(?!\w)[^.!?\n]{{0,60}}?(?<!\w)(?:otherwise|or else|else|sonst|ansonsten|sinon|de lo contrario|altrimenti|anders)(?!\w)"
)

_ASIDE = re.compile(
    r"\b(?:questions?|concerns?|quer(?:y|ies)|problems?|received|fragen?|ruckfragen|probleme?|preguntas?|dudas?|domande|vragen|recu|erhalten|reachable|call me|contact)\b"
)
"""Politeness that sounds like a condition: "if you have questions"."""


def findings(text: str) -> list[Finding]:
    """One warning for each sentence that leaves a quantity or a line open, at most MOST."""
    return list(_each(text))[:MOST]


def _each(text: str) -> Iterator[Finding]:
    for sentence in _SENTENCE.finditer(text[:20_000]):
        folded = fold(sentence[0]).replace("’", "'")
        said = " ".join(sentence[0].split())[:160]
        if _CHOICE.search(folded):
            yield Finding("quantity-open", "warning", f"The mail leaves a quantity open: “{said}”.")
        elif _CONDITION.search(folded) and not _ASIDE.search(folded):
            yield Finding("conditional", "warning", f"The mail sets a condition: “{said}”.")
