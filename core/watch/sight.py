"""What of a picture of many items one promise sees: its item, what that is made of, and what takes of it; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from core.promising.ask import ZERO, Bucket, Demand, Supply
from core.promising.plant import Centre, Plant

Turn = tuple[int, date, int]


@dataclass(frozen=True, slots=True)
class Minutes:
    """What a promise by plan takes of a work centre on a day. turn: of core.promising.ask.Demand."""

    id: int
    turn: Turn
    centre_id: int
    day: date
    amount: Decimal


class Sight:
    """The picture by item and by work centre: it is asked once for each of hundreds of promises."""

    def __init__(self, supply: Supply, minutes: Iterable[Minutes]) -> None:
        self._supply = supply
        self._buckets: dict[int, list[Bucket]] = defaultdict(list)
        self._demands: dict[int, list[Demand]] = defaultdict(list)
        self._booked: dict[int, dict[tuple[int, date], Decimal]] = defaultdict(dict)
        self._minutes: dict[int, list[Minutes]] = defaultdict(list)
        for bucket in supply.buckets:
            self._buckets[bucket.item_id].append(bucket)
        for demand in supply.demands:
            self._demands[demand.item_id].append(demand)
        for key, booked in supply.plant.booked.items() if supply.plant else ():
            self._booked[key[0]][key] = booked
        for taken in minutes:
            self._minutes[taken.centre_id].append(taken)

    def of(
        self, promise_id: int, item_id: int, counts: Callable[[Turn], bool], *, buys: bool
    ) -> Supply:
        """With what other promises take whose turn counts. buys: whether the item itself is bought as a source says."""
        supply, plant = self._supply, self._supply.plant
        items = _closure(item_id, plant)
        if plant is not None:
            centres = _centres(items, plant)  # a plan of the item looks at no other one
            bought = {
                item: plant.purchases[item]
                for item in items
                if item in plant.purchases and (buys or item != item_id)
            }
            booked = self._booked_less(promise_id, centres, counts)
            plant = replace(plant, centres=centres, booked=booked, purchases=bought)
        return replace(
            supply,
            buckets=tuple(b for item in items for b in self._buckets.get(item, ())),
            demands=tuple(
                d
                for item in items
                for d in self._demands.get(item, ())
                if d.schedule_line_id != promise_id and counts(d.turn)
            ),
            plant=plant,
        )

    def _booked_less(
        self, promise_id: int, centres: Mapping[int, Centre], counts: Callable[[Turn], bool]
    ) -> dict[tuple[int, date], Decimal]:
        booked: dict[tuple[int, date], Decimal] = {}
        for number in centres:
            booked |= self._booked.get(number, {})
            for taken in self._minutes.get(number, ()):
                if taken.id == promise_id or not counts(taken.turn):
                    key = (number, taken.day)
                    booked[key] = booked.get(key, ZERO) - taken.amount
        return booked


def _centres(items: set[int], plant: Plant) -> dict[int, Centre]:
    """The work centres on which these items may be made."""
    steps = (step for item in items if item in plant.recipes for step in plant.recipes[item].steps)
    numbers = {number for step in steps for number in step.centres}
    return {number: plant.centres[number] for number in numbers if number in plant.centres}


def _closure(item_id: int, plant: Plant | None) -> set[int]:
    found, level = {item_id}, {item_id}
    while plant is not None and level:
        recipes = [plant.recipes[i] for i in level if i in plant.recipes]
        level = {part.item_id for recipe in recipes for part in recipe.components} - found
        found |= level
    return found
