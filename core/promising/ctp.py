"""Capable to promise: when an item can be made or bought, over all levels of its recipe, on finite capacity; pure.

First backwards from the day that is wished, so that nothing is made sooner than needed and early capacity stays for
who needs it; when that fails, forwards from today to the earliest day. Supply that earlier promises live from is never
touched: what is free is what core.promising.free leaves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from core.company.calendar import Calendar
from core.promising.ask import Claim, Source
from core.promising.brought import from_several
from core.promising.delivery import Lane
from core.promising.free import INSIDE, FreeSupply
from core.promising.free import Mark as FreeMark
from core.promising.load import Load, Moment, Run
from core.promising.load import Mark as LoadMark
from core.promising.planned import MadeLot, MakingSite, Planned, bought
from core.promising.plant import ANY_SITE, Component, Plant, Recipe
from core.values import Parameters, plain

MOST_LEVELS = 12


@dataclass(slots=True)
class Planner:
    """Plans on one picture; what is planned is taken from `free` and `load`, so that the next plan sees it.

    first: the first day on which work can be done. sources: name and unit by item id. site_id: where it plans, the
    plant's own when 0; sites: by id all that there are, lanes: the ways between them.
    """

    plant: Plant
    free: FreeSupply
    first: date
    calendar: Calendar
    sources: dict[int, Source]
    lanes: tuple[Lane, ...] = ()
    sites: Mapping[int, MakingSite] = field(default_factory=dict)
    site_id: int = 0
    load: Load = field(init=False)
    _views: dict[int, Planner] = field(init=False)
    _made: dict[int, dict[int, Recipe]] = field(init=False)

    def __post_init__(self) -> None:
        self.load, self._made = Load(self.plant), {}
        self.site_id = self.site_id or self.plant.site_id
        self._views = {self.site_id: self}

    @property
    def code(self) -> str:
        """Of the site where it plans, "" when it is not known."""
        return self.sites[self.site_id].code if self.site_id in self.sites else ""

    def at(self, site_id: int) -> Planner:
        """The same plans, made at another site: what either takes, the other does not find any more."""
        if site_id == ANY_SITE:
            return self
        if site_id not in self._views:
            site = self.sites.get(site_id, MakingSite("", self.first, self.calendar))
            view = replace(self, first=site.first, calendar=site.calendar, site_id=site_id)
            view.load, view._views, view._made = self.load, self._views, self._made
            self._views[site_id] = view
        return self._views[site_id]

    def makers(self, item_id: int) -> tuple[Planner, ...]:
        """Where the item can be made, preferred first; of what is bought, the plant."""
        made = self._made_at(item_id)
        return tuple(self.at(site_id or self.plant.site_id) for site_id in made) or (self,)

    def _made_at(self, item_id: int) -> dict[int, Recipe]:
        if item_id not in self._made:
            self._made[item_id] = self.plant.made_at(item_id)
        return self._made[item_id]

    def knows(self, item_id: int) -> bool:
        """Whether more than a lead time is known of how the item is got."""
        return item_id in self.plant.recipes or item_id in self.plant.purchases

    def plan(self, item_id: int, quantity: Decimal, by: date | None) -> Planned | None:
        """Makes or buys the whole quantity, ready by `by` when that can be, else as early as can be.

        None when the item has no recipe and no purchase, or nothing helps within two years.
        """
        wish = None if by is None or by < self.first else Moment(by, Fraction(1))
        planned = self._kept(item_id, quantity, wish) if wish else None
        return planned or self._kept(item_id, quantity, None)

    def earliest(self, item_id: int, quantity: Decimal) -> date | None:
        """The day `plan` would reach without a wish; nothing is taken."""
        planned = self._tried(item_id, quantity)
        return planned.ready if planned else None

    def plan_late(self, item_id: int, quantity: Decimal, by: date) -> Planned | None:
        """As `plan`, for a day that is later than wished: its limit says what keeps it from an earlier one."""
        soonest = self._tried(item_id, quantity)
        planned = self.plan(item_id, quantity, by)
        return replace(planned, limit=soonest.limit) if planned and soonest else planned

    def _tried(self, item_id: int, quantity: Decimal) -> Planned | None:
        mark = self.mark()
        planned = self.procured(item_id, quantity, None, 1)
        self.restore(mark)
        return planned

    def _kept(self, item_id: int, quantity: Decimal, by: Moment | None) -> Planned | None:
        """A plan whose takings stay, or none and nothing is taken."""
        mark = self.mark()
        planned = self.procured(item_id, quantity, by, 1)
        if planned is None:
            self.restore(mark)
        return planned

    def mark(self) -> tuple[FreeMark, LoadMark]:
        return self.free.mark(), self.load.mark()

    def restore(self, mark: tuple[FreeMark, LoadMark]) -> None:
        self.free.restore(mark[0])
        self.load.restore(mark[1])

    def procured(
        self, item_id: int, quantity: Decimal, by: Moment | None, level: int
    ) -> Planned | None:
        """Made or bought anew; with `by`, None when it cannot be there by then."""
        made = self._made_at(item_id)
        if not made or level > MOST_LEVELS:
            return self._bought(item_id, quantity, by, level)
        if level == 1 or made.keys() <= {self.site_id, ANY_SITE}:
            return self.made_here(item_id, quantity, by, level)
        return from_several(self, tuple(made), item_id, quantity, by, level)

    def made_here(
        self, item_id: int, quantity: Decimal, by: Moment | None, level: int
    ) -> Planned | None:
        made = self._made_at(item_id)
        recipe = made.get(self.site_id) or made[ANY_SITE]
        lot = recipe.lot(quantity)
        if by is None:
            return self._made_forwards(recipe, lot, level)
        return self._made_backwards(recipe, lot, by, level)

    def _bought(
        self, item_id: int, quantity: Decimal, by: Moment | None, level: int
    ) -> Planned | None:
        purchase = self.plant.purchases.get(item_id)
        if purchase is None:
            return None
        arrives = purchase.calendar.plus(self.first, purchase.lead_days + purchase.late_days)
        receive_days = max(purchase.receive_days, self.plant.inspected(item_id, self.site_id))
        ready = self.calendar.plus(arrives, receive_days)
        if by is not None and ready > by.day:
            return None
        return bought(purchase, self.sources[item_id], item_id, quantity, self.first, ready, level)

    def _made_backwards(
        self, recipe: Recipe, lot: Decimal, by: Moment, level: int
    ) -> Planned | None:
        end = self._before_inspection(recipe, by)
        runs = list[Run]()
        for step in reversed(recipe.steps):
            run = self.load.backwards(step, lot, end, self.first)
            if run is None:
                return None
            self.load.book(run)
            runs.append(run)
            end = run.begins
        parts = self._components(recipe, lot, end, level)
        if parts is None:
            return None
        facts = {"item": self.sources[recipe.item_id].number, "ready": by.day.isoformat()}
        made = self._lot(recipe, lot, runs[::-1], parts, level)
        return made.planned(by, Parameters("make-in-time", facts))

    def _made_forwards(self, recipe: Recipe, lot: Decimal, level: int) -> Planned | None:
        parts = self._components(recipe, lot, None, level)
        if parts is None:
            return None
        at = max((part.at for part in parts), default=Moment(self.first))
        runs = list[Run]()
        for step in recipe.steps:
            run = self.load.forwards(step, lot, at)
            if run is None:
                return None
            self.load.book(run)
            runs.append(run)
            at = run.ends
        made = self._lot(recipe, lot, runs, parts, level)
        limit = made.limit(at.day, self.first)
        days = self.plant.inspected(recipe.item_id, self.site_id)
        if days:
            at = Moment(self.calendar.plus(at.day, days))
            limit = Parameters(limit.code, {**limit.facts, "inspected": at.day.isoformat()})
        return made.planned(at, limit)

    def _lot(
        self, recipe: Recipe, lot: Decimal, runs: list[Run], parts: list[Planned], level: int
    ) -> MadeLot:
        item, centres = self.sources[recipe.item_id], self.plant.centres
        return MadeLot(recipe, lot, runs, parts, level, item, self.site_id, centres)

    def _before_inspection(self, recipe: Recipe, by: Moment) -> Moment:
        """When the work must have ended for goods that are released by then."""
        days = self.plant.inspected(recipe.item_id, self.site_id)
        return Moment(self.calendar.minus(by.day, days), Fraction(1)) if days else by

    def _components(
        self, recipe: Recipe, lot: Decimal, by: Moment | None, level: int
    ) -> list[Planned] | None:
        """Each component at the plant, by the day when one is given; None when one cannot be."""
        parts = []
        for component in recipe.components:
            part = self._component(component, component.needed(lot), by, level + 1)
            if part is None:
                return None
            parts.append(part)
        return parts

    def _component(
        self, component: Component, quantity: Decimal, by: Moment | None, level: int
    ) -> Planned | None:
        item_id = component.item_id
        if by is not None:
            there = min(self.free.amount(item_id, self.site_id, by.day, INSIDE), quantity)
            taken = self._taken(item_id, there, by.day, level)
            if there == quantity:
                return taken
            return taken.with_rest(self._anew(item_id, quantity - there, by, level))
        return self._soonest(item_id, quantity, level)

    def _anew(
        self, item_id: int, quantity: Decimal, by: Moment | None, level: int
    ) -> Planned | None:
        """A component made or bought for this plan: when it comes, it is for nobody else."""
        planned = self.procured(item_id, quantity, by, level)
        if planned is None:
            return None
        awaited = Claim("awaited", planned.ready, quantity, item_id=item_id)
        return replace(planned, claims=(*planned.claims, awaited))

    def _soonest(self, item_id: int, quantity: Decimal, level: int) -> Planned | None:
        """From what is free and comes, and made or bought anew for the rest: of a few ways the soonest.

        The rest gets the less, the longer free supply is waited for: tried are all of it, what is free at once, and what
        is free last before that is ready.
        """
        plant = self.site_id
        waits = self.free.day_of(item_id, plant, quantity, self.first, INSIDE)
        if waits == self.first:
            return self._taken(item_id, quantity, waits, level)
        best, day = waits, waits
        for tried in range(2):
            until = self._last_free(item_id, best) if tried else self.first
            mark = self.mark()
            planned = self._until(item_id, quantity, until, level) if until else None
            self.restore(mark)
            if planned is not None and (best is None or planned.ready < best):
                best, day = planned.ready, until
        return self._until(item_id, quantity, day, level) if day else None

    def _last_free(self, item_id: int, before: date | None) -> date | None:
        """The last day before that on which more of it becomes free."""
        days = self.free.dates(item_id, self.site_id, INSIDE)
        return max((d for d in days if self.first < d and before and d < before), default=None)

    def _until(self, item_id: int, quantity: Decimal, day: date, level: int) -> Planned | None:
        """What is free by the day, and the rest anew."""
        there = min(self.free.amount(item_id, self.site_id, day, INSIDE), quantity)
        taken = self._taken(item_id, there, day, level) if there else None
        if there == quantity:
            return taken
        anew = self._anew(item_id, quantity - there, None, level)
        return taken.with_rest(anew) if taken else anew

    def _taken(self, item_id: int, quantity: Decimal, day: date, level: int) -> Planned:
        """From what is free at the plant by this day."""
        if quantity <= 0:
            return Planned(Moment(self.first), Parameters("make-waits-stock", {}))
        pegs = self.free.take(item_id, self.site_id, day, quantity, INSIDE)
        source, last = self.sources[item_id], max(pegs, key=lambda p: p.inspected or p.due_date)
        found = tuple(replace(peg, level=level, item=source.number) for peg in pegs)
        facts = {
            "component": source.number,
            "component_unit": source.unit,
            "quantity": plain(last.quantity),
            "number": last.number,
            "due": last.due_date.isoformat(),
            **({"inspected": last.inspected.isoformat()} if last.inspected else {}),
        }
        limit = Parameters(f"make-waits-{last.kind}", facts)
        return Planned(
            Moment(day), limit, found, (Claim("component", day, quantity, item_id=item_id),)
        )
