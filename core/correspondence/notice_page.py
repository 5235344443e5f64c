"""Drafted mails about new dates, as the clerk sees them before they go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.correspondence.notice_facts import notice_facts
from core.correspondence.notices import goes_electronically, noticed_orders, preview_notice
from core.errors import NotFound
from core.messages.facts import NewDate
from core.parties.tables import Customer
from core.watch.tables import PromiseNotice

FOOTER = "\n-- \n"


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """electronic: numbers of orders that are told by message. edited: a clerk wrote the text."""

    id: int
    customer_id: int
    customer_name: str
    recipient: str
    orders: tuple[tuple[int, str], ...]
    electronic: tuple[str, ...]
    dates: int
    edited: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class NoticeView:
    """text: the mail as it would go, without our signature; own: the clerk's text, "" when it is ours."""

    row: NoticeRow
    status: str
    version: int
    subject: str
    text: str
    own: str
    dates: tuple[NewDate, ...]


def drafted_notices(session: Session) -> tuple[NoticeRow, ...]:
    """Oldest first."""
    rows = session.scalars(
        select(PromiseNotice).where(PromiseNotice.status == "drafted").order_by(PromiseNotice.id)
    )
    return tuple(_row(session, notice) for notice in rows)


def notice_view(session: Session, notice_id: int, overrides: Path | None = None) -> NoticeView:
    notice = session.get(PromiseNotice, notice_id)
    if notice is None:
        raise NotFound("There is no such mail about new dates.")
    _, rendered = preview_notice(session, notice, overrides)
    return NoticeView(
        row=_row(session, notice),
        status=notice.status,
        version=notice.version,
        subject=rendered.subject,
        text=rendered.text.partition(FOOTER)[0].strip(),
        own=notice.text,
        dates=notice_facts(session, notice).dates,
    )


def _row(session: Session, notice: PromiseNotice) -> NoticeRow:
    recipient, _ = preview_notice(session, notice)
    orders = noticed_orders(session, notice)
    customer = session.get_one(Customer, notice.customer_id)
    return NoticeRow(
        id=notice.id,
        customer_id=customer.id,
        customer_name=customer.name,
        recipient=recipient.email,
        orders=tuple((order.id, order.number) for order in orders),
        electronic=tuple(o.number for o in orders if goes_electronically(session, o)),
        dates=len(notice_facts(session, notice).dates),
        edited=bool(notice.text),
        since=notice.created_at,
    )
