"""Capable to promise: when an item can be made or bought, over all levels of its recipe, on finite capacity; pure.

First backwards from the day that is wished, so that nothing is made sooner than needed and early capacity stays for
who needs it; when that fails, forwards from today to the earliest day. Supply that earlier promises live from is never
touched: what is free is what core.promising.free leaves.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from core.company.calendar import Calendar
from core.promising.ask import Claim, Peg, Source
from core.promising.free import INSIDE, FreeSupply
from core.promising.free import Mark as FreeMark
from core.promising.load import Load, Moment, Run
from core.promising.load import Mark as LoadMark
from core.promising.plant import Component, Plant, Recipe
from core.values import Parameters, plain

MOST_LEVELS = 12


@dataclass(frozen=True, slots=True)
class Planned:
    """A quantity that is there at `at`. limit: why not sooner, with the facts of its sentence."""

    at: Moment
    limit: Parameters
    pegs: tuple[Peg, ...] = ()
    claims: tuple[Claim, ...] = ()

    @property
    def ready(self) -> date:
        return self.at.day


@dataclass(slots=True)
class Planner:
    """Plans on one picture; what is planned is taken from `free` and `load`, so that the next plan sees it.

    first: the first day on which work can be done. sources: name and unit by item id.
    """

    plant: Plant
    free: FreeSupply
    first: date
    calendar: Calendar
    sources: dict[int, Source]
    load: Load = field(init=False)

    def __post_init__(self) -> None:
        self.load = Load(self.plant)

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
        mark = self._mark()
        planned = self._procured(item_id, quantity, None, 1)
        self._restore(mark)
        return planned

    def _kept(self, item_id: int, quantity: Decimal, by: Moment | None) -> Planned | None:
        """A plan whose takings stay, or none and nothing is taken."""
        mark = self._mark()
        planned = self._procured(item_id, quantity, by, 1)
        if planned is None:
            self._restore(mark)
        return planned

    def _mark(self) -> tuple[FreeMark, LoadMark]:
        return self.free.mark(), self.load.mark()

    def _restore(self, mark: tuple[FreeMark, LoadMark]) -> None:
        self.free.restore(mark[0])
        self.load.restore(mark[1])

    def _procured(
        self, item_id: int, quantity: Decimal, by: Moment | None, level: int
    ) -> Planned | None:
        """Made or bought anew; with `by`, None when it cannot be there by then."""
        recipe = self.plant.recipes.get(item_id)
        if recipe is None or level > MOST_LEVELS:
            return self._bought(item_id, quantity, by, level)
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
        receive_days = max(purchase.receive_days, self.plant.inspect_days.get(item_id, 0))
        ready = self.calendar.plus(arrives, receive_days)
        if by is not None and ready > by.day:
            return None
        source = self.sources[item_id]
        peg = Peg(
            "buy",
            item_id,
            purchase.supplier,
            purchase.lot(quantity),
            ready,
            level=level,
            begins_on=self.first,
            item=source.number,
        )
        facts = {
            "component": source.number,
            "supplier": purchase.supplier,
            "days": str(purchase.lead_days),
            "late_days": str(purchase.late_days),
            "due": ready.isoformat(),
        }
        code = "make-waits-late-buying" if purchase.late_days else "make-waits-buying"
        return Planned(Moment(ready), Parameters(code, facts), (peg,))

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
        return self._joined(
            recipe, lot, runs[::-1], parts, by, Parameters("make-in-time", facts), level
        )

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
        limit = self._limit(recipe, runs, parts, at.day)
        days = self.plant.inspect_days.get(recipe.item_id, 0)
        if days:
            at = Moment(self.calendar.plus(at.day, days))
            limit = Parameters(limit.code, {**limit.facts, "inspected": at.day.isoformat()})
        return self._joined(recipe, lot, runs, parts, at, limit, level)

    def _before_inspection(self, recipe: Recipe, by: Moment) -> Moment:
        """When the work must have ended for goods that are released by then."""
        days = self.plant.inspect_days.get(recipe.item_id, 0)
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
            there = min(self.free.amount(item_id, self.plant.site_id, by.day, INSIDE), quantity)
            taken = self._taken(item_id, there, by.day, level)
            if there == quantity:
                return taken
            return _both(taken, self._anew(item_id, quantity - there, by, level))
        return self._soonest(item_id, quantity, level)

    def _anew(
        self, item_id: int, quantity: Decimal, by: Moment | None, level: int
    ) -> Planned | None:
        """A component made or bought for this plan: when it comes, it is for nobody else."""
        planned = self._procured(item_id, quantity, by, level)
        if planned is None:
            return None
        awaited = Claim("awaited", planned.ready, quantity, item_id=item_id)
        return replace(planned, claims=(*planned.claims, awaited))

    def _soonest(self, item_id: int, quantity: Decimal, level: int) -> Planned | None:
        """From what is free and comes, and made or bought anew for the rest: of a few ways the soonest.

        The rest gets the less, the longer free supply is waited for: tried are all of it, what is free at once, and what
        is free last before that is ready.
        """
        plant = self.plant.site_id
        waits = self.free.day_of(item_id, plant, quantity, self.first, INSIDE)
        if waits == self.first:
            return self._taken(item_id, quantity, waits, level)
        best, day = waits, waits
        for tried in range(2):
            until = self._last_free(item_id, best) if tried else self.first
            mark = self._mark()
            planned = self._until(item_id, quantity, until, level) if until else None
            self._restore(mark)
            if planned is not None and (best is None or planned.ready < best):
                best, day = planned.ready, until
        return self._until(item_id, quantity, day, level) if day else None

    def _last_free(self, item_id: int, before: date | None) -> date | None:
        """The last day before that on which more of it becomes free."""
        days = self.free.dates(item_id, self.plant.site_id, INSIDE)
        return max((d for d in days if self.first < d and before and d < before), default=None)

    def _until(self, item_id: int, quantity: Decimal, day: date, level: int) -> Planned | None:
        """What is free by the day, and the rest anew."""
        there = min(self.free.amount(item_id, self.plant.site_id, day, INSIDE), quantity)
        taken = self._taken(item_id, there, day, level) if there else None
        if there == quantity:
            return taken
        anew = self._anew(item_id, quantity - there, None, level)
        return _both(taken, anew) if taken else anew

    def _taken(self, item_id: int, quantity: Decimal, day: date, level: int) -> Planned:
        """From what is free at the plant by this day."""
        if quantity <= 0:
            return Planned(Moment(self.first), Parameters("make-waits-stock", {}))
        pegs = self.free.take(item_id, self.plant.site_id, day, quantity, INSIDE)
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

    def _limit(
        self, recipe: Recipe, runs: list[Run], parts: list[Planned], ready: date
    ) -> Parameters:
        """Missing material, a full work centre, or the work itself: what costs the most days."""
        item = self.sources[recipe.item_id]
        facts = {"item": item.number, "unit": item.unit, "ready": ready.isoformat()}
        slowest = max(parts, key=lambda part: part.at, default=None)
        material = (slowest.ready - self.first).days if slowest else 0
        fullest = max(runs, key=lambda run: run.waited, default=None)
        waited = fullest.waited if fullest else 0
        if slowest is not None and material > 0 and material >= waited:
            return Parameters(
                slowest.limit.code, {**facts, **slowest.limit.facts, "ready": facts["ready"]}
            )
        if fullest is not None and waited > 0:
            centre = self.plant.centres[fullest.centre_id]
            full = {"centre": centre.code, "free": fullest.begins.day.isoformat()}
            return Parameters("make-capacity", facts | full)
        return Parameters("make-work", facts)

    def _joined(
        self,
        recipe: Recipe,
        lot: Decimal,
        runs: list[Run],
        parts: list[Planned],
        at: Moment,
        limit: Parameters,
        level: int,
    ) -> Planned:
        """The plan of a lot: its steps, then what it is made of."""
        item = self.sources[recipe.item_id]
        begins = runs[0].begins.day if runs else at.day
        own = [
            Peg(
                "make",
                recipe.item_id,
                item.number,
                lot,
                at.day,
                level=level,
                begins_on=begins,
                item=item.number,
            )
        ]
        own += [self._step_peg(run, level, item.number) for run in runs]
        claims = [
            Claim("capacity", day, _minutes(minutes), centre_id=run.centre_id)
            for run in runs
            for day, minutes in run.minutes
        ]
        claims += [claim for part in parts for claim in part.claims]
        made = Claim("make", at.day, recipe.good(lot), recipe.item_id, site_id=self.plant.site_id)
        return Planned(
            at,
            limit,
            (*own, *(peg for part in parts for peg in part.pegs)),
            (*(self._for(recipe, claim) for claim in claims), made),
        )

    def _for(self, recipe: Recipe, claim: Claim) -> Claim:
        """The claim as one of this lot, unless it belongs to a lot below."""
        site_id = claim.site_id or self.plant.site_id
        return replace(claim, for_item_id=claim.for_item_id or recipe.item_id, site_id=site_id)

    def _step_peg(self, run: Run, level: int, item: str) -> Peg:
        return Peg(
            "step",
            run.centre_id,
            self.plant.centres[run.centre_id].code,
            _minutes(sum((minutes for _, minutes in run.minutes), Fraction(0))),
            run.ends.day,
            level=level,
            begins_on=run.begins.day,
            item=item,
        )


def _both(taken: Planned, rest: Planned | None) -> Planned | None:
    """A part from what is there and the rest made or bought."""
    if rest is None:
        return None
    later = taken if taken.at > rest.at else rest
    return Planned(later.at, later.limit, (*taken.pegs, *rest.pegs), (*taken.claims, *rest.claims))


def _minutes(exact: Fraction) -> Decimal:
    """Six decimals, rounded up, so that what is booked is never less than what is needed."""
    scaled = exact * 10**6
    return Decimal(-(-scaled.numerator // scaled.denominator)).scaleb(-6)
