"""Available to promise over time; pure.

Earlier promises are served first, each from the latest supply that is still in time for it. What is left may be
promised again, so a new promise never takes what an earlier one lives from, and sooner supply stays for who needs it
sooner. What no supply covers is made or bought: by a plan on finite capacity where a recipe or a purchase is known
(core.promising.ctp), else by lead time. Days are compared where they count: at the customer's door.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from core.company.calendar import Calendar
from core.promising.ask import Answer, Ask, AskLine, Peg, Promised, SiteFacts, Supply
from core.promising.ctp import Planned, Planner
from core.promising.delivery import Delivery, Lane, Route
from core.promising.free import Fit, FreeSupply
from core.promising.reason import reason_for, reason_for_plan, waits_for

MOST_PARTS = 4
MOST_ROUNDS = 30


def answer(ask: Ask, supply: Supply) -> Answer:
    """Promises every line in full; without any site there is nothing to answer."""
    sites = tuple(site for site in supply.sites if site.ships)
    if not sites or not ask.lines:
        return Answer()
    if supply.delivery is None:
        supply = replace(supply, delivery=_plain_ways(ask, supply))
    free = FreeSupply(supply)
    if ask.policy == "complete":
        return _together(ask, supply, free, sites)
    found = _Attempt(ask, supply, free, sites).answer()
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
        attempt = _Attempt(ask, supply, free, (site,))
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


@dataclass(slots=True)
class _Attempt:
    """One way to answer: from these sites. whole: no line in parts; not_before: nothing arrives sooner."""

    ask: Ask
    supply: Supply
    free: FreeSupply
    sites: tuple[SiteFacts, ...]
    whole: bool = False
    not_before: date = date.min
    delivery: Delivery = field(init=False)

    def __post_init__(self) -> None:
        assert self.supply.delivery is not None
        self.delivery = self.supply.delivery

    def answer(self) -> Answer:
        free = self.free.copy()
        planner = self._planner(free)
        return Answer({line.key: self._line(line, free, planner) for line in self.ask.lines})

    def may_have(self, line: AskLine, parts: tuple[Promised, ...]) -> bool:
        """Whether its site could give by the last day what others give; a quick look before the whole answer."""
        if not parts or any(peg.level or peg.kind == "lead-time" for peg in parts[-1].pegging):
            return True
        (site,) = self.sites
        leaves = self.delivery.latest(site.id, parts[-1].promised_date)
        return self.free.amount(line.item_id, site.id, leaves, Fit(self.ask.customer_id)) >= (
            line.quantity
        )

    def _planner(self, free: FreeSupply) -> Planner | None:
        """None when nothing is known of making and buying but lead times."""
        plant = self.supply.plant
        if plant is None:
            return None
        calendar = self._calendar(plant.site_id)
        first = calendar.on_or_after(self.ask.today)
        return Planner(plant, free, first, calendar, self.supply.sources)

    def _line(
        self, line: AskLine, free: FreeSupply, planner: Planner | None
    ) -> tuple[Promised, ...]:
        rest, parts = line.quantity, list[Promised]()
        most = 1 if self.whole else line.most_parts or MOST_PARTS
        wish = self._wish(line)
        lead, door = self._lead(line, rest, planner, wish)
        for arrival in self._arrivals(line, free, wish, lead):
            if wish < arrival and lead <= arrival:
                break  # the rest is made sooner
            for site, ship_date, fit in self._ways(line, free, arrival, rest):
                quantity = _whole_units(
                    free.amount(line.item_id, site.id, ship_date, fit), rest, line.multiple
                )
                quantity = _not_less(quantity, rest, line)
                must_be_all = len(parts) >= most - 1 and arrival < lead
                if quantity <= 0 or (must_be_all and quantity < rest):
                    continue
                pegs = free.take(line.item_id, site.id, ship_date, quantity, fit)
                parts.append(self._promised(quantity, ship_date, site, line, pegs))
                rest -= quantity
                if rest == 0:
                    return _merged(parts)
                lead, door = self._lead(line, rest, planner, wish)
        anew = self._anew(rest, line, wish, planner, door)
        return _merged([*parts, anew] if anew else parts)

    def _open_to(self, line: AskLine) -> tuple[SiteFacts, ...]:
        """From where the line may come."""
        only = tuple(site for site in self.sites if site.id == line.site_id)
        return only or self.sites

    def _wish(self, line: AskLine) -> date:
        """The day of arrival that is aimed at: the wanted one, or the soonest that can be."""
        soonest = min(self._soonest(site) for site in self._open_to(line))
        return max(soonest, line.requested_date or soonest, self.not_before)

    def _soonest(self, site: SiteFacts) -> date:
        """When what can leave first from the site is there."""
        return self._arrival(site, site.earliest_ship_date)

    def _arrival(self, site: SiteFacts, ready: date) -> date:
        return self.delivery.arrives(site.id, self.delivery.leaves(site.id, ready))

    def _arrivals(self, line: AskLine, free: FreeSupply, wish: date, lead: date) -> list[date]:
        """The wanted day, then each day before the lead time's end on which more can arrive."""
        later = {
            self._arrival(site, max(day, site.earliest_ship_date))
            for site in self._open_to(line)
            for day in (site.earliest_ship_date, *free.dates(line.item_id, site.id))
        }
        return [wish, *sorted(day for day in later if wish < day < lead)]

    def _ways(
        self, line: AskLine, free: FreeSupply, arrival: date, rest: Decimal
    ) -> Iterator[tuple[SiteFacts, date, Fit]]:
        """From where it can be there by `arrival`, and when it leaves: what a site has, then what it can get.

        Sites that can give all of the rest come first, then by preference: fewer parcels for the customer.
        """
        there = []
        for site in self._open_to(line):
            leaves = self.delivery.latest(site.id, arrival)
            if leaves >= self.delivery.leaves(site.id, site.earliest_ship_date):
                there.append((site, leaves))
        if not there:
            return
        ways = [
            (site, leaves, self._fit(line, site, leaves, via=via))
            for via in ((False, True) if self.supply.lanes else (False,))
            for site, leaves in there
        ]
        if len(ways) == 1:
            yield ways[0]
            return
        alone = self.supply.one_site
        yield from sorted(
            ways,
            key=lambda way: (
                alone and free.amount(line.item_id, way[0].id, way[1], way[2]) < rest,
                way[2].via,
                way[0].priority,
            ),
        )

    def _fit(self, line: AskLine, site: SiteFacts, leaves: date, *, via: bool) -> Fit:
        days = max(line.shelf_days, self.supply.shelf_days.get(line.item_id, 0))
        arrival = self.delivery.arrives(site.id, leaves)
        lasts = date.fromordinal(arrival.toordinal() + days) if days else None
        return Fit(self.ask.customer_id, lasts, via)

    def _lead(
        self, line: AskLine, rest: Decimal, planner: Planner | None, wish: date
    ) -> tuple[date, SiteFacts | None]:
        """When the rest could arrive if all of it were made or bought, and from where; date.max for never.

        Of the sites that it can leave from the one from which it arrives first, by the wish the preferred one.
        """
        if planner is None or not planner.knows(line.item_id):
            ways = [
                (self._arrival(site, self._by_lead_time(line, site)), site)
                for site in self._open_to(line)
            ]
        else:
            doors = self._doors(line, planner)
            ready = planner.earliest(line.item_id, rest) if doors else None
            if ready is None:
                return date.max, None
            ways = [(self._planned_arrival(line, ready, site, planner), site) for site in doors]
        return min(ways, key=lambda way: max(way[0], wish))

    def _planned_arrival(
        self, line: AskLine, ready: date, site: SiteFacts, planner: Planner
    ) -> date:
        lane, safety = self._lane(line, site, planner), self._safety(line, planner)
        return self._arrival(site, self._at_door(ready, site, lane, safety))

    def _by_lead_time(self, line: AskLine, site: SiteFacts) -> date:
        """When it can leave."""
        source, calendar = self.supply.sources[line.item_id], self._calendar(site.id)
        ready = calendar.plus(self.ask.today, source.lead_days + site.handling_days)
        return max(ready, site.earliest_ship_date)

    def _calendar(self, site_id: int) -> Calendar:
        own = next((site.calendar for site in self.supply.sites if site.id == site_id), None)
        return own or self.supply.calendar

    def _doors(self, line: AskLine, planner: Planner) -> tuple[SiteFacts, ...]:
        """The sites from which a plan's goods can leave: what is made leaves the plant itself or a site that it
        supplies, what is bought is brought to any.
        """
        sites, plant = self._open_to(line), planner.plant.site_id
        if line.item_id not in planner.plant.recipes:
            return sites
        reached = {lane.to_site_id for lane in self.supply.lanes if lane.from_site_id == plant}
        return tuple(
            site
            for site in sorted(sites, key=lambda site: site.id != plant)
            if site.id == plant or site.id in reached
        )

    def _at_door(self, ready: date, site: SiteFacts, lane: Lane | None, safety: int) -> date:
        """The day on which what is `ready` at the plant can leave `site`."""
        ready = lane.ready(ready) if lane else ready
        day = self._calendar(site.id).plus(ready, site.handling_days + safety)
        return max(day, site.earliest_ship_date)

    def _lane(self, line: AskLine, site: SiteFacts, planner: Planner) -> Lane | None:
        """From the plant to the site, for what is made."""
        way = (planner.plant.site_id, site.id)
        if line.item_id not in planner.plant.recipes:
            return None
        lanes = (x for x in self.supply.lanes if (x.from_site_id, x.to_site_id) == way)
        return next(lanes, None)

    def _safety(self, line: AskLine, planner: Planner) -> int:
        """Days that what is made stays for what goes wrong."""
        plant = planner.plant
        return plant.safety_days if line.item_id in plant.recipes else 0

    def _needed_at_plant(
        self, leaves: date, site: SiteFacts, lane: Lane | None, safety: int
    ) -> date:
        """When it must be ready at the plant to leave `site` on a day."""
        day = self._calendar(site.id).minus(leaves, site.handling_days + safety)
        return lane.latest(day) if lane else day

    def _anew(
        self,
        rest: Decimal,
        line: AskLine,
        wish: date,
        planner: Planner | None,
        site: SiteFacts | None,
    ) -> Promised | None:
        """The rest made or bought, leaving `site`; None when it cannot be made."""
        if site is None:
            return None
        if planner is None or not planner.knows(line.item_id):
            return self._untold(rest, line, wish, site)
        lane, safety = self._lane(line, site, planner), self._safety(line, planner)
        by = self._needed_at_plant(self.delivery.latest(site.id, wish), site, lane, safety)
        plan = planner.plan(line.item_id, rest, by)
        if plan is None:
            return None
        ship_date = self._leaves(site, self._at_door(plan.ready, site, lane, safety), wish)
        return self._by_plan(plan, rest, line, site, ship_date)

    def _by_plan(
        self, plan: Planned, rest: Decimal, line: AskLine, site: SiteFacts, ship_date: date
    ) -> Promised:
        promised = self._promised(rest, ship_date, site, line, plan.pegs)
        late = line.requested_date is not None and promised.promised_date > line.requested_date
        source = self.supply.sources[line.item_id]
        in_time = not late and line.requested_date is not None and plan.ready < ship_date
        reason = reason_for_plan(plan.limit, source, site, ship_date, late=late, in_time=in_time)
        claims = tuple(replace(claim, of_quantity=rest) for claim in plan.claims)
        return replace(promised, reason=reason, claims=claims)

    def _leaves(self, site: SiteFacts, ready: date, wish: date) -> date:
        """As late as the wish allows, so that nothing arrives before it is wanted."""
        return max(self.delivery.leaves(site.id, ready), self.delivery.latest(site.id, wish))

    def _untold(self, rest: Decimal, line: AskLine, wish: date, site: SiteFacts) -> Promised:
        """By lead time: nothing is known of how it is made or bought."""
        source = self.supply.sources[line.item_id]
        ready = self._calendar(site.id).plus(self.ask.today, source.lead_days)
        peg = Peg("lead-time", line.item_id, source.number, rest, ready)
        ship_date = self._leaves(site, self._by_lead_time(line, site), wish)
        return self._promised(rest, ship_date, site, line, (peg,))

    def _promised(
        self,
        quantity: Decimal,
        ship_date: date,
        site: SiteFacts,
        line: AskLine,
        pegs: tuple[Peg, ...],
    ) -> Promised:
        arrival = self.delivery.arrives(site.id, ship_date)
        source = self.supply.sources[line.item_id]
        wish = line.requested_date
        waits = wish is not None and self.delivery.is_kept_waiting(
            site.id, site.earliest_ship_date, wish
        )
        reason = reason_for(pegs, line, site, source, ship_date, arrival, waits=waits)
        return Promised(quantity, arrival, ship_date, site.id, reason, pegs)


