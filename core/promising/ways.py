"""The ways to the customer and between our sites, from the database: lanes, carriers and calendars on both sides."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.company.calendar import Calendar, calendar_of
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


@dataclass(frozen=True, slots=True)
class Roads:
    """What the ways to some asks' addresses are told from. places: by id; lanes, countries: of their countries."""

    places: Mapping[int, CustomerAddress]
    services: Mapping[int, CarrierService]
    lanes: Sequence[TransitLane]
    countries: Mapping[str, CountryCalendar]


def roads_of(session: Session, asks: Collection[Ask]) -> Roads:
    """In four questions, however many asks."""
    ids = {ask.ship_to_id for ask in asks if ask.ship_to_id}
    found = session.scalars(select(CustomerAddress).where(CustomerAddress.id.in_(sorted(ids))))
    places = {place.id: place for place in found} if ids else {}
    countries = {_address(places, ask)[1] for ask in asks}
    lanes = select(TransitLane).where(TransitLane.country.in_(sorted({*countries, ""})))
    calendars = select(CountryCalendar).where(CountryCalendar.country.in_(sorted(countries)))
    return Roads(
        places,
        {row.id: row for row in session.scalars(select(CarrierService))},
        session.scalars(lanes).all(),
        {row.country: row for row in session.scalars(calendars)},
    )


def _address(
    places: Mapping[int, CustomerAddress], ask: Ask
) -> tuple[CustomerAddress | None, str, str]:
    """(place, country, postal code) of an ask."""
    place = places.get(ask.ship_to_id or 0)
    if place is None:
        return None, ask.country, ask.postal_code
    return place, place.country, place.postal_code


def delivery_of(
    roads: Roads, ask: Ask, sites: Sequence[SiteFacts], calendar: Calendar, local: datetime
) -> Delivery:
    """By which way each site's goods reach the ask's address. local: the company's present time."""
    place, country, postal_code = _address(roads.places, ask)
    services = roads.services
    named = _service(services.values(), ask.ship_via) or _service(
        services.values(), place.carrier_code if place else ""
    )
    lanes = _lanes(roads.lanes, country, postal_code, named)
    routes = {}
    for site in sites:
        lane = _best(lanes, site.id)
        service = named or services.get((lane.carrier_service_id if lane else None) or 0)
        days = lane.days if lane else ask.transit_days
        routes[site.id] = _route(days, service, site.calendar or calendar, calendar, local)
    return Delivery(_taking(roads.countries.get(country), place, calendar), routes)


def _service(services: Iterable[CarrierService], name: str) -> CarrierService | None:
    """By its code or its name, as orders write it."""
    said = name.strip().casefold()
    found = (s for s in services if said and said in (s.code.casefold(), s.name.casefold()))
    return next(found, None)


def _lanes(
    rows: Iterable[TransitLane], country: str, postal_code: str, named: CarrierService | None
) -> list[TransitLane]:
    """Those that fit the place and the carrier, the one that says most first."""
    code = postal_code.replace(" ", "").upper()
    fitting = [
        row
        for row in rows
        if row.country in (country, "")
        and code.startswith(row.postal_prefix.replace(" ", "").upper())
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
    country: CountryCalendar | None, place: CustomerAddress | None, ours: Calendar
) -> Calendar:
    """When the customer's place takes goods in: its country's days, less its own closed ones, on its weekdays."""
    found = calendar_of(country, ours) if country and country.country else ours
    if place is None:
        return found
    weekdays = frozenset(int(day) for day in place.receiving_days)
    closed = frozenset(date.fromisoformat(day) for day in place.closed_dates)
    return Calendar(weekdays or found.working_days, found.holidays | closed)
