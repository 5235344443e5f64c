"""What UBL 2.1 messages share: names, parties, addresses, items (ISO/IEC 19845; Peppol BIS 3)."""

from __future__ import annotations

from core.inbound.envelopes import Endpoint
from core.messages.electronic.echoed import UNKNOWN_ITEM
from core.messages.electronic.facts import Business, EchoLine
from core.messages.electronic.xml.identifiers import electronic_address, registered, vat
from core.messages.electronic.xml.tree import Element, Maker, first
from core.values import Address

_SCHEMA = "urn:oasis:names:specification:ubl:schema:xsd"
GTIN = "0160"


def maker(message: str) -> Maker:
    """Makes elements of one message: "OrderResponse", "DespatchAdvice", "Invoice", "CreditNote"."""
    return Maker(
        {
            "": f"{_SCHEMA}:{message}-2",
            "cac": f"{_SCHEMA}:CommonAggregateComponents-2",
            "cbc": f"{_SCHEMA}:CommonBasicComponents-2",
        }
    )


def process(
    guideline: str, names: tuple[str, ...], peppol: tuple[str, str], otherwise: str = ""
) -> tuple[str, str]:
    """(CustomizationID, ProfileID) of what we write.

    guideline: the profile's, which names the kind of message (one of `names` is in it), else that of the customer's own
    order, which only tells whether they follow Peppol. No guideline at all means Peppol, whose rules are public.
    """
    told = guideline.lower()
    is_ours = any(name in told for name in names)
    if not guideline or "peppol" in told:
        return (guideline if is_ours else peppol[0]), peppol[1]
    return (guideline if is_ours else otherwise), ""


def end_point(e: Maker, end: Endpoint, business: Business) -> Element | None:
    scheme, number = electronic_address(end, business)
    return e("cbc:EndpointID", number, schemeID=scheme)


def identifications(e: Maker, business: Business, most: int = 9) -> list[Element | None]:
    return [
        e("cac:PartyIdentification", e("cbc:ID", number, schemeID=scheme))
        for scheme, number in list(registered(business))[:most]
    ]


def address(e: Maker, name: str, place: Address, number: str = "") -> Element | None:
    """An address; `number` identifies the place (despatch and delivery addresses only)."""
    streets = (*place.lines, "", "", "")
    more = ", ".join(place.lines[2:])
    return e(
        name,
        e("cbc:ID", number),
        e("cbc:StreetName", streets[0]),
        e("cbc:AdditionalStreetName", streets[1]),
        e("cbc:CityName", place.city),
        e("cbc:PostalZone", place.postal_code),
        e("cbc:CountrySubentity", place.region),
        e("cac:AddressLine", e("cbc:Line", more)),
        e("cac:Country", e("cbc:IdentificationCode", place.country)),
    )


def contact(e: Maker, business: Business) -> Element | None:
    return e(
        "cac:Contact",
        e("cbc:Name", business.contact_name),
        e("cbc:Telephone", business.contact_phone),
        e("cbc:ElectronicMail", business.contact_email),
    )


def tax_scheme(e: Maker, business: Business) -> Element | None:
    number = vat(business)
    if not number:
        return None
    return e(
        "cac:PartyTaxScheme",
        e("cbc:CompanyID", number),
        e("cac:TaxScheme", e("cbc:ID", "VAT")),
    )


def legal_entity(e: Maker, business: Business) -> Element | None:
    return e("cac:PartyLegalEntity", e("cbc:RegistrationName", business.name))


def item(e: Maker, name: str, sku: str, echo: EchoLine, *extra: Element | None) -> Element | None:
    """An item by every number it has; sku is ours."""
    return e(
        "cac:Item",
        e("cbc:Name", first(name, echo.description, sku, echo.buyer_sku, UNKNOWN_ITEM)),
        e("cac:BuyersItemIdentification", e("cbc:ID", echo.buyer_sku)),
        e("cac:SellersItemIdentification", e("cbc:ID", sku)),
        e("cac:StandardItemIdentification", e("cbc:ID", echo.gtin, schemeID=GTIN)),
        extra,
    )
