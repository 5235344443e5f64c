"""A change that restates our offer is the customer's yes: the holds end, what they wish is what we promised, and nothing
of the promise moves."""

from __future__ import annotations

from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.drafts.tables import Draft
from core.journal import Event
from core.orders.restated import Restated, Spoken
from core.orders.restated_words import told
from core.orders.rows import lock, schedule_of
from core.orders.tables import Hold, Order
from core.promising.offers import give_back

CODE = "offer-restated"


def take_in(session: Session, order: Order, draft: Draft, found: Restated, *, act: Act) -> Event:
    """The order is agreed as it is promised, and the customer gets the acknowledgement of that."""
    lock(session, order)
    said = told(found)
    for hold in found.holds:
        lock(session, hold)
        if hold.status == "active":
            _lift(session, hold, said, draft.document_id, act.under(f"hold-{hold.id}"))
    changes: dict[str, list[str]] = {}
    for spoken in found.spoken:
        changes |= _wished(session, spoken)
    if draft.requested_date is not None:
        order.requested_date = draft.requested_date
    order.revision += 1
    give_back(session, draft.id)
    draft.order_id = order.id
    draft.claimed_by_id = draft.claimed_until = draft.parked_until = None
    facts = {"order_id": order.id, "order": order.number, "code": CODE}
    journal.advance(session, draft, "confirm", act=act, facts=facts, without=("learn-from-draft",))
    facts = {
        "number": order.number,
        "revision": order.revision,
        "code": CODE,
        "document_id": draft.document_id,
        "draft_id": draft.id,
        "said": said,
    }
    return journal.advance(session, order, "agree", act=act, changes=changes, facts=facts)


def _lift(session: Session, hold: Hold, said: str, document_id: int | None, act: Act) -> None:
    hold.released_by, hold.released_until = act.actor, None
    hold.release_reason = f"The customer's change restates our offer: {said}"
    hold.facts = {**hold.facts, "document_id": document_id}
    facts = {
        "kind": hold.kind,
        "reason": hold.release_reason,
        "code": CODE,
        "document_id": str(document_id),
    }
    journal.advance(session, hold, "release", act=act, facts=facts)


def _wished(session: Session, spoken: Spoken) -> dict[str, list[str]]:
    """The line is wished for the days that the change names, which are the promised ones; it is wished for the first."""
    line, old = spoken.line, spoken.line.requested_date
    line.draft_line_id = spoken.parts[0].id
    line.ordered_price = line.price
    if not spoken.days or spoken.days == (old,):
        return {}
    line.requested_date = spoken.days[0]
    for row in schedule_of(session, [line.id]):
        if row.quantity > row.shipped_quantity:
            row.requested_date = row.promised_date
    return {f"line {line.position} requested date": [str(old or ""), str(line.requested_date)]}
