"""The electronic message that an order, a change or a cancellation came in."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.drafts.tables import Draft
from core.exchange.tables import ExchangeGroup, ExchangeInterchange, ExchangeMessage
from core.inbound.tables import InboundDocument
from core.journal import Event
from core.orders.tables import Order


@dataclass(frozen=True, slots=True)
class Source:
    """What we answer. message, interchange: None when the order came as mail, paper or call."""

    draft: Draft | None = None
    document: InboundDocument | None = None
    interchange: ExchangeInterchange | None = None
    group: ExchangeGroup | None = None
    message: ExchangeMessage | None = None

    @property
    def format(self) -> str:
        return self.message.format if self.message else ""


def source_of(session: Session, draft: Draft | None) -> Source:
    """The message that this draft was opened from."""
    if draft is None or draft.document_id is None:
        return Source(draft)
    document = session.get_one(InboundDocument, draft.document_id)
    found = session.execute(
        select(ExchangeMessage, ExchangeInterchange, ExchangeGroup)
        .join(ExchangeInterchange, ExchangeInterchange.id == ExchangeMessage.interchange_id)
        .outerjoin(ExchangeGroup, ExchangeGroup.id == ExchangeMessage.group_id)
        .where(
            ExchangeInterchange.document_id == document.id,
            ExchangeInterchange.direction == "in",
            ExchangeMessage.order_ordinal == draft.ordinal,
        )
        .order_by(ExchangeMessage.id)
        .limit(1)
    ).first()
    if found is None:
        return Source(draft, document)
    message, interchange, group = found
    return Source(draft, document, interchange, group, message)


def draft_behind(session: Session, order: Order, event_id: int | None) -> tuple[Draft | None, bool]:
    """The draft that a step of the order came from, and whether the step changed the order.

    An acknowledgement that is asked for again answers what was agreed last.
    """
    event = session.get(Event, event_id) if event_id else None
    if event is None or event.name == "order.acknowledgement_requested":
        latest = _latest_change(session, order)
        return latest or _first(session, order), latest is not None
    if event.name == "order.booked":
        return _first(session, order), False
    change = session.scalar(
        select(Draft)
        .join(Event, (Event.subject == "draft") & (Event.subject_id == Draft.id))
        .where(Draft.order_id == order.id, Event.name == "draft.confirmed", Event.at == event.at)
        .where(Draft.kind != "order")
        .order_by(Draft.id.desc())
        .limit(1)
    )
    return change or _first(session, order), True


def _first(session: Session, order: Order) -> Draft | None:
    return session.get(Draft, order.draft_id) if order.draft_id else None


def _latest_change(session: Session, order: Order) -> Draft | None:
    return session.scalar(
        select(Draft)
        .where(Draft.order_id == order.id, Draft.kind != "order", Draft.status == "confirmed")
        .order_by(Draft.id.desc())
        .limit(1)
    )
