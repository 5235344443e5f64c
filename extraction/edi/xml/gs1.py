"""GS1 XML orders, release 3 and, as far as its names are alike, release 2."""

from __future__ import annotations

from extraction.edi.xml.maps import Field, OrderMap, Party, Price, Window

_ITEM = "transactionalTradeItem"
_OLD_ITEM = "tradeItemIdentification"
_OWN = "additionalTradeItemIdentification"
_DATES = ".//orderLogisticalDateInformation"
_OLD_DATES = ".//orderLogisticalDateGroup"

PURPOSES = {
    "original": ("order", ""),
    "copy": ("order", "a copy"),
    "replace": ("change", "a replacement of an earlier order"),
    "delete": ("cancellation", "a deletion"),
    "additional_transmission": ("order", "an additional transmission"),
}
"""documentStatusCode."""


def _additional(kind: str) -> tuple[str, ...]:
    typed = f"{_OWN}[@additionalTradeItemIdentificationTypeCode='{kind}']"
    old = f"{_OWN}[additionalTradeItemIdentificationType='{kind}']/additionalTradeItemIdentificationValue"
    return f"{_ITEM}/{typed}", f"{_OLD_ITEM}/{old}"


def _who(name: str, role: str) -> Party:
    return Party(
        role,
        name=(f".//{name}/organisationDetails/organisationName", f".//{name}/organisation/organisationName", f".//{name}/address/name"),
        id=(f".//{name}/gln", f".//{name}/additionalPartyIdentification"),
        address=(f".//{name}/address",),
        contact=(f".//{name}/contact/personName",) if role == "buyer" else (),
    )  # fmt: skip


GS1 = OrderMap(
    order=".//order",
    number_at="orderIdentification/entityIdentification",
    header=(
        Field("purpose", "text", ("documentStatusCode", "@documentStatus")),
        Field("po_number", "text", (
            "orderIdentification/entityIdentification",
            "orderIdentification/uniqueCreatorIdentification",
            "typedEntityIdentification/entityIdentification/uniqueCreatorIdentification",
        )),
        Field("order_date", "day", ("creationDateTime", "@creationDateTime")),
        Field("currency", "text", (".//currencyISOCode", "totalMonetaryAmountExcludingTaxes/@currencyCode", ".//@currencyCode")),
        Field("requested_date", "day", (f"{_DATES}/requestedDeliveryDateTime/date", f"{_DATES}/requestedDeliveryDateTime", f"{_DATES}/requestedDeliveryDate/date", f"{_OLD_DATES}/requestedDeliveryDate/date", f"{_OLD_DATES}/requestedDeliveryDate")),
        Field("notes", "append", ("note", "orderNote")),
        Field("subtotal", "number", ("totalMonetaryAmountExcludingTaxes",)),
        Field("tax", "number", ("totalTaxAmount",)),
        Field("total", "number", ("totalMonetaryAmountIncludingTaxes",)),
    ),
    parties=(_who("buyer", "buyer"), _who("shipTo", "ship_to"), _who("billTo", "bill_to")),
    address_rows=("streetAddressOne", "streetAddressTwo", "postalCode city state", "countryCode"),
    requested=Window(
        (f"{_DATES}/requestedDeliveryDateRange/beginDate", f"{_DATES}/requestedDeliveryDateTimeRange/beginDate"),
        (f"{_DATES}/requestedDeliveryDateRange/endDate", f"{_DATES}/requestedDeliveryDateTimeRange/endDate"),
    ),
    lines="orderLineItem",
    line=(
        Field("line_no", "text", ("lineItemNumber", "@number")),
        Field("quantity", "number", ("requestedQuantity/value", "requestedQuantity")),
        Field("uom", "text", ("requestedQuantity/@measurementUnitCode", "requestedQuantity/unitOfMeasure/measurementUnitCodeValue")),
        Field("gtin", "text", (f"{_ITEM}/gtin", f"{_OLD_ITEM}/gtin")),
        Field("supplier_sku", "text", _additional("SUPPLIER_ASSIGNED")),
        Field("buyer_sku", "text", _additional("BUYER_ASSIGNED")),
        Field("manufacturer_sku", "text", _additional("MANUFACTURER_PART_NUMBER")),
        Field("description", "text", (f"{_ITEM}/tradeItemDescription", f"{_ITEM}/itemDescription")),
        Field("amount", "number", ("netAmount", "monetaryAmountExcludingTaxes")),
        Field("requested_date", "day", (f"{_DATES}/requestedDeliveryDateTime/date",)),
    ),
    price=Price(("netPrice/amount/monetaryAmount", "netPrice"), ("netPrice/perUnit/value", "netPriceBaseQuantity")),
    purposes=PURPOSES,
    silent=frozenset({"ORIGINAL", "original"}),
)  # fmt: skip
