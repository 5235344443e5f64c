"""An outbox row becomes a mail: gather the facts, ask the gate, render. Nothing is sent here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.company.policy import policy_of
from core.correspondence.electronic.enclosed import enclosed
from core.correspondence.electronic.mailed import answered_document, mailed_to, message_facts
from core.correspondence.gate import Letter, Suppressed, objection, overtaken
from core.correspondence.not_taken import with_lines_not_taken
from core.correspondence.notice_facts import notice_facts
from core.correspondence.order_facts import draft_facts, order_facts
from core.correspondence.ours import company_row, sender_facts, thread_of
from core.correspondence.shipment_facts import return_facts, shipment_facts
from core.drafts.tables import Draft
from core.errors import NotFound
from core.exchange.tables import ExchangeInterchange
from core.inbound.tables import InboundDocument
from core.journal import Event
from core.messages import documents, mail
from core.messages.facts import (
    QuestionFacts,
    ReceiptFacts,
    Recipient,
    RejectionFacts,
    Sender,
)
from core.messages.render import Rendered, render
from core.orders.tables import Order
from core.outbox import OutboxItem
from core.parties.tables import Contact, Customer
from core.returns.tables import ReturnAuthorization
from core.shipping.tables import Shipment
from core.watch.tables import PromiseNotice


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A mail as it will be sent: raw bytes, envelope and what the outbox screen lists."""

    raw: bytes
    envelope_from: str
    recipient: str
    subject_line: str
    message_id: str


@dataclass(frozen=True, slots=True)
class About:
    """Whom and what a mail is about."""

    draft: Draft | None = None
    order: Order | None = None
    interchange: ExchangeInterchange | None = None
    shipment_id: int | None = None
    return_id: int | None = None


def compose(
    session: Session,
    item: OutboxItem,
    *,
    now: datetime,
    secret_key: str,
    overrides: Path | None = None,
) -> Outgoing | Suppressed:
    """Raises NotFound when the subject is gone, Misconfigured when our company is not set up."""
    about = _about(session, item)
    sender = sender_facts(session)
    document = _document(session, about)
    customer = _customer(session, about)
    recipient = _recipient(session, about, document, customer)
    company = company_row(session)
    letter = Letter(
        session=session,
        item=item,
        sender=sender,
        recipient=recipient,
        customer=customer,
        document=document,
        draft=about.draft,
        policy=policy_of(company),
        now=now,
        by_person=bool(item.facts.get("by_person")),
    )
    refused = objection(letter)
    if refused:
        return refused
    stale = overtaken(session, item)
    if stale:
        return stale
    facts, attachments = FACTS[item.task](session, item, about, sender, recipient)
    attachments = (*attachments, *enclosed(session, item))
    rendered = render(item.task, facts, sender=sender, recipient=recipient, overrides=overrides)
    domain = sender.mail_from.rpartition("@")[2] or "localhost"
    number = item.message_id or mail.message_id(item.id, domain, secret_key)
    thread = thread_of(document)
    return Outgoing(
        raw=mail.build(
            rendered,
            sender=sender,
            recipient=recipient,
            thread=thread,
            message_id=number,
            secret_key=secret_key,
            at=now,
            attachments=attachments,
        ),
        envelope_from=company.bounce_address or company.mail_from,
        recipient=recipient.email,
        subject_line=mail.subject_for(rendered, thread),
        message_id=number,
    )


def preview_acknowledgement(
    session: Session, draft_id: int, overrides: Path | None = None
) -> tuple[Recipient, Rendered]:
    """The acknowledgement that confirming this draft would send, and to whom."""
    draft = session.get(Draft, draft_id)
    if draft is None:
        raise NotFound(f"There is no draft {draft_id}.")
    about = About(draft=draft)
    recipient = _recipient(session, about, _document(session, about), _customer(session, about))
    return recipient, render(
        "order-acknowledgement",
        with_lines_not_taken(session, draft_facts(session, draft_id), draft_id, recipient.language),
        sender=sender_facts(session),
        recipient=recipient,
        overrides=overrides,
    )


def preview(
    session: Session, task: str, facts: Any, order_id: int, overrides: Path | None = None
) -> tuple[Recipient, Rendered]:
    """A mail about an order as these facts would make it, and to whom it would go."""
    about = _about_order(session, order_id)
    recipient = _recipient(session, about, _document(session, about), _customer(session, about))
    sender = sender_facts(session)
    return recipient, render(task, facts, sender=sender, recipient=recipient, overrides=overrides)


def _about(session: Session, item: OutboxItem) -> About:
    if item.subject == "interchange":
        return About(interchange=session.get_one(ExchangeInterchange, item.subject_id))
    if item.subject == "draft":
        return About(draft=session.get_one(Draft, item.subject_id))
    if item.subject == "order":
        return _about_order(session, item.subject_id)
    if item.subject == "shipment":
        shipment = session.get_one(Shipment, item.subject_id)
        return _about_order(session, shipment.order_id, shipment_id=shipment.id)
    if item.subject == "notice":
        return _about_order(session, session.get_one(PromiseNotice, item.subject_id).order_id)
    if item.subject == "return":
        back = session.get_one(ReturnAuthorization, item.subject_id)
        return _about_order(session, back.order_id, return_id=back.id)
    raise NotFound(f"No mail is written about a {item.subject}.")


