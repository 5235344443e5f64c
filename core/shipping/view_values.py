"""What warehouse screens, packing slips and labels show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PickLineView:
    """One thing to take: quantities in stock_unit; picked_quantity None until somebody picked it."""

    id: int
    order_line_id: int
    line_position: int
    item_id: int
    item_number: str
    description: str
    customer_sku: str
    gtin: str
    hazardous: bool
    stock_unit: str
    lot: str
    bin: str
    expires_on: date | None
    quantity: Decimal
    picked_quantity: Decimal | None
    packed_quantity: Decimal
    short_reason: str
    weight_kg: Decimal


@dataclass(frozen=True, slots=True)
class PackageContentView:
    pick_line_id: int
    item_number: str
    description: str
    customer_sku: str
    lot: str
    quantity: Decimal
    stock_unit: str


@dataclass(frozen=True, slots=True)
class PackageView:
    """sscc: 18 digits with GS1 check digit."""

    id: int
    number: int
    sscc: str
    weight_kg: Decimal | None
    contents: tuple[PackageContentView, ...]


@dataclass(frozen=True, slots=True)
class ShipmentView:
    """stopped: why verbs are refused now (holds, in sentences). verbs: what can be done next."""

    id: int
    number: str
    status: str
    version: int
    order_id: int
    order_number: str
    po_number: str
    customer_id: int
    customer_name: str
    language: str
    site_id: int
    site_code: str
    site_name: str
    site_rows: tuple[str, ...]
    ship_to: tuple[str, ...]
    ship_via: str
    notes: str
    carrier: str
    tracking_number: str
    created_at: datetime
    shipped_at: datetime | None
    delivered_at: datetime | None
    received_by: str
    verbs: tuple[str, ...]
    stopped: tuple[str, ...]
    pick_lines: tuple[PickLineView, ...]
    packages: tuple[PackageView, ...]


@dataclass(frozen=True, slots=True)
class ReadyRow:
    """An order with allocated stock that is not on a shipment yet. stopped: why it cannot be released ("" when it can)."""

    order_id: int
    order_number: str
    customer_name: str
    site_codes: tuple[str, ...]
    line_count: int
    ship_date: date | None
    promised_date: date | None
    complete: bool
    stopped: str


@dataclass(frozen=True, slots=True)
class WarehouseRow:
    """A shipment in the warehouse or on its way. late: its ship date has passed and it has not left."""

    shipment_id: int
    number: str
    status: str
    order_id: int
    order_number: str
    customer_name: str
    site_code: str
    line_count: int
    package_count: int
    ship_date: date | None
    late: bool
    next_verb: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class WarehouseQueue:
    """ready: to release; rows: shipments of the chosen status, earliest ship date first; counts by status and "ready"."""

    ready: tuple[ReadyRow, ...]
    rows: tuple[WarehouseRow, ...]
    counts: dict[str, int]
