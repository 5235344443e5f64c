"""What the queue shows, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

LIVE = ("open", "waiting", "parked")
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What to show. Empty means all.

    statuses: of the draft; kind: "order", "change", "cancellation"; reason: a problem code that is not accepted;
    claimed: "", "mine", "others", "free"; text: part of the PO number, customer, sender or subject;
    sort: "oldest", "newest", "wanted" (earliest requested date), "value", "problems" (fewest first). second: only those
    that a second person has to confirm.
    """

    statuses: tuple[str, ...] = ("open", "waiting")
    kind: str = ""
    customer_id: int | None = None
    reason: str = ""
    claimed: str = ""
    text: str = ""
    older_than: datetime | None = None
    sort: str = "oldest"
    page: int = 1
    second: bool = False


DEFAULT = QueueFilter()


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One draft in the queue. value: the sum of its lines in `currency` where prices are known, else None.

    reasons: codes of problems that are not accepted, blocking first. promised_date: the last promised arrival.
    second: who let pass what needs two people, so that somebody else has to confirm; "" when nobody did.
    """

    draft_id: int
    version: int
    status: str
    kind: str
    po_number: str
    customer_id: int | None
    customer_name: str
    buyer_name: str
    document_id: int | None
    channel: str
    lane: str
    sender: str
    subject: str
    received_at: datetime
    line_count: int
    currency: str
    value: Decimal | None
    requested_date: date | None
    promised_date: date | None
    blocking_count: int
    warning_count: int
    doubtful_count: int
    reasons: tuple[str, ...] = ()
    second: str = ""
    claimed_by_id: int | None = None
    claimed_by: str = ""
    claimed_until: datetime | None = None
    parked_until: datetime | None = None
    order_id: int | None = None


@dataclass(frozen=True, slots=True)
class QueuePage:
    """total: drafts that fit the filter; counts: {status: drafts of the whole house}, those for a second person under "second look"; reasons: {code: live drafts}."""

    rows: tuple[QueueRow, ...]
    total: int
    page: int
    pages: int
    counts: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, int] = field(default_factory=dict)
