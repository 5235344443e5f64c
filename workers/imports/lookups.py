"""Rows that other rows name by number or code; raises BadInput with what is not there."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.errors import BadInput
from core.parties.tables import Customer
from core.supply.tables import Site


def item(session: Session, number: str) -> Item:
    found = session.scalar(select(Item).where(Item.number == number))
    if found is None:
        raise BadInput(f"there is no item {number!r}", "item")
    return found


def customer(session: Session, number: str) -> Customer:
    found = session.scalar(select(Customer).where(Customer.number == number))
    if found is None:
        raise BadInput(f"there is no customer {number!r}", "customer")
    return found


def site(session: Session, code: str) -> Site:
    found = session.scalar(select(Site).where(Site.code == code))
    if found is None:
        raise BadInput(f"there is no site {code!r}", "site")
    return found
