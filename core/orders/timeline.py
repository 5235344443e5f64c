"""An order's story in one list, from the raw mail to the last event."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.billing.tables import CreditNote, Invoice
from core.drafts.tables import Draft
from core.errors import NotFound
from core.events import SENDING, fill, icon, sentence
from core.exchange.tables import ExchangeInterchange, ExchangeMessage
from core.inbound.tables import InboundDocument
from core.journal import Event
from core.lifecycle import TASKS
from core.orders.tables import Hold, Order
from core.orders.view_values import TimelineRow
from core.outbox import OutboxItem
from core.people.tables import User
from core.returns.tables import ReturnAuthorization
from core.shipping.tables import Shipment

PROGRAMS: dict[str, str] = {
    "system": "Orderclerk",
    "policy": "Orderclerk (by rule)",
    "scheduler": "Orderclerk",
    "partner": "The partner",
}
INTERNAL_TASKS = ("read-document", "learn-from-draft")


def timeline(session: Session, order_id: int) -> tuple[TimelineRow, ...]:
    """Everything that happened about this order, oldest first. Raises NotFound."""
    order = session.get(Order, order_id)
    if order is None:
        raise NotFound()
    subjects = _subjects(session, order)
    events = _events(session, subjects)
    names = names_of(session, {event.actor for event in events})
    rows = [_arrival(document) for document in _documents(session, subjects["document"])]
    rows += [_row(event, names) for event in events]
    rows += [_sending(item) for item in _outbox(session, subjects)]
    return tuple(sorted(rows, key=lambda row: row.at))


def _subjects(session: Session, order: Order) -> dict[str, set[int]]:
    """Ids of all that belongs to the order, by subject."""
    found: dict[str, set[int]] = {"order": {order.id}}
    drafts = session.scalars(
        select(Draft).where(or_(Draft.id == (order.draft_id or 0), Draft.order_id == order.id))
    ).all()
    found["draft"] = {draft.id for draft in drafts}
    found["document"] = {draft.document_id for draft in drafts if draft.document_id}
    if order.document_id:
        found["document"].add(order.document_id)
    for kind in (Hold, Shipment, Invoice, CreditNote, ReturnAuthorization):
        found[kind.SUBJECT] = set(session.scalars(select(kind.id).where(kind.order_id == order.id)))
    found["document"] |= {
        document_id
        for document_id in session.scalars(
            select(ReturnAuthorization.document_id).where(ReturnAuthorization.order_id == order.id)
        )
        if document_id
    }
    found["document"] |= {
        int(facts["document_id"])
        for facts in session.scalars(select(Hold.facts).where(Hold.order_id == order.id))
        if "document_id" in facts
    }
    found["interchange"] = _messages(session, found)
    return found


def _messages(session: Session, subjects: dict[str, set[int]]) -> set[int]:
    """Interchanges that went out about the order, or that it came in."""
    about = [
        (ExchangeMessage.subject == subject) & ExchangeMessage.subject_id.in_(subjects[subject])
        for subject in ("order", "draft", "shipment", "invoice")
    ]
    sent = session.scalars(select(ExchangeMessage.interchange_id).where(or_(*about)))
    came = session.scalars(
        select(ExchangeInterchange.id).where(
            ExchangeInterchange.document_id.in_(subjects["document"])
        )
    )
    return {*sent, *came}


def _documents(session: Session, ids: Collection[int]) -> list[InboundDocument]:
    return list(session.scalars(select(InboundDocument).where(InboundDocument.id.in_(ids))))


def _events(session: Session, subjects: dict[str, set[int]]) -> list[Event]:
    about = or_(
        *(
            (Event.subject == subject) & Event.subject_id.in_(ids)
            for subject, ids in subjects.items()
            if ids
        )
    )
    return list(session.scalars(select(Event).where(about).order_by(Event.at, Event.id)))


def _outbox(session: Session, subjects: dict[str, set[int]]) -> list[OutboxItem]:
    about = or_(
        *(
            (OutboxItem.subject == subject) & OutboxItem.subject_id.in_(ids)
            for subject, ids in subjects.items()
            if ids
        )
    )
    return list(
        session.scalars(
            select(OutboxItem)
            .where(about, OutboxItem.task.not_in(INTERNAL_TASKS))
            .order_by(OutboxItem.id)
        )
    )


def names_of(session: Session, actors: Collection[str]) -> dict[str, str]:
    """Who an actor is, in words."""
    ids = {
        actor: int(actor[5:]) for actor in actors if actor[:5] == "user:" and actor[5:].isdigit()
    }
    users = {
        user.id: user.name
        for user in session.scalars(select(User).where(User.id.in_(ids.values())))
    }
    return {
        actor: users.get(ids[actor], actor)
        if actor in ids
        else PROGRAMS.get(actor.partition(":")[0], actor)
        for actor in actors
    }


def _arrival(document: InboundDocument) -> TimelineRow:
    """The mail itself, at the time its sender gave it; our receipt is an event of its own."""
    sender = document.sender_name or document.sender_address or document.source_name or "somebody"
    subject = document.subject_line or document.source_name
    return TimelineRow(
        at=_not_after(document.sent_at, document.received_at),
        name="document.sent",
        icon="mail",
        sentence=f"{sender} sent “{subject}”" if subject else f"{sender} sent a document",
        actor=document.sender_address,
        by=sender,
        link_kind="document",
        link_id=document.id,
        changes=(),
    )


def _not_after(sent_at: datetime | None, received_at: datetime) -> datetime:
    """A sender's clock may be wrong; nothing is sent after it arrived."""
    return min(sent_at, received_at) if sent_at else received_at


def _row(event: Event, names: dict[str, str]) -> TimelineRow:
    return TimelineRow(
        at=event.at,
        name=event.name,
        icon=icon(event.name),
        sentence=sentence(event.name, event.facts),
        actor=event.actor,
        by=names[event.actor],
        link_kind=event.subject,
        link_id=event.subject_id,
        changes=tuple(_change(name, change) for name, change in event.changes.items()),
    )


def _change(name: str, change: Any) -> tuple[str, str, str]:
    pair = isinstance(change, list) and len(change) == 2
    old, new = change if pair else ("", change)
    return name.replace("_", " "), "" if old is None else str(old), "" if new is None else str(new)


def _kept_as(item: OutboxItem) -> tuple[str, int]:
    """Where it can be looked at as it went: the mail, or the interchange that went instead."""
    instead = item.facts.get("interchanges") or (
        [item.subject_id] if item.subject == "interchange" else []
    )
    return (
        ("interchange", int(instead[0]))
        if instead and not item.mail_sha256
        else ("outbox", item.id)
    )


def _sending(item: OutboxItem) -> TimelineRow:
    entry = SENDING.get(item.state, SENDING["due"])
    facts = {
        "what": TASKS.get(item.task, item.task),
        "recipient": item.recipient,
        "reason": item.reason_text or item.reason,
    }
    kind, number = _kept_as(item)
    return TimelineRow(
        at=item.settled_at or item.created_at,
        name=f"outbox.{item.state}",
        icon=entry.icon,
        sentence=fill(entry.sentence, facts),
        actor="system:outbox",
        by=PROGRAMS["system"],
        link_kind=kind,
        link_id=number,
        changes=(),
    )
