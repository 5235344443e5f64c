"""A counter with three items at two customers, for tests of what a draft is promised."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.act import Act
from core.drafts.claim import claim
from core.drafts.open import open_drafts
from core.drafts.tables import Draft, DraftLine
from core.inbound.reading import Candidate, Extraction, ReadOrder
from core.parties.tables import Customer
from tests import builders as make

MONDAY = make.TODAY
SITE = "MAIN"


def day(offset: int) -> date:
    """A day of the week that begins on Monday 2 March 2026, or of one after it."""
    return MONDAY + timedelta(days=offset)


def a_counter(session: Session, **customer: Any) -> Any:
    """Items IT-A, IT-B and IT-C at 10.00, no stock; customers north.example and south.example, a day away."""
    make.a_company(session)
    found: dict[str, Any] = {"site": make.a_site(session, code=SITE), "items": {}, "customers": {}}
    for name in ("north", "south"):
        own = customer if name == "north" else {}
        row = make.a_customer(
            session, name=f"{name.title()} Works", domains=[f"{name}.example"], **own
        )
        make.an_address(session, row, code="W1")
        make.a_contact(session, row, email=f"buyer@{name}.example")
        found["customers"][name] = row
    for letter in "ABC":
        item = make.an_item(session, number=f"IT-{letter}", lead_days=30)
        make.a_list_price(session, item, "10")
        found["items"][letter] = item
    return found


def ordered(
    session: Session,
    *lines: tuple[str, int],
    wish: int = 1,
    who: str = "north",
    act: Act | None = None,
) -> Draft:
    """An order mail: (letter of the item, how many) per line, all wanted on day(wish)."""
    document = make.a_document(
        session, sender_address=f"buyer@{who}.example", authentication="pass"
    )
    rows = tuple(
        {"supplier_sku": f"IT-{letter}", "quantity": str(quantity), "uom": "EA", "unit_price": "10"}
        for letter, quantity in lines
    )
    customer = session.scalars(
        select(Customer).where(Customer.name == f"{who.title()} Works")
    ).one()
    head = {
        "po_number": f"PO-{document.id}",
        "buyer_name": customer.name,
        "requested_date": day(wish).isoformat(),
    }

    def sure(values: dict[str, str]) -> dict[str, Candidate]:
        return {name: Candidate(value, 0.97, source="table") for name, value in values.items()}

    order = ReadOrder(sure(head), tuple(sure(row) for row in rows))
    (draft,) = open_drafts(
        session,
        document,
        Extraction("order", 0.9, orders=(order,)),
        act=act or make.an_act("system:reader"),
    )
    return draft


def worked_on(session: Session, draft: Draft, user_id: int, act: Act) -> None:
    claim(session, draft, user_id, act=act)


def lines_of(session: Session, draft: Draft) -> list[DraftLine]:
    return list(
        session.scalars(
            select(DraftLine).where(DraftLine.draft_id == draft.id).order_by(DraftLine.position)
        )
    )


def promised(draft: Draft) -> list[list[tuple[int, int]]]:
    """Per line the parts as (quantity, days from Monday of arrival)."""
    return [
        [
            (int(part["quantity"]), (date.fromisoformat(part["promised_date"]) - MONDAY).days)
            for part in parts
        ]
        for _, parts in sorted(draft.promise["lines"].items(), key=lambda pair: int(pair[0]))
    ]
