"""Postal addresses in running text: a postcode with its town, and what stands before it parted by commas."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOWN = r"[A-ZÀ-Þ][\w'’-]+(?:[ -](?:(?:am|an|der|de|la|le|les|del|di|sur|en|upon|on|aan|den)\b|[A-ZÀ-Þ][\w'’-]+)){0,4}(?:\s\([A-Za-z .]{2,20}\))?"
POST = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b"
    r"|\b[AC-FHKNPRTV-Y]\d[\dW]\s[\dAC-FHKNPRTV-Y]{4}\b"
    r"|\b[A-Z]\d[A-Z]\s\d[A-Z]\d\b"
    r"|\b[A-Z]{2,3},?\s\d{4,5}(?:-\d{4})?\b"
    r"|\b[A-ZÀ-Þ][\w'’]+(?:\s?[-–]\s?|\s)\d{3}\s?\d{3}\b"
    rf"|\b(?:[A-Z]{{1,2}}-)?\d{{2}}-?\d{{3}}\s{_TOWN}|\b(?:[A-Z]{{1,2}}-)?\d{{4}}(?:\s?[A-Z]{{2}})?\s{_TOWN}"
)
""" "LS1 4AB", "D02 X285", "K1A 0B1", "OH 45402", "NSW 2000", "Nashik - 422010", "04109 Leipzig", "1234 AB Laren"."""
_LEAD = re.compile(
    r"(?:^|(?<=[\s(]))(?:to|at|in|into|for|from|is|are|an|auf|nach|zu|zum|zur|ins|im|bei|für|ist|lautet|lieferort|à|au|aux|en|chez|pour|est|a|al|para|es|presso|per|è|op|naar|aan|bij|voor)"
    r"\s+(?:(?:our|the|my|your|their|his|her|die|der|den|das|dem|unser\w*|la|le|les|l'|notre|nos|el|los|las|nuestr\w*|il|lo|i|gli|nostr\w*|de|het|ons|onze|new|neue[nr]?|locatie|address|adresse|following|folgende\w*|site|depot|baustelle|obra|chantier|cantiere|warehouse|workshop)\s+)*(?:[a-zà-ÿ'’]{2,}\s+){0,3}?(?=[A-ZÀ-Þ\d])"
)
_PLAIN_LEAD = re.compile(_LEAD.pattern.removesuffix(r"(?=[A-ZÀ-Þ\d])") + r"[^A-ZÀ-Þ\d]*$")
_TRAILING = re.compile(r"\s+(?:in|à|a|en|te|at|nach|to|-|–)\s*$")
_LOWER = re.compile(r"(?:^|\s)(?![a-z]\.)[a-zà-ÿ'’]{2,}[:.]?(?=\s+[A-ZÀ-Þ\d])")
_SMALL = frozenset(
    ["of", "and", "und", "et", "y", "e", "en", "de", "del", "della", "di", "la", "le", "les", "du", "des", "am", "an", "der", "den", "dem", "im", "in", "zum", "zur", "van", "ten", "ter", "upon", "on", "sur", "sous"]
)  # fmt: skip
_BREAK = re.compile(r"[;:?!(\n]|\.\s+(?=[A-ZÀ-Þ])")
_SHORT = re.compile(
    r"\b(?:St|Str|str|Av|Avda|Ave|Rd|Blvd|No|Nr|Pol|Ind|Ctra|Loc|Dr|Hd|Attn|Dept|Apt|Ste|ul|C|Pza|Fa|[A-Z])$"
)
_STREETS = re.compile(
    r"\b(?:via|viale|rue|calle|piazza|corso|avenue|boulevard|route|quai|place|chemin|impasse|allée|avda|camino|plaza|paseo|ul|c/)\b",
    re.IGNORECASE,
)
_BEFORE_POST = re.compile(
    r"(?:[,·|–-]|\s{2}|\b(?:in|à|a|en|te|at|nach|to)|(?:straße|strasse|str\.?|weg|platz|gasse|allee|ring|straat|laan|kade|gracht|plein|rue [^,\d]{3,30}|via [^,\d]{3,30}|calle [^,\d]{3,30})\s?\d{1,4}\s?[a-z]?)\s*$",
    re.IGNORECASE,
)
LONGEST = 160


@dataclass(frozen=True, slots=True)
class Address:
    """Start and end in the text; led: a preposition or a colon stands right before it."""

    start: int
    end: int
    led: bool


def find(text: str) -> list[Address]:
    """Every address with a postcode that has a street, a house or a name before it, in order."""
    found: list[Address] = []
    floor = 0
    for post in POST.finditer(text):
        if not _is_post(text, post):
            continue
        begins = _sentence_start(text, floor, post.start())
        start, led = _start(text, begins, post.start())
        told = text[start : post.start()]
        named = re.search(r"[^\W\d_]{3}", told) is not None
        if named and ("," in told or re.search(r"\d", told)) and post.end() - start <= LONGEST:
            found.append(Address(start, post.end(), led))
            floor = post.end()
    return found


def _is_post(text: str, post: re.Match[str]) -> bool:
    """Whether a figure with a capital word behind it is a postcode: it stands behind a comma, a dash, "in" or a house number."""
    if not re.match(r"\d", post[0]):
        return True
    if re.search(
        r"\s(?:Rd|St|Ave|Ln|Dr|Blvd|Way|Ct|Road|Street|Avenue|Lane|Drive|Court|Row|Yard|Close)$",
        post[0],
    ):
        return False
    return bool(_BEFORE_POST.search(text[max(post.start() - 80, 0) : post.start()]))


def _sentence_start(text: str, floor: int, end: int) -> int:
    start = floor
    for found in _BREAK.finditer(text, floor, end):
        if found[0].startswith(".") and _SHORT.search(text[floor : found.start()]):
            continue
        start = found.end()
    return start


def _start(text: str, begins: int, end: int) -> tuple[int, bool]:
    """Where the address begins: behind the last preposition or running word of the part that is no more of it."""
    led = text[:begins].rstrip().endswith((":", "("))
    start = begins + len(text[begins:end]) - len(text[begins:end].lstrip(" ,-–"))
    for part in reversed([*_parts(text, begins, end)]):
        words = _TRAILING.sub("", text[slice(*part)])
        if _PLAIN_LEAD.search(words):
            return _behind(text, part[1], end), True
        cut = max((m.end() for m in _LEAD.finditer(words)), default=0)
        lower = [m for m in _LOWER.finditer(words) if m[0].strip(" :.'’") not in _SMALL]
        street = _STREETS.match(words.lstrip())
        run = max((m.end() for m in lower), default=0)
        at = max(cut, run)
        if street and not cut:
            continue
        if at:
            behind = words[at:].lstrip()
            inside = _STREETS.search(words[max(at - 12, 0) : at])
            if inside and words[max(at - 12, 0) + inside.start() :].strip():
                return part[0] + max(at - 12, 0) + inside.start(), True
            if behind:
                return part[0] + at + len(words[at:]) - len(behind), bool(cut) or led
            return _behind(text, part[1], end), bool(cut) or led
        plain = words.strip()
        if plain == plain.lower() and not re.search(r"\d", plain) and len(plain.split()) > 2:
            return _behind(text, part[1], end), True
    return start, led


def _behind(text: str, at: int, end: int) -> int:
    """The place behind the comma at `at`."""
    return at + len(text[at:end]) - len(text[at:end].lstrip(" ,"))


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches between commas."""
    parts, at = [], start
    for comma in re.finditer(r",", text[start:end]):
        parts.append((at, start + comma.start()))
        at = start + comma.end()
    parts.append((at, end))
    return [p for p in parts if text[slice(*p)].strip()]
