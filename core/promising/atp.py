"""Available to promise over time; pure.

Earlier promises are served first, each from the latest supply that is still in time for it. What is left may be
promised again, so a new promise never takes what an earlier one lives from, and sooner supply stays for who needs it
sooner. What no supply covers is made or bought: by a plan on finite capacity where a recipe or a purchase is known
(core.promising.ctp), else by lead time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from core.promising.ask import Answer, Ask, AskLine, Peg, Promised, SiteFacts, Supply
from core.promising.ctp import Planner
from core.promising.free import FreeSupply
from core.promising.reason import reason_for, reason_for_plan, waits_for

MOST_PARTS = 4
MOST_ROUNDS = 30


def answer(ask: Ask, supply: Supply) -> Answer:
    """Promises every line in full; without any site there is nothing to answer."""
    if not supply.sites or not ask.lines:
        return Answer()
    if ask.policy == "complete":
        return _together(ask, supply)
    return _Attempt(ask, supply, supply.sites).answer()


@dataclass(slots=True)
class _Attempt:
    """One way to answer: from these sites. whole: no line in parts; not_before: nothing leaves sooner."""

    ask: Ask
    supply: Supply
    sites: tuple[SiteFacts, ...]
    whole: bool = False
    not_before: date = date.min

    def answer(self) -> Answer:
        free = FreeSupply(self.supply)
        planner = self._planner(free)
        return Answer({line.key: self._line(line, free, planner) for line in self.ask.lines})

    def _planner(self, free: FreeSupply) -> Planner | None:
        """None when nothing can be made or bought at these sites but by lead time."""
        plant, calendar = self.supply.plant, self.supply.calendar
        if plant is None or all(site.id != plant.site_id for site in self.sites):
            return None
        first = calendar.on_or_after(self.ask.today)
        return Planner(plant, free, first, calendar, self.supply.sources)

    def _line(
        self, line: AskLine, free: FreeSupply, planner: Planner | None
    ) -> tuple[Promised, ...]:
        rest, parts = line.quantity, list[Promised]()
        most = 1 if self.whole else line.most_parts or MOST_PARTS
        lead = self._lead_date(line, rest, planner)
        wanted = self._wanted(line)
        for ship_date in self._ship_dates(line, free, wanted, lead):
            if wanted < ship_date and lead <= ship_date:
                break  # the rest is made sooner
            for site in self._in_order(line, free, ship_date, rest):
                if line.site_id not in (0, site.id):
                    continue
                quantity = _whole_units(
                    free.amount(line.item_id, site.id, ship_date), rest, line.multiple
                )
                quantity = _not_less(quantity, rest, line)
                must_be_all = len(parts) >= most - 1 and ship_date < lead
                if quantity <= 0 or (must_be_all and quantity < rest):
                    continue
                pegs = free.take(line.item_id, site.id, ship_date, quantity)
                parts.append(self._promised(quantity, ship_date, site, line, pegs))
                rest -= quantity
                if rest == 0:
                    return _merged(parts)
                lead = self._lead_date(line, rest, planner)
        parts.append(self._anew(rest, line, wanted, planner))
        return _merged(parts)

    def _wanted(self, line: AskLine) -> date:
        soonest = min(s.earliest_ship_date for s in self.sites)
        if line.requested_date is None:
            return max(soonest, self.not_before)
        in_time = self.supply.calendar.minus(line.requested_date, self.ask.transit_days)
        return max(soonest, in_time, self.not_before)

    def _ship_dates(self, line: AskLine, free: FreeSupply, wanted: date, lead: date) -> list[date]:
        """The wanted day, then each day before the lead time's end on which more is there."""
        later = {d for site in self.sites for d in free.dates(line.item_id, site.id)}
        return [wanted, *sorted(d for d in later if wanted < d < lead)]

    def _in_order(
        self, line: AskLine, free: FreeSupply, day: date, rest: Decimal
    ) -> list[SiteFacts]:
        """Sites that can give all of the rest come first, then by preference: fewer parcels for the customer."""
        return sorted(
            self.sites, key=lambda s: (free.amount(line.item_id, s.id, day) < rest, s.priority)
        )

    def _lead_date(self, line: AskLine, rest: Decimal, planner: Planner | None) -> date:
        """When the rest could leave if all of it were made or bought."""
        ready = planner.earliest(line.item_id, rest) if planner else None
        if planner is None or ready is None:
            return self._by_lead_time(line)
        return self._leaves(ready, self._site(planner.plant.site_id))

    def _by_lead_time(self, line: AskLine) -> date:
        source = self.supply.sources[line.item_id]
        return self._leaves(
            self.supply.calendar.plus(self.ask.today, source.lead_days), self.sites[0]
        )

    def _leaves(self, ready: date, site: SiteFacts) -> date:
        return max(self.supply.calendar.plus(ready, site.handling_days), site.earliest_ship_date)

    def _site(self, site_id: int) -> SiteFacts:
        return next(site for site in self.sites if site.id == site_id)

    def _anew(
        self, rest: Decimal, line: AskLine, wanted: date, planner: Planner | None
    ) -> Promised:
        """The rest made or bought."""
        if planner is None:
            return self._untold(rest, line, wanted)
        site = self._site(planner.plant.site_id)
        if line.site_id not in (0, site.id):
            return self._untold(rest, line, wanted)
        by = self.supply.calendar.minus(wanted, site.handling_days)
        plan = planner.plan(line.item_id, rest, by)
        if plan is None:
            return self._untold(rest, line, wanted)
        ship_date = max(self._leaves(plan.ready, site), wanted)
        promised = self._promised(rest, ship_date, site, line, plan.pegs)
        late = line.requested_date is not None and promised.promised_date > line.requested_date
        source = self.supply.sources[line.item_id]
        reason = reason_for_plan(plan.limit, source, site, ship_date, late=late)
        claims = tuple(replace(claim, of_quantity=rest) for claim in plan.claims)
        return replace(promised, reason=reason, claims=claims)

    def _untold(self, rest: Decimal, line: AskLine, wanted: date) -> Promised:
        """By lead time: nothing is known of how it is made or bought."""
        only = [site for site in self.sites if site.id == line.site_id]
        site, source = (*only, *self.sites)[0], self.supply.sources[line.item_id]
        ready = self.supply.calendar.plus(self.ask.today, source.lead_days)
        peg = Peg("lead-time", line.item_id, source.number, rest, ready)
        ship_date = max(self._by_lead_time(line), wanted)
        return self._promised(rest, ship_date, site, line, (peg,))

    def _promised(
        self,
        quantity: Decimal,
        ship_date: date,
        site: SiteFacts,
        line: AskLine,
        pegs: tuple[Peg, ...],
    ) -> Promised:
        arrival = self.supply.calendar.plus(ship_date, self.ask.transit_days)
        source = self.supply.sources[line.item_id]
        reason = reason_for(pegs, line, site, source, ship_date, arrival)
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
    return tuple(sorted(found.values(), key=lambda part: part.ship_date))


