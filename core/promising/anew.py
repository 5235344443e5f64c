"""What no supply covers is made or bought: by a plan where one is known, else by lead time; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from core.company.calendar import Calendar
from core.promising.ask import AskLine, Peg, Promised, SiteFacts, Supply
from core.promising.ctp import Planner
from core.promising.delivery import Delivery, Lane
from core.promising.free import FreeSupply
from core.promising.planned import MakingSite, Planned
from core.promising.reason import reason_for, reason_for_plan


@dataclass(frozen=True, slots=True)
class Lead:
    """When the rest could arrive if all of it were made or bought, and from where; date.max and None for never.

    maker: plans it where it is made; None for what only has a lead time.
    """

    arrival: date
    site: SiteFacts | None
    maker: Planner | None = None


@dataclass(frozen=True, slots=True)
class Anew:
    """For one try to answer; planner: None when nothing is known of making and buying but lead times."""

    supply: Supply
    delivery: Delivery
    today: date
    planner: Planner | None

    def plans(self, item_id: int) -> bool:
        """Whether more of it takes longer."""
        return self.planner is not None and self.planner.knows(item_id)

    def lead(self, line: AskLine, rest: Decimal, sites: tuple[SiteFacts, ...], wish: date) -> Lead:
        """Of the sites that it can leave the one from which it arrives first; by the wish, the preferred one."""
        planner = self.planner
        if planner is None or not planner.knows(line.item_id):
            ways = [Lead(self._arrival(s, self._by_lead_time(line, s)), s) for s in sites]
        else:
            ways = [
                way
                for maker in planner.makers(line.item_id)
                for way in self._from(maker, line, rest, sites)
            ]
        return min(ways, key=lambda way: max(way.arrival, wish), default=Lead(date.max, None))

    def _from(
        self, maker: Planner, line: AskLine, rest: Decimal, sites: tuple[SiteFacts, ...]
    ) -> Iterator[Lead]:
        """Through each of the sites that it can leave."""
        doors = self._doors(line, sites, maker)
        ready = maker.earliest(line.item_id, rest) if doors else None
        if ready is not None:
            for site in doors:
                leaves = self._leaves_at(line, ready, site, maker)
                yield Lead(self._arrival(site, leaves), site, maker)

    def promised(self, rest: Decimal, line: AskLine, wish: date, lead: Lead) -> Promised | None:
        """The rest made or bought as its Lead says; None when it cannot be made."""
        site, maker = lead.site, lead.maker
        if site is None:
            return None
        if maker is None:
            return self._by_lead(rest, line, wish, site)
        late = wish > max(
            line.requested_date or self.today, self._arrival(site, site.earliest_ship_date)
        )
        plan_by = maker.plan_late if late else maker.plan
        plan = plan_by(line.item_id, rest, self._needed_at_plant(line, wish, site, maker))
        if plan is None:
            return None
        if self._lane(line, site, maker) is not None:
            plan = plan.sent_from(maker.code, level=1)
        ship_date = self._as_late_as(wish, site, self._leaves_at(line, plan.ready, site, maker))
        return self._by_plan(plan, rest, line, site, ship_date)

    def part(
        self,
        quantity: Decimal,
        ship_date: date,
        site: SiteFacts,
        line: AskLine,
        pegs: tuple[Peg, ...],
    ) -> Promised:
        """A part that leaves the site on this day, from whatever supply."""
        arrival = self.delivery.arrives(site.id, ship_date)
        source = self.supply.sources[line.item_id]
        wish = line.requested_date
        waits = wish is not None and self.delivery.is_kept_waiting(
            site.id, site.earliest_ship_date, wish
        )
        reason = reason_for(pegs, line, site, source, ship_date, arrival, waits=waits)
        return Promised(quantity, arrival, ship_date, site.id, reason, pegs)

    def _by_lead(self, rest: Decimal, line: AskLine, wish: date, site: SiteFacts) -> Promised:
        source = self.supply.sources[line.item_id]
        ready = self._calendar(site).plus(self.today, source.lead_days)
        peg = Peg("lead-time", line.item_id, source.number, rest, ready)
        ship_date = self._as_late_as(wish, site, self._by_lead_time(line, site))
        return self.part(rest, ship_date, site, line, (peg,))

    def _by_plan(
        self, plan: Planned, rest: Decimal, line: AskLine, site: SiteFacts, ship_date: date
    ) -> Promised:
        promised = self.part(rest, ship_date, site, line, plan.pegs)
        late = line.requested_date is not None and promised.promised_date > line.requested_date
        source = self.supply.sources[line.item_id]
        in_time = not late and line.requested_date is not None and plan.ready < ship_date
        reason = reason_for_plan(plan.limit, source, site, ship_date, late=late, in_time=in_time)
        claims = tuple(replace(claim, of_quantity=rest) for claim in plan.claims)
        return replace(promised, reason=reason, claims=claims)

    def _arrival(self, site: SiteFacts, ready: date) -> date:
        return self.delivery.arrives(site.id, self.delivery.leaves(site.id, ready))

    def _as_late_as(self, wish: date, site: SiteFacts, ready: date) -> date:
        """So that nothing arrives before it is wanted."""
        return max(self.delivery.leaves(site.id, ready), self.delivery.latest(site.id, wish))

    def _by_lead_time(self, line: AskLine, site: SiteFacts) -> date:
        """When it can leave."""
        source = self.supply.sources[line.item_id]
        ready = self._calendar(site).plus(self.today, source.lead_days + site.handling_days)
        return max(ready, site.earliest_ship_date)

    def _leaves_at(self, line: AskLine, ready: date, site: SiteFacts, maker: Planner) -> date:
        """The day on which what is `ready` where it is made can leave `site`."""
        lane = self._lane(line, site, maker)
        ready = lane.ready(ready) if lane else ready
        day = self._calendar(site).plus(ready, site.handling_days + self._safety(line))
        return max(day, site.earliest_ship_date)

    def _needed_at_plant(self, line: AskLine, wish: date, site: SiteFacts, maker: Planner) -> date:
        """When it must be ready where it is made for who must have it by `wish`."""
        lane, leaves = self._lane(line, site, maker), self.delivery.latest(site.id, wish)
        day = self._calendar(site).minus(leaves, site.handling_days + self._safety(line))
        return lane.latest(day) if lane else day

    def _calendar(self, site: SiteFacts) -> Calendar:
        return site.calendar or self.supply.calendar

    def _doors(
        self, line: AskLine, sites: tuple[SiteFacts, ...], maker: Planner
    ) -> tuple[SiteFacts, ...]:
        """What is made leaves its plant or a site that this supplies; what is bought is brought to any."""
        if not self._is_made(line):
            return sites
        plant = maker.site_id
        reached = {lane.to_site_id for lane in self.supply.lanes if lane.from_site_id == plant}
        doors = (site for site in sites if site.id == plant or site.id in reached)
        return tuple(sorted(doors, key=lambda site: site.id != plant))

    def _is_made(self, line: AskLine) -> bool:
        return self.planner is not None and line.item_id in self.planner.plant.recipes

    def _lane(self, line: AskLine, site: SiteFacts, maker: Planner) -> Lane | None:
        """From where it is made to the site."""
        if not self._is_made(line):
            return None
        way = (maker.site_id, site.id)
        lanes = (x for x in self.supply.lanes if (x.from_site_id, x.to_site_id) == way)
        return next(lanes, None)

    def _safety(self, line: AskLine) -> int:
        """Days that what is made stays for what goes wrong."""
        if self.planner is None or not self._is_made(line):
            return 0
        return self.planner.plant.safety_days


def planner_of(supply: Supply, free: FreeSupply, today: date) -> Planner | None:
    """A planner that takes from `free`."""
    plant = supply.plant
    if plant is None:
        return None
    sites = {site.id: _making_site(site, supply.calendar, today) for site in supply.sites}
    usual = MakingSite("", supply.calendar.on_or_after(today), supply.calendar)
    own = sites.get(plant.site_id, usual)
    return Planner(plant, free, own.first, own.calendar, supply.sources, supply.lanes, sites)


def _making_site(site: SiteFacts, ours: Calendar, today: date) -> MakingSite:
    calendar = site.calendar or ours
    return MakingSite(site.code, calendar.on_or_after(today), calendar)
