"""How much of an item's stock a schedule line may take while every earlier promise keeps what it lives from; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.promising.ask import ZERO, Bucket, Demand, SiteFacts, Supply
from core.promising.free import FreeSupply

EVERYTHING = Decimal(10**13)


class ItemShare:
    """One item's supply and earlier promises, kept up to date while stock is given away."""

    def __init__(self, item_id: int, supply: Supply) -> None:
        self._item_id = item_id
        self._picture = replace(supply, buckets=(), demands=())
        self._buckets: list[Bucket] = []
        self._demands: dict[int, Demand] = {}

    def add(self, bucket: Bucket) -> None:
        self._buckets.append(bucket)

    def add_demand(self, demand: Demand) -> None:
        self._demands[demand.rank] = demand

    def for_row(self, row_id: int, site_id: int | None, ship_date: date | None) -> Decimal:
        """Stock that is left after the promises made before this one, at its site (None: at any)."""
        earlier = tuple(d for rank, d in self._demands.items() if rank < row_id)
        free = FreeSupply(replace(self._picture, buckets=tuple(self._buckets), demands=earlier))
        found = ZERO
        for site in self._at(site_id):
            pegs = free.take(self._item_id, site.id, _leaves(site, ship_date), EVERYTHING)
            found += sum((peg.quantity for peg in pegs if peg.kind == "stock"), ZERO)
        return found

    def lots_for(
        self, site_id: int | None, ship_date: date | None, received: Mapping[int, date | None]
    ) -> list[int]:
        """Lots that last until the goods leave: preferred site first, then what expires first, then the oldest.

        received: by lot id the day on which it came in.
        """
        usable = [
            (number, bucket.until or date.max, received.get(bucket.id) or date.max, bucket.id)
            for number, site in enumerate(self._at(site_id))
            for bucket in self._buckets
            if bucket.kind == "stock"
            and bucket.site_id == site.id
            and (bucket.until or date.max) >= _leaves(site, ship_date)
        ]
        return [lot_id for *_, lot_id in sorted(usable)]

    def take(self, row_id: int, lot_id: int, quantity: Decimal) -> None:
        """Notes that a schedule line has `quantity` of a lot now: less stock, and less that it still waits for."""
        self._buckets = [
            replace(b, quantity=b.quantity - quantity)
            if b.kind == "stock" and b.id == lot_id
            else b
            for b in self._buckets
        ]
        own = self._demands.get(row_id)
        if own is not None:
            self._demands[row_id] = replace(own, quantity=own.quantity - quantity)

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
