"""Available to promise over time; pure.

Earlier promises are served first, each from the latest supply that is still in time for it. What is left may be
promised again, so a new promise never takes what an earlier one lives from, and sooner supply stays for who needs it
sooner. What no supply covers is made or bought: by a plan on finite capacity where a recipe or a purchase is known
(core.promising.ctp), else by lead time. Days are compared where they count: at the customer's door.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.promising.ask import Answer, Ask, Promised, SiteFacts, Supply
from core.promising.attempt import Attempt
from core.promising.delivery import Delivery, Route
from core.promising.free import FreeSupply
from core.promising.together import together


def answer(ask: Ask, supply: Supply) -> Answer:
    """Promises every line in full; without any site there is nothing to answer."""
    sites = tuple(site for site in supply.sites if site.ships)
    if not sites or not ask.lines:
        return Answer()
    if supply.delivery is None:
        supply = replace(supply, delivery=_plain_ways(ask, supply))
    free = FreeSupply(supply)
    if ask.policy == "complete":
        return together(ask, supply, free, sites)
    found = Attempt(ask, supply, free, sites).answer()
    return _from_one_site(ask, supply, free, sites, found) if supply.one_site else found


def _plain_ways(ask: Ask, supply: Supply) -> Delivery:
    """Only a number of days is known: the same from every site, and our calendar everywhere."""
    calendar = supply.calendar
    route = Route(ask.transit_days, calendar, calendar)
    return Delivery(calendar, {site.id: route for site in supply.sites})


def _from_one_site(
    ask: Ask, supply: Supply, free: FreeSupply, sites: tuple[SiteFacts, ...], found: Answer
) -> Answer:
    """One parcel from one site when no line arrives later by it: fewer parcels for the customer."""
    if len({part.site_id for parts in found.lines.values() for part in parts}) < 2:
        return found
    for site in sites:
        attempt = Attempt(ask, supply, free, (site,))
        if all(attempt.may_have(line, found.lines[line.key]) for line in ask.lines):
            alone = attempt.answer()
            if all(_no_later(alone.lines[key], parts) for key, parts in found.lines.items()):
                return alone
    return found


def _no_later(parts: tuple[Promised, ...], others: tuple[Promised, ...]) -> bool:
    """As much on each day."""
    return all(
        _by(parts, day) >= _by(others, day) for day in {part.promised_date for part in others}
    )


def _by(parts: tuple[Promised, ...], day: date) -> Decimal:
    return sum((part.quantity for part in parts if part.promised_date <= day), Decimal(0))
