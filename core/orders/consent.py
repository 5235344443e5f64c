"""The customer's word on an answer that differed from the order: what may be it, how sure that is, and taking it as a yes."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, String, cast, false, or_, select
from sqlalchemy.orm import Session

from core.act import Act
from core.drafts.tables import Draft
from core.errors import BadInput
from core.inbound.tables import InboundDocument
from core.journal import Event
from core.orders.agreed import take_in
from core.orders.hold import release
from core.orders.restated import CONSENT, Restated, restated
from core.orders.restated_words import against
from core.orders.rows import lock
from core.orders.tables import Hold, Order
from core.orders.view_values import Reply
from core.outbox import OutboxItem
from core.parties.tables import Contact, Customer

BY_PARTNER = "by-partner"
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
    people = _People(known, domains)
    found = (_reply(session, order, row, thread, changes, people) for row in rows)
    return tuple(reply for reply in found if reply is not None)


def _thread(session: Session, order: Order) -> set[str]:
    """Message-IDs of the order's own mail and of ours about it."""
    about = or_(
        (OutboxItem.subject == "order") & (OutboxItem.subject_id == order.id),
        (OutboxItem.subject == "draft") & (OutboxItem.subject_id == (order.draft_id or 0)),
    )
    ours = session.scalars(select(OutboxItem.message_id).where(about, OutboxItem.message_id != ""))
    return {*ours, order.reply_to} - {""}


def _changes(session: Session, order: Order, hold: Hold) -> dict[int, Draft]:
    """By document the change to this order in it, mostly an electronic one (860, ORDCHG, an order change of Peppol)."""
    rows = session.scalars(
        select(Draft).where(
            Draft.revision_of_id == order.id,
            Draft.document_id.is_not(None),
            Draft.created_at >= hold.created_at,
        )
    )
    return {draft.document_id: draft for draft in rows if draft.document_id is not None}


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


@dataclass(frozen=True, slots=True)
class _People:
    """Addresses and mail domains of the customer."""

    contacts: Collection[str]
    domains: Collection[str]

    def knows(self, sender: str) -> bool:
        return sender in self.contacts or self.is_colleague(sender)

    def is_colleague(self, sender: str) -> bool:
        return sender.rpartition("@")[2] in self.domains


def sender_doubts(
    session: Session, customer_id: int, document: InboundDocument, draft: Draft | None
) -> tuple[str, ...]:
    """Why it may not be the customer who says so; () for a partner's own interchange, or a known contact's verified mail."""
    domains = session.get_one(Customer, customer_id).domains
    people = _People(_contacts(session, customer_id), {str(domain).lower() for domain in domains})
    return _doubts(document, draft, people)


def _doubts(document: InboundDocument, draft: Draft | None, people: _People) -> tuple[str, ...]:
    if draft is not None and document.channel != "mail":
        by_partner = draft.customer_reason.get("code") == BY_PARTNER
        return () if by_partner else ("no partner of ours sent it",)
    sender, doubts = document.sender_address.lower(), []
    if document.authentication != "pass":
        doubts.append("the sender is not verified")
    if sender not in people.contacts:
        colleague = people.is_colleague(sender)
        doubts.append(
            "a colleague of a known contact" if colleague else "no known contact of theirs"
        )
    return tuple(doubts)


def _reply(
    session: Session,
    order: Order,
    row: InboundDocument,
    thread: Collection[str],
    changes: Mapping[int, Draft],
    people: _People,
) -> Reply | None:
    """None when only a number of theirs stands in the subject of somebody whom nobody knows."""
    why = _why(order, row, thread, changes)
    if not why or (why == "number" and not people.knows(row.sender_address.lower())):
        return None
    draft = changes.get(row.id)
    doubts = _doubts(row, draft, people)
    if draft is not None:
        found = restated(session, order, draft, row)
        doubts += _against(found)
    return Reply(row.id, row.received_at, row.sender_address, row.subject_line, why, doubts)


def _against(found: Restated | None) -> tuple[str, ...]:
    if found is None:
        return ("a change order: compare it with what we offered",)
    return (against(found),) if not found.agrees else ()


def _why(
    order: Order, row: InboundDocument, thread: Collection[str], changes: Mapping[int, Draft]
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
    doubt (BadInput). A change that says nothing but our offer is settled with it. Raises NotAllowed with who may."""
    lock(session, order)  # before the hold, as core.orders.agreed does
    found = next(
        (r for r in replies(session, order, hold) if r.document_id == document_id),
        None,
    )
    if hold.kind != CONSENT or found is None:
        raise BadInput("This mail does not answer what the hold waits for.", "document_id")
    if found.doubts and not reason.strip():
        raise BadInput(f"Say how you made sure: {', '.join(found.doubts)}.", "reason")
    said = f"The customer agrees: “{found.subject}” of {found.sender}"
    sure = f"; {reason.strip()}" if reason.strip() else ""
    draft = _changes(session, order, hold).get(document_id)
    document = session.get_one(InboundDocument, document_id)
    word = restated(session, order, draft, document) if draft is not None else None
    event = release(session, hold, said + sure, cites=document_id, act=act)
    if (
        draft is not None
        and word is not None
        and word.agrees
        and draft.status in ("open", "waiting")
    ):
        take_in(session, order, draft, word, act=act.under("change"))
    return event
