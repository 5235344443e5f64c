"""Buyer, supplier and places as an electronic message names them: by every number that one of the two sides uses."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.correspondence.electronic.echo import header_text
from core.correspondence.electronic.source import Source
from core.correspondence.ours import company_row, place_address
from core.messages.electronic.facts import Business, Identifier, Parties
from core.parties.tables import Customer, CustomerAddress
from core.values import Address

GLN_LENGTH, DUNS_LENGTH = 13, 9


def parties_of(
    session: Session,
    source: Source,
    customer: Customer | None,
    *,
    ship_to: Address,
    bill_to: Address,
    ship_to_id: int | None = None,
    contact: tuple[str, str] = ("", ""),
) -> Parties:
    """contact: name and mail address of the buyer's person."""
    company = company_row(session)
    theirs = header_text(session, source, "buyer_id")
    buyer = Business(
        name=customer.name if customer else bill_to.name,
        address=bill_to,
        ids=_known(
            ("gln", customer.gln if customer else ""),
            _told(theirs),
            ("seller", customer.number if customer else ""),
            ("vat", customer.tax_id if customer else ""),
        ),
        contact_name=contact[0],
        contact_email=contact[1],
    )
    supplier = Business(
        name=company.name,
        address=place_address(company),
        ids=_known(("gln", company.gln), ("vat", next(iter(company.tax_ids), ""))),
        contact_name=company.mail_from_name,
        contact_email=company.mail_from,
        contact_phone=company.phone,
    )
    place = Business(
        name=ship_to.name,
        address=ship_to,
        ids=_known(
            ("gln", ship_to.gln),
            _told(header_text(session, source, "ship_to_id")),
            ("seller", _code_of(session, ship_to_id)),
        ),
    )
    return Parties(buyer, supplier, place, Business(bill_to.name or buyer.name, bill_to))


def _told(text: str) -> tuple[str, str]:
    """An identifier as their message gave it: a GLN and a DUNS number tell themselves, others are the buyer's own."""
    if text.isdigit() and len(text) == GLN_LENGTH:
        return "gln", text
    return ("duns" if text.isdigit() and len(text) == DUNS_LENGTH else "buyer"), text


def _known(*found: tuple[str, str]) -> tuple[Identifier, ...]:
    """The first of each scheme, without empty ones."""
    kept: dict[str, str] = {}
    for scheme, value in found:
        if value:
            kept.setdefault(scheme, value)
    return tuple(Identifier(scheme, value) for scheme, value in kept.items())


def _code_of(session: Session, address_id: int | None) -> str:
    if address_id is None:
        return ""
    found = session.scalar(select(CustomerAddress.code).where(CustomerAddress.id == address_id))
    return found or ""
