"""NAD with its group: who buys and sells, where the goods go, who pays (3035, 3039, 3055)."""

from __future__ import annotations

from core.messages.electronic.edifact.pen import Pen, Segment
from core.messages.electronic.facts import Business, Identifier, Parties

AGENCIES = {"duns": "16", "gln": "9", "seller": "91", "buyer": "92"}
"""Scheme -> 3055, who assigned the number."""
PREFERRED = ("gln", "buyer", "duns", "seller")
ROW = 35
REGION = 9
MAIL, TELEPHONE = "EM", "TE"
"""3155."""
REACHED = 25
"""Most characters of 3148: a longer address is left out, half of it would be another one."""


def order_parties(parties: Parties, pen: Pen) -> tuple[Segment, ...]:
    """NAD+BY, SU, DP and, when another pays, IV."""
    found = [*group("BY", parties.buyer, pen), *group("SU", parties.supplier, pen)]
    found += group("DP", parties.ship_to, pen)
    if parties.bill_to is not None:
        found += group("IV", parties.bill_to, pen)
    return tuple(found)


def group(role: str, party: Business, pen: Pen) -> tuple[Segment, ...]:
    """NAD, RFF+VA, CTA and COM of one party; () when nothing of it is known."""
    number = _number(party.ids)
    address = party.address
    names = pen.rows(party.name or address.name, ROW, 5)
    streets = tuple(row for line in address.lines for row in pen.rows(line, ROW, 3))[:3]
    region = pen.text(address.region, ROW)
    city, short = pen.text(address.city, ROW), region if len(region) <= REGION else ""
    if region and not short:
        city = pen.text(f"{address.city}, {address.region}".strip(", "), ROW)
    if not (number or names or streets or city):
        return ()
    found: list[Segment] = [
        ("NAD", role, number, "", names, streets, city, short, address.postal_code.strip(), address.country.strip())
    ]  # fmt: skip
    found += [("RFF", ("VA", one.id)) for one in party.ids if one.scheme == "vat" and one.id]
    return (*found, *_contact(party, pen))


def _number(ids: tuple[Identifier, ...]) -> tuple[str, ...]:
    for scheme in PREFERRED:
        for one in ids:
            if one.scheme == scheme and one.id:
                return one.id, "", AGENCIES[scheme]
    return ()


def _contact(party: Business, pen: Pen) -> list[Segment]:
    """CTA+IC with the name, COM for what can be written as it is."""
    ways = ((party.contact_phone, TELEPHONE), (party.contact_email, MAIL))
    reached = [(value, kind) for value, kind in ways if pen.can_say(value, REACHED)]
    name = pen.text(party.contact_name, ROW)
    if not name and not reached:
        return []
    return [("CTA", "IC", ("", name)), *(("COM", way) for way in reached)]
