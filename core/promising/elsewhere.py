"""What would be bought for a line is bought from another supplier that is qualified for it; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from core.promising.ask import Answer, Peg
from core.promising.plant import Plant, Purchase
from core.promising.question import Alternative, Question, pegged
from core.promising.stand_in import last_day
from core.promising.terms import answer_in_groups


def bought_elsewhere(asked: Question) -> Iterator[Alternative]:
    """From each other source that brings the line sooner."""
    plant = asked.free.plant
    for item_id in pegged(asked, "buy") if plant else ():
        assert plant is not None
        usual = plant.purchases.get(item_id)
        for other in usual.others if usual else ():
            changed = bought_from(plant, {item_id: other.supplier_id})
            found = answer_in_groups(asked.ask, replace(asked.free, plant=changed))
            if usual and last_day(found, asked.line.key) < last_day(asked.base, asked.line.key):
                yield _way(asked, item_id, usual, other, found)


def _way(
    asked: Question, item_id: int, usual: Purchase, other: Purchase, found: Answer
) -> Alternative:
    before, now = _bought(asked.base, item_id), _bought(found, item_id)
    due = max((peg.due_date for peg in now), default=None)
    was = max((peg.due_date for peg in before), default=due)
    return Alternative(
        "supplier",
        other.source_id,
        found,
        asked.cost(found),
        due,
        (was - due).days if was and due else 0,
        supplier_id=other.supplier_id,
        price=_dearer(usual, before, other, now),
    )


def _bought(found: Answer, item_id: int) -> list[Peg]:
    every = (*found.lines.values(), *found.missed.values())
    pegs = (peg for parts in every for part in parts for peg in part.pegging)
    return [peg for peg in pegs if (peg.kind, peg.id) == ("buy", item_id)]


def _dearer(usual: Purchase, before: list[Peg], other: Purchase, now: list[Peg]) -> Decimal | None:
    """By how much all that is bought of it costs more, whole lots; None when a price is not known."""
    if usual.unit_cost is None or other.unit_cost is None:
        return None
    was = sum((peg.quantity for peg in before), Decimal(0)) * usual.unit_cost
    return sum((peg.quantity for peg in now), Decimal(0)) * other.unit_cost - was


def bought_from(plant: Plant, suppliers: Mapping[int, int]) -> Plant:
    """The plant as it is when these items come from these suppliers, by item; who is no source of it any more is not
    taken."""
    purchases = dict(plant.purchases)
    for item_id, supplier_id in suppliers.items():
        usual = purchases.get(item_id)
        every = (usual, *usual.others) if usual else ()
        chosen = next((way for way in every if way.supplier_id == supplier_id), None)
        if chosen is not None:
            others = tuple(replace(way, others=()) for way in every if way is not chosen)
            purchases[item_id] = replace(chosen, others=others)
    return replace(plant, purchases=purchases)
