"""What the reader may know beforehand, from the database: who we are, our addresses, our item numbers."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.company.tables import Company
from core.inbound.blobs import load_blob
from core.inbound.tables import InboundDocument, Mailbox
from extraction.context import Context, OwnCompany
from workers.reader.values import Hints

MONTH_FIRST = ("US",)  # where 03/04 is the fourth of March


def hints_for(session: Session, document: InboundDocument) -> Hints:
    company = session.get(Company, 1)
    mailboxes = list(session.scalars(select(Mailbox)))
    own = next((m for m in mailboxes if m.id == document.mailbox_id), None)
    return Hints(
        context=Context(
            own=_own_company(company),
            known_skus=frozenset(session.scalars(select(Item.number))),
            received=document.received_at,
            day_first=company.country not in MONTH_FIRST if company else None,
        ),
        own_addresses=_own_addresses(company, mailboxes),
        authserv_ids=(own.authserv_id,) if own and own.authserv_id else (),
        edits={int(n): load_blob(session, sha256) for n, sha256 in document.edits.items()},
    )


def _own_company(company: Company | None) -> OwnCompany:
    if company is None:
        return OwnCompany()
    place = (company.street, f"{company.postal_code} {company.city}".strip())
    return OwnCompany(
        names=(company.name,),
        addresses=tuple(p for p in place if p),
        mail_domains=tuple(company.mail_domains),
        tax_ids=tuple(company.tax_ids),
    )


def _own_addresses(company: Company | None, mailboxes: list[Mailbox]) -> frozenset[str]:
    found = {a for m in mailboxes for a in (m.username, *m.own_addresses)}
    if company:
        found |= {company.mail_from, company.bounce_address}
    return frozenset(a.lower() for a in found if "@" in a)
