"""A delivery report came back: the mail that it is about did not arrive, and a clerk must know."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.act import Act
from core.inbound.tables import InboundDocument
from core.outbox import OutboxItem, settle

STILL_OUT = ("done", "uncertain")


def note_bounce(session: Session, document: InboundDocument, *, act: Act) -> OutboxItem | None:
    """Marks the mail that the report names as failed; None when it is none of ours, or its fate is settled."""
    if not document.bounce_of:
        return None
    item = session.scalar(
        select(OutboxItem)
        .where(OutboxItem.message_id == document.bounce_of, OutboxItem.state.in_(STILL_OUT))
        .with_for_update()
    )
    if item is None:
        return None
    text = (
        f"It came back undelivered (document {document.id}). Check the address, then send it again."
    )
    settle(item, "failed", act.at, reason="bounced", reason_text=text)
    return item
