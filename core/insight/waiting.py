"""What waits for somebody, and since when: nothing without an owner grows old unseen."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from core.drafts.tables import Draft
from core.inbound.tables import InboundDocument
from core.insight.intake import in_hours
from core.insight.values import Waiting
from core.lifecycle import IN_WAREHOUSE
from core.outbox import OutboxItem
from core.returns.tables import ReturnAuthorization
from core.shipping.tables import Shipment

Row = tuple[str, str, Any, InstrumentedAttribute[datetime], ColumnElement[bool], str]

ROWS: tuple[Row, ...] = (
    (
        "unread",
        "Documents that are not read yet",
        InboundDocument,
        InboundDocument.received_at,
        InboundDocument.status == "received",
        "document",
    ),
    (
        "quarantined",
        "Documents that could not be read",
        InboundDocument,
        InboundDocument.received_at,
        InboundDocument.status == "quarantined",
        "document",
    ),
    (
        "drafts",
        "Drafts to review",
        Draft,
        Draft.created_at,
        Draft.status == "open",
        "draft",
    ),
    (
        "questions",
        "Drafts that wait for the customer's answer",
        Draft,
        Draft.changed_at,
        Draft.status == "waiting",
        "draft",
    ),
    (
        "warehouse",
        "Shipments in the warehouse",
        Shipment,
        Shipment.created_at,
        Shipment.status.in_(IN_WAREHOUSE),
        "shipment",
    ),
    (
        "returns",
        "Returns to decide or to dispose of",
        ReturnAuthorization,
        ReturnAuthorization.changed_at,
        ReturnAuthorization.status.in_(("requested", "received")),
        "return",
    ),
    (
        "uncertain",
        "Mails of which nobody knows whether they were sent",
        OutboxItem,
        OutboxItem.created_at,
        OutboxItem.state.in_(("uncertain", "failed")),
        "outbox",
    ),
)


def oldest_waiting(session: Session, now: datetime) -> tuple[Waiting, ...]:
    """One row per kind, the oldest first; kinds of which nothing waits come last."""
    found = [_row(session, row, now) for row in ROWS]
    return tuple(sorted(found, key=lambda w: -(w.oldest_hours or Decimal(-1))))


def _row(session: Session, row: Row, now: datetime) -> Waiting:
    kind, title, table, since, waits, link_kind = row
    count = session.scalar(select(func.count()).select_from(table).where(waits)) or 0
    oldest = session.execute(
        select(table.id, since).where(waits).order_by(since, table.id).limit(1)
    ).first()
    return Waiting(
        kind=kind,
        title=title,
        count=count,
        oldest_hours=in_hours(now - oldest[1]) if oldest else None,
        link_kind=link_kind,
        link_id=oldest[0] if oldest else None,
    )
