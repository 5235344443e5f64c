"""UN/CEFACT Cross Industry Order, Order-X among it (SCRDMCCBDACIOMessageStructure)."""

from __future__ import annotations

from lxml import etree

from extraction.edi.made_as import put_properties
from extraction.edi.order import OrderBuilder, Row
from extraction.edi.xml import paths
from extraction.edi.xml.maps import Field, OrderMap, Party, Price, Window

_T = "SupplyChainTradeTransaction"
_AGREEMENT = f"{_T}/ApplicableHeaderTradeAgreement"
_DELIVERY = f"{_T}/ApplicableHeaderTradeDelivery"
_SETTLEMENT = f"{_T}/ApplicableHeaderTradeSettlement"
_SUM = f"{_SETTLEMENT}/SpecifiedTradeSettlementHeaderMonetarySummation"
_PRODUCT = "SpecifiedTradeProduct"
_LINE_AGREEMENT = "SpecifiedLineTradeAgreement"
_LINE_DELIVERY = "SpecifiedLineTradeDelivery"
_EVENT = "RequestedDeliverySupplyChainEvent"

PURPOSES = {
    "220": ("order", ""),
    "221": ("order", "a blanket order"),
    "226": ("order", "a call-off"),
    "230": ("change", "a change"),
    "231": ("other", "an answer to an order"),
    "1": ("cancellation", "a cancellation"),
    "3": ("cancellation", "a deletion"),
    "4": ("change", "a change"),
    "5": ("change", "a replacement of an earlier order"),
    "7": ("order", "a duplicate"),
    "9": ("order", "an original"),
    "31": ("order", "a copy"),
    "35": ("order", "a re-transmission"),
}
"""UN/CEFACT 1001 in TypeCode and 1225 in PurposeCode."""


def _extra(order: OrderBuilder, element: etree._Element) -> None:
    contract = paths.first(element, f"{_AGREEMENT}/ContractReferencedDocument/IssuerAssignedID")
    if contract:
        order.findings.add("edi-contract", contract.at, contract=contract.text)
    currency = paths.first(element, ".//@currencyID")
    if currency:
        order.head.text("currency", currency.text, currency.at)


def _party(base: str, role: str) -> Party:
    contact = f"{base}/DefinedTradeContact"
    return Party(
        role,
        name=(f"{base}/Name",),
        id=(f"{base}/ID", f"{base}/GlobalID"),
        address=(f"{base}/PostalTradeAddress",),
        contact=(f"{contact}/PersonName", f"{contact}/DepartmentName") if role == "buyer" else (),
        email=(f"{contact}/EmailURIUniversalCommunication/URIID",) if role == "buyer" else (),
    )


def _line_extra(row: Row, line: etree._Element) -> None:
    each = f"{_PRODUCT}/ApplicableProductCharacteristic"
    put_properties(row, line, each, "Description", "Value")


