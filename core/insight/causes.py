"""What costs people's time, ranked by how often it was touched, each with the one edit that removes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.drafts.tables import Draft, DraftField, DraftLine
from core.insight.intake import instants
from core.insight.remedies import remedy_of, told
from core.journal import Event
from core.parties.tables import Customer
from core.values import Period

MOST = 25
CHOSEN = {
    "item_id": "item-unknown",
    "customer_id": "customer-unknown",
    "ship_to_id": "ship-to-unknown",
    "unit": "unit-unknown",
    "unit_price": "price-differs",
}
"""A correction of one of these puts right what master data did not know; other corrections are of reading."""
TOUCHED = ("draft.problem_accepted", "draft.question_asked", "draft.corrected")


@dataclass(frozen=True, slots=True)
class Touch:
    """A person did something about a problem of a draft. how: "let pass", "asked" or "corrected"."""

    draft_id: int
    line_id: int | None
    code: str
    facts: dict[str, str]
    how: str


@dataclass(frozen=True, slots=True)
class Costly:
    """touches and drafts: how often and on how many it cost a touch; how: by what was done, most first.

    remedy: what to do; table with fills: where, "" for the check itself.
    """

    code: str
    touches: int
    drafts: int
    how: tuple[tuple[str, int], ...]
    remedy: str
    table: str
    fills: dict[str, str]
    customer_id: int | None


def costly_causes(session: Session, period: Period) -> tuple[Costly, ...]:
    """Causes of the period, those that cost the most touches first. A fixed number of queries."""
    touches = list(_touches(session, period))
    around = _around(session, touches)
    groups: dict[tuple[str, ...], list[tuple[Touch, dict[str, str]]]] = {}
    for touch in touches:
        facts = {**touch.facts, **around.get((touch.draft_id, touch.line_id), {})}
        facts["item"] = facts.get("item") or facts.get("number", "")
        groups.setdefault(_key(touch, facts), []).append((touch, facts))
    found = [_costly(rows) for rows in groups.values()]
    return tuple(sorted(found, key=lambda c: (-c.touches, -c.drafts, c.code, c.remedy))[:MOST])


def _key(touch: Touch, facts: dict[str, str]) -> tuple[str, ...]:
    remedy = remedy_of(touch.code)
    whose = facts.get("customer_id", "") if remedy.by_customer else ""
    return (touch.code, whose, *(facts.get(name, "") for name in remedy.key))


def _costly(rows: list[tuple[Touch, dict[str, str]]]) -> Costly:
    """The newest touch says it best."""
    touch, facts = rows[-1]
    remedy = remedy_of(touch.code)
    customer = facts.get("customer_id", "")
    return Costly(
        code=touch.code,
        touches=len(rows),
        drafts=len({t.draft_id for t, _ in rows}),
        how=tuple(Counter(t.how for t, _ in rows).most_common()),
        remedy=told(remedy, facts),
        table=remedy.table,
        fills={column: facts.get(fact, "") for column, fact in remedy.fills if facts.get(fact)},
        customer_id=int(customer) if customer and remedy.table == "customers" else None,
    )


def _touches(session: Session, period: Period) -> Iterator[Touch]:
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
    )
    for event in events:
        yield from _of(event)


def _of(event: Event) -> Iterator[Touch]:
    facts = event.facts
    if event.name == "draft.problem_accepted":
        found = _texts(facts.get("facts", {}))
        yield Touch(
            event.subject_id, facts.get("line_id"), str(facts.get("code")), found, "let pass"
        )
    elif event.name == "draft.question_asked":
        for problem in facts.get("problems", ()):
            found = _texts(problem.get("facts", {}))
            yield Touch(
                event.subject_id, problem.get("line_id"), str(problem["code"]), found, "asked"
            )
    else:
        for line_id, name, old, new in facts.get("edits", ()):
            if name in CHOSEN and new and old != new:
                yield Touch(event.subject_id, line_id, CHOSEN[name], {}, "corrected")


def _texts(facts: dict[str, Any]) -> dict[str, str]:
    return {str(k): str(v) for k, v in facts.items()}


Around = dict[tuple[int, int | None], dict[str, str]]


def _around(session: Session, touches: Iterable[Touch]) -> Around:
    """By draft and line: customer, item and what the document calls it."""
    rows = list(touches)
    drafts = {
        row.id: row
        for row in session.execute(
            select(Draft.id, Customer.id.label("customer_id"), Customer.number, Customer.name)
            .outerjoin(Customer, Customer.id == Draft.customer_id)
            .where(Draft.id.in_({t.draft_id for t in rows}))
        )
    }
    line_ids = {t.line_id for t in rows if t.line_id}
    items = {
        row.id: row.number
        for row in session.execute(
            select(DraftLine.id, Item.number)
            .join(Item, Item.id == DraftLine.item_id)
            .where(DraftLine.id.in_(line_ids))
        )
    }
    words = {
        (row.draft_id, row.line_id, row.name): row.value
        for row in session.execute(
            select(
                DraftField.draft_id, DraftField.line_id, DraftField.name, DraftField.value
            ).where(
                DraftField.draft_id.in_({t.draft_id for t in rows}),
                DraftField.name.in_(("buyer_sku", "supplier_sku", "uom", "ship_to", "buyer_name")),
            )
        )
    }
    return {(t.draft_id, t.line_id): _facts(t, drafts, items, words) for t in rows}


def _facts(
    touch: Touch, drafts: dict[int, Any], items: dict[int, str], words: dict[Any, str]
) -> dict[str, str]:
    draft = drafts.get(touch.draft_id)
    found = {"item": items.get(touch.line_id or 0, ""), "licence": "export licence"}
    if draft is not None and draft.customer_id is not None:
        found |= {
            "customer_id": str(draft.customer_id),
            "customer_number": draft.number,
            "customer": draft.name,
        }

    def word(name: str, line_id: int | None = None) -> str:
        return words.get((touch.draft_id, line_id, name), "")

    named = word("buyer_sku", touch.line_id) or word("supplier_sku", touch.line_id)
    written = {"ship-to-unknown": word("ship_to"), "unit-unknown": word("uom", touch.line_id)}
    if touch.how == "corrected":
        found |= {"value": named, "written": written.get(touch.code, word("buyer_name"))}
    return found
