"""One way to answer an ask: from these sites, in parts or whole; pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from core.promising.anew import Anew, Lead, planner_of
from core.promising.ask import Answer, Ask, AskLine, Demand, Promised, SiteFacts, Supply
from core.promising.delivery import Delivery
from core.promising.free import Fit, FreeSupply

MOST_PARTS = 4

Parts = tuple[Promised, ...]
Way = tuple[SiteFacts, date, Fit]


@dataclass(slots=True)
class Attempt:
    """sites: most preferred first. whole: each line on one day. not_before: nothing arrives sooner."""

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
        planner = planner_of(self.supply, free, self.ask.today)
        anew = Anew(self.supply, self.delivery, self.ask.today, planner)
        return Answer({line.key: self._line(line, free, anew) for line in self.ask.lines})

    def may_have(self, line: AskLine, parts: Parts) -> bool:
        """Whether its site could give by the last day what others give; a quick look before the whole answer."""
        if not parts or any(peg.level or peg.kind == "lead-time" for peg in parts[-1].pegging):
            return True
        (site,) = self.sites
        leaves = self.delivery.latest(site.id, parts[-1].promised_date)
        fit = Fit(self.ask.customer_id, line_id=line.line_id)
        return self.free.amount(line.item_id, site.id, leaves, fit) >= line.quantity

    def _line(self, line: AskLine, free: FreeSupply, anew: Anew) -> Parts:
        if self.whole or line.most_parts == 1:
            return self._on_one_day(line, free, anew)
        rest, parts = line.quantity, list[Promised]()
        most = line.most_parts or MOST_PARTS
        sites, wish = self._open_to(line), self._wish(line)
        lead = anew.lead(line, rest, sites, wish)
        for arrival in self._arrivals(line, free, wish, lead.arrival):
            if wish < arrival and lead.arrival <= arrival:
                break  # the rest is made sooner
            for way in self._ways(line, free, arrival, rest):
                must_be_all = len(parts) >= most - 1 and arrival < lead.arrival
                part = self._taken(line, way, rest, free, anew, must_be_all=must_be_all)
                if part is None:
                    continue
                parts.append(part)
                rest -= part.quantity
                if rest == 0:
                    return _merged(parts)
                lead = anew.lead(line, rest, sites, wish)
        last = self._made(rest, line, wish, lead, free, anew)
        return _merged([*parts, last] if last else parts)

    def _on_one_day(self, line: AskLine, free: FreeSupply, anew: Anew) -> Parts:
        """All of the line on the first day from the wish on, from what is there and comes and what is made for the rest."""
        day = self._day_of_all(line, free, anew)
        parts, rest = self._there(line, free, anew, day)
        if rest > 0:
            lead = anew.lead(line, rest, self._open_to(line), day)
            last = self._made(rest, line, day, lead, free, anew)
            if last is None:
                return ()
            parts.append(last)
        return _for_one_reason(_merged(parts))

    def _day_of_all(self, line: AskLine, free: FreeSupply, anew: Anew) -> date:
        """More of it is there on later days, so that less has to be made: where the two meet is the soonest."""
        sites, wish = self._open_to(line), self._wish(line)
        lead = anew.lead(line, line.quantity, sites, wish).arrival
        days = self._arrivals(line, free, wish, lead)
        there = (day for day in days if self._rest(line, free, anew, day) == 0)
        end = min(next(there, date.max), max(lead, wish))
        if end == wish or not anew.plans(line.item_id):
            return end
        days = [day for day in days if day < end]

        def ready(day: date) -> date:
            rest = self._rest(line, free, anew, day)
            return anew.lead(line, rest, sites, day).arrival

        met = bisect_left(days, True, key=lambda day: ready(day) <= day)
        found = [days[met]] if met < len(days) else [end]
        if met > 0:
            found.append(ready(days[met - 1]))
        return min(found)

    def _rest(self, line: AskLine, free: FreeSupply, anew: Anew, day: date) -> Decimal:
        """What has to be made of it to arrive on the day; nothing is taken."""
        mark = free.mark(line.item_id)
        _, rest = self._there(line, free, anew, day)
        free.restore(mark)
        return rest

    def _there(
        self, line: AskLine, free: FreeSupply, anew: Anew, day: date
    ) -> tuple[list[Promised], Decimal]:
        """(parts that supply can give for this day, what it cannot)."""
        rest, parts = line.quantity, list[Promised]()
        for way in self._ways(line, free, day, rest, whole=True):
            part = self._taken(line, way, rest, free, anew) if rest > 0 else None
            if part is not None:
                parts.append(part)
                rest -= part.quantity
        return parts, rest

    def _taken(
        self,
        line: AskLine,
        way: Way,
        rest: Decimal,
        free: FreeSupply,
        anew: Anew,
        *,
        must_be_all: bool = False,
    ) -> Promised | None:
        """As much of the rest as can come this way; None when that is nothing, or too little."""
        site, ship_date, fit = way
        there = free.amount(line.item_id, site.id, ship_date, fit)
        step = line.multiple or self.supply.sources[line.item_id].step
        quantity = _not_less(_whole_units(there, rest, step), rest, line.least, step)
        if quantity <= 0 or (must_be_all and quantity < rest):
            return None
        pegs = free.take(line.item_id, site.id, ship_date, quantity, fit)
        return anew.part(quantity, ship_date, site, line, pegs)

    def _made(
        self, rest: Decimal, line: AskLine, wish: date, lead: Lead, free: FreeSupply, anew: Anew
    ) -> Promised | None:
        """The rest, made or bought. What it would be served from in the book is not there for the next line either."""
        last = anew.promised(rest, line, wish, lead)
        if last is not None:
            days = self._shelf_days(line)
            free.serve(
                Demand(
                    line.item_id,
                    last.site_id,
                    rest,
                    last.ship_date,
                    0,
                    customer_id=self.ask.customer_id,
                    lasts=last.promised_date + timedelta(days=days) if days else None,
                    line_id=line.line_id,
                )
            )
        return last

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
        self,
        line: AskLine,
        free: FreeSupply,
        arrival: date,
        rest: Decimal,
        *,
        whole: bool = False,
    ) -> Iterator[Way]:
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
        alone = whole or self.supply.one_site
        yield from sorted(
            ways,
            key=lambda way: (
                alone and free.amount(line.item_id, way[0].id, way[1], way[2]) < rest,
                way[2].via,
                way[0].priority,
            ),
        )

    def _fit(self, line: AskLine, site: SiteFacts, leaves: date, *, via: bool) -> Fit:
        days = self._shelf_days(line)
        arrival = self.delivery.arrives(site.id, leaves)
        lasts = arrival + timedelta(days=days) if days else None
        return Fit(self.ask.customer_id, lasts, via, line_id=line.line_id)

    def _shelf_days(self, line: AskLine) -> int:
        return max(line.shelf_days, self.supply.shelf_days.get(line.item_id, 0))


def _whole_units(available: Decimal, rest: Decimal, step: Decimal) -> Decimal:
    """All of the rest when it is there, else as many whole steps as there are."""
    if available >= rest:
        return rest
    return available // step * step if step > 0 else available


def _not_less(quantity: Decimal, rest: Decimal, least: Decimal, step: Decimal) -> Decimal:
    """So much that neither this part nor what stays for later is smaller than the customer takes."""
    if quantity >= rest or least <= 0:
        return quantity
    quantity = min(quantity, rest - least)
    if step > 0:
        quantity = quantity // step * step
    return quantity if quantity >= least else Decimal(0)


def _merged(parts: list[Promised]) -> Parts:
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


def _for_one_reason(parts: Parts) -> Parts:
    """Several parcels of a day come for what the last of them waits for."""
    if len(parts) < 2:
        return parts
    last = max(parts, key=lambda part: max(peg.due_date for peg in part.pegging))
    return tuple(replace(part, reason=last.reason) for part in parts)
