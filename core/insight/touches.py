"""What people had to do about problems of drafts and orders, with what each was about and the minutes that it took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.drafts.fixes.new_place import read_address
from core.drafts.tables import Draft, DraftField, DraftLine, Problem
from core.drafts.typed import number
from core.insight.intake import instants
from core.journal import Event
from core.orders.tables import Hold, Order
from core.parties.tables import Customer
from core.values import Period

CHOSEN = {
    "item_id": "item-unknown",
    "customer_id": "customer-unknown",
    "ship_to_id": "ship-to-unknown",
    "unit": "unit-unknown",
    "uom": "unit-unknown",
    "unit_price": "price-differs",
}
"""A correction of one of these puts right what master data did not know; other corrections are of reading."""
TOUCHED = (
    "draft.problem_accepted",
    "draft.question_asked",
    "draft.corrected",
    "draft.rejected",
)
BEGINS = "draft.claimed"
ENDS = frozenset(
    {
        "draft.claim_released", "draft.confirmed", "draft.rejected", "draft.parked", "draft.withdrawn",
        "draft.question_asked",
    }
)  # fmt: skip
LONGEST = 30
"""Minutes that count at most from claiming a draft to the end of it: who goes to lunch does not work on it."""


@dataclass(frozen=True, slots=True)
class Touch:
    """A person did something about a problem. how: "let pass", "asked", "corrected", "rejected" or "hold lifted"."""

    draft_id: int
    line_id: int | None
    code: str
    facts: dict[str, str]
    how: str


def touches_of(session: Session, period: Period) -> list[Touch]:
    """The oldest first. A fixed number of queries."""
    first, end = instants(session, period)
    events = session.scalars(
        select(Event)
        .where(
            Event.subject == Draft.SUBJECT,
            Event.name.in_(TOUCHED),
            Event.at >= first,
            Event.at < end,
            Event.actor.startswith("user:"),
        )
        .order_by(Event.id)
    ).all()
    stood = _stood(session, [e.subject_id for e in events if e.name == "draft.rejected"])
    found = [touch for event in events for touch in _of(event, stood)]
    return [*found, *_lifted(session, first, end)]


def _stood(session: Session, draft_ids: Sequence[int]) -> dict[int, Problem]:
    """The first problem that stood in the way when a draft was rejected."""
    rows = session.scalars(
        select(Problem)
        .where(
            Problem.draft_id.in_(draft_ids), Problem.blocking.is_(True), Problem.accepted_by == ""
        )
        .order_by(Problem.id.desc())
    )
    return {row.draft_id: row for row in rows}


def _of(event: Event, stood: dict[int, Problem]) -> Iterator[Touch]:
    facts, draft_id = event.facts, event.subject_id
    if event.name == "draft.problem_accepted":
        found = _texts(facts.get("facts", {}))
        yield Touch(draft_id, facts.get("line_id"), str(facts.get("code")), found, "let pass")
    elif event.name == "draft.question_asked":
        for problem in facts.get("problems", ()):
            found = _texts(problem.get("facts", {}))
            yield Touch(draft_id, problem.get("line_id"), str(problem["code"]), found, "asked")
    elif event.name == "draft.rejected":
        row = stood.get(draft_id)
        if row is not None:
            yield Touch(draft_id, row.line_id, row.code, _texts(row.facts), "rejected")
    else:
        for line_id, name, old, new in facts.get("edits", ()):
            if name in CHOSEN and new and old != new:
                written = {"written": old} if name == "uom" else {}
                yield Touch(draft_id, line_id, CHOSEN[name], written, "corrected")


def _lifted(session: Session, first: datetime, end: datetime) -> Iterator[Touch]:
    """Holds that a check placed and a person lifted."""
    rows = session.execute(
        select(Hold, Order.draft_id)
        .join(Event, (Event.subject == Hold.SUBJECT) & (Event.subject_id == Hold.id))
        .join(Order, Order.id == Hold.order_id)
        .where(
            Event.name == "hold.released",
            Event.at >= first,
            Event.at < end,
            Event.actor.startswith("user:"),
            Hold.code != "",
        )
        .order_by(Event.id)
    )
    for hold, draft_id in rows:
        yield Touch(draft_id or 0, None, hold.code, _texts(hold.facts), "hold lifted")


def _texts(facts: dict[str, Any]) -> dict[str, str]:
    return {str(k): str(v) for k, v in facts.items()}


def minutes_of(session: Session, touches: Sequence[Touch]) -> dict[int, float]:
    """By draft how long one of its touches took: from claiming it to its end, shared among them."""
    counts = Counter(t.draft_id for t in touches)
    spent: dict[int, float] = {}
    began: dict[int, datetime] = {}
    for row in session.execute(
        select(Event.subject_id, Event.name, Event.at)
        .where(
            Event.subject == Draft.SUBJECT,
            Event.subject_id.in_(counts),
            Event.name.in_((BEGINS, *ENDS)),
        )
        .order_by(Event.id)
    ):
        if row.name == BEGINS:
            began[row.subject_id] = row.at
        elif row.subject_id in began:
            minutes = (row.at - began.pop(row.subject_id)).total_seconds() / 60
            spent[row.subject_id] = spent.get(row.subject_id, 0.0) + min(max(minutes, 0), LONGEST)
    return {draft_id: whole / counts[draft_id] for draft_id, whole in spent.items()}


Around = dict[tuple[int, int | None], dict[str, str]]


def around_of(session: Session, touches: Iterable[Touch]) -> Around:
    """By draft and line: customer, item and what the document calls it."""
    rows = list(touches)
    drafts = {
        row.id: row
        for row in session.execute(
            select(
                Draft.id,
                Customer.id.label("customer_id"),
                Customer.number,
                Customer.name,
                Draft.currency,
            )
            .outerjoin(Customer, Customer.id == Draft.customer_id)
            .where(Draft.id.in_({t.draft_id for t in rows}))
        )
    }
    line_ids = {t.line_id for t in rows if t.line_id}
    items = {
        row.id: row
        for row in session.execute(
            select(DraftLine.id, Item.number, DraftLine.stock_quantity)
            .join(Item, Item.id == DraftLine.item_id)
            .where(DraftLine.id.in_(line_ids))
        )
    }
    words = {
        (row.draft_id, row.line_id, row.name): row.read_value or row.value
        for row in session.execute(
            select(
                DraftField.draft_id,
                DraftField.line_id,
                DraftField.name,
                DraftField.value,
                DraftField.read_value,
            ).where(
                DraftField.draft_id.in_({t.draft_id for t in rows}),
                DraftField.name.in_(
                    (
                        "buyer_sku",
                        "supplier_sku",
                        "uom",
                        "quantity",
                        "ship_to",
                        "ship_to_name",
                        "buyer_name",
                    )
                ),
            )
        )
    }
    return {(t.draft_id, t.line_id): _facts(t, drafts, items, words) for t in rows}


def _facts(
    touch: Touch, drafts: dict[int, Any], items: dict[int, Any], words: dict[Any, str]
) -> dict[str, str]:
    draft = drafts.get(touch.draft_id)
    line = items.get(touch.line_id or 0)
    found = {"item": line.number if line else "", "licence": "export licence"}
    if draft is not None and draft.customer_id is not None:
        found |= {
            "customer_id": str(draft.customer_id),
            "customer_number": draft.number,
            "customer": draft.name,
            "currency": draft.currency,
        }

    def word(name: str, line_id: int | None = None) -> str:
        return words.get((touch.draft_id, line_id, name), "")

    named = word("buyer_sku", touch.line_id) or word("supplier_sku", touch.line_id)
    written = {"ship-to-unknown": word("ship_to"), "unit-unknown": word("uom", touch.line_id)}
    read = number(word("quantity", touch.line_id))
    if line is not None and line.stock_quantity and read:
        holds = Fraction(line.stock_quantity) / Fraction(read)
        found |= {"holds": str(holds.numerator), "of": str(holds.denominator)}
    if touch.code.startswith("ship-to"):
        found |= _place(word("ship_to_name"), word("ship_to"))
    if touch.how == "corrected":
        found |= {"value": named, "written": written.get(touch.code, word("buyer_name"))}
    return found


def _place(name: str, written: str) -> dict[str, str]:
    """The parts of the address as it was written, by the columns that they fill."""
    address = read_address(name, ", ".join(written.splitlines()))
    return {
        "place_name": address.name,
        "street": ", ".join(address.lines),
        "postal_code": address.postal_code,
        "city": address.city,
        "country": address.country,
    }