def _whole_units(available: Decimal, rest: Decimal, multiple: Decimal) -> Decimal:
    """All of the rest when it is there, else as many whole ordered units as there are."""
    if available >= rest:
        return rest
    return available // multiple * multiple if multiple > 0 else available


def _not_less(quantity: Decimal, rest: Decimal, line: AskLine) -> Decimal:
    """So much that neither this part nor what stays for later is smaller than the customer takes."""
    if quantity >= rest or line.least <= 0:
        return quantity
    quantity = min(quantity, rest - line.least)
    if line.multiple > 0:
        quantity = quantity // line.multiple * line.multiple
    return quantity if quantity >= line.least else Decimal(0)


def _merged(parts: list[Promised]) -> tuple[Promised, ...]:
    """Parts that leave one site on one day are one part; what is ready last gives its reason."""
    found: dict[tuple[date, int], Promised] = {}
    for part in parts:
        same = found.get((part.ship_date, part.site_id))
        if same is not None:
            part = replace(
                part,
                quantity=same.quantity + part.quantity,
                pegging=same.pegging + part.pegging,
                claims=same.claims + part.claims,
            )
        found[part.ship_date, part.site_id] = part
    return tuple(sorted(found.values(), key=lambda part: (part.promised_date, part.ship_date)))


def _together(ask: Ask, supply: Supply, free: FreeSupply, sites: tuple[SiteFacts, ...]) -> Answer:
    """All lines whole on one day: from one site when that is no later than from several."""
    choices: list[tuple[SiteFacts, ...]] = [(site,) for site in sites]
    if len(choices) > 1:
        choices.append(sites)
    answers = [_on_one_day(ask, supply, free, some) for some in choices]
    return min(answers, key=_last_day)


