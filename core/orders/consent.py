"""The customer's word on an answer that differed from the order: what may be it, how sure that is, and taking it as a yes."""

from __future__ import annotations

import re
from collections.abc import Collection

from sqlalchemy import ColumnElement, String, cast, false, or_, select
from sqlalchemy.orm import Session

from core.act import Act
from core.drafts.tables import Draft
from core.errors import BadInput
from core.inbound.tables import InboundDocument
from core.journal import Event
from core.orders.hold import release
from core.orders.tables import Hold, Order
from core.orders.view_values import Reply
from core.outbox import OutboxItem
from core.parties.tables import Contact, Customer

KIND = "consent"
SHORTEST_NUMBER = 4
"""A shorter purchase order number stands in a subject by chance."""


def replies(session: Session, order: Order, hold: Hold) -> tuple[Reply, ...]:
    """What came since the hold was placed, and answers a mail of this order, is in its thread, names its number in the
    subject, or is a change order about it; no machine's."""
    thread = _thread(session, order)
    changes = _changes(session, order, hold)
    rows = session.scalars(
        select(InboundDocument)
        .where(
            InboundDocument.received_at >= hold.created_at,
            InboundDocument.automatic == "",
            InboundDocument.bounce_of == "",
            InboundDocument.id != (order.document_id or 0),
            or_(
                InboundDocument.in_reply_to.in_(thread),
                InboundDocument.id.in_(changes),
                *_says_references(thread),
                *(
                    InboundDocument.subject_line.icontains(n, autoescape=True)
                    for n in _numbers(order)
                ),
            ),
        )
        .order_by(InboundDocument.received_at, InboundDocument.id)
    ).all()
    customer = session.get_one(Customer, order.customer_id)
    known = _contacts(session, order.customer_id)
    domains = {str(domain).lower() for domain in customer.domains}
    found = (_reply(order, row, thread, changes, known, domains) for row in rows)
    return tuple(reply for reply in found if reply is not None)


def _thread(session: Session, order: Order) -> set[str]:
    """Message-IDs of the order's own mail and of ours about it."""
    about = or_(
        (OutboxItem.subject == "order") & (OutboxItem.subject_id == order.id),
        (OutboxItem.subject == "draft") & (OutboxItem.subject_id == (order.draft_id or 0)),
    )
    ours = session.scalars(select(OutboxItem.message_id).where(about, OutboxItem.message_id != ""))
    return {*ours, order.reply_to} - {""}


def _changes(session: Session, order: Order, hold: Hold) -> set[int]:
    """Documents of changes to this order, mostly electronic ones (860, ORDCHG, an order change of Peppol)."""
    rows = session.scalars(
        select(Draft.document_id).where(
            Draft.revision_of_id == order.id,
            Draft.document_id.is_not(None),
            Draft.created_at >= hold.created_at,
        )
    )
    return {document_id for document_id in rows if document_id is not None}


def _says_references(thread: Collection[str]) -> list[ColumnElement[bool]]:
    text = cast(InboundDocument.references, String)
    return [text.contains(message_id, autoescape=True) for message_id in sorted(thread)] or [
        false()
    ]


def _numbers(order: Order) -> tuple[str, ...]:
    numbers = (order.number, order.po_number.strip())
    return tuple(n for n in numbers if len(n) >= SHORTEST_NUMBER)


def _contacts(session: Session, customer_id: int) -> set[str]:
    rows = session.scalars(
        select(Contact.email).where(Contact.customer_id == customer_id, Contact.known.is_(True))
    )
    return {email.lower() for email in rows}


def _reply(
    order: Order,
    row: InboundDocument,
    thread: Collection[str],
    changes: Collection[int],
    contacts: Collection[str],
    domains: Collection[str],
) -> Reply | None:
    """None when only a number of theirs stands in the subject of somebody whom nobody knows."""
    sender = row.sender_address.lower()
    contact, colleague = sender in contacts, sender.rpartition("@")[2] in domains
    why = _why(order, row, thread, changes)
    if not why or (why == "number" and not (contact or colleague)):
        return None
    doubts = []
    if row.authentication != "pass":
        doubts.append("the sender is not verified")
    if not contact:
        doubts.append(
            "a colleague of a known contact" if colleague else "no known contact of theirs"
        )
    if why == "change":
        doubts.append("a change order: compare it with what we offered")
    return Reply(row.id, row.received_at, row.sender_address, row.subject_line, why, tuple(doubts))


def _why(
    order: Order, row: InboundDocument, thread: Collection[str], changes: Collection[int]
) -> str:
    if row.id in changes:
        return "change"
    if row.in_reply_to in thread:
        return "answers"
    if any(str(message_id) in thread for message_id in row.references or ()):
        return "thread"
    named = (rf"(?<![0-9A-Za-z]){re.escape(n)}(?![0-9A-Za-z])" for n in _numbers(order))
    return "number" if any(re.search(n, row.subject_line, re.IGNORECASE) for n in named) else ""


def agree(
    session: Session, order: Order, hold: Hold, document_id: int, reason: str = "", *, act: Act
) -> Event:
    """Lifts the hold because of what the customer wrote; it is cited. reason: how a person made sure, needed where there is
    doubt (BadInput). Raises NotAllowed with who may."""
    found = next(
        (r for r in replies(session, order, hold) if r.document_id == document_id),
        None,
    )
    if hold.kind != KIND or found is None:
        raise BadInput("This mail does not answer what the hold waits for.", "document_id")
    if found.doubts and not reason.strip():
        raise BadInput(f"Say how you made sure: {', '.join(found.doubts)}.", "reason")
    said = f"The customer agrees: “{found.subject}” of {found.sender}"
    sure = f"; {reason.strip()}" if reason.strip() else ""
    return release(session, hold, said + sure, cites=document_id, act=act)
