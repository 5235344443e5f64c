"""The way from a site's door to the customer's: when goods leave, and when they are taken in; frozen values, pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from core.company.calendar import Calendar


@dataclass(frozen=True, slots=True)
class Route:
    """Of one site. days: the carrier's working days on the road; first: it takes nothing sooner (its cut-off).

    leaving: when site and carrier both work; driving: when the carrier does.
    """

    days: int
    leaving: Calendar
    driving: Calendar
    first: date = date.min
    carrier: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """routes: by site id; a site without one is on no way. taking: when the customer's place takes goods in."""

    taking: Calendar
    routes: dict[int, Route] = field(default_factory=dict)

    def leaves(self, site_id: int, ready: date) -> date:
        """The first day from `ready` on, on which goods can leave."""
        route = self.routes[site_id]
        return route.leaving.on_or_after(max(ready, route.first))

    def arrives(self, site_id: int, ship_date: date) -> date:
        route = self.routes[site_id]
        return self._handed_over(route).on_or_after(route.driving.plus(ship_date, route.days))

    def is_kept_waiting(self, site_id: int, ready: date, wish: date) -> bool:
        """Whether the carrier could be there by `wish` and only nobody takes it in."""
        route = self.routes[site_id]
        on_the_road = route.driving.plus(self.leaves(site_id, ready), route.days)
        return on_the_road <= wish < self.arrives(site_id, self.leaves(site_id, ready))

    def latest(self, site_id: int, arrival: date) -> date:
        """The last day to leave for who must have it by `arrival`; it may have passed."""
        route = self.routes[site_id]
        handed_over = self._handed_over(route).on_or_before(arrival)
        return route.leaving.on_or_before(route.driving.minus(handed_over, route.days))

    def _handed_over(self, route: Route) -> Calendar:
        return self.taking.both(route.driving)


@dataclass(frozen=True, slots=True)
class Lane:
    """Goods go from one of our sites to another. days: working days on the road and to the shelf.

    leaving: the days on which a lorry goes.
    """

    from_site_id: int
    to_site_id: int
    days: int
    leaving: Calendar
    calendar: Calendar

    def ready(self, day: date) -> date:
        """When what can leave on `day` is on the other site's shelf."""
        return self.calendar.plus(self.leaving.on_or_after(day), self.days)

    def latest(self, ready: date) -> date:
        """The last day to leave for what must be there by `ready`."""
        return self.leaving.on_or_before(self.calendar.minus(ready, self.days))
