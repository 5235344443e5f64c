"""What no supply covers is made or bought: by a plan where one is known, else by lead time; pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from core.company.calendar import Calendar
from core.promising.ask import AskLine, Peg, Promised, SiteFacts, Supply
from core.promising.ctp import Planned, Planner
from core.promising.delivery import Delivery, Lane
from core.promising.free import FreeSupply
from core.promising.reason import reason_for, reason_for_plan


@dataclass(frozen=True, slots=True)
class Lead:
    """When the rest could arrive if all of it were made or bought, and from where; date.max and None for never."""

    arrival: date
    site: SiteFacts | None


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
            doors = self._doors(line, sites, planner)
            ready = planner.earliest(line.item_id, rest) if doors else None
            if ready is None:
                return Lead(date.max, None)
            ways = [Lead(self._arrival(s, self._leaves_at(line, ready, s)), s) for s in doors]
        return min(ways, key=lambda way: max(way.arrival, wish))

    def promised(
        self, rest: Decimal, line: AskLine, wish: date, site: SiteFacts | None
    ) -> Promised | None:
        """The rest made or bought, leaving `site` (of its Lead); None when it cannot be made."""
        if site is None:
            return None
        planner = self.planner
        if planner is None or not planner.knows(line.item_id):
            return self._by_lead(rest, line, wish, site)
        late = wish > max(
            line.requested_date or self.today, self._arrival(site, site.earliest_ship_date)
        )
        plan_by = planner.plan_late if late else planner.plan
        plan = plan_by(line.item_id, rest, self._needed_at_plant(line, wish, site))
        if plan is None:
            return None
        ship_date = self._as_late_as(wish, site, self._leaves_at(line, plan.ready, site))
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

    def _leaves_at(self, line: AskLine, ready: date, site: SiteFacts) -> date:
        """The day on which what is `ready` at the plant can leave `site`."""
        lane = self._lane(line, site)
        ready = lane.ready(ready) if lane else ready
        day = self._calendar(site).plus(ready, site.handling_days + self._safety(line))
        return max(day, site.earliest_ship_date)

    def _needed_at_plant(self, line: AskLine, wish: date, site: SiteFacts) -> date:
        """When it must be ready at the plant for who must have it by `wish`."""
        lane, leaves = self._lane(line, site), self.delivery.latest(site.id, wish)
        day = self._calendar(site).minus(leaves, site.handling_days + self._safety(line))
        return lane.latest(day) if lane else day

    def _calendar(self, site: SiteFacts) -> Calendar:
        return site.calendar or self.supply.calendar

    def _doors(
        self, line: AskLine, sites: tuple[SiteFacts, ...], planner: Planner
    ) -> tuple[SiteFacts, ...]:
        """What is made leaves the plant itself or a site that it supplies; what is bought is brought to any."""
        if not self._is_made(line):
            return sites
        plant = planner.plant.site_id
        reached = {lane.to_site_id for lane in self.supply.lanes if lane.from_site_id == plant}
        doors = (site for site in sites if site.id == plant or site.id in reached)
        return tuple(sorted(doors, key=lambda site: site.id != plant))

    def _is_made(self, line: AskLine) -> bool:
        return self.planner is not None and line.item_id in self.planner.plant.recipes

    def _lane(self, line: AskLine, site: SiteFacts) -> Lane | None:
        """From the plant to the site, for what is made."""
        if self.planner is None or not self._is_made(line):
            return None
        way = (self.planner.plant.site_id, site.id)
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
    own = next((site.calendar for site in supply.sites if site.id == plant.site_id), None)
    calendar = own or supply.calendar
    return Planner(plant, free, calendar.on_or_after(today), calendar, supply.sources)
