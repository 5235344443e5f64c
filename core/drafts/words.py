"""Names of fields and reasons as people read them."""

from __future__ import annotations

from typing import Any

FIELDS: dict[str, str] = {
    "po_number": "PO number",
    "order_date": "Ordered",
    "currency": "Currency",
    "buyer_name": "Buyer",
    "buyer_contact": "Contact",
    "buyer_email": "Contact's mail",
    "buyer_id": "Buyer's number",
    "ship_to": "Deliver to",
    "ship_to_name": "Delivery name",
    "ship_to_id": "Place code",
    "bill_to": "Bill to",
    "requested_date": "Wanted",
    "payment_terms": "Terms",
    "incoterms": "Incoterms",
    "ship_via": "Ship via",
    "subtotal": "Subtotal",
    "tax": "Tax",
    "freight": "Freight",
    "total": "Total",
    "purpose": "Purpose",
    "notes": "Notes",
    "line_no": "No.",
    "buyer_sku": "Customer's number",
    "supplier_sku": "Our number",
    "gtin": "GTIN",
    "manufacturer_sku": "Maker's number",
    "description": "Description",
    "quantity": "Quantity",
    "uom": "Unit",
    "unit_price": "Price",
    "price_basis": "Price is for",
    "amount": "Amount",
    "customer_id": "Customer",
    "item_id": "Item",
}

REASONS: dict[str, str] = {
    "customer-unknown": "Customer unknown",
    "customer-ambiguous": "Customer uncertain",
    "customer-blocked": "Customer blocked",
    "sender-not-verified": "Sender not verified",
    "duplicate-order": "Duplicate",
    "revision-of-order": "Revision",
    "order-not-found": "Order not found",
    "order-not-booked": "Order still a draft",
    "po-number-missing": "PO number missing",
    "ship-to-unknown": "Address unknown",
    "ship-to-assumed": "Address assumed",
    "currency-differs": "Other currency",
    "terms-differ": "Other terms",
    "no-lines": "No lines",
    "earlier-order": "From an earlier order",
    "earlier-order-missing": "Earlier order not found",
    "item-unknown": "Item unknown",
    "item-ambiguous": "Item uncertain",
    "item-blocked": "Item blocked",
    "item-superseded": "Item replaced",
    "unit-unknown": "Unit unknown",
    "unit-assumed": "Unit assumed",
    "quantity-missing": "Quantity missing",
    "quantity-below-minimum": "Below minimum",
    "quantity-not-pack-multiple": "No pack multiple",
    "price-differs": "Price differs",
    "price-missing": "Price missing",
    "totals-do-not-add-up": "Sums do not add up",
    "requested-date-past": "Wanted day is over",
    "requested-before-lead-time": "Later than wanted",
    "beyond-latest": "Too late for the customer",
    "credit-exceeded": "Over credit limit",
    "field-doubtful": "Doubtful reading",
    "reader-finding": "Remark of the reader",
}

HEADERS: dict[str, str] = {
    "Subject": "the mail's subject",
    "From": "the sender's address",
    "Date": "the day the mail was sent",
}


def where(evidence: dict[str, Any]) -> str:
    """Where a value was read when no page or text of the document shows it; "" when one does."""
    return HEADERS.get(str(evidence.get("at", "")), "")
