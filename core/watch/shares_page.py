"""A proposal as the screen shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from core.watch.shares import ShareRow, propose


@dataclass(frozen=True, slots=True)
class ShareLine:
    """gain: against first promised, first served. later: (quantity, day, days after the promised one). lacks: what cannot be
    had at all."""

    order_id: int
    order_number: str
    position: int
    customer_name: str
    priority: int
    promised_date: date
    wants: Decimal
    has: Decimal
    else_gets: Decimal
    gets: Decimal
    gain: Decimal
    lacks: Decimal
    later: tuple[tuple[Decimal, date, int], ...]


@dataclass(frozen=True, slots=True)
class SharePage:
    """there, wanted, until, seen: of core.watch.shares.Proposal."""

    item_id: int
    item_number: str
    description: str
    stock_unit: str
    site_id: int
    site_code: str
    there: Decimal
    wanted: Decimal
    until: date | None
    lines: tuple[ShareLine, ...]
    seen: str


def share_page(
    session: Session, item_id: int, site_id: int, rule: str, *, now: datetime
) -> SharePage:
    found = propose(session, item_id, site_id, rule, now=now)
    return SharePage(
        found.item.id,
        found.item.number,
        found.item.description,
        found.item.stock_unit,
        found.site.id,
        found.site.code,
        found.there,
        found.wanted,
        found.until,
        tuple(_line(row) for row in found.rows),
        found.seen,
    )


def _line(row: ShareRow) -> ShareLine:
    promise = row.kept.promise
    day = promise.promised_date
    return ShareLine(
        promise.order_id,
        row.kept.order.number,
        promise.position,
        row.customer_name,
        row.priority,
        day,
        promise.quantity,
        row.has,
        row.else_gets,
        row.gets,
        row.gain,
        row.lacks - sum((part.quantity for part in row.rest), Decimal(0)),
        tuple((p.quantity, p.promised_date, (p.promised_date - day).days) for p in row.later),
    )
