"""The ways to the customer and between our sites, from the database: lanes, carriers and calendars on both sides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.company.calendar import Calendar
from core.parties.tables import CustomerAddress
from core.promising.ask import Ask, SiteFacts
from core.promising.delivery import Delivery, Lane, Route
from core.supply.tables import CarrierService, CountryCalendar, TransferLane, TransitLane


def clock(text: str) -> time:
    """ "14:00" as a time of day; without one, the end of the day."""
    hour, _, minute = text.partition(":")
    if hour.isdigit() and minute.isdigit() and int(hour) < 24 and int(minute) < 60:
        return time(int(hour), int(minute))
    return time.max


def calendar_of(row: Any, ours: Calendar) -> Calendar:
    """A row's own working days and holidays where it has any, else the company's."""
    days = frozenset(int(day) for day in row.working_days) or ours.working_days
    free = frozenset(date.fromisoformat(day) for day in row.holidays) or ours.holidays
    return Calendar(days, free)


def lanes_between(
    session: Session, sites: Iterable[SiteFacts], calendar: Calendar
) -> tuple[Lane, ...]:
    """Ways between our sites; handling at the other end is in their days."""
    known = {site.id: site for site in sites}
    if len(known) < 2:
        return ()
    return tuple(
        Lane(
            row.from_site_id,
            row.to_site_id,
            row.days + known[row.to_site_id].handling_days,
            calendar.both(Calendar(frozenset(int(day) for day in row.weekdays))),
            calendar,
        )
        for row in session.scalars(select(TransferLane).order_by(TransferLane.id))
        if row.from_site_id in known and row.to_site_id in known
    )


def delivery_of(
    session: Session, ask: Ask, sites: Sequence[SiteFacts], calendar: Calendar, local: datetime
) -> Delivery:
    """By which way each site's goods reach the ask's address. local: the company's present time."""
    place = session.get(CustomerAddress, ask.ship_to_id) if ask.ship_to_id else None
    country = place.country if place else ask.country
    services = {row.id: row for row in session.scalars(select(CarrierService))}
    named = _service(services.values(), ask.ship_via) or _service(
        services.values(), place.carrier_code if place else ""
    )
    postal_code = place.postal_code if place else ask.postal_code
    lanes = _lanes(session, country, postal_code, named)
    routes = {}
    for site in sites:
        lane = _best(lanes, site.id)
        service = named or services.get((lane.carrier_service_id if lane else None) or 0)
        days = lane.days if lane else ask.transit_days
        routes[site.id] = _route(days, service, site.calendar or calendar, calendar, local)
    return Delivery(_taking(session, place, country, calendar), routes)


def _service(services: Iterable[CarrierService], name: str) -> CarrierService | None:
    """By its code or its name, as orders write it."""
    said = name.strip().casefold()
    found = (s for s in services if said and said in (s.code.casefold(), s.name.casefold()))
    return next(found, None)


def _lanes(
    session: Session, country: str, postal_code: str, named: CarrierService | None
) -> list[TransitLane]:
    """Those that fit the place and the carrier, the one that says most first."""
    rows = session.scalars(
        select(TransitLane).where(or_(TransitLane.country == country, TransitLane.country == ""))
    )
    code = postal_code.replace(" ", "").upper()
    fitting = [
        row
        for row in rows
        if code.startswith(row.postal_prefix.replace(" ", "").upper())
        and (named is None or row.carrier_service_id in (None, named.id))
    ]
    return sorted(
        fitting,
        key=lambda row: (
            not row.country,
            -len(row.postal_prefix),
            (row.carrier_service_id is None) == (named is not None),
            row.carrier_service_id or 0,
            row.site_id is None,
            row.id,
        ),
    )


def _best(lanes: list[TransitLane], site_id: int) -> TransitLane | None:
    return next((lane for lane in lanes if lane.site_id in (None, site_id)), None)


def _route(
    days: int, service: CarrierService | None, site: Calendar, ours: Calendar, local: datetime
) -> Route:
    if service is None:
        return Route(days, site, ours)
    driving = calendar_of(service, ours)
    missed = local.time() > clock(service.cut_off)
    first = local.date() + timedelta(days=1) if missed else local.date()
    return Route(days, site.both(driving), driving, first, service.name)


def _taking(
    session: Session, place: CustomerAddress | None, country: str, ours: Calendar
) -> Calendar:
    """When the customer's place takes goods in: its country's days, less its own closed ones, on its weekdays."""
    row = session.scalar(select(CountryCalendar).where(CountryCalendar.country == country))
    found = calendar_of(row, ours) if row and country else ours
    if place is None:
        return found
    weekdays = frozenset(int(day) for day in place.receiving_days)
    closed = frozenset(date.fromisoformat(day) for day in place.closed_dates)
    return Calendar(weekdays or found.working_days, found.holidays | closed)
