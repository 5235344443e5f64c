"""What of a picture of many items one promise sees: its item, what that is made of, and what takes of it; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import islice, takewhile

from core.promising.ask import ZERO, Bucket, Demand, Supply
from core.promising.free import FreeSupply
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


class _InLine:
    """Supply of some items as the promises leave it that were made before a turn; it goes on from where it was, so that
    a thousand promises of one item are not served a thousand times."""

    def __init__(self, supply: Supply) -> None:
        self._free = FreeSupply(replace(supply, demands=()))
        self._demands = sorted(supply.demands, key=lambda d: d.turn)
        self._at = 0

    def is_past(self, turn: Turn) -> bool:
        return self._at > 0 and self._demands[self._at - 1].turn >= turn

    def left(self, turn: Turn) -> tuple[Bucket, ...]:
        while self._at < len(self._demands) and self._demands[self._at].turn < turn:
            self._free.serve(self._demands[self._at])
            self._at += 1
        return self._free.left()

    def following(self, turn: Turn) -> Iterator[Demand]:
        """Up to that turn."""
        rest = islice(self._demands, self._at, None)
        return takewhile(lambda demand: demand.turn < turn, rest)


class Sight:
    """The picture by item and by work centre: it is asked once for each of hundreds of promises."""

    def __init__(self, supply: Supply, minutes: Iterable[Minutes]) -> None:
        self._supply = supply
        self._buckets: dict[int, list[Bucket]] = defaultdict(list)
        self._demands: dict[int, list[Demand]] = defaultdict(list)
        self._booked: dict[int, dict[tuple[int, date], Decimal]] = defaultdict(dict)
        self._minutes: dict[int, list[Minutes]] = defaultdict(list)
        self._first: dict[int, Turn] = {}
        self._lines: dict[frozenset[int], _InLine] = {}
        for bucket in supply.buckets:
            self._buckets[bucket.item_id].append(bucket)
        for demand in supply.demands:
            self._demands[demand.item_id].append(demand)
            first = self._first.setdefault(demand.schedule_line_id, demand.turn)
            self._first[demand.schedule_line_id] = min(first, demand.turn)
        for key, booked in supply.plant.booked.items() if supply.plant else ():
            self._booked[key[0]][key] = booked
        for taken in minutes:
            self._minutes[taken.centre_id].append(taken)

    def of(self, promise_id: int, item_id: int, before: Turn | None, *, buys: bool) -> Supply:
        """With what other promises take that were made before a turn, None: all of them. buys: whether the item itself is
        bought as a source says."""
        supply, plant = self._supply, self._supply.plant
        items = _closure(item_id, plant)
        if plant is not None:
            centres = _centres(items, plant)  # a plan of the item looks at no other one
            bought = {
                item: plant.purchases[item]
                for item in items
                if item in plant.purchases and (buys or item != item_id)
            }
            booked = self._booked_less(promise_id, centres, before)
            plant = replace(plant, centres=centres, booked=booked, purchases=bought)
        buckets, demands = self._goods(promise_id, frozenset(items), before)
        others = tuple(d for d in demands if d.schedule_line_id != promise_id)
        return replace(supply, buckets=buckets, demands=others, plant=plant)

    def weight(self, item_id: int) -> int:
        """How many demands a promise of the item is weighed against."""
        items = _closure(item_id, self._supply.plant)
        return sum(len(self._demands.get(item, ())) for item in items)

    def _goods(
        self, promise_id: int, items: frozenset[int], before: Turn | None
    ) -> tuple[tuple[Bucket, ...], Iterable[Demand]]:
        """Supply, and demands that it has not served yet; the promise's own are among them."""
        if before is None:
            whole = self._whole(items)
            return whole.buckets, whole.demands
        first = min(before, self._first.get(promise_id, before))
        line = self._lines.get(items)
        if line is None or line.is_past(first):
            line = self._lines[items] = _InLine(self._whole(items))
        return line.left(first), line.following(before)

    def _whole(self, items: Iterable[int]) -> Supply:
        return replace(
            self._supply,
            buckets=tuple(b for item in items for b in self._buckets.get(item, ())),
            demands=tuple(d for item in items for d in self._demands.get(item, ())),
        )

    def _booked_less(
        self, promise_id: int, centres: Mapping[int, Centre], before: Turn | None
    ) -> dict[tuple[int, date], Decimal]:
        booked: dict[tuple[int, date], Decimal] = {}
        for number in centres:
            booked |= self._booked.get(number, {})
            for taken in self._minutes.get(number, ()):
                if taken.id == promise_id or (before is not None and taken.turn >= before):
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
        level = {part.item_id for recipe in recipes for part in recipe.every_part} - found
        found |= level
    return found
