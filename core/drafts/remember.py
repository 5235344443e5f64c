"""The machine learns from one correction: a customer's part number means this item from now on."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.catalogue.tables import CustomerItem, Item
from core.drafts.matching.values import is_chosen
from core.drafts.tables import Draft, DraftField, DraftLine
from core.errors import BadInput, NotAllowed, NotFound
from core.journal import Event
from core.masterdata.note import kept_by_erp, note_change, waits_for_erp
from core.parties.tables import Customer

TABLE = "part-numbers"


def remember_item(session: Session, line: DraftLine, *, act: Act) -> Event:
    """ "Always for this customer": their number on this line leads to the chosen item; drafts that wait are matched again."""
    draft = session.get(Draft, line.draft_id)
    if draft is None:
        raise NotFound()
    taken = journal.done_under(session, draft, "draft.item_remembered", act.key)
    if taken is not None:
        return taken
    sku = customer_sku(session, line)
    if draft.customer_id is None or line.item_id is None or not sku:
        raise BadInput("A customer, their part number and our item are needed for this.", "item_id")
    known = _known(session, draft.customer_id, sku)
    if (
        known is not None
        and kept_by_erp(session, TABLE)
        and not waits_for_erp(session, TABLE, known.id)
    ):
        raise NotAllowed(
            "Part numbers are kept in the ERP, and this one leads to another item there; nothing was changed. The item "
            "that you chose stays on this draft; have the number corrected in the ERP."
        )
    old = known.item_id if known else None
    if known is None:
        known = CustomerItem(customer_id=draft.customer_id, customer_sku=sku)
        session.add(known)
    known.item_id, known.unit = line.item_id, line.unit
    session.flush()
    keep_history(session, known, "created" if old is None else "changed", old, act)
    event = journal.note(
        session,
        draft,
        "draft.item_remembered",
        act=act,
        changes={"item_id": [old, line.item_id]},
        facts={"customer_sku": sku, "line": line.position},
    )
    return event


def remember_new(session: Session, draft: Draft, line: DraftLine, *, act: Act) -> None:
    """The first item that a person chooses for a part number nobody knew is remembered at once.

    A number that means an item already keeps meaning it: another choice may be for this order only. Where the ERP keeps
    part numbers, a new one is a proposal to it.
    """
    sku = customer_sku(session, line)
    if draft.customer_id is None or line.item_id is None or not sku:
        return
    if _known(session, draft.customer_id, sku) is None:
        remember_item(session, line, act=act)


def forget_undone(session: Session, draft: Draft, *, key: str, act: Act) -> None:
    """The choice that taught a part number was undone: what was remembered under `key` goes with it."""
    taught = journal.done_under(session, draft, "draft.item_remembered", key)
    sku = str(taught.facts.get("customer_sku", "")) if taught else ""
    known = _known(session, draft.customer_id, sku) if draft.customer_id and sku else None
    if known is None:
        return
    facts = {"customer_sku": sku, "item_id": known.item_id, "unit": known.unit}
    keep_history(session, known, "deleted", known.item_id, act)
    session.delete(known)
    session.flush()
    journal.note(session, draft, "draft.item_forgotten", act=act, facts=facts)


def _known(session: Session, customer_id: int, sku: str) -> CustomerItem | None:
    return session.scalar(
        select(CustomerItem).where(
            CustomerItem.customer_id == customer_id, CustomerItem.customer_sku == sku
        )
    )


def keep_history(
    session: Session, row: CustomerItem, action: str, old: int | None, act: Act
) -> None:
    """The part number in the history of master data; old: the item that it led to."""
    number = session.scalar(select(Customer.number).where(Customer.id == row.customer_id)) or ""
    query = select(Item.id, Item.number).where(Item.id.in_((old, row.item_id)))
    names = {found.id: found.number for found in session.execute(query)}
    pair = [names.get(old or 0), None if action == "deleted" else names.get(row.item_id)]
    changes = {"item": pair} if pair[0] != pair[1] else {}
    key = (number, row.customer_sku)
    note_change(session, TABLE, row.id, key, action, changes, act=act)


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
