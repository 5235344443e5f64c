"""What UN/CEFACT Cross Industry messages share: parties, addresses, days (Order-X 1.0, Factur-X, EN 16931)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from core.inbound.envelopes import Endpoint
from core.messages.electronic.facts import Business
from core.messages.electronic.xml.identifiers import electronic_address, registered, vat
from core.messages.electronic.xml.tree import Element, Maker
from core.values import Address

_DATA = "urn:un:unece:uncefact:data:standard"
DAY = "102"  # UN/CEFACT 2379: CCYYMMDD


def maker(message: str, version: str) -> Maker:
    """message: the root's address; version of the data types: "128" of Order-X, "100" of D16B invoices."""
    return Maker(
        {
            "rsm": message,
            "ram": f"{_DATA}:ReusableAggregateBusinessInformationEntity:{version}",
            "udt": f"{_DATA}:UnqualifiedDataType:{version}",
            "qdt": f"{_DATA}:QualifiedDataType:{version}",
        }
    )


def day(e: Maker, name: str, value: date | None) -> Element | None:
    if value is None:
        return None
    return e(name, e("udt:DateTimeString", f"{value:%Y%m%d}", format=DAY))


def event(e: Maker, name: str, value: date | None, *inside: Element | None) -> Element | None:
    return e(name, day(e, "ram:OccurrenceDateTime", value), inside)


def document_of(e: Maker, name: str, number: str) -> Element | None:
    return e(name, e("ram:IssuerAssignedID", number))


def party(
    e: Maker,
    name: str,
    business: Business,
    end: Endpoint | None = None,
    *,
    with_tax: bool = True,
    with_contact: bool = True,
) -> Element | None:
    """A party by the one number of its own, its registered ones, name, contact, address and tax number."""
    found = list(registered(business))
    own = next((number for scheme, number in found if not scheme), "")
    number = vat(business)
    return e(
        name,
        e("ram:ID", own),
        [e("ram:GlobalID", one, schemeID=scheme) for scheme, one in found if scheme],
        e("ram:Name", business.name),
        _contact(e, business) if with_contact else None,
        address(e, business.address),
        _address_of(e, end, business) if end else None,
        e("ram:SpecifiedTaxRegistration", e("ram:ID", number, schemeID="VA")) if with_tax else None,
    )


def _contact(e: Maker, business: Business) -> Element | None:
    return e(
        "ram:DefinedTradeContact",
        e("ram:PersonName", business.contact_name),
        e("ram:TelephoneUniversalCommunication", e("ram:CompleteNumber", business.contact_phone)),
        e("ram:EmailURIUniversalCommunication", e("ram:URIID", business.contact_email)),
    )


def address(e: Maker, place: Address) -> Element | None:
    """None without a country, which every such address needs."""
    if not place.country:
        return None
    streets = (*place.lines, "", "", "")
    return e(
        "ram:PostalTradeAddress",
        e("ram:PostcodeCode", place.postal_code),
        e("ram:LineOne", streets[0]),
        e("ram:LineTwo", streets[1]),
        e("ram:LineThree", ", ".join(place.lines[2:])),
        e("ram:CityName", place.city),
        e("ram:CountryID", place.country),
        e("ram:CountrySubDivisionName", place.region),
    )


def _address_of(e: Maker, end: Endpoint, business: Business) -> Element | None:
    scheme, number = electronic_address(end, business)
    return (
        e("ram:URIUniversalCommunication", e("ram:URIID", number, schemeID=scheme))
        if scheme
        else None
    )


def product(
    e: Maker, name: str, *, gtin: str = "", sku: str = "", buyer_sku: str = "", title: str = ""
) -> Element | None:
    return e(
        name,
        e("ram:GlobalID", gtin, schemeID="0160"),
        e("ram:SellerAssignedID", sku),
        e("ram:BuyerAssignedID", buyer_sku),
        e("ram:Name", title),
    )


def price(e: Maker, amount: Decimal, basis: Decimal, unit: str) -> Element | None:
    return e(
        "ram:NetPriceProductTradePrice",
        e("ram:ChargeAmount", amount),
        e("ram:BasisQuantity", basis, unitCode=unit) if basis != Decimal(1) else None,
    )
