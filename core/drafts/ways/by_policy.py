"""A substitute comes by itself where the customer's terms want that: decided anew each time a draft is assessed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.agreements.tables import ItemApproval
from core.catalogue.tables import Item
from core.drafts.case import Case
from core.drafts.dates import ask_of, substitutes_of, supply_of
from core.drafts.tables import Draft, DraftLine
from core.drafts.ways.standing_in import approved_stand_ins, price_of
from core.promising.stand_in import StandIn, Taken, Wanted, by_itself, items_of
from core.promising.terms import BY_ITSELF

Choices = dict[str, dict[str, Any]]
POLICY = "policy"


def of_people(choices: Choices) -> Choices:
    """Without what policy chose."""
    return {key: choice for key, choice in choices.items() if choice.get("by") != POLICY}


def chosen_by_policy(session: Session, case: Case, *, lock: bool) -> Choices:
    """By line id. The case must be answered, and studied without what policy chose before.

    Only items that are listed as substitutes, that the customer has approved where that is needed, and that cost them no
    more; never where an order names a revision or a configuration.
    """
    wanted = {line.id: _wanted(session, case, line) for line in case.lines if _may(case, line)}
    wanted = {key: found for key, found in wanted.items() if found.items}
    if not wanted:
        return {}
    ask = ask_of(case)
    supply = supply_of(session, case, ask, items_of(wanted.values()), lock=lock)
    taken = by_itself(ask, supply, wanted)
    names = _names(session, {one.item.item_id for one in taken.values()})
    lines = {line.id: line for line in case.lines}
    return {
        str(key): _choice(lines[key], one, wanted[key].policy, names[one.item.item_id])
        for key, one in taken.items()
    }


def _may(case: Case, line: DraftLine) -> bool:
    """A line of a new order that misses its wish, and of which nobody said otherwise."""
    if case.draft.kind != "order" or str(line.id) in case.choices or line.configuration:
        return False
    if case.text("revision", line) or substitutes_of(case, line) not in BY_ITSELF:
        return False
    answer, wish = case.answer, case.wish(line)
    last = answer.last_date(line.id)
    in_time = wish is not None and last is not None and last <= wish
    return (line.id in answer.lines or line.id in answer.missed) and (
        line.id in answer.missed or not in_time
    )


def _wanted(session: Session, case: Case, line: DraftLine) -> Wanted:
    found = approved_stand_ins(session, case, line)
    if case.customer is not None and case.customer.approved_items_only:
        approved = _approved(session, case, {item.item_id for item in found})
        found = tuple(item for item in found if item.item_id in approved)
    cheap = tuple(item for item in found if not _is_dearer(session, case, line, item))
    return Wanted(substitutes_of(case, line), cheap)


def _approved(session: Session, case: Case, item_ids: Collection[int]) -> set[int]:
    rows = session.scalars(
        select(ItemApproval).where(
            ItemApproval.customer_id == case.draft.customer_id,
            ItemApproval.item_id.in_(sorted(item_ids)),
            ItemApproval.revision == "",
        )
    )
    return {
        row.item_id
        for row in rows
        if (row.valid_from or date.min) <= case.today <= (row.valid_to or date.max)
    }


def _is_dearer(session: Session, case: Case, line: DraftLine, item: StandIn) -> bool:
    price = price_of(session, case, line, item)
    now = line.unit_price if line.unit_price is not None else line.agreed_price
    return price is None or price > (Decimal(0) if now is None else now)


def _names(session: Session, item_ids: Collection[int]) -> dict[int, str]:
    rows = session.execute(
        select(Item.id, Item.number, Item.description).where(Item.id.in_(sorted(item_ids)))
    )
    return {row.id: f"{row.number} instead: {row.description}" for row in rows}


def _choice(line: DraftLine, taken: Taken, policy: str, words: str) -> dict[str, Any]:
    return {
        "kind": "substitute",
        "by": POLICY,
        "policy": policy,
        "words": f"{words}, as this customer's terms allow",
        "item_id": taken.item.item_id,
        "ordered_item_id": line.item_id,
        "numerator": taken.item.numerator,
        "denominator": taken.item.denominator,
        "ordered_date": taken.ordered_date.isoformat() if taken.ordered_date else "",
    }


def keep_chosen(session: Session, draft: Draft, found: Choices, *, act: Act) -> None:
    """Writes down what policy chooses now, with one note for each line of which it is another item than before."""
    before = draft.choices
    now = {**of_people(before), **found}
    if now == before:
        return
    draft.choices = now
    changed = [key for key in {**before, **now} if _item(before, key) != _item(now, key)]
    positions = {str(line.id): line.position for line in _lines(session, draft)}
    for key in sorted(changed, key=lambda key: positions.get(key, 0)):
        if key in positions:
            choice = now.get(key, {})
            facts = {
                "line": positions[key],
                "taken": choice.get("words", "as ordered again, which is in time now"),
                "policy": choice.get("policy", ""),
            }
            journal.note(
                session, draft, "draft.substituted", act=act.under(f"line-{key}"), facts=facts
            )


def _item(choices: Choices, key: str) -> object:
    choice = choices.get(key, {})
    return choice.get("item_id") if choice.get("by") == POLICY else None


def _lines(session: Session, draft: Draft) -> list[DraftLine]:
    query = select(DraftLine).where(DraftLine.draft_id == draft.id, DraftLine.removed.is_(False))
    return list(session.scalars(query))
