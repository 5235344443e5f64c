"""A component that several of our sites make, or another one than where it is needed: made there and brought; pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

from core.promising.delivery import Lane
from core.promising.load import Moment
from core.promising.planned import Planned
from core.promising.plant import ANY_SITE


class Maker(Protocol):
    """What core.promising.ctp.Planner is to this: a site that plans, and from which others are reached."""

    site_id: int
    first: date
    lanes: tuple[Lane, ...]

    @property
    def code(self) -> str: ...
    def at(self, site_id: int) -> Maker: ...
    def mark(self) -> Any: ...
    def restore(self, mark: Any) -> None: ...
    def made_here(
        self, item_id: int, quantity: Decimal, by: Moment | None, level: int
    ) -> Planned | None: ...


def from_several(
    here: Maker,
    sites: tuple[int, ...],
    item_id: int,
    quantity: Decimal,
    by: Moment | None,
    level: int,
) -> Planned | None:
    """In time from the first of the sites that can, where it is needed before others; else from where it is here soonest.

    When no lane leads here from any of them, they are taken for next door.
    """
    lanes = {lane.from_site_id: lane for lane in here.lanes if lane.to_site_id == here.site_id}
    own = (here.site_id, ANY_SITE)
    near = [site for site in sites if site in own or site in lanes]
    best: tuple[Planned, int] | None = None
    for site_id in sorted(near, key=lambda site: site not in own) or sites[:1]:
        mark = here.mark()
        planned = _from(here.at(site_id), item_id, quantity, by, level, lanes.get(site_id))
        if planned is not None and by is not None:
            return planned
        here.restore(mark)
        if planned is not None and (best is None or planned.at < best[0].at):
            best = planned, site_id
    if best is None:
        return None
    return _from(here.at(best[1]), item_id, quantity, by, level, lanes.get(best[1]))


def _from(
    maker: Maker,
    item_id: int,
    quantity: Decimal,
    by: Moment | None,
    level: int,
    lane: Lane | None,
) -> Planned | None:
    if lane is None:
        return maker.made_here(item_id, quantity, by, level)
    due = Moment(lane.latest(by.day), Fraction(1)) if by is not None else None
    if due is not None and due.day < maker.first:
        return None
    planned = maker.made_here(item_id, quantity, due, level)
    if planned is None:
        return None
    there = replace(planned, at=Moment(lane.ready(planned.ready)))
    return there.sent_from(maker.code, level)