CII = OrderMap(
    number_at="ExchangedDocument/ID",
    header=(
        Field("purpose", "text", ("ExchangedDocument/PurposeCode",)),
        Field("po_number", "text", ("ExchangedDocument/ID",)),
        Field("order_date", "day", ("ExchangedDocument/IssueDateTime/DateTimeString", "ExchangedDocument/IssueDateTime/DateTime")),
        Field("currency", "text", (f"{_SETTLEMENT}/OrderCurrencyCode", f"{_SETTLEMENT}/InvoiceCurrencyCode")),
        Field("requested_date", "day", (f"{_DELIVERY}/{_EVENT}/OccurrenceDateTime/DateTimeString",)),
        Field("notes", "append", ("ExchangedDocument/IncludedNote/Content",)),
        Field("payment_terms", "append", (f"{_SETTLEMENT}/SpecifiedTradePaymentTerms/Description",)),
        Field("incoterms", "text", (f"{_AGREEMENT}/ApplicableTradeDeliveryTerms/DeliveryTypeCode",)),
        Field("quote_number", "text", (f"{_AGREEMENT}/QuotationReferencedDocument/IssuerAssignedID",)),
        Field("contract_number", "text", (f"{_AGREEMENT}/BlanketOrderReferencedDocument/IssuerAssignedID", f"{_AGREEMENT}/ContractReferencedDocument/IssuerAssignedID")),
        Field("subtotal", "number", (f"{_SUM}/TaxBasisTotalAmount", f"{_SUM}/LineTotalAmount")),
        Field("tax", "number", (f"{_SUM}/TaxTotalAmount",)),
        Field("total", "number", (f"{_SUM}/GrandTotalAmount",)),
    ),
    parties=(
        _party(f"{_AGREEMENT}/BuyerTradeParty", "buyer"),
        _party(f"{_DELIVERY}/ShipToTradeParty", "ship_to"),
        _party(f"{_SETTLEMENT}/InvoiceeTradeParty", "bill_to"),
    ),
    address_rows=("LineOne", "LineTwo", "LineThree", "PostcodeCode CityName", "CountrySubDivisionName", "CountryID"),
    requested=Window(
        (f"{_DELIVERY}/{_EVENT}/OccurrenceSpecifiedPeriod/StartDateTime/DateTimeString",),
        (f"{_DELIVERY}/{_EVENT}/OccurrenceSpecifiedPeriod/EndDateTime/DateTimeString",),
    ),
    lines=f"{_T}/IncludedSupplyChainTradeLineItem",
    line=(
        Field("line_no", "text", ("AssociatedDocumentLineDocument/LineID",)),
        Field("quantity", "number", (f"{_LINE_DELIVERY}/RequestedQuantity", f"{_LINE_DELIVERY}/AgreedQuantity")),
        Field("uom", "text", (f"{_LINE_DELIVERY}/RequestedQuantity/@unitCode", f"{_LINE_DELIVERY}/AgreedQuantity/@unitCode")),
        Field("buyer_sku", "text", (f"{_PRODUCT}/BuyerAssignedID",)),
        Field("supplier_sku", "text", (f"{_PRODUCT}/SellerAssignedID",)),
        Field("gtin", "text", (f"{_PRODUCT}/GlobalID",)),
        Field("manufacturer_sku", "text", (f"{_PRODUCT}/ManufacturerAssignedID", f"{_PRODUCT}/ModelID")),
        Field("description", "text", (f"{_PRODUCT}/Name", f"{_PRODUCT}/Description")),
        Field("requested_date", "day", (f"{_LINE_DELIVERY}/{_EVENT}/OccurrenceDateTime/DateTimeString",)),
        Field("amount", "number", ("SpecifiedLineTradeSettlement/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount",)),
    ),
    price=Price(
        (f"{_LINE_AGREEMENT}/NetPriceProductTradePrice/ChargeAmount", f"{_LINE_AGREEMENT}/GrossPriceProductTradePrice/ChargeAmount"),
        (f"{_LINE_AGREEMENT}/NetPriceProductTradePrice/BasisQuantity", f"{_LINE_AGREEMENT}/GrossPriceProductTradePrice/BasisQuantity"),
        (f"{_LINE_AGREEMENT}/NetPriceProductTradePrice/BasisQuantity/@unitCode",),
    ),
    line_requested=Window(
        (f"{_LINE_DELIVERY}/{_EVENT}/OccurrenceSpecifiedPeriod/StartDateTime/DateTimeString",),
        (f"{_LINE_DELIVERY}/{_EVENT}/OccurrenceSpecifiedPeriod/EndDateTime/DateTimeString",),
    ),
    purposes=PURPOSES,
    kinds=("ExchangedDocument/TypeCode",),
    silent=frozenset({"220", "9"}),
    answers=frozenset({"231"}),
    extra=_extra,
    line_extra=_line_extra,
    changed=(f"{_AGREEMENT}/BuyerOrderReferencedDocument/IssuerAssignedID",),
    change_number=("ExchangedDocument/ID",),
)  # fmt: skip