def _together(ask: Ask, supply: Supply) -> Answer:
    """All lines whole on one day: from one site when that is no later than from several."""
    choices: list[tuple[SiteFacts, ...]] = [(site,) for site in supply.sites]
    if len(choices) > 1:
        choices.append(supply.sites)
    answers = [_on_one_day(ask, supply, sites) for sites in choices]
    return min(answers, key=_last_ship_date)


def _on_one_day(ask: Ask, supply: Supply, sites: tuple[SiteFacts, ...]) -> Answer:
    """Moves the common day on until every line can leave whole on it; names the line that the others wait for."""
    alone = _Attempt(ask, supply, sites, whole=True).answer()
    found, slowest = alone, _slowest(ask, alone)
    for _ in range(MOST_ROUNDS):
        day = _last_ship_date(found)
        if all(p.ship_date == day for parts in found.lines.values() for p in parts):
            break
        slowest = _slowest(ask, found)
        found = _Attempt(ask, supply, sites, whole=True, not_before=day).answer()
    return Answer(
        {
            line.key: tuple(
                _explained(p, line, slowest, alone, supply) for p in found.lines[line.key]
            )
            for line in ask.lines
        }
    )


def _explained(
    part: Promised, line: AskLine, slowest: AskLine, alone: Answer, supply: Supply
) -> Promised:
    waits = line.key != slowest.key and part.ship_date > alone.lines[line.key][-1].ship_date
    if not waits:
        return part
    number, own = supply.sources[slowest.item_id].number, alone.lines[line.key][-1].promised_date
    return replace(part, reason=waits_for(slowest, number, part, own))


def _slowest(ask: Ask, found: Answer) -> AskLine:
    return max(ask.lines, key=lambda line: max(p.ship_date for p in found.lines[line.key]))


def _last_ship_date(found: Answer) -> date:
    return max(p.ship_date for parts in found.lines.values() for p in parts)
