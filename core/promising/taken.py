"""A picture of supply without what some promised parts live from; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from core.promising.ask import ZERO, Promised, Supply


def less(supply: Supply, parts: Iterable[Promised]) -> Supply:
    """Each part takes the very lots and receipts that it is pegged to, and the minutes that its plan claims."""
    goods: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    minutes = dict(supply.plant.booked) if supply.plant else {}
    for part in parts:
        for peg in part.pegging:
            if peg.kind in ("stock", "receipt"):
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
