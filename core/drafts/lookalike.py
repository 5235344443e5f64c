"""Domains that a hurried eye takes for another: swapped signs, added words, letters of other alphabets; pure."""

from __future__ import annotations

import unicodedata

SIGNS: tuple[tuple[str, str], ...] = (
    ("rn", "m"), ("vv", "w"), ("cl", "d"), ("0", "o"), ("1", "l"), ("i", "l"), ("5", "s"), ("3", "e"), ("8", "b"), ("6", "b"),
    ("q", "g"),
)  # fmt: skip
LETTERS = str.maketrans(
    "аеорсухіјѕһԁԛԝвнкмтгαβεικνορτυχωɑɡıŀ",
    "aeopcyxijshdqwbhkmtrabeiknoptuxwagil",
)
"""Cyrillic, Greek and other letters that look like Latin ones (after Unicode TR 39, the common ones)."""
SHORTEST = 4
ADDED = (
    "-",
    "group",
    "gmbh",
    "inc",
    "corp",
    "ltd",
    "online",
    "mail",
    "shop",
    "de",
    "eu",
    "order",
    "orders",
    "global",
)


def looks_like(domain: str, known: str) -> str:
    """Why one may be taken for the other: "letters", "signs", "typo", "added", "ending"; "" when it is none of it."""
    if domain == known or domain.endswith(f".{known}"):
        return ""
    one, two = _name(domain), _name(known)
    if len(two) < SHORTEST:
        return ""
    if one == two:
        return "ending"
    if _latin(one) == _latin(two):
        return "letters"
    if _skeleton(one) == _skeleton(two):
        return "signs"
    if distance(_latin(one), _latin(two)) <= (1 if len(two) < 8 else 2):
        return "typo"
    rest = _latin(one).replace(_latin(two), "", 1) if _latin(two) in _latin(one) else None
    return "added" if rest is not None and rest.strip("-") in ADDED else ""


def _name(domain: str) -> str:
    """The part that people read: without the ending, in letters where it is in punycode."""
    labels = [_decoded(label) for label in domain.lower().strip(".").split(".")]
    if len(labels) < 2:
        return domain
    second_level = len(labels) > 2 and labels[-2] in ("co", "com", "org", "net", "ac", "gov")
    return labels[-3] if second_level else labels[-2]


def _decoded(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError):
        return label


def _latin(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold()).translate(LETTERS)
    return "".join(c for c in folded if not unicodedata.combining(c))


def _skeleton(text: str) -> str:
    found = _latin(text).replace("-", "")
    for sign, letter in SIGNS:
        found = found.replace(sign, letter)
    return found


def distance(one: str, two: str) -> int:
    """How many letters are to be put in, left out, changed or swapped with their neighbour (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, start=1):
        older, before, row = before, row, [i]
        for j, b in enumerate(two, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if older and j > 1 and a == two[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]
