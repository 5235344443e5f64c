"""Parts of the language model that are our own, registered by name for its configuration."""

from __future__ import annotations

ENTITIES = (
    "PO_NUMBER",
    "ORDER_DATE",
    "REQUESTED_DATE",
    "BUYER",
    "CONTACT",
    "SHIP_TO",
    "BILL_TO",
    "TERMS",
    "INCOTERMS",
    "SHIP_VIA",
    "CURRENCY",
    "SUBTOTAL",
    "TAX",
    "FREIGHT",
    "TOTAL",
    "SKU",
    "QUANTITY",
    "UNIT",
    "PRICE",
    "DESCRIPTION",
)
