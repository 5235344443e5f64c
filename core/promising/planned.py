"""What a plan of making or buying comes to; frozen values, pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from core.company.calendar import Calendar
from core.promising.ask import Claim, Peg, Source
from core.promising.load import Moment, Run
from core.promising.plant import Centre, Purchase, Recipe
from core.values import Parameters


@dataclass(frozen=True, slots=True)
class MakingSite:
    """first: the first day on which work can be done there."""

    code: str
    first: date
    calendar: Calendar


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

    def with_rest(self, rest: Planned | None) -> Planned | None:
        """A part from what is there and the rest made or bought."""
        if rest is None:
            return None
        later = self if self.at > rest.at else rest
        pegs, claims = (*self.pegs, *rest.pegs), (*self.claims, *rest.claims)
        return Planned(later.at, later.limit, pegs, claims)

    def sent_from(self, code: str, level: int) -> Planned:
        """With the site from which it is brought; of the promised item itself its sentence tells it."""
        pegs = (
            replace(peg, from_site=code) if (peg.kind, peg.level) == ("make", level) else peg
            for peg in self.pegs
        )
        told = {"made_at": code} if level == 1 else {}
        limit = Parameters(self.limit.code, {**self.limit.facts, **told})
        return replace(self, pegs=tuple(pegs), limit=limit)


def bought(
    purchase: Purchase,
    item: Source,
    item_id: int,
    quantity: Decimal,
    ordered: date,
    ready: date,
    level: int,
) -> Planned:
    """A purchase that is ordered on a day and on the shelf on another."""
    peg = Peg(
        "buy",
        item_id,
        purchase.supplier,
        purchase.lot(quantity),
        ready,
        level=level,
        begins_on=ordered,
        item=item.number,
    )
    facts = {
        "component": item.number,
        "supplier": purchase.supplier,
        "days": str(purchase.lead_days),
        "late_days": str(purchase.late_days),
        "due": ready.isoformat(),
    }
    code = "make-waits-late-buying" if purchase.late_days else "make-waits-buying"
    return Planned(Moment(ready), Parameters(code, facts), (peg,))


@dataclass(frozen=True, slots=True)
class MadeLot:
    """A lot with the runs of its steps and what it is made of. begun: units; item: its name; site_id: where."""

    recipe: Recipe
    begun: Decimal
    runs: list[Run]
    parts: list[Planned]
    level: int
    item: Source
    site_id: int
    centres: Mapping[int, Centre]

    def limit(self, ready: date, first: date) -> Parameters:
        """Missing material, a full work centre, or the work itself: what costs the most days from `first` on."""
        facts = {"item": self.item.number, "unit": self.item.unit, "ready": ready.isoformat()}
        slowest = max(self.parts, key=lambda part: part.at, default=None)
        material = (slowest.ready - first).days if slowest else 0
        fullest = max(self.runs, key=lambda run: run.waited, default=None)
        waited = fullest.waited if fullest else 0
        if slowest is not None and material > 0 and material >= waited:
            return Parameters(
                slowest.limit.code, {**facts, **slowest.limit.facts, "ready": facts["ready"]}
            )
        if fullest is not None and waited > 0:
            centre = self.centres[fullest.centre_id]
            full = {"centre": centre.code, "free": fullest.begins.day.isoformat()}
            return Parameters("make-capacity", facts | full)
        return Parameters("make-work", facts)

    def planned(self, at: Moment, limit: Parameters) -> Planned:
        """The plan of the lot: its steps, then what it is made of."""
        made = Claim(
            "make",
            at.day,
            self.recipe.good(self.begun),
            self.recipe.item_id,
            site_id=self.site_id,
        )
        work = [
            Claim("capacity", day, _minutes(minutes), centre_id=run.centre_id)
            for run in self.runs
            for day, minutes in run.minutes
        ]
        taken = (*work, *(claim for part in self.parts for claim in part.claims))
        steps = (self._step(run) for run in self.runs)
        below = (peg for part in self.parts for peg in part.pegs)
        return Planned(
            at,
            limit,
            (self._whole(at.day), *steps, *below),
            (*(self._own(claim) for claim in taken), made),
        )

    def _own(self, claim: Claim) -> Claim:
        """The claim as one of this lot, unless it belongs to a lot below."""
        return replace(
            claim,
            for_item_id=claim.for_item_id or self.recipe.item_id,
            site_id=claim.site_id or self.site_id,
        )

    def _whole(self, ready: date) -> Peg:
        number = self.item.number
        return Peg(
            "make",
            self.recipe.item_id,
            number,
            self.begun,
            ready,
            level=self.level,
            begins_on=self.runs[0].begins.day if self.runs else ready,
            item=number,
        )

    def _step(self, run: Run) -> Peg:
        return Peg(
            "step",
            run.centre_id,
            self.centres[run.centre_id].code,
            _minutes(sum((minutes for _, minutes in run.minutes), Fraction(0))),
            run.ends.day,
            level=self.level,
            begins_on=run.begins.day,
            item=self.item.number,
        )


def _minutes(exact: Fraction) -> Decimal:
    """Six decimals, rounded up, so that what is booked is never less than what is needed."""
    scaled = exact * 10**6
    return Decimal(-(-scaled.numerator // scaled.denominator)).scaleb(-6)
