"""The reader of each header field."""

from __future__ import annotations

from extraction.fields.amounts import read_amount
from extraction.fields.header.code import read_code
from extraction.fields.header.person import read_person
from extraction.fields.header.plain import Read, read_currency, read_day, read_email
from extraction.fields.header.terms import read_incoterms, read_payment, read_ship_via

READERS: dict[str, Read] = {
    "po_number": read_code,
    "order_date": read_day,
    "invoice_date": read_day,
    "requested_date": read_day,
    "currency": read_currency,
    "payment_terms": read_payment,
    "incoterms": read_incoterms,
    "ship_via": read_ship_via,
    "buyer_contact": read_person,
    "buyer_email": read_email,
    "buyer_id": read_code,
    "ship_to_id": read_code,
    "subtotal": read_amount,
    "tax": read_amount,
    "tax_part": read_amount,
    "freight": read_amount,
    "total": read_amount,
}