def _about_order(session: Session, order_id: int, **more: Any) -> About:
    order = session.get_one(Order, order_id)
    draft = session.get(Draft, order.draft_id) if order.draft_id else None
    return About(draft=draft, order=order, **more)


def _document(session: Session, about: About) -> InboundDocument | None:
    if about.interchange is not None:
        return answered_document(session, about.interchange)
    number = about.order.document_id if about.order else about.draft and about.draft.document_id
    return session.get(InboundDocument, number) if number else None


def _customer(session: Session, about: About) -> Customer | None:
    number = about.order.customer_id if about.order else about.draft and about.draft.customer_id
    return session.get(Customer, number) if number else None


def _recipient(
    session: Session,
    about: About,
    document: InboundDocument | None,
    customer: Customer | None,
) -> Recipient:
    """The order's contact; else the draft's; else the writer when a contact of the customer; else a contact on file."""
    name, address = _chosen(session, about)
    if about.interchange is not None:
        address = mailed_to(session, about.interchange)
    if not address and document and document.sender_address:
        name, address = document.sender_name, document.sender_address
    if not address and customer:
        contact = session.scalar(
            select(Contact)
            .where(Contact.customer_id == customer.id, Contact.known.is_(True))
            .order_by(Contact.id)
        )
        name, address = (contact.name, contact.email) if contact else ("", "")
    language = customer.language if customer else (document.language if document else "") or "en"
    return Recipient(name, address, language, customer.name if customer else "")


def _chosen(session: Session, about: About) -> tuple[str, str]:
    if about.order and about.order.contact_email:
        return about.order.contact_name, about.order.contact_email
    contact = (
        session.get(Contact, about.draft.contact_id)
        if about.draft and about.draft.contact_id
        else None
    )
    return (contact.name, contact.email) if contact else ("", "")


Found = tuple[Any, tuple[mail.Attachment, ...]]
Gather = Callable[[Session, OutboxItem, About, Sender, Recipient], Found]


def _event_facts(session: Session, item: OutboxItem) -> dict[str, Any]:
    event = session.get(Event, item.event_id) if item.event_id else None
    return {**(event.facts if event else {}), **item.facts}


def _receipt(session: Session, item: OutboxItem, about: About, *_: Any) -> Found:
    document = _document(session, about)
    assert about.draft is not None
    at = document.received_at if document else item.created_at
    return ReceiptFacts(about.draft.po_number, at), ()


def _rejection(session: Session, item: OutboxItem, about: About, *_: Any) -> Found:
    assert about.draft is not None
    return RejectionFacts(
        about.draft.po_number, str(_event_facts(session, item).get("reason", ""))
    ), ()


def _question(session: Session, item: OutboxItem, about: About, *_: Any) -> Found:
    assert about.draft is not None
    facts = _event_facts(session, item)
    return (
        QuestionFacts(
            about.draft.po_number,
            tuple(facts.get("questions", ())),
            str(facts.get("text", "")),
        ),
        (),
    )


def _acknowledgement(
    session: Session, item: OutboxItem, about: About, sender: Sender, recipient: Recipient
) -> Found:
    facts = order_facts(session, item.subject_id)
    draft_id = about.order.draft_id if about.order else None
    facts = with_lines_not_taken(session, facts, draft_id, recipient.language)
    pdf = documents.order_acknowledgement(facts, sender, recipient.language)
    return facts, (mail.Attachment(f"{facts.number}.pdf", "application/pdf", pdf),)


def _ship_notice(
    session: Session, item: OutboxItem, about: About, sender: Sender, recipient: Recipient
) -> Found:
    facts = shipment_facts(session, item.subject_id)
    pdf = documents.packing_slip(facts, sender, recipient.language)
    return facts, (mail.Attachment(f"{facts.number}.pdf", "application/pdf", pdf),)


def _message(session: Session, item: OutboxItem, about: About, *_: Any) -> Found:
    assert about.interchange is not None
    return message_facts(session, about.interchange), ()


def _notice(session: Session, item: OutboxItem, *_: Any) -> Found:
    notice = session.get_one(PromiseNotice, item.subject_id)
    return notice_facts(session, notice, item.facts.get("orders")), ()


def _return(session: Session, item: OutboxItem, *_: Any) -> Found:
    return return_facts(session, item.subject_id), ()


FACTS: dict[str, Gather] = {
    "receipt-note": _receipt,
    "rejection": _rejection,
    "question": _question,
    "order-acknowledgement": _acknowledgement,
    "promise-notice": _notice,
    "ship-notice": _ship_notice,
    "send-interchange": _message,
    "return-authorisation": _return,
    "return-refusal": _return,
}
