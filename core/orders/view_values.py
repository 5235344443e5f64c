"""What order screens show: frozen values, so that a template never touches the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from core.orders.progress import Progress
from core.values import Parameters


@dataclass(frozen=True, slots=True)
class ScheduleView:
    """One promised quantity (stock units) of a line; `late_days` of the promise against the wish, 0 when in time."""

    id: int
    position: int
    quantity: Decimal
    shipped_quantity: Decimal
    allocated_quantity: Decimal
    site_code: str
    requested_date: date | None
    first_promised_date: date | None
    promised_date: date | None
    ship_date: date | None
    actual_date: date | None
    promise_version: int
    late_days: int
    reason: Parameters


@dataclass(frozen=True, slots=True)
class OrderLineView:
    """quantity in `unit` as ordered; every *_quantity is in `stock_unit`.

    proofs: field name -> id of the field, on the draft proof_draft_id, that it was read from.
    open = ordered - cancelled - shipped; on_shipment = on a shipment that has not left; backordered = open - allocated.
    """

    id: int
    position: int
    customer_line_no: str
    item_id: int
    item_number: str
    description: str
    customer_sku: str
    quantity: Decimal
    unit: str
    stock_unit: str
    stock_quantity: Decimal
    cancelled_quantity: Decimal
    allocated_quantity: Decimal
    on_shipment_quantity: Decimal
    shipped_quantity: Decimal
    delivered_quantity: Decimal
    invoiced_quantity: Decimal
    returned_quantity: Decimal
    open_quantity: Decimal
    backordered_quantity: Decimal
    returnable_quantity: Decimal
    ordered_price: Decimal | None
    price: Decimal
    net: Decimal
    requested_date: date | None
    state: str
    group: str
    schedule: tuple[ScheduleView, ...]
    proof_draft_id: int | None
    proofs: dict[str, int]


@dataclass(frozen=True, slots=True)
class Reply:
    """What may be the customer's word. why: "answers" (a mail of ours), "thread", "number" (in the subject) or "change" (a
    change order about it); doubts: why a person has to make sure first, in words."""

    document_id: int
    at: datetime
    sender: str
    subject: str
    why: str
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HoldView:
    """stops: verbs that this hold stops ("allocate", "release", "ship", "invoice").

    roles, who_may: who may lift it, as roles and duties and in words; released_until: how long lifting it counts.
    replies: mails that may be the word which a consent hold waits for.
    """

    id: int
    kind: str
    status: str
    reason: str
    stops: tuple[str, ...]
    placed_at: datetime
    placed_by: str
    released_by: str
    release_reason: str
    version: int
    roles: tuple[str, ...] = ()
    who_may: str = ""
    released_until: datetime | None = None
    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True, slots=True)
class ShipmentSummary:
    id: int
    number: str
    status: str
    site_code: str
    carrier: str
    tracking_number: str
    package_count: int
    shipped_at: datetime | None
    delivered_at: datetime | None


@dataclass(frozen=True, slots=True)
class BillSummary:
    """An invoice (kind "invoice") or a credit note (kind "credit_note", return_id set)."""

    kind: str
    id: int
    number: str
    status: str
    issued_at: datetime
    net: Decimal
    tax: Decimal
    total: Decimal
    shipment_id: int | None
    return_id: int | None


@dataclass(frozen=True, slots=True)
class ReturnSummary:
    id: int
    number: str
    status: str
    reason: str
    resolution: str
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class OrderView:
    """One order with all that hangs on it. verbs: what can be done now, holds and quantities considered.

    proofs: header field name -> draft field id. ship_to, bill_to: printed rows. net is of what is not cancelled.
    """

    id: int
    number: str
    status: str
    version: int
    revision: int
    customer_id: int
    customer_number: str
    customer_name: str
    draft_id: int | None
    document_id: int | None
    po_number: str
    order_date: date | None
    requested_date: date | None
    booked_at: datetime
    currency: str
    payment_terms: str
    incoterms: str
    ship_via: str
    notes: str
    delivery_policy: str
    ship_to: tuple[str, ...]
    bill_to: tuple[str, ...]
    contact_name: str
    contact_email: str
    net: Decimal
    progress: Progress
    verbs: tuple[str, ...]
    lines: tuple[OrderLineView, ...]
    holds: tuple[HoldView, ...]
    shipments: tuple[ShipmentSummary, ...]
    bills: tuple[BillSummary, ...]
    returns: tuple[ReturnSummary, ...]
    proofs: dict[str, int]


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One row of the order list. next_date: earliest promised arrival that is still open."""

    id: int
    number: str
    status: str
    customer_id: int
    customer_name: str
    po_number: str
    booked_at: datetime
    requested_date: date | None
    next_date: date | None
    late: bool
    currency: str
    net: Decimal
    line_count: int
    hold_count: int
    progress: Progress


@dataclass(frozen=True, slots=True)
class OrderPage:
    """total: rows that fit the filters; counts: named views of the list -> number of orders."""

    rows: tuple[OrderRow, ...]
    total: int
    page: int
    page_size: int
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One fact of an order's story. link: the kind and id of what it is about ("document", 7).

    changes: (field, old, new). icon: name from core.events. by: a person's or a program's name.
    """

    at: datetime
    name: str
    icon: str
    sentence: str
    actor: str
    by: str
    link_kind: str
    link_id: int
    changes: tuple[tuple[str, str, str], ...]
