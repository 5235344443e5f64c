"""What making and buying takes: recipes, work centres with what is booked on them, purchases; frozen values, pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from core.company.calendar import Calendar
from core.promising.lots import Netted
from core.values import Period

ZERO = Decimal(0)
HUNDRED = Decimal(100)
ANY_SITE = 0
SIX_PLACES = Decimal("0.000001")


def lot_of(quantity: Decimal, minimum: Decimal, multiple: Decimal) -> Decimal:
    """The least quantity that covers `quantity` and is allowed: not under `minimum`, a whole `multiple`."""
    lot = max(quantity, minimum)
    return (lot / multiple).to_integral_value(ROUND_CEILING) * multiple if multiple > 0 else lot


@dataclass(frozen=True, slots=True)
class Component:
    """per: stock units of it in one good unit; scrap_percent: what is lost of it on the way."""

    item_id: int
    per: Decimal
    scrap_percent: Decimal = ZERO

    def needed(self, lot: Decimal) -> Decimal:
        """For a lot; six decimals, rounded up, so that it is never short."""
        exact = lot * self.per * HUNDRED / (HUNDRED - self.scrap_percent)
        return exact.quantize(SIX_PLACES, ROUND_CEILING)


@dataclass(frozen=True, slots=True)
class Times:
    """Minutes of a centre: setup once a lot, run for one unit."""

    setup_minutes: Decimal = ZERO
    run_minutes: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Step:
    """One operation. centres: qualified ones, preferred first. Minutes: setup once a lot, run for one unit.

    times: of centres that need others; valid: of centres on which the item is qualified for some days only.
    """

    number: int
    centres: tuple[int, ...]
    setup_minutes: Decimal = ZERO
    run_minutes: Decimal = ZERO
    times: dict[int, Times] = field(default_factory=dict)
    valid: dict[int, Period] = field(default_factory=dict)

    def minutes(self, lot: Decimal, centre_id: int = 0) -> Decimal:
        own = self.times.get(centre_id, self)
        return own.setup_minutes + own.run_minutes * lot

    def may_be_on(self, centre_id: int, day: date) -> bool:
        period = self.valid.get(centre_id)
        return period is None or period.first <= day <= period.last


@dataclass(frozen=True, slots=True)
class Recipe:
    """How an item is made. yield_percent: good units out of a hundred begun; minimum, multiple: of a lot begun.

    components: where no site has its own in at_sites.
    """

    item_id: int
    components: tuple[Component, ...] = ()
    steps: tuple[Step, ...] = ()
    yield_percent: Decimal = HUNDRED
    minimum: Decimal = ZERO
    multiple: Decimal = ZERO
    at_sites: Mapping[int, tuple[Component, ...]] = field(default_factory=dict)

    @property
    def every_part(self) -> tuple[Component, ...]:
        own = (part for parts in self.at_sites.values() for part in parts)
        return (*self.components, *own)

    def parts_at(self, site_id: int) -> tuple[Component, ...]:
        return self.at_sites.get(site_id, self.components)

    def at(self, site_id: int) -> Recipe:
        """As it is made at this site."""
        if not self.at_sites:
            return self
        return replace(self, components=self.parts_at(site_id), at_sites={})

    def may_be_at(self, site_id: int) -> bool:
        """Whether it is known what it is made of there."""
        return not self.at_sites or bool(self.parts_at(site_id))

    @property
    def every_centre(self) -> tuple[int, ...]:
        return tuple(centre for step in self.steps for centre in step.centres)

    def on(self, centres: Collection[int]) -> Recipe:
        """The recipe on these centres only."""
        steps = (
            replace(step, centres=tuple(c for c in step.centres if c in centres))
            for step in self.steps
        )
        return replace(self, steps=tuple(steps))

    def lot(self, good: Decimal) -> Decimal:
        """Units to begin so that `good` come out, rounded up to whole ones where the item is counted so."""
        begun = good * HUNDRED / self.yield_percent
        if self.yield_percent != HUNDRED:
            begun = begun.quantize(Decimal(1), ROUND_CEILING)
        return lot_of(begun, self.minimum, self.multiple)

    def begun(self, good: Decimal) -> Decimal:
        """What an order for so many good units begins; its lot was sized by who made the order."""
        if self.yield_percent == HUNDRED:
            return good
        return (good * HUNDRED / self.yield_percent).quantize(SIX_PLACES, ROUND_CEILING)

    def good(self, begun: Decimal) -> Decimal:
        if self.yield_percent == HUNDRED:
            return begun
        return (begun * self.yield_percent / HUNDRED).quantize(SIX_PLACES, ROUND_FLOOR)


@dataclass(frozen=True, slots=True)
class Purchase:
    """How an item is bought: lead_days are working days of the supplier, then receive_days of ours.

    late_days: by which the supplier is known to be late, working days of its own; minimum, multiple: of a lot bought.
    express_days: lead time when it is paid for, None when there is none. source_id: the row that says so; unit_cost: of one
    stock unit, None when not known. others: further sources that are qualified, most preferred first.
    """

    supplier: str
    lead_days: int
    calendar: Calendar
    receive_days: int = 0
    late_days: int = 0
    minimum: Decimal = ZERO
    multiple: Decimal = ZERO
    express_days: int | None = None
    source_id: int = 0
    supplier_id: int = 0
    unit_cost: Decimal | None = None
    others: tuple[Purchase, ...] = ()

    def lot(self, quantity: Decimal) -> Decimal:
        return lot_of(quantity, self.minimum, self.multiple)


@dataclass(frozen=True, slots=True)
class PartClosure:
    """So many minutes are lost on each day of the period."""

    period: Period
    minutes: Decimal


@dataclass(frozen=True, slots=True)
class Centre:
    """A work centre with so many productive minutes on each of its working days.

    closed: maintenance of whole days; part_closed: of some minutes a day; reserve_percent: kept for breakdowns.
    overtime: minutes by day that were asked for beside them; overtime_minutes: the most that can be asked for on a day.
    site_id: where it stands, ANY_SITE for wherever something is made.
    """

    id: int
    code: str
    minutes_per_day: Decimal
    calendar: Calendar = field(default_factory=Calendar)
    closed: tuple[Period, ...] = ()
    part_closed: tuple[PartClosure, ...] = ()
    reserve_percent: Decimal = ZERO
    overtime: Mapping[date, Decimal] = field(default_factory=dict)
    overtime_minutes: Decimal = ZERO
    site_id: int = 0

    def minutes_on(self, day: date) -> Decimal:
        if not self.calendar.works(day) or any(p.first <= day <= p.last for p in self.closed):
            return ZERO
        lost = sum(
            (c.minutes for c in self.part_closed if c.period.first <= day <= c.period.last), ZERO
        )
        kept = self.minutes_per_day * (HUNDRED - self.reserve_percent) / HUNDRED
        return max(kept - lost, ZERO) + self.overtime.get(day, ZERO)


@dataclass(frozen=True, slots=True)
class Plant:
    """Recipes and centres. site_id: where things are made whose work centres stand nowhere. booked: minutes by (centre, day) that others have already.

    safety_days: working days that what is made is ready before it has to leave, for what goes wrong in the shop.
    netted: what became of the lots that promises planned. inspect_days: by (item, site) working days of
    inspection, ANY_SITE for sites without their own.
    """

    site_id: int
    recipes: dict[int, Recipe] = field(default_factory=dict)
    purchases: dict[int, Purchase] = field(default_factory=dict)
    centres: dict[int, Centre] = field(default_factory=dict)
    booked: dict[tuple[int, date], Decimal] = field(default_factory=dict)
    safety_days: int = 0
    netted: Netted = field(default_factory=Netted)
    inspect_days: Mapping[tuple[int, int], int] = field(default_factory=dict)

    def inspected(self, item_id: int, site_id: int) -> int:
        """Working days of inspection of what is made or bought anew there."""
        if not self.inspect_days:
            return 0
        usual = self.inspect_days.get((item_id, ANY_SITE), 0)
        return self.inspect_days.get((item_id, site_id), usual)

    def made_at(self, item_id: int) -> dict[int, Recipe]:
        """By site, preferred first, how the item is made there: each step on a work centre of the site.

        ANY_SITE for what needs no centre that stands somewhere. What no site can do alone is made where its work ends.
        """
        recipe = self.recipes.get(item_id)
        if recipe is None:
            return {}
        at = [self.centres[c].site_id for c in recipe.every_centre if c in self.centres]
        sites = list(dict.fromkeys(site for site in at if site != ANY_SITE))
        if len(sites) == 1 and not recipe.at_sites:
            return {sites[0]: recipe}
        if sites:
            able = [site for site in sites if self._can_all(recipe, site)]
            some = able or [self._where_it_ends(recipe, sites[-1])]
            own = {site: recipe.on(self._centres_of(site)) if able else recipe for site in some}
        else:
            own = dict.fromkeys((*recipe.at_sites, ANY_SITE), recipe)
        return {site: made.at(site) for site, made in own.items() if made.may_be_at(site)}

    def _can_all(self, recipe: Recipe, site_id: int) -> bool:
        centres = self._centres_of(site_id)
        return all(not centres.isdisjoint(step.centres) for step in recipe.steps)

    def _centres_of(self, site_id: int) -> set[int]:
        return {n for n, c in self.centres.items() if c.site_id in (ANY_SITE, site_id)}

    def _where_it_ends(self, recipe: Recipe, otherwise: int) -> int:
        last = (self.centres[c].site_id for c in recipe.steps[-1].centres if c in self.centres)
        return next((site for site in last if site != ANY_SITE), otherwise)
