"""A picture of supply without what some promised parts live from; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from decimal import Decimal

from core.promising.ask import GOODS, ZERO, Promised, Supply
from core.promising.free import FreeSupply


def less(supply: Supply, parts: Iterable[Promised]) -> Supply:
    """Each part takes the very lots and receipts that it is pegged to, and the minutes that its plan claims."""
    goods: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    minutes = dict(supply.plant.booked) if supply.plant else {}
    for part in parts:
        for peg in part.pegging:
            if peg.kind in GOODS:
                goods[peg.kind, peg.id] += peg.quantity
        for claim in part.claims:
            if claim.kind == "capacity":
                key = (claim.centre_id, claim.day)
                minutes[key] = minutes.get(key, ZERO) + claim.amount
    buckets = []
    for bucket in sorted(supply.buckets, key=lambda b: b.customer_id == 0):  # what is kept first
        used = min(bucket.quantity, goods[bucket.kind, bucket.id])
        goods[bucket.kind, bucket.id] -= used
        buckets.append(replace(bucket, quantity=bucket.quantity - used))
    plant = replace(supply.plant, booked=minutes) if supply.plant else None
    return replace(supply, buckets=tuple(buckets), plant=plant)


def settled(supply: Supply) -> Supply:
    """The same picture after earlier promises were served, so that they are not served again for every try."""
    if not supply.demands:
        return supply
    return replace(supply, buckets=FreeSupply(supply).left(), demands=())


def of_items(supply: Supply, item_ids: Collection[int]) -> Supply:
    """What the picture knows of these items."""
    return replace(
        supply,
        buckets=tuple(b for b in supply.buckets if b.item_id in item_ids),
        demands=tuple(d for d in supply.demands if d.item_id in item_ids),
    )


def with_items(settled_supply: Supply, other: Supply, item_ids: Collection[int]) -> Supply:
    """A settled picture in which these items are as in `other`, settled too."""
    kept = tuple(b for b in settled_supply.buckets if b.item_id not in item_ids)
    return replace(settled_supply, buckets=(*kept, *settled(of_items(other, item_ids)).buckets))
