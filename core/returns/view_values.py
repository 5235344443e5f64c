"""What return screens show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from core.orders.view_values import BillSummary


@dataclass(frozen=True, slots=True)
class DispositionView:
    id: int
    kind: str
    quantity: Decimal
    at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class ReturnLineView:
    """Quantities in stock_unit. credit_net, credit_tax: what the accepted quantity gives back."""

    id: int
    order_line_id: int
    line_position: int
    item_number: str
    description: str
    customer_sku: str
    stock_unit: str
    shipped_lots: tuple[str, ...]
    quantity: Decimal
    received_quantity: Decimal
    accepted_quantity: Decimal
    disposed_quantity: Decimal
    to_dispose_quantity: Decimal
    decision: str
    decision_reason: str
    condition: str
    lot: str
    credit_net: Decimal
    credit_tax: Decimal
    dispositions: tuple[DispositionView, ...]


@dataclass(frozen=True, slots=True)
class ReturnView:
    id: int
    number: str
    status: str
    version: int
    order_id: int
    order_number: str
    po_number: str
    customer_id: int
    customer_name: str
    document_id: int | None
    reason: str
    resolution: str
    expires_on: date | None
    expired: bool
    refused_reason: str
    created_at: datetime
    currency: str
    credit_net: Decimal
    credit_tax: Decimal
    credit_total: Decimal
    verbs: tuple[str, ...]
    lines: tuple[ReturnLineView, ...]
    bills: tuple[BillSummary, ...]


@dataclass(frozen=True, slots=True)
class ReturnRow:
    id: int
    number: str
    status: str
    order_id: int
    order_number: str
    customer_name: str
    reason: str
    resolution: str
    line_count: int
    expires_on: date | None
    expired: bool
    created_at: datetime
    next_verb: str


@dataclass(frozen=True, slots=True)
class ReturnPage:
    """counts by status."""

    rows: tuple[ReturnRow, ...]
    total: int
    page: int
    page_size: int
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class ReturnableLine:
    """What may still come back of an order line, for the form that authorises a return."""

    order_line_id: int
    position: int
    item_number: str
    description: str
    stock_unit: str
    shipped_quantity: Decimal
    delivered_quantity: Decimal
    returned_quantity: Decimal
    returnable_quantity: Decimal
    refusal: str
