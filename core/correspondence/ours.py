"""Our company and a customer's contact as the sender and recipient of a mail."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.company.tables import Company
from core.errors import Misconfigured
from core.inbound.blobs import load_blob
from core.inbound.tables import InboundDocument
from core.messages.facts import Sender, Thread
from core.parties.tables import CustomerAddress
from core.supply.tables import Site
from core.values import Address


def company_row(session: Session) -> Company:
    company: Company | None = session.scalar(select(Company))
    if company is None:
        raise Misconfigured(
            "The company's name and addresses are not set yet. An administrator enters them under Settings."
        )
    return company


def sender_facts(session: Session) -> Sender:
    company = company_row(session)
    return Sender(
        name=company.name,
        address=place_address(company),
        mail_from=company.mail_from,
        mail_from_name=company.mail_from_name or company.name,
        phone=company.phone,
        website=company.website,
        tax_ids=tuple(company.tax_ids),
        bank=company.bank,
        time_zone=company.time_zone,
        logo=load_blob(session, company.logo_sha256) if company.logo_sha256 else None,
    )


def place_address(place: Company | CustomerAddress | Site) -> Address:
    return Address(
        name=place.name,
        lines=tuple(row for row in place.street.split("\n") if row.strip()),
        postal_code=place.postal_code,
        city=place.city,
        region=getattr(place, "region", ""),
        country=place.country,
        gln=place.gln,
    )


def kept_address(kept: dict[str, Any]) -> Address:
    """An address as orders and shipments keep it."""
    names = ("name", "postal_code", "city", "region", "country", "gln")
    rows = tuple(row for row in str(kept.get("street", "")).split("\n") if row.strip())
    return Address(lines=rows, **{name: str(kept.get(name) or "") for name in names})


def thread_of(document: InboundDocument | None) -> Thread:
    if document is None or document.channel != "mail":
        return Thread()
    return Thread(document.message_id, tuple(document.references), document.subject_line)
