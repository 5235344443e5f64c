"""Peppol messages of our own that break no rule, and a way to change one place of them."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
NAMES = {"c": CBC, "a": CAC}

_PARTIES = """<cac:BuyerCustomerParty><cac:Party><cbc:EndpointID schemeID="0192">987654325</cbc:EndpointID>
  <cac:PartyIdentification><cbc:ID schemeID="0088">7080001000004</cbc:ID></cac:PartyIdentification>
  <cac:PartyName><cbc:Name>Fjordverk AS</cbc:Name></cac:PartyName>
  <cac:PartyTaxScheme><cbc:CompanyID>NO987654325MVA</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
  <cac:PartyLegalEntity><cbc:RegistrationName>Fjordverk AS</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party></cac:BuyerCustomerParty>
 <cac:SellerSupplierParty><cac:Party><cbc:EndpointID schemeID="0088">5390001000006</cbc:EndpointID>
  <cac:PartyIdentification><cbc:ID schemeID="0088">5390001000006</cbc:ID></cac:PartyIdentification>
  <cac:PartyLegalEntity><cbc:RegistrationName>Harbour Fasteners Ltd</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party></cac:SellerSupplierParty>"""

_BODY = """<cac:TaxTotal><cbc:TaxAmount currencyID="NOK">26.00</cbc:TaxAmount></cac:TaxTotal>
 <cac:AnticipatedMonetaryTotal><cbc:LineExtensionAmount currencyID="NOK">104.00</cbc:LineExtensionAmount>
  <cbc:TaxExclusiveAmount currencyID="NOK">104.00</cbc:TaxExclusiveAmount><cbc:TaxInclusiveAmount currencyID="NOK">130.00</cbc:TaxInclusiveAmount>
  <cbc:AllowanceTotalAmount currencyID="NOK">5.20</cbc:AllowanceTotalAmount><cbc:ChargeTotalAmount currencyID="NOK">5.20</cbc:ChargeTotalAmount>
  <cbc:PrepaidAmount currencyID="NOK">10.00</cbc:PrepaidAmount><cbc:PayableRoundingAmount currencyID="NOK">0.50</cbc:PayableRoundingAmount>
  <cbc:PayableAmount currencyID="NOK">120.50</cbc:PayableAmount></cac:AnticipatedMonetaryTotal>
 <cac:OrderLine><cac:LineItem><cbc:ID>1</cbc:ID>LINE_STATUS<cbc:Quantity unitCode="H87">400</cbc:Quantity>
  <cbc:LineExtensionAmount currencyID="NOK">54.00</cbc:LineExtensionAmount>
  <cac:AllowanceCharge><cbc:ChargeIndicator>true</cbc:ChargeIndicator><cbc:AllowanceChargeReason>Packing</cbc:AllowanceChargeReason>
   <cbc:Amount currencyID="NOK">4.00</cbc:Amount></cac:AllowanceCharge>
  <cac:Price><cbc:PriceAmount currencyID="NOK">12.5000</cbc:PriceAmount><cbc:BaseQuantity unitCode="H87">100</cbc:BaseQuantity>
   <cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator><cbc:Amount currencyID="NOK">0.5000</cbc:Amount>
    <cbc:BaseAmount currencyID="NOK">13.0000</cbc:BaseAmount></cac:AllowanceCharge></cac:Price>
  <cac:Item><cbc:Name>Skive M8</cbc:Name><cac:StandardItemIdentification><cbc:ID schemeID="0160">4006381333931</cbc:ID></cac:StandardItemIdentification>
   <cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>25</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:ClassifiedTaxCategory></cac:Item>
 </cac:LineItem></cac:OrderLine>
 <cac:OrderLine><cac:LineItem><cbc:ID>2</cbc:ID>LINE_STATUS<cbc:Quantity unitCode="C62">5</cbc:Quantity>
  <cbc:LineExtensionAmount currencyID="NOK">50.00</cbc:LineExtensionAmount>
  <cac:Price><cbc:PriceAmount currencyID="NOK">10.00</cbc:PriceAmount></cac:Price>
  <cac:Item><cbc:Name>Skive M10</cbc:Name></cac:Item></cac:LineItem></cac:OrderLine>"""

_ALLOWANCES = """<cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator><cbc:AllowanceChargeReasonCode>95</cbc:AllowanceChargeReasonCode>
   <cbc:MultiplierFactorNumeric>5</cbc:MultiplierFactorNumeric><cbc:Amount currencyID="NOK">5.20</cbc:Amount><cbc:BaseAmount currencyID="NOK">104.00</cbc:BaseAmount></cac:AllowanceCharge>
 <cac:AllowanceCharge><cbc:ChargeIndicator>true</cbc:ChargeIndicator><cbc:AllowanceChargeReasonCode>FC</cbc:AllowanceChargeReasonCode>
   <cbc:Amount currencyID="NOK">5.20</cbc:Amount></cac:AllowanceCharge>"""


def _message(name: str, head: str, body: str) -> str:
    return (
        f'<{name} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{name}-2" xmlns:cac="{CAC}"'
        f' xmlns:cbc="{CBC}">{head}{body}</{name}>'
    )


def _head(specification: str, process: str) -> str:
    return (
        f"<cbc:CustomizationID>urn:fdc:peppol.eu:poacc:trns:{specification}</cbc:CustomizationID>"
        f"<cbc:ProfileID>urn:fdc:peppol.eu:poacc:bis:{process}</cbc:ProfileID>"
    )


_ORIGINATOR = (
    "<cac:OriginatorCustomerParty><cac:Party><cac:PartyName><cbc:Name>Verksted</cbc:Name>"
    "</cac:PartyName></cac:Party></cac:OriginatorCustomerParty>"
)

ORDER = _message(
    "Order",
    _head("order:3", "ordering:3"),
    "<cbc:ID>FJ-1</cbc:ID><cbc:IssueDate>2026-03-02</cbc:IssueDate><cbc:OrderTypeCode>220</cbc:OrderTypeCode>"
    "<cbc:DocumentCurrencyCode>NOK</cbc:DocumentCurrencyCode><cac:ValidityPeriod><cbc:EndDate>2026-03-31</cbc:EndDate></cac:ValidityPeriod>"
    + _PARTIES
    + _ORIGINATOR
    + _ALLOWANCES
    + _BODY.replace("LINE_STATUS", ""),
)

CHANGE = _message(
    "OrderChange",
    _head("order_change:3", "advanced_ordering:3"),
    "<cbc:ID>FJ-1-C</cbc:ID><cbc:IssueDate>2026-03-02</cbc:IssueDate><cbc:SequenceNumberID>1</cbc:SequenceNumberID>"
    "<cbc:DocumentCurrencyCode>NOK</cbc:DocumentCurrencyCode><cac:ValidityPeriod><cbc:EndDate>2026-03-31</cbc:EndDate></cac:ValidityPeriod>"
    "<cac:OrderReference><cbc:ID>FJ-1</cbc:ID></cac:OrderReference>"
    + _PARTIES
    + _ORIGINATOR
    + _ALLOWANCES
    + _BODY.replace("LINE_STATUS", "<cbc:LineStatusCode>3</cbc:LineStatusCode>"),
)

CANCELLATION = _message(
    "OrderCancellation",
    _head("order_cancellation:3", "advanced_ordering:3"),
    "<cbc:ID>FJ-1-X</cbc:ID><cbc:IssueDate>2026-03-02</cbc:IssueDate><cbc:CancellationNote>No longer wanted</cbc:CancellationNote>"
    "<cac:OrderReference><cbc:ID>FJ-1</cbc:ID></cac:OrderReference>" + _PARTIES,
)


def _response(specification: str, process: str) -> str:
    return _message(
        "OrderResponse",
        _head(specification, process),
        "<cbc:ID>R-1</cbc:ID><cbc:IssueDate>2026-03-02</cbc:IssueDate><cbc:OrderResponseCode>CA</cbc:OrderResponseCode>"
        "<cbc:DocumentCurrencyCode>NOK</cbc:DocumentCurrencyCode><cac:OrderReference><cbc:ID>FJ-1</cbc:ID></cac:OrderReference>"
        + _PARTIES
        + "<cac:OrderLine><cac:LineItem><cbc:ID>1</cbc:ID><cbc:LineStatusCode>3</cbc:LineStatusCode><cbc:Quantity unitCode='H87'>300</cbc:Quantity>"
        "<cac:Delivery><cac:PromisedDeliveryPeriod><cbc:StartDate>2026-03-20</cbc:StartDate><cbc:EndDate>2026-03-21</cbc:EndDate></cac:PromisedDeliveryPeriod></cac:Delivery>"
        "<cac:Price><cbc:PriceAmount currencyID='NOK'>12.5</cbc:PriceAmount></cac:Price><cac:Item><cbc:Name>Skive M8</cbc:Name></cac:Item></cac:LineItem>"
        "<cac:OrderLineReference><cbc:LineID>1</cbc:LineID></cac:OrderLineReference></cac:OrderLine>"
        "<cac:OrderLine><cac:LineItem><cbc:ID>2</cbc:ID><cbc:LineStatusCode>5</cbc:LineStatusCode><cac:Item><cbc:Name>Skive M10</cbc:Name></cac:Item></cac:LineItem>"
        "<cac:OrderLineReference><cbc:LineID>2</cbc:LineID></cac:OrderLineReference></cac:OrderLine>",
    )


RESPONSE = _response("order_response:3", "ordering:3")
ADVANCED_RESPONSE = _response("order_response_advanced:3", "advanced_ordering:3")

DESPATCH = _message(
    "DespatchAdvice",
    _head("despatch_advice:3", "despatch_advice:3"),
    "<cbc:ID>S-1</cbc:ID><cbc:IssueDate>2026-03-20</cbc:IssueDate><cac:OrderReference><cbc:ID>FJ-1</cbc:ID></cac:OrderReference>"
    '<cac:DespatchSupplierParty><cac:Party><cbc:EndpointID schemeID="0088">5390001000006</cbc:EndpointID></cac:Party></cac:DespatchSupplierParty>'
    '<cac:DeliveryCustomerParty><cac:Party><cbc:EndpointID schemeID="0192">987654325</cbc:EndpointID></cac:Party></cac:DeliveryCustomerParty>'
    + _PARTIES.replace("<cac:PartyLegalEntity>", "<cac:PartyName><cbc:Name>Name</cbc:Name></cac:PartyName><cac:PartyLegalEntity>")
    + _ORIGINATOR
    + "<cac:DespatchLine><cbc:ID>1</cbc:ID><cbc:DeliveredQuantity unitCode='H87'>300</cbc:DeliveredQuantity>"
    "<cbc:OutstandingQuantity unitCode='H87'>100</cbc:OutstandingQuantity><cbc:OutstandingReason>To follow</cbc:OutstandingReason>"
    "<cac:OrderLineReference><cbc:LineID>1</cbc:LineID></cac:OrderLineReference><cac:Item><cbc:Name>Skive M8</cbc:Name>"
    "<cac:SellersItemIdentification><cbc:ID>WX-8</cbc:ID></cac:SellersItemIdentification></cac:Item></cac:DespatchLine>",
)  # fmt: skip

Edit = Callable[[etree._Element], None]


def at(root: etree._Element, path: str) -> etree._Element:
    """The first element at a path: "c:" basic, "a:" aggregate."""
    found = root.xpath(path, namespaces=NAMES)
    assert found, path
    return found[0]


def put(path: str, text: str) -> Edit:
    """Another text at a place."""

    def edit(root: etree._Element) -> None:
        at(root, path).text = text

    return edit


def drop(*paths: str) -> Edit:
    def edit(root: etree._Element) -> None:
        for path in paths:
            found = at(root, path)
            found.getparent().remove(found)

    return edit


def mark(path: str, **attributes: str) -> Edit:
    def edit(root: etree._Element) -> None:
        for name, value in attributes.items():
            at(root, path).set(name, value)

    return edit


def add(path: str, inner: str) -> Edit:
    """Children more at the end of a place."""

    def edit(root: etree._Element) -> None:
        wrapped = f'<x xmlns:cac="{CAC}" xmlns:cbc="{CBC}">{inner}</x>'
        at(root, path).extend(list(etree.fromstring(wrapped)))

    return edit


def both(*edits: Edit) -> Edit:
    def edit(root: etree._Element) -> None:
        for each in edits:
            each(root)

    return edit


def edited(message: str, edit: Edit | None = None) -> etree._Element:
    root = etree.fromstring(message)
    if edit:
        edit(root)
    return root
