"""What a return message says (X12 180, EDIFACT RETANN): values as written, no order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """line_no, ids by owner, quantity as a plain decimal, uom and reason as written; "" when absent."""

    line_no: str = ""
    buyer_sku: str = ""
    supplier_sku: str = ""
    gtin: str = ""
    quantity: str = ""
    uom: str = ""
    reason: str = ""
    order: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Return:
    """number: the customer's own of the return; day: ISO; orders, invoices: the documents that the goods came with.

    authorization: the number under which we allowed it, when given. buyer_id, buyer_name as written.
    """

    number: str = ""
    day: str = ""
    purpose: str = ""
    authorization: str = ""
    orders: tuple[str, ...] = ()
    invoices: tuple[str, ...] = ()
    buyer_id: str = ""
    buyer_name: str = ""
    lines: tuple[ReturnLine, ...] = ()
