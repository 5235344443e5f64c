"""An electronic message that goes as a mail of its own: to whom, in which thread, and what the mail says."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.exchange.partners import profile_of
from core.exchange.tables import ExchangeInterchange, ExchangeMessage, Partner
from core.inbound.tables import InboundDocument
from core.messages.facts import MessageFacts


def answered_document(session: Session, row: ExchangeInterchange) -> InboundDocument | None:
    """The mail that brought what this message answers."""
    answered = session.get(ExchangeInterchange, row.answers_id) if row.answers_id else None
    number = answered.document_id if answered else None
    return session.get(InboundDocument, number) if number else None


def mailed_to(session: Session, row: ExchangeInterchange) -> str:
    """The profile's address; "" when none is agreed."""
    partner = session.get(Partner, row.partner_id) if row.partner_id else None
    profile = profile_of(partner)
    return profile.carrier.to if profile and profile.carrier.kind == "mail" else ""


def message_facts(session: Session, row: ExchangeInterchange) -> MessageFacts:
    message = session.scalars(
        select(ExchangeMessage)
        .where(ExchangeMessage.interchange_id == row.id)
        .order_by(ExchangeMessage.ordinal)
    ).first()
    answered = session.get(ExchangeInterchange, row.answers_id) if row.answers_id else None
    return MessageFacts(
        format=message.format.rpartition("/")[2] if message else row.standard,
        number=row.control,
        answers=answered.control if answered else "",
        file_name=row.file_name,
    )
