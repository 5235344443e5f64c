"""A change of the customer's that is applied is their newer word on the lines that it names: our offer for these is over.

What our answer to the change differs in is an offer of its own, with a hold of its own.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.act import Act
from core.drafts.reasons import problem_sentence
from core.drafts.tables import Draft, DraftLine
from core.messages.offer import as_text, of_text
from core.orders.amendment import restates_all
from core.orders.hold import place, settle
from core.orders.restated import CONSENT
from core.orders.rows import lines_of
from core.orders.tables import Hold, Order

SAID = "The customer's change took the place of what was offered"


def end_offers(session: Session, order: Order, draft: Draft, *, act: Act) -> None:
    """Ends the consent holds from before the change, and holds anew what it leaves open of them; called once it is applied."""
    if draft.kind != "change" or draft.document_id is None:
        return
    own = set(session.scalars(select(DraftLine.id).where(DraftLine.draft_id == draft.id)))
    live = {
        line.draft_line_id
        for line in lines_of(session, order)
        if line.stock_quantity > line.cancelled_quantity
    }
    holds = session.scalars(
        select(Hold)
        .where(Hold.order_id == order.id, Hold.kind == CONSENT, Hold.status == "active")
        .order_by(Hold.id)
    ).all()
    for hold in holds:
        told = of_text(str(hold.facts.get("lines", "")))
        ids = of_text(str(hold.facts.get("ids", "")))
        still = [n for n, (line_id, _) in enumerate(ids) if int(line_id) in live - own]
        if not ids or len(still) == len(ids):
            continue
        untaken = () if restates_all(session, draft) else told[len(ids) :]
        step = act.under(f"offer-{hold.id}")
        settle(session, hold, SAID, act=step)
        lines = (*(told[n] for n in still), *untaken)
        if lines:
            left = {"lines": as_text(lines), "ids": as_text(ids[n] for n in still)}
            facts = {**hold.facts, **left}
            reason = problem_sentence(hold.code, facts)
            place(session, order, CONSENT, reason, code=hold.code, facts=facts, act=step)
