"""The supply picture from the database: what is there, what comes, and what earlier promises take of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from core.catalogue.tables import CustomerItem, Item
from core.company.calendar import Calendar
from core.company.policy import Policy, company_calendar, company_zone, policy_of
from core.company.tables import Company
from core.execution.tables import Allocation
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.parties.tables import Customer
from core.promising.ask import ZERO, Bucket, Demand, SiteFacts, Source, Supply
from core.promising.booked import (
    claimed_minutes,
    component_demands,
    production,
    production_demands,
    production_minutes,
    transfer_demands,
)
from core.promising.expedites import expedited
from core.promising.offers import offered_demands, offered_minutes
from core.promising.plant import Plant
from core.promising.recipes import centres_of, purchases_of, recipes_of, with_components
from core.promising.ways import calendar_of, clock, lanes_between
from core.supply.tables import KeptStock, Receipt, Site, StockLot, Supplier

LONGEST_LEAD = 2600  # ten years of working days: beyond that somebody mistyped
Counts = tuple[ColumnElement[bool], ...]


def picture(
    session: Session,
    item_ids: Collection[int],
    *,
    now: datetime,
    leave_out_order_id: int | None = None,
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
        session.execute(
            select(Item.id).where(Item.id.in_(wanted)).order_by(Item.id).with_for_update()
        )
    company = session.get(Company, 1)
    today = now.astimezone(company_zone(company)).date()
    calendar, policy = company_calendar(company), policy_of(company)
    sites = _sites(session, calendar, now.astimezone(company_zone(company)))
    counts = _others(leave_out_order_id, leave_out_line_ids)
    allocated = _allocated(session, wanted, counts)
    sources = _sources(session, wanted, policy)
    stock, held = _stock(session, wanted, sites, allocated, today)
    coming = _open_receipts(session, wanted)
    receipts = _receipts(session, coming, sites, calendar, policy, today, draft_id)
    demands = _demands(session, wanted, sites, held, counts, today)
    ranked = tuple(sorted(sites.values(), key=lambda s: (s.priority, s.id)))
    components = component_demands(session, wanted, held, counts, today)
    transfers = transfer_demands((row for row, *_ in coming), today)
    plant, production_needs = _plant(
        session, asked, wanted, ranked, calendar, policy, counts, today, lock=lock
    )
    held_by_offers = list[Demand]()
    if offers:
        held_by_offers = offered_demands(session, wanted, now=now, but_draft_id=draft_id)
        plant = _less_offered(session, plant, now, draft_id)
    return Supply(
        calendar,
        ranked,
        (*stock, *receipts),
        (*demands, *components, *production_needs, *transfers, *held_by_offers),
        sources,
        plant,
        lanes=lanes_between(session, ranked, calendar),
        horizons=_horizons(sources, calendar, policy, today),
        one_site=policy.one_site,
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
    sites: Sequence[SiteFacts],
    calendar: Calendar,
    policy: Policy,
    counts: Counts,
    today: date,
    *,
    lock: bool,
) -> tuple[Plant | None, list[Demand]]:
    """What making and buying takes, and what production orders still need of components."""
    recipes = recipes_of(session, wanted)
    centres, site_id = centres_of(session, recipes.values(), calendar, lock=lock)
    orders = production(session, centres, wanted)
    every = {**recipes_of(session, {o.item_id for o in orders} - recipes.keys()), **recipes}
    needs = [d for d in production_demands(orders, every, today) if d.item_id in wanted]
    purchases = purchases_of(session, wanted, told=asked, calendar=calendar, policy=policy)
    if not sites or not any(item_id in recipes or item_id in purchases for item_id in asked):
        return None, needs
    booked = claimed_minutes(session, centres, counts, today)
    for key, minutes in production_minutes(orders, every, centres, today).items():
        booked[key] = booked.get(key, ZERO) + minutes
    known = {site.id for site in sites}
    plant_site = site_id if site_id in known else sites[0].id
    plant = Plant(
        plant_site or sites[0].id, recipes, purchases, centres, booked, policy.make_safety_days
    )
    return plant, needs


def _others(order_id: int | None, line_ids: Collection[int]) -> Counts:
    """Which order lines count: an order never counts against itself."""
    tests = [OrderLine.order_id != order_id] if order_id else []
    return (*tests, OrderLine.id.not_in(sorted(line_ids))) if line_ids else tuple(tests)


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


@dataclass(frozen=True, slots=True)
class _Held:
    schedule_line_id: int
    lot_id: int
    quantity: Decimal
    customer_id: int


def _allocated(session: Session, item_ids: list[int], counts: Counts) -> list[_Held]:
    rows = session.execute(
        select(
            Allocation.schedule_line_id,
            Allocation.lot_id,
            Allocation.quantity,
            Order.customer_id,
        )
        .join(OrderLine, OrderLine.id == Allocation.order_line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(OrderLine.item_id.in_(item_ids), *counts)
    )
    return [_Held(*row) for row in rows]


def _stock(
    session: Session,
    item_ids: list[int],
    sites: Mapping[int, SiteFacts],
    allocated: list[_Held],
    today: date,
) -> tuple[list[Bucket], dict[int, Decimal]]:
    """Usable lots less what is allocated of them, and per schedule line how much of it a usable lot holds."""
    by_lot: dict[int, list[_Held]] = defaultdict(list)
    for row in allocated:
        by_lot[row.lot_id].append(row)
    buckets, held = list[Bucket](), dict[int, Decimal]()
    kept = _kept(session, item_ids, today)
    rows = session.scalars(
        select(StockLot)
        .where(
            StockLot.item_id.in_(item_ids),
            StockLot.quality == "released",
            StockLot.on_hand_quantity > 0,
        )
        .order_by(StockLot.id)
    )
    for lot in rows:
        if lot.expires_on is not None and lot.expires_on < today:
            continue
        left, place = lot.on_hand_quantity, (lot.item_id, lot.site_id)
        for row in by_lot[lot.id]:
            used = min(left, row.quantity)
            left -= used
            held[row.schedule_line_id] = held.get(row.schedule_line_id, ZERO) + used
            if row.customer_id in kept.get(place, {}):
                kept[place][row.customer_id] -= used
        bucket = Bucket(
            "stock",
            lot.id,
            lot.lot,
            lot.item_id,
            lot.site_id,
            left,
            sites[lot.site_id].earliest_ship_date,
            today,
            lot.expires_on,
            customer_id=lot.customer_id or 0,
        )
        buckets.append(bucket)
    return _divided(buckets, kept), held


Kept = dict[tuple[int, int], dict[int, Decimal]]


def _kept(session: Session, item_ids: list[int], today: date) -> Kept:
    """By (item, site) and customer: what is kept of the stock."""
    found: Kept = defaultdict(dict)
    for row in session.scalars(
        select(KeptStock).where(
            KeptStock.item_id.in_(item_ids),
            or_(KeptStock.until.is_(None), KeptStock.until >= today),
        )
    ):
        found[row.item_id, row.site_id][row.customer_id] = row.quantity
    return found


def _divided(buckets: list[Bucket], kept: Kept) -> list[Bucket]:
    """What is kept is a bucket of its own: taken from what lasts longest, since nobody knows when it will be wanted."""
    if not kept:
        return buckets
    found = []
    for bucket in sorted(buckets, key=lambda b: b.until or date.max, reverse=True):
        left = bucket.quantity
        wants = kept.get((bucket.item_id, bucket.site_id), {})
        for customer_id in wants if bucket.customer_id == 0 else ():
            part = min(max(wants[customer_id], ZERO), left)
            if part > 0:
                wants[customer_id] -= part
                left -= part
                found.append(replace(bucket, quantity=part, customer_id=customer_id))
        found.append(replace(bucket, quantity=left))
    return found


Coming = Sequence[tuple[Receipt, int | None, int]]


def _open_receipts(session: Session, item_ids: list[int]) -> Coming:
    """(receipt, days by which its supplier is known to be late, days for which the item lasts)."""
    rows = session.execute(
        select(Receipt, Supplier.late_days, Item.shelf_life_days)
        .join(Item, Item.id == Receipt.item_id)
        .outerjoin(Supplier, Supplier.id == Receipt.supplier_id)
        .where(
            Receipt.item_id.in_(item_ids),
            Receipt.closed.is_(False),
            Receipt.quantity > Receipt.received_quantity,
        )
    )
    return [(row, late_days, shelf_life) for row, late_days, shelf_life in rows]


def _receipts(
    session: Session,
    rows: Coming,
    sites: Mapping[int, SiteFacts],
    calendar: Calendar,
    policy: Policy,
    today: date,
    draft_id: int | None,
) -> list[Bucket]:
    """Open rests; an overdue one counts as coming in some working days from today.

    What a supplier is known to be late by is added to the day that it said.
    """
    sooner = expedited(session, [row.id for row, *_ in rows], draft_id=draft_id) if rows else {}
    found = []
    for row, late_days, shelf_life in rows:
        site = sites[row.site_id]
        said = min(row.expected_date, sooner.get(row.id, date.max))
        late = said < today
        due = calendar.plus(today, policy.late_receipt_days) if late else said
        if late_days:
            due = max(due, calendar.plus(said, late_days))
        ready = (site.calendar or calendar).plus(due, site.handling_days)
        found.append(
            Bucket(
                "receipt",
                row.id,
                row.number,
                row.item_id,
                row.site_id,
                row.quantity - row.received_quantity,
                max(ready, site.earliest_ship_date),
                due,
                due + timedelta(days=shelf_life) if shelf_life else None,
                late,
            )
        )
    return found


def _demands(
    session: Session,
    item_ids: list[int],
    sites: Mapping[int, SiteFacts],
    held: Mapping[int, Decimal],
    counts: Counts,
    today: date,
) -> tuple[Demand, ...]:
    """Open promises of booked orders, less what is allocated to them already."""
    rows: Any = session.execute(
        select(
            ScheduleLine.id,
            OrderLine.item_id,
            ScheduleLine.site_id,
            ScheduleLine.quantity,
            ScheduleLine.shipped_quantity,
            ScheduleLine.ship_date,
            ScheduleLine.promised_date,
            ScheduleLine.ranked_as,
            Order.customer_id,
        )
        .join(OrderLine, OrderLine.id == ScheduleLine.line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(
            OrderLine.item_id.in_(item_ids),
            OrderLine.stock_quantity > OrderLine.cancelled_quantity + OrderLine.shipped_quantity,
            Order.status == "booked",
            *counts,
            ScheduleLine.quantity > ScheduleLine.shipped_quantity,
        )
    ).all()
    main = next(iter(sites), 0)
    shelf = shelf_days(session, {row.customer_id for row in rows}, item_ids)
    found = []
    for (
        schedule_id,
        item_id,
        site_id,
        quantity,
        shipped,
        ship,
        arrival,
        ranked_as,
        customer,
    ) in rows:
        open_quantity = quantity - shipped - held.get(schedule_id, ZERO)
        days = shelf.get((customer, item_id), 0)
        if open_quantity > 0:
            found.append(
                Demand(
                    item_id,
                    site_id or main,
                    open_quantity,
                    ship or today,
                    schedule_id if ranked_as is None else ranked_as,
                    schedule_id,
                    customer,
                    max(arrival, today) + timedelta(days=days) if days and arrival else None,
                )
            )
    return tuple(found)


def shelf_days(
    session: Session, customer_ids: Collection[int], item_ids: Collection[int]
) -> dict[tuple[int, int], int]:
    """By (customer, item): how long goods must last after they arrive; absent where nothing is asked."""
    if not customer_ids:
        return {}
    rows = session.execute(
        select(
            Customer.id,
            Customer.shelf_life_days,
            CustomerItem.item_id,
            CustomerItem.shelf_life_days.label("own"),
        )
        .outerjoin(
            CustomerItem,
            and_(
                CustomerItem.customer_id == Customer.id,
                CustomerItem.item_id.in_(sorted(item_ids)),
                CustomerItem.shelf_life_days.is_not(None),
            ),
        )
        .where(Customer.id.in_(sorted(customer_ids)))
    ).all()
    found = {
        (row.id, item_id): row.shelf_life_days
        for row in rows
        if row.shelf_life_days
        for item_id in item_ids
    }
    return found | {(row.id, row.item_id): row.own for row in rows if row.own is not None}


def _sources(session: Session, item_ids: list[int], policy: Policy) -> dict[int, Source]:
    rows = session.execute(
        select(Item.id, Item.number, Item.stock_unit, Item.kind, Item.lead_days).where(
            Item.id.in_(item_ids)
        )
    )
    return {
        item_id: Source(
            number, unit, kind, min(lead_days or policy.default_lead_days, LONGEST_LEAD)
        )
        for item_id, number, unit, kind, lead_days in rows
    }
