"""What supply screens show; quantities in the item's stock unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class LotView:
    """usable: released and not expired, so it can be allocated. release_on: of a lot in inspection that counts as supply,
    the day of its expected release."""

    id: int
    site_code: str
    lot: str
    bin: str
    quality: str
    on_hand_quantity: Decimal
    allocated_quantity: Decimal
    free_quantity: Decimal
    expires_on: date | None
    received_on: date | None
    usable: bool
    release_on: date | None


@dataclass(frozen=True, slots=True)
class ReceiptView:
    id: int
    kind: str
    number: str
    supplier: str
    site_code: str
    quantity: Decimal
    open_quantity: Decimal
    expected_date: date
    overdue: bool


@dataclass(frozen=True, slots=True)
class DemandView:
    """An open order line that wants the item."""

    order_id: int
    order_number: str
    customer_name: str
    open_quantity: Decimal
    allocated_quantity: Decimal
    promised_date: date | None


@dataclass(frozen=True, slots=True)
class MovementView:
    at: datetime
    lot: str
    site_code: str
    quantity: Decimal
    reason: str
    actor: str
    subject: str
    subject_id: int | None


@dataclass(frozen=True, slots=True)
class SupplyRow:
    """free = usable on hand - allocated; demand = open order quantity not allocated; short: demand beyond free + incoming."""

    item_id: int
    item_number: str
    description: str
    stock_unit: str
    kind: str
    on_hand_quantity: Decimal
    allocated_quantity: Decimal
    free_quantity: Decimal
    incoming_quantity: Decimal
    demand_quantity: Decimal
    next_receipt: date | None
    short: bool


@dataclass(frozen=True, slots=True)
class SupplyPage:
    rows: tuple[SupplyRow, ...]
    total: int
    page: int
    page_size: int


@dataclass(frozen=True, slots=True)
class ItemSupply:
    """One item's picture: lots, receipts to come, open demand, latest movements (newest first, at most 50)."""

    row: SupplyRow
    lots: tuple[LotView, ...]
    receipts: tuple[ReceiptView, ...]
    demand: tuple[DemandView, ...]
    movements: tuple[MovementView, ...]
