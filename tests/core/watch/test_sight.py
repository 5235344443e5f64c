"""A promise sees the same supply whether the promises before it are served anew for it or one after the other."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from core.company.calendar import Calendar
from core.promising.ask import Bucket, Demand, SiteFacts, Supply
from core.promising.free import FreeSupply
from core.promising.plant import Component, Plant, Recipe
from core.watch.sight import Sight

TODAY = date(2026, 3, 2)
D = Decimal


def a_picture(random: Random) -> Supply:
    """Item 1 is made of 2; demands of both by promises that share ranks, and by nobody's promise."""

    def day() -> date:
        return TODAY + timedelta(days=random.randrange(20))

    sites = tuple(SiteFacts(n, f"S{n}", n, 0, TODAY) for n in (1, 2))
    buckets = tuple(
        Bucket(
            random.choice(("stock", "receipt")), n, f"B{n}", random.choice((1, 2)), random.choice((1, 2)),
            D(random.randrange(1, 9)), day(), TODAY, customer_id=random.choice((0, 0, 7)),
            late=random.random() < 0.1,
        )
        for n in range(1, 14)
    )  # fmt: skip
    demands = tuple(
        Demand(
            random.choice((1, 2)), random.choice((1, 2)), D(random.randrange(1, 5)), day(),
            random.randrange(1, 15), promise, random.choice((0, 7)), inside=random.random() < 0.3,
        )
        for promise in range(15)
        for _ in range(random.randrange(1, 3))
    )  # fmt: skip
    plant = Plant(1, {1: Recipe(1, (Component(2, D(1)),), ())})
    horizons = {1: TODAY + timedelta(days=12)} if random.random() < 0.5 else {}
    return Supply(Calendar(), sites, buckets, demands, plant=plant, horizons=horizons)


def left(supply: Supply) -> dict[tuple[int, str], Decimal]:
    return {(b.id, b.kind): b.quantity for b in FreeSupply(supply).left()}


@pytest.mark.parametrize("seed", range(60))
def test_served_one_after_the_other(seed: int) -> None:
    random = Random(seed)
    supply = a_picture(random)
    sight = Sight(supply, ())
    promises = [d for d in supply.demands if d.schedule_line_id]
    random.shuffle(promises)
    ordered = sorted(promises, key=lambda d: d.turn)
    for promise in (*ordered, *promises):
        items = {1, 2} if promise.item_id == 1 else {2}
        for before in (promise.turn, None):
            alone = Supply(
                supply.calendar,
                supply.sites,
                tuple(b for b in supply.buckets if b.item_id in items),
                tuple(
                    d
                    for d in supply.demands
                    if d.item_id in items
                    and d.schedule_line_id != promise.schedule_line_id
                    and (before is None or d.turn < before)
                ),
                horizons=supply.horizons,
            )
            seen = sight.of(promise.schedule_line_id, promise.item_id, before, buys=False)
            assert left(seen) == left(alone)
