"""The customer's word on an answer that differed from the order: their mails in its thread, and taking one as a yes."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.act import Act
from core.errors import BadInput
from core.inbound.tables import InboundDocument
from core.journal import Event
from core.orders.hold import release
from core.orders.tables import Hold, Order
from core.orders.view_values import Reply
from core.outbox import OutboxItem

KIND = "consent"


def replies(session: Session, order: Order, hold: Hold) -> tuple[Reply, ...]:
    """Mails that answer the order's own or one of ours about it, since the hold was placed; no machine's."""
    about = or_(
        (OutboxItem.subject == "order") & (OutboxItem.subject_id == order.id),
        (OutboxItem.subject == "draft") & (OutboxItem.subject_id == (order.draft_id or 0)),
    )
    ours = session.scalars(select(OutboxItem.message_id).where(about, OutboxItem.message_id != ""))
    thread = {*ours, order.reply_to} - {""}
    rows = session.scalars(
        select(InboundDocument)
        .where(
            InboundDocument.received_at >= hold.created_at,
            InboundDocument.in_reply_to.in_(thread),
            InboundDocument.automatic == "",
            InboundDocument.bounce_of == "",
        )
        .order_by(InboundDocument.received_at, InboundDocument.id)
    )
    return tuple(
        Reply(
            document_id=row.id,
            at=row.received_at,
            sender=row.sender_address,
            subject=row.subject_line,
            verified=row.authentication == "pass",
        )
        for row in rows
    )


def agree(session: Session, order: Order, hold: Hold, document_id: int, *, act: Act) -> Event:
    """Lifts the hold because of what the customer wrote; the mail is cited. Raises NotAllowed with who may."""
    found = next(
        (r for r in replies(session, order, hold) if r.document_id == document_id),
        None,
    )
    if hold.kind != KIND or found is None:
        raise BadInput("This mail does not answer what the hold waits for.", "document_id")
    reason = f"The customer agrees: “{found.subject}” of {found.sender}"
    return release(session, hold, reason, cites=document_id, act=act)