def _on_one_day(ask: Ask, supply: Supply, free: FreeSupply, sites: tuple[SiteFacts, ...]) -> Answer:
    """Moves the common day on until every line can arrive whole on it; names the line that the others wait for."""
    alone = _Attempt(ask, supply, free, sites, whole=True).answer()
    found, slowest = alone, _slowest(ask, alone)
    for _ in range(MOST_ROUNDS):
        day = _last_day(found)
        if day == date.max or _meet(found, supply, day):
            break
        slowest = _slowest(ask, found)
        found = _Attempt(ask, supply, free, sites, whole=True, not_before=day).answer()
    return Answer(
        {
            line.key: tuple(
                _explained(p, line, slowest, alone, supply) for p in found.lines[line.key]
            )
            for line in ask.lines
        }
    )


def _meet(found: Answer, supply: Supply, day: date) -> bool:
    """Whether all of it arrives on the day, or as near to it as the carrier comes."""
    assert supply.delivery is not None
    return all(
        part.promised_date == day or part.ship_date == supply.delivery.latest(part.site_id, day)
        for parts in found.lines.values()
        for part in parts
    )


def _explained(
    part: Promised, line: AskLine, slowest: AskLine, alone: Answer, supply: Supply
) -> Promised:
    waits = line.key != slowest.key and part.promised_date > _last(alone, line)
    if not waits:
        return part
    number = supply.sources[slowest.item_id].number
    return replace(part, reason=waits_for(slowest, number, part, _last(alone, line)))


def _slowest(ask: Ask, found: Answer) -> AskLine:
    return max(ask.lines, key=lambda line: _last(found, line))


def _last(found: Answer, line: AskLine) -> date:
    """date.max for what is not promised at all."""
    return found.last_date(line.key) or date.max


def _last_day(found: Answer) -> date:
    days = [found.last_date(key) for key in found.lines]
    return max((day or date.max for day in days), default=date.max)
