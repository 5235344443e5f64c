"""The clerk agrees: the draft becomes an order, with a promise that was made anew a moment ago."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.drafts import dates
from core.drafts.assess import assess
from core.drafts.case import Case
from core.drafts.change.concern import asks_days
from core.drafts.change.superseded import end_offers
from core.drafts.gate import require_free, require_version, require_whole_file
from core.drafts.recheck import refuse_worse
from core.drafts.study import study
from core.drafts.tables import Draft
from core.drafts.typed_holds import place_holds
from core.errors import Blocked, NotFound
from core.orders.book import book
from core.orders.change import apply_change_draft
from core.orders.give_way import give_way, lock_orders
from core.orders.rows import lock
from core.orders.tables import Order
from core.promising.ask import Answer
from core.promising.expedites import book_expedites
from core.promising.offers import give_back
from core.promising.promise import answer_of_json
from core.watch.gave_way import tell_who_gave_way


def confirm(session: Session, draft: Draft, *, version: int, act: Act) -> Order:
    """Books a draft without open blocking problems.

    Raises Blocked with the problems in sentences; Stale when the draft, or what can be promised, is not what the clerk
    saw. Under the same key, or for a draft that is confirmed, the same order comes back.
    """
    if draft.order_id is not None and draft.status == "confirmed":
        return _order(session, draft.order_id)
    journal.check(draft, "confirm")
    require_version(draft, version)
    require_whole_file(session, draft)
    shown = answer_of_json(draft.promise)
    if draft.revision_of_id is not None:
        lock(session, _order(session, draft.revision_of_id))  # orders before goods
    case = study(session, draft, act.at)
    lock_orders(session, dates.give_way_of(case))
    answer = dates.answer_case(session, case, lock=True)
    refuse_worse(draft, [x for x in case.lines if asks_days(case, x)], shown, answer)
    assess(session, draft, act=act, hold=False, by_policy=False)
    require_free(session, draft, act=act)
    _require_promises(case, answer)
    give_back(session, draft.id)
    later = dates.give_way_of(case)
    order = _agreed(session, draft, answer, later, act)
    moved = give_way(session, later, order, act=act)
    tell_who_gave_way(session, moved, order, act=act)
    book_expedites(session, dates.asked_for(case), order.id)
    end_offers(session, order, draft, act=act)
    place_holds(session, draft, order, act=act)
    draft.order_id = order.id
    draft.claimed_by_id = draft.claimed_until = draft.parked_until = None
    journal.advance(
        session,
        draft,
        "confirm",
        act=act,
        facts={"order_id": order.id, "order": order.number},
        without=() if draft.document_id else ("learn-from-draft",),
    )
    return order


def _require_promises(case: Case, answer: Answer) -> None:
    """Nothing is booked without a day for every line, but what would come too late and a person let pass."""
    without = [
        str(line.position)
        for line in case.lines
        if not answer.lines.get(line.id) and line.id not in answer.missed
    ]
    if without and case.draft.kind == "order":
        reason = f"Line {', '.join(without)} has no promise; is there a warehouse to ship from?"
        raise Blocked(reason, (reason,))


def _agreed(
    session: Session, draft: Draft, answer: Answer, later: dict[int, date], act: Act
) -> Order:
    """A new order, or the revised one when the draft is a change or a cancellation."""
    if draft.kind == "order":
        return book(session, draft, answer, act=act)
    order = _order(session, draft.revision_of_id or 0)
    apply_change_draft(session, order, draft, answer, give_way=later, act=act)
    return order


def _order(session: Session, order_id: int) -> Order:
    found = session.scalar(select(Order).where(Order.id == order_id))
    if found is None:
        raise NotFound()
    return found
