"""Supply that no earlier promise lives from; pure, used up while one ask is answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from core.promising.ask import ZERO, Bucket, Demand, Peg, Supply
from core.promising.delivery import Lane

Mark = dict[tuple[int, int], list[Decimal]]


@dataclass(frozen=True, slots=True)
class Fit:
    """Which supply will do: everybody's, this customer's or this order line's, good until `lasts`, also from other sites
    when `via`.

    at_once: it is taken now and not only promised, so the horizon does not matter. inside: for the site's own work.
    """

    customer_id: int = 0
    lasts: date | None = None
    via: bool = True
    at_once: bool = False
    line_id: int = 0
    inside: bool = False


ANY = Fit()
INSIDE = Fit(inside=True)


@dataclass(slots=True)
class _Left:
    bucket: Bucket
    quantity: Decimal


def _choice(bucket: Bucket) -> tuple[bool, bool, bool, int, date]:
    """What is kept for somebody goes first, then the latest supply, of that what expires first; overdue supply last."""
    latest = -bucket.ready_date.toordinal()
    kept = bucket.line_id == 0, bucket.customer_id == 0
    return *kept, bucket.late, latest, bucket.until or date.max


class FreeSupply:
    """What is left per item and site after the earlier promises, first promised first served."""

    def __init__(self, supply: Supply) -> None:
        self._left: dict[tuple[int, int], list[_Left]] = defaultdict(list)
        self._soonest: dict[tuple[int, int], list[_Left]] = {}
        self._horizons = supply.horizons
        self._lanes: dict[int, list[Lane]] = defaultdict(list)
        self._codes = {site.id: site.code for site in supply.sites}
        for lane in sorted(supply.lanes, key=lambda lane: (lane.days, lane.from_site_id)):
            self._lanes[lane.to_site_id].append(lane)
        for bucket in sorted(supply.buckets, key=_choice):
            self._left[bucket.item_id, bucket.site_id].append(_Left(bucket, bucket.quantity))
        for demand in sorted(supply.demands, key=lambda d: d.turn):
            self.serve(demand)

    def left(self) -> tuple[Bucket, ...]:
        """What is left of each bucket."""
        return tuple(
            replace(left.bucket, quantity=left.quantity)
            for lefts in self._left.values()
            for left in lefts
            if left.quantity
        )

    def copy(self) -> FreeSupply:
        """The same picture again, to be used up by another try."""
        other = object.__new__(FreeSupply)
        other._horizons, other._lanes, other._codes = self._horizons, self._lanes, self._codes
        other._left, other._soonest = defaultdict(list), {}
        for key, lefts in self._left.items():
            other._left[key] = [_Left(left.bucket, left.quantity) for left in lefts]
        return other

    def amount(self, item_id: int, site_id: int, ship_date: date, fit: Fit = ANY) -> Decimal:
        """What can leave on this day."""
        found = sum(
            (left.quantity for left in self._usable(item_id, site_id, ship_date, fit)), ZERO
        )
        for lane in self._lanes[site_id] if fit.via else ():
            leaves = lane.latest(ship_date)
            there = self._usable(item_id, lane.from_site_id, leaves, fit, ship_date)
            found += sum((left.quantity for left in there), ZERO)
        return found

    def dates(self, item_id: int, site_id: int, fit: Fit = ANY) -> list[date]:
        """The days on which more becomes free, here or by transfer."""
        found = [
            left.bucket.usable_on(inside=fit.inside)
            for left in self._left[item_id, site_id]
            if left.quantity
        ]
        for lane in self._lanes[site_id]:
            lefts = self._left[item_id, lane.from_site_id]
            found += [lane.ready(left.bucket.ready_date) for left in lefts if left.quantity]
        return found

    def day_of(
        self, item_id: int, site_id: int, quantity: Decimal, first: date, fit: Fit = ANY
    ) -> date | None:
        """The first day, not before `first`, on which so much is free; None when it never is."""
        days = {first, *(d for d in self.dates(item_id, site_id, fit) if d > first)}
        enough = (d for d in sorted(days) if self.amount(item_id, site_id, d, fit) >= quantity)
        return next(enough, None)

    def mark(self, item_id: int | None = None) -> Mark:
        """What is left now (of one item), to come back to after something was tried."""
        return {
            key: [left.quantity for left in lefts]
            for key, lefts in self._left.items()
            if item_id in (None, key[0])
        }

    def restore(self, mark: Mark) -> None:
        for key, lefts in self._left.items():
            for left, quantity in zip(lefts, mark.get(key, ()), strict=False):
                left.quantity = quantity

    def take(
        self, item_id: int, site_id: int, ship_date: date, quantity: Decimal, fit: Fit = ANY
    ) -> tuple[Peg, ...]:
        """Uses up to `quantity`: what is kept for the line or the customer, then the latest supply that is in time.

        Of that what expires first. What is overdue comes last: a promise should not live from it while there is
        anything better; what has to be transferred comes after what is there.
        """
        if quantity <= 0:
            return ()
        pegs = list(self._used(self._usable(item_id, site_id, ship_date, fit), quantity))
        rest = quantity - sum((peg.quantity for peg in pegs), ZERO)
        for lane in self._lanes[site_id] if fit.via else ():
            if rest <= 0:
                break
            leaves = lane.latest(ship_date)
            there = self._usable(item_id, lane.from_site_id, leaves, fit, ship_date)
            for peg in self._used(there, rest, self._codes.get(lane.from_site_id, ""), leaves):
                pegs.append(peg)
                rest -= peg.quantity
        return tuple(pegs)

    def _used(
        self,
        lefts: Iterable[_Left],
        quantity: Decimal,
        from_site: str = "",
        leaves: date | None = None,
    ) -> Iterator[Peg]:
        for left in lefts:
            used = min(left.quantity, quantity)
            left.quantity -= used
            quantity -= used
            bucket = left.bucket
            yield Peg(
                bucket.kind,
                bucket.id,
                bucket.number,
                used,
                bucket.due_date,
                bucket.late,
                begins_on=leaves,
                from_site=from_site,
                inspected=bucket.inspected_until,
            )
            if quantity <= 0:
                return

    def _usable(
        self, item_id: int, site_id: int, ship_date: date, fit: Fit, later: date | None = None
    ) -> Iterator[_Left]:
        """In the order in which it is used. later: the day on which it goes on from the site that it is transferred to."""
        kept_until = self._horizons.get(item_id)
        beyond = kept_until is not None and not fit.at_once and (later or ship_date) > kept_until
        lasts = max(fit.lasts or date.min, later or ship_date)
        inside = fit.inside and later is None
        for left in self._left[item_id, site_id]:
            bucket = left.bucket
            if (
                left.quantity
                and bucket.usable_on(inside=inside) <= ship_date
                and (bucket.until is None or lasts <= bucket.until)
                and bucket.customer_id in (0, fit.customer_id)
                and bucket.line_id in (0, fit.line_id)
                and not (beyond and kept_until is not None and bucket.ready_date <= kept_until)
            ):
                yield left

    def serve(self, demand: Demand) -> tuple[Decimal, Decimal]:
        """Takes what an earlier promise lives from; returns (what its own day cannot cover, how much of that comes later).

        It keeps its claim on what comes next.
        """
        item_id = demand.item_id
        fit = Fit(demand.customer_id, demand.lasts, line_id=demand.line_id, inside=demand.inside)
        pegs = self.take(item_id, demand.site_id, demand.ship_date, demand.quantity, fit)
        short = missing = demand.quantity - sum((p.quantity for p in pegs), ZERO)
        if short > 0:
            short = self._wait(demand, short)
        return missing, missing - short

    def _wait(self, demand: Demand, short: Decimal) -> Decimal:
        """Takes what comes after its day, the soonest first; returns what is not even to come."""
        for left in self._soonest_first(demand.item_id, demand.site_id):
            bucket = left.bucket
            if (
                left.quantity
                and bucket.usable_on(inside=demand.inside) > demand.ship_date
                and bucket.customer_id in (0, demand.customer_id)
                and bucket.line_id in (0, demand.line_id)
            ):
                used = min(left.quantity, short)
                left.quantity -= used
                short -= used
                if not short:
                    break
        return short

    def _soonest_first(self, item_id: int, site_id: int) -> list[_Left]:
        key = (item_id, site_id)
        if key not in self._soonest:
            self._soonest[key] = sorted(self._left[key], key=lambda left: left.bucket.ready_date)
        return self._soonest[key]
