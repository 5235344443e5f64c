"""How much of an item's stock a schedule line may take while every earlier promise keeps what it lives from; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.promising.ask import ZERO, Bucket, Demand, SiteFacts, Supply
from core.promising.free import Fit, FreeSupply

EVERYTHING = Decimal(10**13)


class ItemShare:
    """One item's supply and earlier promises, kept up to date while stock is given away."""

    def __init__(self, item_id: int, supply: Supply) -> None:
        self._item_id = item_id
        self._picture = replace(supply, buckets=(), demands=())
        self._buckets: list[Bucket] = []
        self._own: dict[int, Demand] = {}
        self._others: list[Demand] = []

    def add(self, bucket: Bucket) -> None:
        self._buckets.append(bucket)

    def add_demand(self, demand: Demand) -> None:
        if demand.schedule_line_id and not self._is_component(demand):
            self._own[demand.schedule_line_id] = demand
        else:
            self._others.append(demand)

    def _is_component(self, demand: Demand) -> bool:
        """A line takes its goods once; what it takes of the same item beside them is a component's."""
        return demand.schedule_line_id in self._own

    def for_row(self, row_id: int, site_id: int | None, ship_date: date | None) -> Decimal:
        """Stock that is left after the promises made before this one, at its site (None: at any)."""
        own = self._own.get(row_id)
        turn = own.turn if own else (row_id, date.min, row_id)
        every = (*self._own.values(), *self._others)
        earlier = tuple(d for d in every if d.turn < turn and d is not own)
        free = FreeSupply(replace(self._picture, buckets=tuple(self._buckets), demands=earlier))
        found = ZERO
        fit = Fit(own.customer_id if own else 0, own.lasts if own else None, False, True)
        for site in self._at(site_id):
            pegs = free.take(self._item_id, site.id, _leaves(site, ship_date), EVERYTHING, fit)
            found += sum((peg.quantity for peg in pegs if peg.kind == "stock"), ZERO)
        return found

    def lots_for(
        self,
        row_id: int,
        site_id: int | None,
        ship_date: date | None,
        received: Mapping[int, date | None],
    ) -> list[int]:
        """Lots that may go to this order and last until they should: preferred site first, then what is kept for the
        customer, then what expires first, then the oldest.

        received: by lot id the day on which it came in.
        """
        own = self._own.get(row_id)
        customer, lasts = (own.customer_id, own.lasts) if own else (0, None)
        usable = [
            (
                number,
                bucket.customer_id == 0,
                bucket.until or date.max,
                received.get(bucket.id) or date.max,
                bucket.id,
            )
            for number, site in enumerate(self._at(site_id))
            for bucket in self._buckets
            if bucket.kind == "stock"
            and bucket.site_id == site.id
            and bucket.quantity > 0
            and bucket.customer_id in (0, customer)
            and (bucket.until or date.max) >= max(_leaves(site, ship_date), lasts or date.min)
        ]
        return list(dict.fromkeys(lot_id for *_, lot_id in sorted(usable)))

    def room_in(self, row_id: int, lot_id: int) -> Decimal:
        """What of a lot this order may have: all but what is kept for other customers."""
        own = self._own.get(row_id)
        allowed = (0, own.customer_id if own else 0)
        return sum(
            (
                b.quantity
                for b in self._buckets
                if b.kind == "stock" and b.id == lot_id and b.customer_id in allowed
            ),
            ZERO,
        )

    def take(self, row_id: int, lot_id: int, quantity: Decimal) -> None:
        """Notes that a schedule line has `quantity` of a lot now: less stock, and less that it still waits for."""
        own = self._own.get(row_id)
        customer, rest = own.customer_id if own else 0, quantity
        # What is kept for the customer goes first.
        for number, bucket in sorted(enumerate(self._buckets), key=lambda x: x[1].customer_id == 0):
            if (
                bucket.kind == "stock"
                and bucket.id == lot_id
                and bucket.customer_id in (0, customer)
            ):
                used = min(bucket.quantity, rest)
                self._buckets[number] = replace(bucket, quantity=bucket.quantity - used)
                rest -= used
        if own is not None:
            self._own[row_id] = replace(own, quantity=own.quantity - quantity)

    def _at(self, site_id: int | None) -> list[SiteFacts]:
        return [site for site in self._picture.sites if site_id in (None, site.id)]


def _leaves(site: SiteFacts, ship_date: date | None) -> date:
    return max(site.earliest_ship_date, ship_date or date.min)


def shares(supply: Supply) -> dict[int, ItemShare]:
    """A share per item that the picture knows."""
    found = {item_id: ItemShare(item_id, supply) for item_id in supply.sources}
    for bucket in supply.buckets:
        found[bucket.item_id].add(bucket)
    for demand in supply.demands:
        found[demand.item_id].add_demand(demand)
    return found
