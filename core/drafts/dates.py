"""When each line of a draft can arrive."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from core.drafts.case import Case
from core.drafts.revised import order_lines
from core.drafts.tables import Draft, DraftLine
from core.promising.ask import Answer, Ask, AskLine
from core.promising.promise import answer_as_json, promise_lines


def ask_of(case: Case) -> Ask:
    """The lines that are clear enough to be promised."""
    place, customer = case.ship_to(), case.customer
    return Ask(
        lines=tuple(_ask_line(case, line) for line in case.lines if _is_clear(line)),
        today=case.today,
        policy=customer.delivery_policy if customer else "partial",
        transit_days=place.transit_days if place else 1,
        customer_id=customer.id if customer else 0,
        ship_to_id=place.id if place else None,
        ship_via=case.text("ship_via"),
    )


def _is_clear(line: DraftLine) -> bool:
    return line.item_id is not None and line.stock_quantity is not None and line.stock_quantity > 0


def _ask_line(case: Case, line: DraftLine) -> AskLine:
    assert line.item_id is not None and line.stock_quantity is not None
    packed = line.factor_denominator == 1 and line.factor_numerator > 1
    item = case.items[line.item_id]
    return AskLine(
        key=line.id,
        item_id=line.item_id,
        quantity=line.stock_quantity,
        requested_date=line.requested_date or case.draft.requested_date,
        position=line.position,
        multiple=Decimal(line.factor_numerator) if packed else item.multiple_quantity,
    )


def answer_case(session: Session, case: Case, *, lock: bool = False) -> Answer:
    """The answer to what the case asks now; the order lines that a change replaces do not count against it."""
    ask = ask_of(case)
    if not ask.lines or case.draft.kind == "cancellation":
        return Answer()
    replaced = {ours.id for ours in order_lines(session, case).values()}
    return promise_lines(session, ask, now=case.now, leave_out_line_ids=replaced, lock=lock)


def keep(draft: Draft, answer: Answer, at: datetime) -> None:
    """Shows this answer; the instant moves only when the answer does, so that an unchanged draft stays unchanged."""
    found = answer_as_json(answer)
    if found != draft.promise or draft.promised_at is None:
        draft.promise, draft.promised_at = found, at
