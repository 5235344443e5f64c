"""Where it goes: location number or place code first, then the address as written, among this customer's places only."""

from __future__ import annotations

import re
from collections.abc import Iterable

from core.drafts.case import Case
from core.drafts.keys import code_key, gtin_digits, plain_text, words
from core.drafts.matching.similarity import covered, shared
from core.drafts.matching.values import Match, Pick
from core.parties.tables import CustomerAddress

ALIKE = 0.6
LEAD = 0.15
_STREET_WORDS = (
    (re.compile(r"str(asse)?\b"), "str"),
    (re.compile(r"\b(street|st)\b"), "street"),
    (re.compile(r"\b(road|rd)\b"), "road"),
    (re.compile(r"\b(avenue|ave)\b"), "avenue"),
    (re.compile(r"\b(platz|pl)\b"), "platz"),
)


def match_ship_to(case: Case) -> Match:
    """The place, or none: "ship-to-unknown" with this customer's places to choose from. Nothing is created."""
    places = [a for a in case.addresses if a.kind == "ship_to"]
    if case.customer is None:
        return Match(None, "ship-to-waits")
    by_code = _by_code(case, places)
    if by_code is not None:
        return by_code
    written = ", ".join(t for t in (case.text("ship_to_name"), case.text("ship_to")) if t)
    if not written:
        return _default(case, places)
    return match_written(written, places)


def _by_code(case: Case, places: list[CustomerAddress]) -> Match | None:
    text = case.text("ship_to_id")
    if not text:
        return None
    digits = gtin_digits(text)
    for place in places:
        if digits and place.gln.lstrip("0") == digits:
            return Match(place.id, "by-location-number", {"value": place.gln, "name": place.name})
        if code_key(place.code) == code_key(text):
            return Match(place.id, "by-place-code", {"value": place.code, "name": place.name})
    return None


def _default(case: Case, places: list[CustomerAddress]) -> Match:
    """The document says nothing about where to: the only place, or the one marked as usual."""
    usual = places if len(places) == 1 else [p for p in places if p.is_default]
    if len(usual) == 1:
        code = "by-default" if len(places) == 1 else "ship-to-assumed"
        return Match(usual[0].id, code, {"name": usual[0].name}, _picks(places))
    return Match(None, "ship-to-unknown", {"written": ""}, _picks(places))


def match_written(written: str, places: list[CustomerAddress]) -> Match:
    """The place that the address as written means; pure."""
    scored = sorted(
        ((_alike(written, p), p.id, p) for p in places), key=lambda row: (-row[0], row[1])
    )
    facts = {"written": written}
    if not scored or scored[0][0] < ALIKE:
        return Match(None, "ship-to-unknown", facts, _picks(row[2] for row in scored))
    best, place = scored[0][0], scored[0][2]
    if len(scored) > 1 and best - scored[1][0] < LEAD:
        picks = _picks(row[2] for row in scored)
        return Match(None, "ship-to-ambiguous", facts, picks)
    return Match(place.id, "by-address", {"name": place.name}, _picks(places))


def _alike(written: str, place: CustomerAddress) -> float:
    """Without the same house number and the same town or postal code it is another place, whatever else agrees."""
    text = set(words(_street(written)))
    street = set(words(_street(place.street)))
    postal = set(words(place.postal_code))
    town = set(words(place.city))
    numbers = {w for w in street if w[:1].isdigit()}
    right_postal = bool(postal) and postal <= text
    right_town = bool(town) and town <= text
    if (numbers and not numbers & text) or not (right_postal or right_town):
        return 0.0
    same_street = covered(street, text)
    if same_street < 0.5:
        return 0.0
    same_name = covered(set(words(place.name)), text)
    whole = street | postal | town | set(words(place.name))
    return (
        0.5 * same_street
        + 0.2 * right_postal
        + 0.1 * right_town
        + 0.1 * same_name
        + 0.1 * shared(whole, text)
    )


def _street(text: str) -> str:
    found = plain_text(text)
    for pattern, word in _STREET_WORDS:
        found = pattern.sub(word, found)
    return found


def _picks(places: Iterable[CustomerAddress]) -> tuple[Pick, ...]:
    return tuple(Pick(p.id, place_label(p)) for p in places)


def place_label(place: CustomerAddress) -> str:
    town = " ".join(t for t in (place.postal_code, place.city) if t)
    street = place.street.replace("\n", ", ")
    return ", ".join(t for t in (place.code, place.name, street, town) if t)
