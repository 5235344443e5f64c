"""What the backorder list shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class BackorderRow:
    """A schedule line that is still wanted and not allocated. free_quantity: what could be allocated right now."""

    order_id: int
    order_number: str
    customer_name: str
    line_id: int
    line_position: int
    item_id: int
    item_number: str
    description: str
    stock_unit: str
    backordered_quantity: Decimal
    free_quantity: Decimal
    promised_date: date | None
    ship_date: date | None
    next_receipt: date | None
