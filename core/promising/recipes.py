"""Recipes, work centres and purchases from the database, for the items of an ask and all that they are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.company.calendar import Calendar, calendar_of
from core.company.policy import Policy
from core.promising.ctp import MOST_LEVELS
from core.promising.plant import (
    ANY_SITE,
    HUNDRED,
    ZERO,
    Centre,
    Component,
    PartClosure,
    Purchase,
    Recipe,
    Step,
    Times,
)
from core.supply.tables import (
    BomLine,
    ItemSource,
    Qualification,
    RoutingAlternate,
    RoutingStep,
    Supplier,
    WorkCentre,
    WorkCentreClosure,
)
from core.values import Period

SUPPLIER_UNKNOWN = "the supplier"


def with_components(session: Session, item_ids: Collection[int]) -> set[int]:
    """The items and everything that they are made of, over all levels."""
    found, level = set(item_ids), set(item_ids)
    for _ in range(MOST_LEVELS):
        below = set(
            session.scalars(select(BomLine.component_id).where(BomLine.item_id.in_(sorted(level))))
        )
        level = below - found
        if not level:
            break
        found |= level
    return found


def recipes_of(session: Session, item_ids: Collection[int]) -> dict[int, Recipe]:
    """Of those items that have components or steps."""
    if not item_ids:
        return {}
    wanted = sorted(item_ids)
    components: dict[int, dict[int, list[Component]]] = defaultdict(lambda: defaultdict(list))
    for line in session.scalars(
        select(BomLine).where(BomLine.item_id.in_(wanted)).order_by(BomLine.id)
    ):
        part = Component(line.component_id, line.quantity_per, line.scrap_percent)
        components[line.item_id][line.site_id or ANY_SITE].append(part)
    steps = _steps(session, wanted)
    sources = _sources(session, wanted) if components or steps else {}
    return {
        item_id: Recipe(
            item_id,
            tuple(components[item_id].pop(ANY_SITE, ())),
            tuple(steps.get(item_id, ())),
            *_lot(sources.get(item_id, ())),
            {site_id: tuple(parts) for site_id, parts in components[item_id].items()},
        )
        for item_id in wanted
        if item_id in components or item_id in steps
    }


def _steps(session: Session, item_ids: list[int]) -> dict[int, list[Step]]:
    """Only on work centres on which the item may be made; a step that has none left cannot be planned."""
    steps = session.scalars(
        select(RoutingStep).where(RoutingStep.item_id.in_(item_ids)).order_by(RoutingStep.step)
    ).all()
    if not steps:
        return {}
    others: dict[int, list[RoutingAlternate]] = defaultdict(list)
    for row in session.scalars(
        select(RoutingAlternate)
        .join(RoutingStep, RoutingStep.id == RoutingAlternate.routing_step_id)
        .where(RoutingStep.item_id.in_(item_ids))
        .order_by(RoutingAlternate.id)
    ):
        others[row.routing_step_id].append(row)
    strict, allowed = _qualified(session, steps, others)
    found: dict[int, list[Step]] = defaultdict(list)
    for step in steps:
        every = (step.work_centre_id, *(row.work_centre_id for row in others[step.id]))
        centres = tuple(c for c in every if c not in strict or (step.item_id, c) in allowed)
        found[step.item_id].append(
            Step(
                step.step,
                centres,
                step.setup_minutes,
                step.run_minutes,
                {row.work_centre_id: _times(step, row) for row in others[step.id]},
                {c: allowed[step.item_id, c] for c in centres if c in strict},
            )
        )
    return found


def _times(step: RoutingStep, other: RoutingAlternate) -> Times:
    return Times(
        step.setup_minutes if other.setup_minutes is None else other.setup_minutes,
        step.run_minutes if other.run_minutes is None else other.run_minutes,
    )


def _qualified(
    session: Session, steps: Iterable[RoutingStep], others: dict[int, list[RoutingAlternate]]
) -> tuple[set[int], dict[tuple[int, int], Period]]:
    """The centres of these steps that make only qualified items, and by (item, centre) the days on which they may."""
    centres = {step.work_centre_id for step in steps}
    centres |= {row.work_centre_id for rows in others.values() for row in rows}
    strict = set(
        session.scalars(
            select(WorkCentre.id).where(
                WorkCentre.id.in_(sorted(centres)), WorkCentre.qualified_only.is_(True)
            )
        )
    )
    if not strict:
        return strict, {}
    rows = session.scalars(
        select(Qualification).where(
            Qualification.work_centre_id.in_(sorted(strict)),
            Qualification.item_id.in_(sorted({step.item_id for step in steps})),
        )
    )
    return strict, {
        (row.item_id, row.work_centre_id): Period(
            row.valid_from or date.min, row.valid_to or date.max
        )
        for row in rows
    }


def _sources(session: Session, item_ids: Iterable[int]) -> dict[int, list[ItemSource]]:
    """Most preferred first."""
    found: dict[int, list[ItemSource]] = defaultdict(list)
    for row in session.scalars(
        select(ItemSource)
        .where(ItemSource.item_id.in_(sorted(item_ids)))
        .order_by(ItemSource.preference, ItemSource.id)
    ):
        found[row.item_id].append(row)
    return found


def _lot(sources: Sequence[ItemSource]) -> tuple[Decimal, Decimal, Decimal]:
    """(yield, minimum, multiple) of what is made: the row that names no supplier says it, without one the first."""
    own = min(sources, key=lambda row: row.supplier_id is not None, default=None)
    if own is None:
        return HUNDRED, ZERO, ZERO
    return own.yield_percent, own.minimum_lot, own.multiple_lot


def purchases_of(
    session: Session,
    item_ids: Collection[int],
    *,
    told: Collection[int],
    calendar: Calendar,
    policy: Policy,
) -> dict[int, Purchase]:
    """How the items are bought, as the most preferred source says. told: of these, which nothing here is made of, only where a source is kept, since a lead
    time alone is no plan.

    What is made elsewhere, without a recipe that we know, is as if it were bought by its lead time.
    """
    sources = _sources(session, item_ids)
    wanted = {row.supplier_id for rows in sources.values() for row in rows if row.supplier_id}
    suppliers = dict[int, Supplier]()
    if wanted:
        query = select(Supplier).where(Supplier.id.in_(sorted(wanted)))
        suppliers = {row.id: row for row in session.scalars(query)}
    items = session.execute(
        select(Item.id, Item.kind, Item.lead_days).where(Item.id.in_(sorted(item_ids)))
    )
    found = {}
    for item_id, kind, lead_days in items:
        rows = [row for row in sources[item_id] if row.qualified]
        if item_id in told and (not rows or kind != "bought"):
            continue
        days = lead_days or policy.default_lead_days
        ways = tuple(_purchase(row, suppliers, days, calendar) for row in rows)
        usual = ways[0] if ways else Purchase(SUPPLIER_UNKNOWN, days, calendar)
        found[item_id] = replace(usual, others=ways[1:])
    return found


def _purchase(
    source: ItemSource, suppliers: Mapping[int, Supplier], days: int, calendar: Calendar
) -> Purchase:
    """days: lead time where neither source nor supplier has one."""
    supplier = suppliers.get(source.supplier_id or 0)
    return Purchase(
        supplier.name if supplier else SUPPLIER_UNKNOWN,
        source.lead_days or (supplier.lead_days if supplier else 0) or days,
        calendar_of(supplier, calendar) if supplier else calendar,
        source.receive_days,
        supplier.late_days if supplier else 0,
        source.minimum_lot,
        source.multiple_lot,
        supplier.express_days if supplier else None,
        source.id,
        source.supplier_id or 0,
        source.unit_cost,
    )


def centres_of(
    session: Session, recipes: Iterable[Recipe], calendar: Calendar, *, lock: bool
) -> tuple[dict[int, Centre], int | None]:
    """The qualified work centres of the recipes, and the site at which they stand.

    lock: in the order of their ids, so that two confirmations that want the same hours see each other's result.
    """
    wanted = sorted(
        {centre for recipe in recipes for step in recipe.steps for centre in step.centres}
    )
    if not wanted:
        return {}, None
    query = select(WorkCentre).where(WorkCentre.id.in_(wanted)).order_by(WorkCentre.id)
    rows = session.scalars(query.with_for_update(key_share=True) if lock else query).all()
    closed: dict[int, list[Period]] = defaultdict(list)
    in_part: dict[int, list[PartClosure]] = defaultdict(list)
    for row in session.scalars(
        select(WorkCentreClosure).where(WorkCentreClosure.work_centre_id.in_(wanted))
    ):
        period = Period(row.first, row.last)
        if row.minutes is None:
            closed[row.work_centre_id].append(period)
        else:
            in_part[row.work_centre_id].append(PartClosure(period, Decimal(row.minutes)))
    centres = {
        row.id: Centre(
            row.id,
            row.code,
            Decimal(row.minutes_per_day),
            calendar_of(row, calendar),
            tuple(closed[row.id]),
            tuple(in_part[row.id]),
            row.reserve_percent,
            overtime_minutes=Decimal(row.overtime_minutes),
            site_id=row.site_id or ANY_SITE,
        )
        for row in rows
    }
    return centres, next((row.site_id for row in rows if row.site_id), None)


def sites_of(session: Session, recipes: Iterable[Recipe]) -> dict[int, int | None]:
    """By work centre of these recipes the site at which it stands."""
    wanted = {centre for recipe in recipes for centre in recipe.every_centre}
    rows = session.execute(
        select(WorkCentre.id, WorkCentre.site_id).where(WorkCentre.id.in_(sorted(wanted)))
    )
    return {centre_id: site_id for centre_id, site_id in rows}  # noqa: C416 (rows are not tuples to mypy)
