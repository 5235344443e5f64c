"""The sender of a draft's mail becomes a contact of the customer, by a person's word; taking it back makes it unknown."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.act import Act
from core.drafts.tables import Draft
from core.errors import BadInput
from core.inbound.tables import InboundDocument
from core.masterdata.note import note_change
from core.parties.tables import Contact, Customer


def know_sender(session: Session, draft: Draft, value: str, *, act: Act) -> tuple[str, str]:
    """value "known" or "". Returns the old and the new value.

    Raises BadInput without customer or mail, and for a sender whose check failed: a forged name must not become known.
    """
    document = session.get(InboundDocument, draft.document_id) if draft.document_id else None
    if draft.customer_id is None or document is None or "@" not in document.sender_address:
        raise BadInput("This needs a customer and a mail.", "sender")
    contact = session.scalar(
        select(Contact).where(
            Contact.customer_id == draft.customer_id,
            func.lower(Contact.email) == document.sender_address.lower(),
        )
    )
    if value != "known":
        if contact is None or not contact.known:
            return "", ""
        contact.known = False
        session.flush()
        _note(session, contact, "changed", {"known": [True, False]}, act)
        return "known", ""
    if document.authentication == "fail":
        raise BadInput(
            "The mail server says that this sender is not who it claims to be.", "sender"
        )
    action = "created" if contact is None else "changed"
    if contact is None:
        contact = Contact(
            customer_id=draft.customer_id,
            name=document.sender_name[:255],
            email=document.sender_address.lower(),
            known=False,
        )
        session.add(contact)
    old, contact.known = "known" if contact.known else "", True
    session.flush()
    _note(session, contact, action, {"known": [bool(old), True]} if not old else {}, act)
    return old, "known"


def _note(
    session: Session, contact: Contact, action: str, changes: dict[str, list[Any]], act: Act
) -> None:
    customer = session.get_one(Customer, contact.customer_id)
    key = (customer.number, contact.email)
    note_change(session, "contacts", contact.id, key, action, changes, act=act)
