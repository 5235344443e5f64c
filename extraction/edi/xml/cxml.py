"""cXML 1.2 OrderRequest (cXML User's Guide). The sender's shared secret is never read."""

from __future__ import annotations

from lxml import etree

from extraction.edi.made_as import put_properties
from extraction.edi.order import OrderBuilder, Row
from extraction.edi.xml import paths
from extraction.edi.xml.maps import Field, OrderMap, Party, Price, Window

_REQUEST = "Request/OrderRequest"
_HEAD = f"{_REQUEST}/OrderRequestHeader"
_POSTAL = "PostalAddress"

PURPOSES = {
    "new": ("order", ""),
    "update": ("change", "an update of an earlier order"),
    "delete": ("cancellation", "a cancellation"),
    "blanket": ("order", "a blanket order"),
    "release": ("order", "a release"),
}
"""OrderRequestHeader/@type and @orderType."""


def _extra(order: OrderBuilder, element: etree._Element) -> None:
    for url in paths.every(element, f"{_HEAD}/Comments/Attachment/URL")[:5]:
        order.findings.add("edi-attachment", url.at, name=url.text)
    currency = paths.first(element, ".//Money/@currency")
    if currency:
        order.head.text("currency", currency.text, currency.at)
    revision = paths.text(element, f"{_HEAD}/@orderVersion")
    if revision not in ("", "1"):
        order.findings.add("edi-release", paths.place(element), release=revision)


def _line_extra(row: Row, line: etree._Element) -> None:
    put_properties(row, line, "ItemDetail/Extrinsic", "@name", "text()", others=False)
    own = paths.first(line, "ShipTo/Address/Name", "ShipTo/Address/@addressID")
    if own:
        row.findings.add("edi-line-ship-to", own.at, value=own.text)


CXML = OrderMap(
    number_at="OrderRequestHeader/@orderID",
    header=(
        Field("purpose", "text", (f"{_HEAD}/@type",)),
        Field("po_number", "text", (f"{_HEAD}/@orderID",)),
        Field("order_date", "day", (f"{_HEAD}/@orderDate",)),
        Field("currency", "text", (f"{_HEAD}/Total/Money/@currency",)),
        Field("requested_date", "day", (f"{_HEAD}/@requestedDeliveryDate",)),
        Field("notes", "append", (f"{_HEAD}/Comments/text()",)),
        Field("payment_terms", "text", (f"{_HEAD}/PaymentTerm/Extrinsic", f"{_HEAD}/PaymentTerm/@payInNumberOfDays")),
        Field("incoterms", "text", (f"{_HEAD}/TermsOfDelivery/TransportTerms/@value", f"{_HEAD}/TermsOfDelivery/TermsOfDeliveryCode/@value")),
        Field("ship_via", "text", (f"{_HEAD}/ShipTo/CarrierIdentifier", f"{_HEAD}/Shipping/Description")),
        Field("contract_number", "text", (f"{_HEAD}/@agreementID",)),
        Field("freight", "number", (f"{_HEAD}/Shipping/Money",)),
        Field("tax", "number", (f"{_HEAD}/Tax/Money",)),
        Field("total", "number", (f"{_HEAD}/Total/Money",)),
    ),
    parties=(
        Party(
            "buyer",
            name=(f"{_HEAD}/Contact[@role='buyerCorporate']/Name", f"{_HEAD}/Contact[@role='buyerMasterAccount']/Name"),
            id=("Header/From/Credential/Identity",),
            contact=(f"{_HEAD}/Contact[@role='purchasingAgent']/Name", f"{_HEAD}/Contact[@role='buyer']/Name", f"{_HEAD}/Contact[@role='endUser']/Name", f"{_HEAD}/Contact/Name"),
            email=(f"{_HEAD}/Contact[@role='purchasingAgent']/Email", f"{_HEAD}/Contact[@role='buyer']/Email", f"{_HEAD}/Contact/Email"),
        ),
        Party(
            "ship_to",
            name=(f"{_HEAD}/ShipTo/Address/Name",),
            id=(f"{_HEAD}/ShipTo/Address/@addressID",),
            address=(f"{_HEAD}/ShipTo/Address/{_POSTAL}",),
        ),
        Party("bill_to", name=(f"{_HEAD}/BillTo/Address/Name",), address=(f"{_HEAD}/BillTo/Address/{_POSTAL}",)),
    ),
    address_rows=("DeliverTo", "Street", "City State PostalCode", "Country"),
    lines=f"{_REQUEST}/ItemOut",
    line=(
        Field("line_no", "text", ("@lineNumber",)),
        Field("quantity", "number", ("@quantity",)),
        Field("uom", "text", ("ItemDetail/UnitOfMeasure", "BlanketItemDetail/UnitOfMeasure")),
        Field("supplier_sku", "text", ("ItemID/SupplierPartID",)),
        Field("buyer_sku", "text", ("ItemID/BuyerPartID",)),
        Field("configuration", "text", ("ItemID/SupplierPartAuxiliaryID",)),
        Field("gtin", "text", ("ItemDetail/ItemDetailIndustry/ItemDetailRetail/EANID",)),
        Field("manufacturer_sku", "text", ("ItemDetail/ManufacturerPartID",)),
        Field("description", "text", ("ItemDetail/Description", "BlanketItemDetail/Description")),
    ),
    price=Price(
        ("ItemDetail/UnitPrice/Money",),
        ("ItemDetail/PriceBasisQuantity/@quantity",),
        ("ItemDetail/PriceBasisQuantity/UnitOfMeasure",),
    ),
    line_requested=Window(("@requestedDeliveryDate",), ()),
    purposes=PURPOSES,
    kinds=(f"{_HEAD}/@orderType",),
    silent=frozenset({"new", "regular"}),
    extra=_extra,
    line_extra=_line_extra,
    line_place=Party(
        "ship_to",
        name=("ShipTo/Address/Name",),
        id=("ShipTo/Address/@addressID",),
        address=(f"ShipTo/Address/{_POSTAL}",),
    ),
)  # fmt: skip
