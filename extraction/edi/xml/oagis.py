"""OAGIS 8 and 9 purchase orders (ProcessPurchaseOrder, SyncPurchaseOrder)."""

from __future__ import annotations

from extraction.edi.xml.maps import Field, OrderMap, Party, Price, Window

_HEAD = "PurchaseOrderHeader"
_OLD = "Header"


def _head(path: str) -> tuple[str, ...]:
    return f"{_HEAD}/{path}", f"{_OLD}/{path}"


def _who(names: tuple[str, ...], role: str) -> Party:
    def at(path: str) -> tuple[str, ...]:
        return tuple(
            p for name in names for old in ("", "Parties/") for p in _head(f"{old}{name}/{path}")
        )

    return Party(
        role,
        name=at("Name"),
        id=at("PartyIDs/ID") + at("PartyId/Id") + at("PartyID"),
        address=at("Location/Address") + at("Addresses/PrimaryAddress"),
        contact=at("Contact/Name") if role == "buyer" else (),
        email=at("Contact/EMailAddress") if role == "buyer" else (),
    )


OAGIS = OrderMap(
    order=".//PurchaseOrder",
    number_at="PurchaseOrderHeader/DocumentID/ID",
    header=(
        Field("po_number", "text", _head("DocumentID/ID") + _head("DocumentIds/CustomerDocumentId/Id") + _head("DocumentId/Id")),
        Field("order_date", "day", _head("DocumentDateTime") + _head("OrderDateTime")),
        Field("currency", "text", _head("ExtendedAmount/@currencyID") + _head("TotalAmount/@currencyID") + _head("ExtendedPrice/@currency")),
        Field("requested_date", "day", _head("RequiredDeliveryDateTime") + _head("NeedDeliveryDate")),
        Field("notes", "append", _head("Note")),
        Field("payment_terms", "text", _head("PaymentTerm/Description") + _head("PaymentTerms/Description")),
        Field("total", "number", _head("TotalAmount") + _head("ExtendedAmount") + _head("ExtendedPrice")),
    ),
    parties=(
        _who(("CustomerParty", "BuyerParty"), "buyer"),
        _who(("ShipToParty",), "ship_to"),
        _who(("BillToParty",), "bill_to"),
    ),
    address_rows=("AddressLine", "PostalCode CityName CountrySubDivisionCode", "PostalCode City StateOrProvince", "CountryCode", "Country"),
    lines="PurchaseOrderLine",
    line=(
        Field("line_no", "text", ("LineNumber",)),
        Field("quantity", "number", ("Quantity", "OrderQuantity")),
        Field("uom", "text", ("Quantity/@unitCode", "OrderQuantity/@unitCode", "OrderQuantity/@uom")),
        Field("supplier_sku", "text", ("Item/SupplierItemID/ID", "OrderItem/ItemIds/SupplierItemId/Id")),
        Field("buyer_sku", "text", ("Item/CustomerItemID/ID", "OrderItem/ItemIds/CustomerItemId/Id", "Item/ItemID/ID")),
        Field("gtin", "text", ("Item/GTIN", "Item/UPCID")),
        Field("manufacturer_sku", "text", ("Item/ManufacturerItemID/ID",)),
        Field("description", "text", ("Item/Description", "OrderItem/Description", "Description")),
        Field("amount", "number", ("ExtendedAmount", "ExtendedPrice")),
    ),
    price=Price(("UnitPrice/Amount",), ("UnitPrice/PerQuantity",), ("UnitPrice/PerQuantity/@unitCode",)),
    line_requested=Window(("RequiredDeliveryDateTime", "NeedDeliveryDate"), ()),
)  # fmt: skip
