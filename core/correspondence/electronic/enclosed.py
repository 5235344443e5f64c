"""Messages that travel with the mail of the same row: its attachments, and told as sent when the mail is."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.act import Act
from core.exchange.formats import suffix
from core.exchange.outgoing import give_up, mark_sent
from core.exchange.tables import ExchangeInterchange
from core.inbound.blobs import load_blob
from core.messages.mail import Attachment
from core.outbox import OutboxItem

MEDIA_TYPES = {"x12": "application/EDI-X12", "edifact": "application/EDIFACT"}
"""RFC 1767; XML families are application/xml."""

PDF = "application/pdf"


def enclosed(session: Session, item: OutboxItem) -> tuple[Attachment, ...]:
    return tuple(attachment(session, row) for row in _rows(session, item))


def attachment(session: Session, row: ExchangeInterchange) -> Attachment:
    name = row.file_name or f"{row.standard}-{row.control}.{suffix(row.standard)}"
    content = load_blob(session, row.sha256)
    kind = MEDIA_TYPES.get(row.standard, "application/xml")
    return Attachment(name, PDF if content.startswith(b"%PDF-") else kind, content)


def enclosed_sent(session: Session, item: OutboxItem, *, act: Act) -> None:
    for row in _rows(session, item):
        mark_sent(session, row, item.recipient, act=act.under(str(row.id)))


def enclosed_stays(session: Session, item: OutboxItem, reason: str, *, act: Act) -> None:
    """The mail does not go: its messages wait for a person, who sends the mail or them."""
    for row in _rows(session, item):
        give_up(session, row, reason, act=act.under(str(row.id)))


def _rows(session: Session, item: OutboxItem) -> list[ExchangeInterchange]:
    """Only those that go with this mail; others of the same row have a carrier of their own."""
    ids = list(item.facts.get("enclosed", ()))
    if item.task == "send-interchange":
        ids = [item.subject_id]
    return list(
        session.scalars(
            select(ExchangeInterchange)
            .where(ExchangeInterchange.id.in_(ids))
            .order_by(ExchangeInterchange.id)
        )
    )
