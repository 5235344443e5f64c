"""Supply that no earlier promise lives from; pure, used up while one ask is answered."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.promising.ask import ZERO, Bucket, Demand, Peg, Supply

Mark = dict[tuple[int, int], list[Decimal]]


@dataclass(slots=True)
class _Left:
    bucket: Bucket
    quantity: Decimal


class FreeSupply:
    """What is left per item and site after the earlier promises, first promised first served."""

    def __init__(self, supply: Supply) -> None:
        self._left: dict[tuple[int, int], list[_Left]] = defaultdict(list)
        for bucket in sorted(supply.buckets, key=lambda b: (b.ready_date, b.until or date.max)):
            self._left[bucket.item_id, bucket.site_id].append(_Left(bucket, bucket.quantity))
        for demand in sorted(supply.demands, key=lambda d: (d.rank, d.ship_date)):
            self._serve(demand)

    def amount(self, item_id: int, site_id: int, ship_date: date) -> Decimal:
        """What can leave on this day."""
        return sum((left.quantity for left in self._in_time(item_id, site_id, ship_date)), ZERO)

    def dates(self, item_id: int, site_id: int) -> list[date]:
        """The days on which more becomes free."""
        return [left.bucket.ready_date for left in self._left[item_id, site_id] if left.quantity]

    def day_of(self, item_id: int, site_id: int, quantity: Decimal, first: date) -> date | None:
        """The first day, not before `first`, on which so much is free; None when it never is."""
        days = {first, *(d for d in self.dates(item_id, site_id) if d > first)}
        return next((d for d in sorted(days) if self.amount(item_id, site_id, d) >= quantity), None)

    def mark(self) -> Mark:
        """What is left now, to come back to after something was tried."""
        return {key: [left.quantity for left in lefts] for key, lefts in self._left.items()}

    def restore(self, mark: Mark) -> None:
        for key, lefts in self._left.items():
            for left, quantity in zip(lefts, mark.get(key, ()), strict=False):
                left.quantity = quantity

    def take(
        self, item_id: int, site_id: int, ship_date: date, quantity: Decimal
    ) -> tuple[Peg, ...]:
        """Uses up to `quantity`, the latest supply that is in time first, and of that what expires first.

        What is overdue comes last: a promise should not live from it while there is anything better.
        """
        pegs = []
        in_time = self._in_time(item_id, site_id, ship_date)
        for left in sorted(
            in_time, key=lambda x: (x.bucket.late, -x.bucket.ready_date.toordinal())
        ):
            used = min(left.quantity, quantity)
            if used > 0:
                left.quantity -= used
                quantity -= used
                bucket = left.bucket
                pegs.append(
                    Peg(bucket.kind, bucket.id, bucket.number, used, bucket.due_date, bucket.late)
                )
        return tuple(pegs)

    def _in_time(self, item_id: int, site_id: int, ship_date: date) -> list[_Left]:
        return [
            left
            for left in self._left[item_id, site_id]
            if left.bucket.ready_date <= ship_date <= (left.bucket.until or date.max)
        ]

    def _serve(self, demand: Demand) -> None:
        """An earlier promise that its own day cannot cover any more keeps its claim on what comes next."""
        pegs = self.take(demand.item_id, demand.site_id, demand.ship_date, demand.quantity)
        short = demand.quantity - sum((p.quantity for p in pegs), ZERO)
        for left in self._left[demand.item_id, demand.site_id]:
            if left.bucket.ready_date > demand.ship_date:
                used = min(left.quantity, short)
                left.quantity -= used
                short -= used
