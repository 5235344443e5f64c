"""The machine learns from one correction: a customer's part number means this item from now on."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.catalogue.tables import CustomerItem
from core.drafts.assess import assess
from core.drafts.matching.values import is_chosen
from core.drafts.tables import Draft, DraftField, DraftLine
from core.errors import BadInput, NotFound
from core.journal import Event

LIVE = ("open", "waiting", "parked")


def remember_item(session: Session, line: DraftLine, *, act: Act) -> Event:
    """ "Always for this customer": their number on this line leads to the chosen item; live drafts are matched again."""
    draft = session.get(Draft, line.draft_id)
    if draft is None:
        raise NotFound()
    taken = journal.done_under(session, draft, "draft.item_remembered", act.key)
    if taken is not None:
        return taken
    sku = customer_sku(session, line)
    if draft.customer_id is None or line.item_id is None or not sku:
        raise BadInput("A customer, their part number and our item are needed for this.", "item_id")
    known = session.scalar(
        select(CustomerItem).where(
            CustomerItem.customer_id == draft.customer_id, CustomerItem.customer_sku == sku
        )
    )
    old = known.item_id if known else None
    if known is None:
        known = CustomerItem(customer_id=draft.customer_id, customer_sku=sku)
        session.add(known)
    known.item_id, known.unit = line.item_id, line.unit
    event = journal.note(
        session,
        draft,
        "draft.item_remembered",
        act=act,
        changes={"item_id": [old, line.item_id]},
        facts={"customer_sku": sku, "line": line.position},
    )
    for other in _waiting(session, draft, sku):
        assess(session, other, act=act)
    return event


def customer_sku(session: Session, line: DraftLine) -> str:
    found = session.scalar(
        select(DraftField.value).where(
            DraftField.line_id == line.id, DraftField.name == "buyer_sku"
        )
    )
    return (found or "").strip()[:64]


def can_remember(line: DraftLine, buyer_sku: str) -> bool:
    """A person chose the item, and there is a number of the customer's to remember it by."""
    return bool(buyer_sku) and line.item_id is not None and is_chosen(line.item_reason)


def _waiting(session: Session, draft: Draft, sku: str) -> list[Draft]:
    """Other live drafts of this customer with that number: one fix, all matched again."""
    return list(
        session.scalars(
            select(Draft)
            .where(
                Draft.customer_id == draft.customer_id,
                Draft.id != draft.id,
                Draft.status.in_(LIVE),
                Draft.id.in_(
                    select(DraftField.draft_id).where(
                        DraftField.name == "buyer_sku", DraftField.value == sku
                    )
                ),
            )
            .order_by(Draft.id)
        )
    )
