"""Who writes for a customer, as far as we know: their domains, the names of their contacts, and whom a thread was with."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.drafts.case import Case
from core.drafts.keys import plain_text
from core.drafts.known import Correspondents
from core.drafts.matching.public_domains import PUBLIC_DOMAINS, domain_of
from core.inbound.tables import InboundDocument
from core.outbox import OutboxItem
from core.parties.tables import Contact, Customer

MOST_CITED = 20


def correspondents(session: Session, case: Case) -> Correspondents:
    document, customer = case.document, case.customer
    if document is None or document.channel != "mail" or case.sender_known:
        return Correspondents()
    mine = Customer.id == customer.id if customer is not None else Customer.id.is_not(None)
    contacts = session.execute(
        select(Contact.name, Contact.email)
        .join(Customer, Customer.id == Contact.customer_id)
        .where(mine, Contact.known)
    ).all()
    listed = session.scalars(select(Customer.domains).where(mine))
    domains = {str(d).lower() for found in listed for d in found}
    domains |= {domain_of(row.email) for row in contacts}
    name = plain_text(document.sender_name)
    sender = document.sender_address.lower()
    used = customer is not None and len(name.split()) > 1
    namesakes = [c.email for c in contacts if used and plain_text(c.name) == name]
    namesake = namesakes[0] if namesakes and sender not in map(str.lower, namesakes) else ""
    others = _thread(session, document)
    told = others if others and domain_of(sender) not in map(domain_of, others) else []
    return Correspondents(frozenset(domains) - PUBLIC_DOMAINS - {""}, namesake, ", ".join(told[:2]))


def _thread(session: Session, document: InboundDocument) -> list[str]:
    """Addresses of the others in mails of ours or theirs that this one answers."""
    cited = [i for i in (document.in_reply_to, *map(str, document.references)) if i][:MOST_CITED]
    if not cited:
        return []
    ours = session.scalars(
        select(OutboxItem.recipient).where(
            OutboxItem.message_id.in_(cited), OutboxItem.recipient != ""
        )
    )
    theirs = session.scalars(
        select(InboundDocument.sender_address).where(
            InboundDocument.message_id.in_(cited), InboundDocument.id != document.id
        )
    )
    return sorted({address.lower() for address in (*ours, *theirs) if address})
