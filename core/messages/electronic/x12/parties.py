"""N1 loops: who buys and sells, where the goods go, who pays (X12 elements 98, 66, 128, 365)."""

from __future__ import annotations

from core.messages.electronic.facts import Business, Identifier, Parties
from core.messages.electronic.x12.lengths import fits
from core.messages.electronic.x12.pen import Pen, Segment

QUALIFIERS = {"duns": "1", "gln": "UL", "seller": "91", "buyer": "92"}
"""Scheme -> element 66, who assigned the identification code."""
PREFERRED = ("buyer", "gln", "duns", "seller")
"""Customers know places and us best by their own numbers."""
TAX_SCHEME = "vat"
STATE = 2
"""Letters of N402; a longer region goes to N406 with N405 SP, state or province."""


def order_parties(parties: Parties, pen: Pen) -> tuple[Segment, ...]:
    """N1 loops BY, SE, ST and, when another pays, BT."""
    found = [*loop("BY", parties.buyer, pen), *loop("SE", parties.supplier, pen)]
    found += loop("ST", parties.ship_to, pen)
    if parties.bill_to is not None:
        found += loop("BT", parties.bill_to, pen)
    return tuple(found)


def loop(role: str, party: Business, pen: Pen) -> tuple[Segment, ...]:
    """N1, N2 to N4, REF, PER of one party; () when nothing of it is known.

    N1 needs a name or an identifier (condition R0203). A name longer than N102 goes on in N2.
    """
    name, further = _name(party, pen)
    qualifier, number = _number(party.ids)
    if not name and not number:
        return ()
    found: list[Segment] = [("N1", role, name, qualifier, number)]
    if further:
        found.append(("N2", *further))
    found += _address(party, pen)
    found += [("REF", "VX", one.id) for one in party.ids if one.scheme == TAX_SCHEME]
    found += _contact(party, pen)
    return tuple(found)


def _name(party: Business, pen: Pen) -> tuple[str, tuple[str, ...]]:
    spread = pen.rows(party.name or party.address.name, 60, 3)
    return (spread[0], spread[1:]) if spread else ("", ())


def _number(ids: tuple[Identifier, ...]) -> tuple[str, str]:
    """The best identifier that N104 takes, which has two characters at least."""
    for scheme in PREFERRED:
        for one in ids:
            if one.scheme == scheme and one.id and fits("N1", 4, one.id):
                return QUALIFIERS[scheme], one.id
    return "", ""


def _address(party: Business, pen: Pen) -> list[Segment]:
    """N3 holds two rows of 55 characters and stands at most twice; what is no town, postal or country code is left out."""
    address = party.address
    streets = [row for line in address.lines for row in pen.rows(line, 55, 2)][:4]
    found: list[Segment] = [("N3", *streets[n : n + 2]) for n in range(0, len(streets), 2)]
    region = pen.text(address.region, 30)
    state = region.upper() if len(region) == STATE and region.isalpha() else ""
    written = (pen.text(address.city, 30), state, address.postal_code, address.country.upper())
    town = tuple(
        part if fits("N4", n, part) else "" for n, part in enumerate(map(str.strip, written), 1)
    )
    further = ("SP", region) if region and not state else ()
    if any(town) or further:
        found.append(("N4", *town, *further))
    return found


def _contact(party: Business, pen: Pen) -> list[Segment]:
    """PER*IC: telephone (TE) and e-mail (EM)."""
    ways = [("TE", party.contact_phone), ("EM", party.contact_email)]
    written = [(kind, pen.text(value, 80)) for kind, value in ways]
    pairs = [text for way in written if way[1] for text in way]
    name = pen.text(party.contact_name, 60)
    return [("PER", "IC", name, *pairs)] if name or pairs else []
