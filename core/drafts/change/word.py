"""A change that restates our offer is taken as the customer's yes by itself, when nothing makes it doubtful."""

from __future__ import annotations

from sqlalchemy.orm import Session

from core.act import Act
from core.drafts.gate import is_still_read, open_problems
from core.drafts.tables import Draft
from core.inbound.tables import InboundDocument
from core.journal import Event
from core.orders.agreed import CODE, take_in
from core.orders.consent import sender_doubts
from core.orders.restated import restated
from core.orders.tables import Order

BY_ITSELF = f"policy:{CODE}"


def take_word(session: Session, draft: Draft, *, act: Act) -> Event | None:
    """None leaves the change on the desk: it says something else, was read unsurely, has a problem that stops it, or may
    not be the customer's."""
    if draft.revision_of_id is None or draft.document_id is None:
        return None
    order = session.get_one(Order, draft.revision_of_id)
    document = session.get_one(InboundDocument, draft.document_id)
    found = restated(session, order, draft, document)
    if found is None or not found.agrees or order.status != "booked":
        return None
    if (
        draft.doubtful_count
        or sender_doubts(session, order.customer_id, document, draft)
        or open_problems(session, draft, act.at)
        or is_still_read(session, draft)
    ):
        return None
    return take_in(session, order, draft, found, act=Act(BY_ITSELF, act.at, f"{act.key}:agree"))
