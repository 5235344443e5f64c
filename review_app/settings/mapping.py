"""The mapping lab for part numbers: which past lines of a customer would have meant another item."""

from __future__ import annotations

from flask import Response, request
from sqlalchemy import select

from core.catalogue.tables import Item
from core.drafts.lab import replay_mapping
from core.errors import BadInput
from core.parties.read import customer_names
from core.parties.tables import Customer
from core.values import utc_now
from review_app.fragments import page
from review_app.here import database


def show() -> Response:
    """Without a proposal the empty form; with one what it would have done, and the way to keep it."""
    customer, sku = request.args.get("customer", ""), request.args.get("sku", "").strip()[:64]
    number = request.args.get("item", "").strip()[:64]
    chosen = int(customer) if customer.isascii() and customer.isdigit() else 0
    with database().read() as session:
        names = customer_names(session)
        found = None
        code = session.scalar(select(Customer.number).where(Customer.id == chosen)) or ""
        if chosen and sku and number:
            item = session.scalar(select(Item.id).where(Item.number == number))
            if item is None:
                raise BadInput(f"There is no item {number!r}.", "item")
            found = replay_mapping(session, chosen, sku, item, now=utc_now())
    return page(
        "mapping_lab.html",
        block="lab",
        customers=names,
        customer_id=chosen,
        customer_number=code,
        sku=sku,
        item=number,
        found=found,
    )
