"""The supply picture from the database: what is there, what comes, and what earlier promises take of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.company.calendar import Calendar, calendar_of
from core.company.policy import Policy, company_calendar, company_zone, policy_of
from core.company.tables import Company
from core.orders.tables import OrderLine
from core.promising.ask import ZERO, Demand, SiteFacts, Source, Supply
from core.promising.booked import claimed_minutes, component_demands
from core.promising.coming import open_receipts, receipts
from core.promising.coming_back import returns_to_come
from core.promising.expedites import as_asked_for
from core.promising.fulfilled import fulfilled, made_beforehand
from core.promising.lots import Netted
from core.promising.offers import offered_demands, offered_minutes
from core.promising.on_hand import allocated, stock
from core.promising.plant import Plant
from core.promising.production import (
    production,
    production_demands,
    production_minutes,
    transfer_demands,
)
from core.promising.promised_before import demands
from core.promising.recipes import centres_of, purchases_of, recipes_of, sites_of, with_components
from core.promising.said import kept_for_lines, lines_said, ranks_of
from core.promising.ways import clock, lanes_between
from core.supply.inspected import InspectDays, inspect_days
from core.supply.tables import Site
from core.units import step_of

LONGEST_LEAD = 2600  # ten years of working days: beyond that somebody mistyped
Counts = tuple[ColumnElement[bool], ...]


def picture(
    session: Session,
    item_ids: Collection[int],
    *,
    now: datetime,
    leave_out_line_ids: Collection[int] = (),
    draft_id: int | None = None,
    offers: bool = True,
    lock: bool = False,
) -> Supply:
    """All supply and all earlier promises of these items; an order never counts against itself.

    draft_id: the draft that asks: its own offer does not count, and what it had brought forward does. offers: whether
    what other drafts hold counts; not for a promise that was booked before.

    lock: takes row locks on the items in the order of their ids, so that two confirmations that want the same goods
    see each other's result.
    """
    asked = set(item_ids)
    wanted = sorted(with_components(session, asked))
    if lock:
        _lock(session, wanted)
    company = session.get(Company, 1)
    today = now.astimezone(company_zone(company)).date()
    calendar, policy = company_calendar(company), policy_of(company)
    sites = _sites(session, calendar, now.astimezone(company_zone(company)))
    counts = _others(leave_out_line_ids)
    tied = allocated(session, wanted, counts)
    sources = _sources(session, wanted, policy)
    times = inspect_days(session, wanted)
    there, held = stock(session, wanted, sites, tied, times, policy, today)
    rows = open_receipts(session, wanted)
    coming = receipts(session, rows, sites, calendar, policy, today, draft_id, times)
    if policy.count_returns:
        coming += returns_to_come(session, wanted, sites, times, today)
    goods = demands(session, wanted, sites, held, counts, today)
    ranked = tuple(sorted(sites.values(), key=lambda s: (s.priority, s.id)))
    transfers = transfer_demands(rows, today)
    plant, production_needs, netted = _plant(
        session,
        asked,
        wanted,
        goods,
        ranked,
        calendar,
        policy,
        times,
        today,
        leave_out_line_ids,
        lock=lock,
    )
    plant = as_asked_for(
        session, plant, draft_id=draft_id, line_ids=leave_out_line_ids, today=today
    )
    components = component_demands(session, wanted, held, netted, counts, today)
    said = lines_said(session, rows)
    if said or netted.pegs:
        coming = kept_for_lines(
            coming, (*goods, *components), netted, said, set(leave_out_line_ids)
        )
    held_by_offers = list[Demand]()
    if offers:
        held_by_offers = offered_demands(session, wanted, now=now, but_draft_id=draft_id)
        plant = _less_offered(session, plant, now, draft_id)
    return Supply(
        calendar,
        ranked,
        (*there, *coming),
        (*goods, *components, *production_needs, *transfers, *held_by_offers),
        sources,
        plant,
        lanes=lanes_between(session, ranked, calendar),
        horizons=_horizons(sources, calendar, policy, today),
        one_site=policy.one_site,
    )


def lock_goods(session: Session, item_ids: Collection[int]) -> None:
    """For who reads promises of these items before it asks for the picture of them: as picture(lock=True) does."""
    _lock(session, sorted(with_components(session, item_ids)))


def _lock(session: Session, item_ids: Sequence[int]) -> None:
    session.execute(
        select(Item.id)
        .where(Item.id.in_(item_ids))
        .order_by(Item.id)
        .with_for_update(key_share=True)
    )


def _horizons(
    sources: Mapping[int, Source], calendar: Calendar, policy: Policy, today: date
) -> dict[int, date]:
    """By item the last day for which supply is kept: what leaves later can be got anew in the meantime.

    Never sooner than the item's own lead time, so that an order beyond the horizon is safe without stock.
    """
    if policy.horizon_days <= 0:
        return {}
    least = today + timedelta(days=policy.horizon_days)
    leads = {source.lead_days for source in sources.values()}
    ends = {days: max(least, calendar.plus(today, days)) for days in leads}
    return {item_id: ends[source.lead_days] for item_id, source in sources.items()}


def _less_offered(
    session: Session, plant: Plant | None, now: datetime, draft_id: int | None
) -> Plant | None:
    """The plant without the minutes that other drafts' offers hold."""
    if plant is None or not plant.centres:
        return plant
    booked = dict(plant.booked)
    taken = offered_minutes(session, plant.centres, now=now, but_draft_id=draft_id)
    for key, minutes in taken.items():
        booked[key] = booked.get(key, ZERO) + minutes
    return replace(plant, booked=booked)


