"""What a combobox lists while somebody types, and which customer a form means by a number or a name."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, request
from sqlalchemy.orm import Session

from core.errors import BadInput
from core.parties.named import Named, customer_named, customers_like
from review_app.fragments import page
from review_app.here import database

MOST = 12
LONGEST = 100

Offered = tuple[str, str, str]
"""(what the field says then, what the list says, why it is offered)."""


def typed() -> str:
    """What stands in the field that asks; its name comes along as "of"."""
    return request.args.get(request.args.get("of", ""), "").strip()[:LONGEST]


def listed(options: Sequence[Offered]) -> Response:
    """options: may be one more than MOST, which says that there are more."""
    return page(
        "options.html",
        options=options[:MOST],
        more=len(options) > MOST,
        list=request.args.get("list", "")[:60],
    )


def customers() -> Response:
    text = typed()
    with database().read() as session:
        named = customer_named(session, text)
        # Who opens the list of a field that is filled wants to see the others.
        asked = "" if named is not None and named.label == text else text
        found = customers_like(session, asked, MOST + 1)
    return listed([(c.label, c.label, "") for c in found])


def chosen_customer(session: Session, text: str) -> Named | None:
    """None for an empty field. Raises BadInput when nobody, or more than one, is called so."""
    if not text.strip():
        return None
    found = customer_named(session, text)
    if found is None:
        raise BadInput(
            f"No customer, or more than one, is called “{text.strip()[:LONGEST]}”. Choose one of the list.",
            "customer",
        )
    return found
