"""What production orders and transfers still need: components, and minutes of work centres."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.promising.ask import ZERO, Demand
from core.promising.coming import Coming
from core.promising.lots import ShopOrder
from core.promising.plant import Centre, Recipe
from core.supply.tables import BomLine, Receipt, RoutingStep

FIRST_OF_ALL = 10**12
"""Taken off the rank of what is served before every promise."""


@dataclass(frozen=True, slots=True)
class Production:
    """The open rest of a production order, as the shop tells it. untouched: nothing of it is done yet."""

    id: int
    item_id: int
    site_id: int
    rest: Decimal
    untouched: bool
    begins_on: date | None
    expected_date: date
    stage: str
    for_order: str
    for_position: int | None

    def as_shop_order(self, lines: frozenset[int]) -> ShopOrder:
        return ShopOrder(
            self.id,
            self.item_id,
            self.site_id,
            self.rest,
            self.begins_on,
            self.expected_date,
            self.stage == "started",
            lines,
        )


def production(
    session: Session, centres: Iterable[int], item_ids: Iterable[int]
) -> list[Production]:
    """Open production orders that use these work centres or take these items as components.

    In two questions: of one with an "or" no database finds its way by index.
    """
    routed = select(RoutingStep.item_id).where(RoutingStep.work_centre_id.in_(sorted(centres)))
    made_of = select(BomLine.item_id).where(BomLine.component_id.in_(sorted(item_ids)))
    found: dict[int, Production] = {}
    for items in (routed, made_of) if centres else (made_of,):
        rows: Any = session.execute(
            select(
                Receipt.id,
                Receipt.item_id,
                Receipt.site_id,
                Receipt.quantity - Receipt.received_quantity,
                Receipt.received_quantity == 0,
                Receipt.begins_on,
                Receipt.expected_date,
                Receipt.stage,
                Receipt.for_order,
                Receipt.for_position,
            ).where(
                Receipt.item_id.in_(items),
                Receipt.kind == "production",
                Receipt.closed.is_(False),
                Receipt.quantity > Receipt.received_quantity,
            )
        )
        found |= {row.id: Production(*row) for row in rows}
    return list(found.values())


def production_demands(
    orders: Iterable[Production],
    recipes: Mapping[int, Recipe],
    served: Mapping[int, Decimal],
    ranks: Mapping[int, int],
    today: date,
) -> list[Demand]:
    """Components that production orders have not taken from the shelf yet. served: as of core.promising.lots.Netted.

    ranks: of promises for which they are; a later one must not take what an earlier one is made from because its order
    was released first. Whom others are for nobody knows, so they are served before every promise.
    """
    return [
        Demand(
            part.item_id,
            order.site_id,
            part.needed(recipes[order.item_id].begun(rest)),
            max(order.begins_on or order.expected_date, today),
            ranks.get(order.id, order.id - FIRST_OF_ALL),
            inside=True,
        )
        for order in orders
        if order.stage != "started" and order.item_id in recipes
        if (rest := order.rest - served.get(order.id, ZERO)) > 0
        for part in recipes[order.item_id].parts_at(order.site_id)
    ]


def transfer_demands(receipts: Iterable[Coming], today: date) -> list[Demand]:
    """Transfers that have not left yet: supply where they go, and a need where they come from."""
    return [
        Demand(
            row.item_id,
            row.from_site_id,
            row.rest,
            max(row.begins_on or row.expected_date, today),
            row.id - FIRST_OF_ALL,
        )
        for row in receipts
        if row.from_site_id is not None and row.stage != "started"
    ]


def production_minutes(
    orders: Iterable[Production],
    recipes: Mapping[int, Recipe],
    centres: Mapping[int, Centre],
    served: Mapping[int, Decimal],
    stands: Mapping[int, int | None],
    today: date,
) -> dict[tuple[int, date], Decimal]:
    """By (work centre, day): the rest of each production order, spread evenly over its working days.

    stands: by work centre its site; an order is worked on where it is.

    Setting up is done once: not again for what is left of an order, nor beside the promise that sets up for its lot.
    """
    found: dict[tuple[int, date], Decimal] = defaultdict(Decimal)
    for order in orders:
        recipe = recipes.get(order.item_id)
        own = served.get(order.id, ZERO)
        if recipe is None or order.rest <= own:
            continue
        begun = recipe.begun(order.rest - own)
        for step in recipe.steps:
            there = [c for c in step.centres if stands.get(c) in (None, order.site_id)]
            centre = next((centres[c] for c in (there or step.centres)[:1] if c in centres), None)
            if centre is None:
                continue
            minutes = step.minutes(begun)
            if own or not order.untouched:
                minutes -= step.setup_minutes
            days = _days(centre, max(order.begins_on or today, today), order.expected_date)
            for day in days:
                found[centre.id, day] += round(minutes / len(days), 6)
    return dict(found)


def _days(centre: Centre, first: date, last: date) -> list[date]:
    """The centre's working days of the span; at least one, so that work that is late is not lost."""
    span = range(max((last - first).days, 0) + 1)
    days = [first + timedelta(days=n) for n in span]
    return [day for day in days if centre.minutes_on(day) > 0] or [
        centre.calendar.on_or_after(first)
    ]
