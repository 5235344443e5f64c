"""The sender of a draft's mail becomes a contact of the customer, by a person's word; taking it back makes it unknown."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.drafts.tables import Draft
from core.errors import BadInput
from core.inbound.tables import InboundDocument
from core.parties.tables import Contact


def know_sender(session: Session, draft: Draft, value: str) -> tuple[str, str]:
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
        return "known", ""
    if document.authentication == "fail":
        raise BadInput(
            "The mail server says that this sender is not who it claims to be.", "sender"
        )
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
    return old, "known"
