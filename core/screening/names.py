"""How alike two names are, across alphabets, word orders, legal forms and slips; pure.

The figure is a likeness of names and nothing else: it does not say that somebody is the listed party.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from anyascii import anyascii
from rapidfuzz.distance import JaroWinkler

FORMS = frozenset({
    "gmbh", "mbh", "ag", "kg", "kgaa", "ohg", "co", "cokg", "se", "ev", "inc", "incorporated", "llc", "llp", "ltd", "limited",
    "plc", "corp", "corporation", "company", "sa", "sarl", "sas", "srl", "spa", "bv", "nv", "oy", "oyj", "ab", "as", "aps",
    "sro", "doo", "pty", "jsc", "ojsc", "cjsc", "pjsc", "ooo", "oao", "zao", "pao", "ao", "fzc", "fze", "fzco", "est", "the",
    "and", "und", "et", "of", "group", "holding", "holdings", "trading", "international", "concern", "konzern", "kontsern",
})  # fmt: skip
ALIKE = 0.86
LENGTHS = 0.85
PREFIX = 4
LISTED, ASKED = Decimal("0.75"), Decimal("0.25")
OTHER_COUNTRY = Decimal("0.94")
WEAK = Decimal("0.9")


def words(name: str) -> tuple[str, ...]:
    """The words that tell a name, in Latin letters: without legal forms, unless nothing else is left."""
    # "ue" and "ü" are one sound in two spellings; other alphabets are respelled letter by letter.
    plain = anyascii(name.replace("ß", "ss")).lower().replace("'", "")
    found = [w for w in re.split(r"[^0-9a-z]+", plain) if w]
    telling = [w for w in found if w not in FORMS and len(w) > 1]
    return tuple(telling or found)


def beginnings(name: str) -> frozenset[str]:
    """By these a name is found in an index: the first letters of each of its words, and of it without blanks."""
    found = words(name)
    return frozenset(w[:PREFIX] for w in (*found, "".join(found)) if w)


def likeness(asked: str, listed: str) -> Decimal:
    """0 to 1 with two places: how much of the listed name stands in the asked one, and a little of the reverse."""
    ours, theirs = words(asked), words(listed)
    if not ours or not theirs:
        return Decimal(0)
    one, two = "".join(ours), "".join(theirs)
    near = min(len(one), len(two)) >= LENGTHS * max(len(one), len(two))
    whole = _alike(one, two) if near else Decimal(0)
    apart = LISTED * _covered(theirs, ours) + ASKED * _covered(ours, theirs)
    return max(apart, whole).quantize(Decimal("0.01"))


def _covered(wanted: Sequence[str], there: Sequence[str]) -> Decimal:
    """The share of the letters of `wanted` whose word has a likeness in `there`; each word there serves once."""
    left, found = list(there), Decimal(0)
    for word in sorted(wanted, key=len, reverse=True):
        best = max(left, key=lambda other: _alike(word, other), default="")
        score = _alike(word, best) if best else Decimal(0)
        if score:
            left.remove(best)
            found += score * len(word)
    return found / sum(len(w) for w in wanted)


def _alike(one: str, two: str) -> Decimal:
    """Jaro-Winkler, nothing below ALIKE; short words must be equal."""
    if min(len(one), len(two)) < 4:
        return Decimal(1) if one == two else Decimal(0)
    score = JaroWinkler.similarity(one, two)
    return Decimal(str(round(score, 3))) if score >= ALIKE else Decimal(0)


def in_country(score: Decimal, asked: str, listed: Sequence[str]) -> Decimal:
    """A party that is listed elsewhere is less likely meant; never so much less that nobody looks."""
    if not asked or not listed or asked.upper() in {c.upper() for c in listed}:
        return score
    return (score * OTHER_COUNTRY).quantize(Decimal("0.01"))


def of_weak(score: Decimal) -> Decimal:
    """A name of low quality names many others too: it counts only letter for letter, and not from another country."""
    return (score * WEAK).quantize(Decimal("0.01"))
