"""OASIS UBL 2.x orders, Peppol Order among them (ISO/IEC 19845)."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from extraction.edi import figures
from extraction.edi.made_as import put_properties
from extraction.edi.order import OrderBuilder, Row
from extraction.edi.xml import paths
from extraction.edi.xml.maps import Field, OrderMap, Party, Price, Window

_BUYER = "BuyerCustomerParty"
_PERIOD = "RequestedDeliveryPeriod"
_ORDER_NUMBER = Field("po_number", "text", ("OrderReference/ID[not(../../ID)]", "ID", "BuyersID"))
_LINES = "OrderLine"

PURPOSES = {
    "220": ("order", ""),
    "221": ("order", "a blanket order"),
    "226": ("order", "a call-off"),
    "227": ("order", "a consignment order"),
    "230": ("change", "a change"),
    "231": ("other", "an answer to an order"),
}
"""UN/CEFACT 1001 in OrderTypeCode."""


def _extra(order: OrderBuilder, element: etree._Element) -> None:
    amounts = ".//PayableAmount/@currencyID", ".//PriceAmount/@currencyID", ".//@currencyID"
    found = paths.first(element, *amounts)
    if found:
        order.head.text("currency", found.text, found.at)
    for name in paths.every(element, "AdditionalDocumentReference/ID")[:5]:
        order.findings.add("edi-attachment", name.at, name=name.text)
    contract = paths.first(element, "Contract/ID")
    if contract:
        order.findings.add("edi-contract", contract.at, contract=contract.text)


def _line_extra(row: Row, line: etree._Element) -> None:
    """A delivery place of the line's own is told, and several deliveries with quantity, day and place each."""
    put_properties(row, line, "LineItem/Item/AdditionalItemProperty", "Name", "Value")
    found = paths.elements(line, "LineItem/Delivery")
    if len(found) < 2:
        own = paths.first(
            line,
            "LineItem/Delivery/DeliveryLocation/Name",
            "LineItem/Delivery/DeliveryLocation/ID",
            "LineItem/Delivery/DeliveryParty/PartyName/Name",
        )
        if own:
            row.findings.add("edi-line-ship-to", own.at, value=own.text)
        return
    parts = []
    for each in found:
        quantity = paths.text(each, "Quantity")
        unit = paths.text(each, "Quantity/@unitCode")
        wanted = paths.text(each, f"{_PERIOD}/StartDate", f"{_PERIOD}/EndDate")
        place = paths.text(each, "DeliveryLocation/ID", "DeliveryLocation/Name")
        row.schedule(quantity, unit, figures.iso_day(wanted) or "", place, paths.place(each))
        parts.append(" ".join(t for t in (quantity, place, wanted) if t))
    if len({one.requested_date for one in row.schedules}) > 1:
        row.fields.pop("requested_date", None)
    row.findings.add("edi-schedule", row.place, count=len(found), parts="; ".join(parts[:20]))


UBL = OrderMap(
    number_at="cbc:ID",
    header=(
        Field("purpose", "text", ("OrderTypeCode",)),
        _ORDER_NUMBER,
        Field("order_date", "day", ("IssueDate",)),
        Field("currency", "text", ("DocumentCurrencyCode", "PricingCurrencyCode")),
        Field("notes", "append", ("Note", "CancellationNote")),
        Field("payment_terms", "append", ("PaymentTerms/Note",)),
        Field("incoterms", "text", ("DeliveryTerms/ID",)),
        Field("ship_via", "text", ("Delivery/CarrierParty/PartyName/Name",)),
        Field("quote_number", "text", ("QuotationDocumentReference/ID",)),
        Field("contract_number", "text", ("Contract/ID",)),
        Field("subtotal", "number", ("AnticipatedMonetaryTotal/TaxExclusiveAmount", "AnticipatedMonetaryTotal/LineExtensionAmount")),
        Field("tax", "number", ("TaxTotal/TaxAmount",)),
        Field("total", "number", ("AnticipatedMonetaryTotal/PayableAmount",)),
    ),
    parties=(
        Party(
            "buyer",
            name=(f"{_BUYER}/Party/PartyName/Name", f"{_BUYER}/Party/PartyLegalEntity/RegistrationName"),
            id=(
                f"{_BUYER}/Party/PartyIdentification/ID",
                f"{_BUYER}/Party/EndpointID",
                f"{_BUYER}/CustomerAssignedAccountID",
                f"{_BUYER}/SupplierAssignedAccountID",
            ),
            contact=(f"{_BUYER}/DeliveryContact/Name", f"{_BUYER}/Party/Contact/Name"),
            email=(f"{_BUYER}/DeliveryContact/ElectronicMail", f"{_BUYER}/Party/Contact/ElectronicMail"),
        ),
        Party(
            "ship_to",
            name=("Delivery/DeliveryLocation/Name", "Delivery/DeliveryParty/PartyName/Name"),
            id=("Delivery/DeliveryLocation/ID", "Delivery/DeliveryLocation/Address/ID", "Delivery/DeliveryParty/PartyIdentification/ID"),
            address=(
                "Delivery/DeliveryLocation/Address",
                "Delivery/DeliveryAddress",
                "Delivery/DeliveryParty/PostalAddress",
            ),
        ),
        Party(
            "bill_to",
            name=("AccountingCustomerParty/Party/PartyName/Name",),
            address=("AccountingCustomerParty/Party/PostalAddress",),
        ),
    ),
    address_rows=(
        "BuildingNumber StreetName",
        "AdditionalStreetName",
        "BuildingName",
        "AddressLine/Line",
        "PostalZone CityName CountrySubentity",
        "Country/IdentificationCode",
    ),
    requested=Window(
        ("Delivery/RequestedDeliveryPeriod/StartDate",), ("Delivery/RequestedDeliveryPeriod/EndDate",)
    ),
    lines=_LINES,
    line=(
        Field("line_no", "text", ("LineItem/ID",)),
        Field("quantity", "number", ("LineItem/Quantity",)),
        Field("uom", "text", ("LineItem/Quantity/@unitCode",)),
        Field("buyer_sku", "text", ("LineItem/Item/BuyersItemIdentification/ID",)),
        Field("supplier_sku", "text", ("LineItem/Item/SellersItemIdentification/ID",)),
        Field("gtin", "text", ("LineItem/Item/StandardItemIdentification/ID",)),
        Field("manufacturer_sku", "text", ("LineItem/Item/ManufacturersItemIdentification/ID",)),
        Field("description", "text", ("LineItem/Item/Name", "LineItem/Item/Description")),
        Field("amount", "number", ("LineItem/LineExtensionAmount",)),
    ),
    price=Price(
        ("LineItem/Price/PriceAmount",),
        ("LineItem/Price/BaseQuantity",),
        ("LineItem/Price/BaseQuantity/@unitCode",),
    ),
    line_requested=Window(
        ("LineItem/Delivery/RequestedDeliveryPeriod/StartDate",),
        ("LineItem/Delivery/RequestedDeliveryPeriod/EndDate",),
    ),
    purposes=PURPOSES,
    silent=frozenset({"220"}),
    extra=_extra,
    line_extra=_line_extra,
)  # fmt: skip

UBL_CHANGE = replace(
    UBL,
    number_at="cac:OrderReference/cbc:ID",
    header=tuple(
        Field("po_number", "text", ("OrderReference/ID", "ID")) if f is _ORDER_NUMBER else f
        for f in UBL.header
    ),
    change_number=("ID",),
)
"""A change or cancellation has a number of its own; the order's is the one it refers to."""
