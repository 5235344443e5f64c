"""What openTRANS 2.1 messages share: parties that are referred to by their ids, products, days."""

from __future__ import annotations

from datetime import date

from core.messages.electronic.facts import Business, EchoLine, Parties
from core.messages.electronic.xml.identifiers import vat
from core.messages.electronic.xml.tree import Element, Maker

E = Maker(
    {"": "http://www.opentrans.org/XMLSchema/2.1", "bmecat": "http://www.bmecat.org/bmecat/2005"}
)

VERSION = "2.1"
ID_TYPES = {"gln": "gln", "duns": "duns", "seller": "supplier_specific", "buyer": "buyer_specific"}
PIECE_OF_TEXT = 150


def own_id(business: Business) -> tuple[str, str]:
    """(type, id) by which the message refers to a party; its name where it has no number."""
    known = (one for one in business.ids if one.scheme in ID_TYPES and one.id)
    found = next(known, None)
    return (ID_TYPES[found.scheme], found.id) if found else ("party_specific", business.name)


def reference(name: str, business: Business) -> Element | None:
    kind, number = own_id(business)
    return E(name, number, type=kind)


def parties(given: Parties) -> Element | None:
    """Each role its own party, so that no reference is ambiguous."""
    roles = [
        ("buyer", given.buyer),
        ("supplier", given.supplier),
        ("delivery", given.ship_to),
        ("invoice_recipient", given.bill_to),
    ]
    return E("PARTIES", [_party(role, business) for role, business in roles if business])


def _party(role: str, business: Business) -> Element | None:
    kind, number = own_id(business)
    place = business.address
    return E(
        "PARTY",
        E("bmecat:PARTY_ID", number, type=kind),
        E("PARTY_ROLE", role),
        E(
            "ADDRESS",
            E("bmecat:NAME", business.name or place.name),
            _contact(business),
            E("bmecat:STREET", ", ".join(place.lines)),
            E("bmecat:ZIP", place.postal_code),
            E("bmecat:CITY", place.city),
            E("bmecat:STATE", place.region),
            E("bmecat:COUNTRY_CODED", place.country),
            E("bmecat:VAT_ID", vat(business)),
        ),
    )


def _contact(business: Business) -> Element | None:
    if not business.contact_name:
        return None
    return E(
        "CONTACT_DETAILS",
        E("bmecat:CONTACT_NAME", business.contact_name),
        E("bmecat:PHONE", business.contact_phone, type="office"),
        E("bmecat:EMAILS", E("bmecat:EMAIL", business.contact_email)),
    )


def delivery_day(value: date | None) -> Element | None:
    return E(
        "DELIVERY_DATE",
        E("DELIVERY_START_DATE", value),
        E("DELIVERY_END_DATE", value),
        type="fixed",
    )


def product(
    sku: str,
    title: str,
    echo: EchoLine,
    lots: tuple[str, ...] = (),
    *,
    is_substitute: bool = False,
) -> Element | None:
    """A substitute does not have the GTIN of what was ordered."""
    return E.always(
        "PRODUCT_ID",
        E("bmecat:SUPPLIER_PID", sku),
        [E("LOT_NUMBER", lot) for lot in lots],
        E("bmecat:INTERNATIONAL_PID", "" if is_substitute else echo.gtin, type="gtin"),
        E("bmecat:BUYER_PID", echo.buyer_sku),
        E("bmecat:DESCRIPTION_SHORT", (title or echo.description)[:PIECE_OF_TEXT]),
    )


def remarks(text: str) -> Element | None:
    return E("REMARKS", text, type="general")