def _plant(
    session: Session,
    asked: Collection[int],
    wanted: Collection[int],
    goods: Sequence[Demand],
    sites: Sequence[SiteFacts],
    calendar: Calendar,
    policy: Policy,
    times: InspectDays,
    today: date,
    leave_out_line_ids: Collection[int],
    *,
    lock: bool,
) -> tuple[Plant | None, list[Demand], Netted]:
    """What making and buying takes, what production orders still need of components, and which lots they make."""
    recipes = recipes_of(session, wanted)
    centres, site_id = centres_of(session, recipes.values(), calendar, lock=lock)
    there = made_beforehand(session, centres, wanted)
    orders = production(session, centres, wanted)
    said = lines_said(session, orders)
    netted = fulfilled(session, orders, said, there, line_ids=leave_out_line_ids)
    every = {**recipes_of(session, {o.item_id for o in orders} - recipes.keys()), **recipes}
    ranks = ranks_of(netted, said, goods)
    needs = [
        d
        for d in production_demands(orders, every, netted.served, ranks, today)
        if d.item_id in wanted
    ]
    parts = {part.item_id for recipe in recipes.values() for part in recipe.every_part}
    told = set(asked) - parts
    purchases = purchases_of(session, wanted, told=told, calendar=calendar, policy=policy)
    if not sites or not any(item_id in recipes or item_id in purchases for item_id in asked):
        return None, needs, netted
    counts = _others(leave_out_line_ids)
    booked = claimed_minutes(session, centres, netted, counts, today)
    stands = sites_of(session, every.values()) if orders else {}
    shop = production_minutes(orders, every, centres, netted.served, stands, today)
    for key, minutes in shop.items():
        booked[key] = booked.get(key, ZERO) + minutes
    known = {site.id for site in sites}
    plant_site = (site_id if site_id in known else None) or sites[0].id
    plant = Plant(
        plant_site,
        recipes,
        purchases,
        centres,
        booked,
        policy.make_safety_days,
        netted,
        times.by_place,
    )
    return plant, needs, netted


def _others(line_ids: Collection[int]) -> Counts:
    """Which order lines count: an order never counts against itself."""
    return (OrderLine.id.not_in(sorted(line_ids)),) if line_ids else ()


def _sites(session: Session, calendar: Calendar, local: datetime) -> dict[int, SiteFacts]:
    found = {}
    for site in session.scalars(select(Site).order_by(Site.priority, Site.id)):
        own = calendar_of(site, calendar)
        today = local.date()
        missed = local.time() > clock(site.cut_off) and own.works(today)
        first = own.plus(today, 1 if missed else 0)
        found[site.id] = SiteFacts(
            site.id,
            site.code,
            site.priority,
            site.handling_days,
            own.plus(first, site.handling_days),
            site.ships,
            own,
        )
    return found


def _sources(session: Session, item_ids: list[int], policy: Policy) -> dict[int, Source]:
    rows = session.execute(
        select(
            Item.id,
            Item.number,
            Item.stock_unit,
            Item.kind,
            Item.lead_days,
            Item.multiple_quantity,
        ).where(Item.id.in_(item_ids))
    )
    return {
        item_id: Source(
            number,
            unit,
            kind,
            min(lead_days or policy.default_lead_days, LONGEST_LEAD),
            step_of(unit, multiple),
        )
        for item_id, number, unit, kind, lead_days, multiple in rows
    }
