"""Goods are about to leave: what was right when the order was booked is looked at again, and what is not is held.

Papers and licences end, lists of restricted parties and customers' debts change. Whoever releases goods asks this first,
in a transaction of its own, so that the hold stays when the release is refused; whoever lifts a hold asks it too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.act import Act
from core.drafts.booked import case_of_order
from core.drafts.case import Case
from core.drafts.checks.charges import exemption_is_valid
from core.drafts.checks.export import goods_may_leave
from core.drafts.checks.hazards import (
    carrier_takes_hazards,
    hazards_are_declared,
    site_ships_hazards,
)
from core.drafts.checks.papers import papers_are_there
from core.drafts.rate import Rated, rate
from core.drafts.reasons import problem_sentence
from core.drafts.rules import Rule
from core.journal import Event
from core.orders.credit import CODE as CREDIT
from core.orders.credit import credit_stops, excess_of
from core.orders.hold import KINDS, place, release, settle
from core.orders.lapse import has_lapsed
from core.orders.let_pass import let_pass
from core.orders.rows import lock
from core.orders.screen import screen_order
from core.orders.standing import blocked_stops
from core.orders.tables import Hold, Order
from core.values import plain

LEAVING: tuple[Rule, ...] = (
    papers_are_there,
    goods_may_leave,
    hazards_are_declared,
    carrier_takes_hazards,
    site_ships_hazards,
    exemption_is_valid,
)
BLOCKED = "customer-blocked"
CODES = (
    CREDIT,
    BLOCKED,
    "paper-missing",
    "export-forbidden",
    "export-licence-missing",
    "hazard-data-missing",
    "hazard-carrier",
    "hazard-site",
    "tax-exemption-missing",
)
"""What this looks at; holds of other codes are left alone."""
ABOUT = ("number", "paper", "for", "country", "export_code", "name")
"""The facts that say what it is about; the others say how it stands."""


@dataclass(frozen=True, slots=True)
class Stop:
    """What stands in the way of leaving now."""

    code: str
    kind: str
    reason: str
    facts: dict[str, Any]

    def is_about(self, facts: dict[str, Any]) -> bool:
        return all(str(self.facts.get(n, "")) == str(facts.get(n, "")) for n in ABOUT)


def look_over(session: Session, order: Order, *, act: Act) -> tuple[Hold, ...]:
    """Places a typed hold for each thing that is not right any more and lifts those whose cause is gone.

    What a person let pass stays passed while it is the same and their word counts. Returns the new holds.
    """
    lock(session, order)
    if order.status != "booked":
        return ()
    listed = screen_order(session, order, act=act)
    found = [*_standing(session, order, act.at), *_checked(session, order, act.at)]
    holds = session.scalars(
        select(Hold).where(Hold.order_id == order.id, Hold.code.in_(CODES)).order_by(Hold.id)
    ).all()
    for hold in holds:
        if hold.status == "active" and not any(_same(stop, hold) for stop in found):
            settle(session, hold, act=act.under(f"settle-{hold.id}"))
    passed = [p.accepted_facts for _, p in let_pass(session, [order], "", act.at)]
    placed = [
        place(
            session,
            order,
            stop.kind,
            stop.reason,
            ("release", "ship"),
            code=stop.code,
            facts=stop.facts,
            act=act.under(f"leaving-{number}"),
        )
        for number, stop in enumerate(found)
        if stop.facts not in passed and not any(_covers(hold, stop, act.at) for hold in holds)
    ]
    return (*((listed,) if listed else ()), *placed)


def lift(
    session: Session, order: Order, hold: Hold, reason: str, until: datetime | None, *, act: Act
) -> Event | None:
    """A person lifts a hold, after the look that may find that its cause is gone (None) or that there is more."""
    look_over(session, order, act=act.under("look"))
    if hold.code in CODES and hold.status == "released" and not has_lapsed(hold, act.at):
        return None
    return release(session, hold, reason, until=until, act=act)


def _standing(session: Session, order: Order, now: datetime) -> Iterator[Stop]:
    """Credit and a block of the customer, as far as nobody let them pass."""
    for reason in credit_stops(session, [order], now).get(order.id, ()):
        yield Stop(CREDIT, "credit", reason, {"over": plain(excess_of(session, order))})
    for reason in blocked_stops(session, [order], now).get(order.id, ()):
        yield Stop(BLOCKED, "customer", reason, {})


def _checked(session: Session, order: Order, now: datetime) -> Iterator[Stop]:
    case = case_of_order(session, order, now)
    rated = rate((problem for rule in LEAVING for problem in rule(case)), case.rules)
    for found in rated:
        if found.rule.severity in ("blocking", "hold"):
            yield _stop(case, found)


def _stop(case: Case, found: Rated) -> Stop:
    sentence = problem_sentence(found.found.code, found.facts)
    positions = {line.id: line.position for line in case.lines}
    line_id = found.found.line_id
    reason = f"Line {positions[line_id]}: {sentence}" if line_id in positions else sentence
    kind = found.rule.hold if found.rule.hold in KINDS else "data"
    return Stop(found.found.code, kind, reason, dict(found.facts))


def _same(stop: Stop, hold: Hold) -> bool:
    return stop.code == hold.code and stop.is_about(hold.facts)


def _covers(hold: Hold, stop: Stop, now: datetime) -> bool:
    """Held already, or lifted for just this while that counts. What credit was lifted for is credit's own affair."""
    if not _same(stop, hold) or (stop.code in (CREDIT, BLOCKED) and hold.status == "released"):
        return False
    return hold.status == "active" or has_lapsed(hold, now) or hold.facts == stop.facts
