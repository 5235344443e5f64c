"""openTRANS 2.1 ORDER and ORDERCHANGE, version 1.0 as far as its names are the same."""

from __future__ import annotations

from lxml import etree

from extraction.edi.order import OrderBuilder
from extraction.edi.xml import paths
from extraction.edi.xml.maps import Field, OrderMap, Party, Price, Window


def _info(path: str) -> tuple[str, ...]:
    return f"ORDER_HEADER/ORDER_INFO/{path}", f"ORDERCHANGE_HEADER/ORDERCHANGE_INFO/{path}"


def _party(roles: tuple[str, ...], reference: str, old: str, path: str) -> tuple[str, ...]:
    """By role, by reference to the party's id, and as version 1.0 nests it."""
    found: list[str] = []
    for role in roles:
        found += _info(f"PARTIES/PARTY[PARTY_ROLE='{role}']/{path}")
    found += _info(f"PARTIES/PARTY[PARTY_ID=../../ORDER_PARTIES_REFERENCE/{reference}]/{path}")
    found += _info(f"ORDER_PARTIES/{old}/PARTY/{path}")
    return tuple(found)


def _who(roles: tuple[str, ...], reference: str, old: str, role: str) -> Party:
    def at(path: str) -> tuple[str, ...]:
        return _party(roles, reference, old, path)

    return Party(
        role,
        name=at("ADDRESS/NAME"),
        id=at("PARTY_ID"),
        address=at("ADDRESS"),
        contact=at("ADDRESS/CONTACT_DETAILS/CONTACT_NAME") if role == "buyer" else (),
        email=at("ADDRESS/CONTACT_DETAILS/EMAILS/EMAIL") + at("ADDRESS/EMAIL")
        if role == "buyer"
        else (),
    )


def _extra(order: OrderBuilder, element: etree._Element) -> None:
    theirs = paths.first(element, *_info("CUSTOMER_ORDER_REFERENCE/ORDER_ID"))
    if theirs:
        order.findings.add("edi-end-customer", theirs.at, value=theirs.text)


OPENTRANS = OrderMap(
    number_at="ORDER_INFO/ORDER_ID",
    header=(
        Field("purpose", "text", ("@type",)),
        Field("po_number", "text", _info("ORDER_ID")),
        Field("order_date", "day", _info("ORDER_DATE") + _info("ORDERCHANGE_DATE")),
        Field("currency", "text", _info("CURRENCY") + _info("PRICE_CURRENCY")),
        Field("notes", "append", _info("REMARKS") + _info("REMARK")),
        Field("payment_terms", "append", _info("PAYMENT/PAYMENT_TERMS/TIME_FOR_PAYMENT/DAYS")),
        Field("incoterms", "text", _info("TRANSPORT/INCOTERM")),
        Field("total", "number", ("ORDER_SUMMARY/TOTAL_AMOUNT",)),
    ),
    parties=(
        _who(("buyer",), "BUYER_IDREF", "BUYER_PARTY", "buyer"),
        _who(
            ("delivery", "final_delivery", "consignee"),
            "SHIPMENT_PARTIES_REFERENCE/DELIVERY_IDREF",
            "SHIPMENT_PARTIES/DELIVERY_PARTY",
            "ship_to",
        ),
        _who(
            ("invoice_recipient", "payer"), "INVOICE_RECIPIENT_IDREF", "INVOICE_PARTY", "bill_to"
        ),
    ),
    address_rows=("NAME2", "NAME3", "DEPARTMENT", "STREET", "ZIP CITY", "STATE", "COUNTRY_CODED"),
    requested=Window(
        _info("DELIVERY_DATE/DELIVERY_START_DATE"), _info("DELIVERY_DATE/DELIVERY_END_DATE")
    ),
    lines=".//ORDER_ITEM",
    line=(
        Field("line_no", "text", ("LINE_ITEM_ID",)),
        Field("quantity", "number", ("QUANTITY",)),
        Field("uom", "text", ("ORDER_UNIT",)),
        Field("supplier_sku", "text", ("PRODUCT_ID/SUPPLIER_PID", "ARTICLE_ID/SUPPLIER_AID")),
        Field("buyer_sku", "text", ("PRODUCT_ID/BUYER_PID", "ARTICLE_ID/BUYER_AID")),
        Field(
            "gtin",
            "text",
            (
                "PRODUCT_ID/INTERNATIONAL_PID[@type='gtin']",
                "PRODUCT_ID/INTERNATIONAL_PID[@type='ean']",
                "PRODUCT_ID/INTERNATIONAL_PID[@type='upc']",
                "PRODUCT_ID/INTERNATIONAL_PID[not(@type)]",
                "ARTICLE_ID/INTERNATIONAL_AID",
            ),
        ),
        Field("manufacturer_sku", "text", ("PRODUCT_ID/MANUFACTURER_INFO/MANUFACTURER_PID",)),
        Field(
            "description",
            "text",
            ("PRODUCT_ID/DESCRIPTION_SHORT", "PRODUCT_ID/DESCRIPTION_LONG", "ARTICLE_ID/DESCRIPTION_SHORT"),
        ),
        Field("amount", "number", ("PRICE_LINE_AMOUNT",)),
    ),
    price=Price(
        ("PRODUCT_PRICE_FIX/PRICE_AMOUNT", "ARTICLE_PRICE/PRICE_AMOUNT"),
        ("PRODUCT_PRICE_FIX/PRICE_QUANTITY", "ARTICLE_PRICE/PRICE_QUANTITY"),
    ),
    line_requested=Window(
        ("DELIVERY_DATE/DELIVERY_START_DATE",), ("DELIVERY_DATE/DELIVERY_END_DATE",)
    ),
    extra=_extra,
    change_number=_info("ORDERCHANGE_SEQUENCE_ID"),
)  # fmt: skip
