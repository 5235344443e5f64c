"""What stands around a draft: its document, its siblings, related orders, and who works on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, defer, selectinload

from core.drafts.change.differences import differences
from core.drafts.panes import ClaimView, DocumentPane, OrderLink, PartView, Sibling
from core.drafts.tables import Draft
from core.inbound.tables import InboundDocument
from core.lifecycle import LIVE_DRAFT
from core.orders.amendment import amendment
from core.orders.change import preview_change_draft
from core.orders.days_ahead import DaysAhead, days_ahead
from core.orders.tables import Order
from core.people.tables import User
from core.promising.promise import answer_of_json
from core.values import utc_now


def document_pane(session: Session, document_id: int | None) -> DocumentPane | None:
    document = session.scalar(
        select(InboundDocument)
        .where(InboundDocument.id == document_id)
        .options(selectinload(InboundDocument.parts), defer(InboundDocument.reading))
    )
    if document is None:
        return None
    return DocumentPane(
        id=document.id,
        channel=document.channel,
        lane=document.lane,
        subject=document.subject_line,
        sender_name=document.sender_name,
        sender_address=document.sender_address,
        received_at=document.received_at,
        authentication=document.authentication,
        source_name=document.source_name,
        parts=tuple(
            PartView(
                id=p.id,
                number=p.number,
                kind=p.kind,
                content_type=p.content_type,
                filename=p.filename,
                size=p.size,
                parent=p.parent,
                text=p.text,
                pages=tuple((float(w), float(h)) for w, h in p.pages),
            )
            for p in document.parts
        ),
    )


def siblings(session: Session, draft: Draft) -> tuple[Sibling, ...]:
    """The other drafts of the same document."""
    if draft.document_id is None:
        return ()
    rows = session.execute(
        select(Draft.id, Draft.ordinal, Draft.po_number, Draft.status)
        .where(Draft.document_id == draft.document_id, Draft.id != draft.id)
        .order_by(Draft.ordinal)
    )
    return tuple(Sibling(*row) for row in rows)


def order_link(
    session: Session, order_id: int | None, differences: tuple[tuple[str, str, str], ...] = ()
) -> OrderLink | None:
    order = session.get(Order, order_id) if order_id else None
    if order is None:
        return None
    return OrderLink(
        order.id, order.number, order.po_number, order.status, order.booked_at, differences
    )


def revised_link(
    session: Session, draft: Draft, later: Mapping[int, date], now: datetime
) -> OrderLink | None:
    """The order that the draft revises, with what would change and what follows from it while it can be confirmed.

    later: by schedule line of others the day on which it leaves instead.
    """
    link = order_link(session, draft.revision_of_id, differences(session, draft))
    if link is None or draft.kind == "order" or draft.status not in LIVE_DRAFT:
        return link
    order = session.get_one(Order, link.order_id)
    found = preview_change_draft(session, order, draft)
    told = tuple((row.sentence, row.blocking) for row in found)
    return replace(link, consequences=told, days=_days(session, order, draft, later, now))


def _days(
    session: Session, order: Order, draft: Draft, later: Mapping[int, date], now: datetime
) -> tuple[DaysAhead, ...]:
    """Of a change what it does to promised days; a cancellation has no days."""
    if draft.kind != "change":
        return ()
    found, answer = amendment(session, order, draft), answer_of_json(draft.promise)
    return days_ahead(session, order, found, draft=draft, answer=answer, give_way=later, now=now)


def claim_view(session: Session, draft: Draft, user_id: int | None) -> ClaimView | None:
    """The claim while it lasts."""
    if draft.claimed_by_id is None or draft.claimed_until is None:
        return None
    if draft.claimed_until <= utc_now():
        return None
    user = session.get(User, draft.claimed_by_id)
    name = user.name if user else ""
    return ClaimView(draft.claimed_by_id, name, draft.claimed_until, draft.claimed_by_id == user_id)
