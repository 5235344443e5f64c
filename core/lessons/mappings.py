"""Part numbers that corrections taught: shown beside the lessons, revoked and restored like them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.catalogue.tables import CustomerItem, Item
from core.drafts.remember import keep_history
from core.drafts.tables import Draft
from core.errors import NotFound
from core.journal import Event
from core.lessons.page import people
from core.parties.tables import Customer

MOST = 200
REMEMBERED, FORGOTTEN = "draft.item_remembered", "draft.item_forgotten"


@dataclass(frozen=True, slots=True)
class MappingView:
    """A customer's part number and the item it means. event_id: what taught it, or what took it back when revoked."""

    event_id: int
    customer_id: int
    customer: str
    customer_sku: str
    item_id: int
    item_number: str
    description: str
    unit: str
    draft_id: int
    learned_by: str
    learned_at: datetime
    revoked: bool


def learned_mappings(
    session: Session, *, customer_id: int | None = None
) -> tuple[MappingView, ...]:
    """The newest word about every part number that a clerk taught or took back."""
    wanted = [] if customer_id is None else [Draft.customer_id == customer_id]
    rows = session.execute(
        select(Event, Customer)
        .join(Draft, (Event.subject == Draft.SUBJECT) & (Event.subject_id == Draft.id))
        .join(Customer, Customer.id == Draft.customer_id)
        .where(Event.name.in_((REMEMBERED, FORGOTTEN)), *wanted)
        .order_by(Event.id.desc())
        .limit(MOST)
    ).all()
    names = people(session, {event.actor for event, _ in rows})
    seen: set[tuple[int, str]] = set()
    found = []
    for event, customer in rows:
        place = (customer.id, str(event.facts.get("customer_sku", "")))
        if place not in seen:
            seen.add(place)
            view = _view(session, event, customer, names)
            found += [view] if view else []
    return tuple(found)


def _view(
    session: Session, event: Event, customer: Customer, names: dict[str, str]
) -> MappingView | None:
    sku, revoked = str(event.facts.get("customer_sku", "")), event.name == FORGOTTEN
    row = _row(session, customer.id, sku)
    item_id = int(event.facts.get("item_id", 0)) if revoked else row.item_id if row else 0
    item = session.get(Item, item_id)
    if item is None or (revoked and row is not None):
        return None
    return MappingView(
        event_id=event.id,
        customer_id=customer.id,
        customer=customer.name,
        customer_sku=sku,
        item_id=item.id,
        item_number=item.number,
        description=item.description,
        unit=str(event.facts.get("unit", "")) if revoked else row.unit if row else "",
        draft_id=event.subject_id,
        learned_by=names.get(event.actor, event.actor),
        learned_at=event.at,
        revoked=revoked,
    )


def revoke_mapping(session: Session, event_id: int, *, act: Act) -> Event:
    """The part number means nothing any more; live drafts of the customer are matched again."""
    draft, sku, _ = _taught(session, event_id, REMEMBERED)
    taken = journal.done_under(session, draft, FORGOTTEN, act.key)
    row = _row(session, draft.customer_id or 0, sku)
    if taken is not None:
        return taken
    if row is None:
        raise NotFound("This part number is not remembered any more.")
    facts = {"customer_sku": sku, "item_id": row.item_id, "unit": row.unit}
    keep_history(session, row, "deleted", row.item_id, act)
    session.delete(row)
    session.flush()
    return journal.note(session, draft, FORGOTTEN, act=act, facts=facts)


def restore_mapping(session: Session, event_id: int, *, act: Act) -> Event:
    """What was taken back is remembered again."""
    draft, sku, event = _taught(session, event_id, FORGOTTEN)
    taken = journal.done_under(session, draft, REMEMBERED, act.key)
    if taken is not None:
        return taken
    if _row(session, draft.customer_id or 0, sku) is None:
        unit, item_id = str(event.facts.get("unit", "")), int(event.facts["item_id"])
        row = CustomerItem(
            customer_id=draft.customer_id, customer_sku=sku, item_id=item_id, unit=unit
        )
        session.add(row)
        session.flush()
        keep_history(session, row, "created", None, act)
    return journal.note(session, draft, REMEMBERED, act=act, facts={"customer_sku": sku})


def _taught(session: Session, event_id: int, name: str) -> tuple[Draft, str, Event]:
    event = session.get(Event, event_id)
    if event is None or event.name != name or event.subject != Draft.SUBJECT:
        raise NotFound("This part number is not remembered any more.")
    return session.get_one(Draft, event.subject_id), str(event.facts["customer_sku"]), event


def _row(session: Session, customer_id: int, sku: str) -> CustomerItem | None:
    return session.scalar(
        select(CustomerItem).where(
            CustomerItem.customer_id == customer_id, CustomerItem.customer_sku == sku
        )
    )
