"""Holds: typed blocks beside the order's status, and the one gate that every path asks before it moves goods or money."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.agreements.hold_people import hold_people
from core.agreements.strictness import DEFAULTS, Strictness, rules_for
from core.errors import BadInput, Blocked
from core.journal import Event
from core.orders.credit import excess_of
from core.orders.lapse import has_lapsed, holds_now, lapse
from core.orders.let_pass import SETTLER
from core.orders.rows import lock, made_under
from core.orders.standing import standing_stops
from core.orders.tables import Hold, Order
from core.people.may import powers, require_one_of, user_id_of
from core.promising.sentences import shown_day
from core.screening.look import note_release
from core.values import plain, utc_now

STOPPABLE = ("allocate", "release", "ship", "invoice")
KINDS: dict[str, tuple[str, ...]] = {
    "credit": ("release", "ship"),
    "quality": ("release", "ship"),
    "export": ("release", "ship"),
    "data": ("allocate", "release", "ship"),
    "customer": ("allocate", "release", "ship"),
    "consent": ("release", "ship"),
    "manual": ("release", "ship"),
}


def place(
    session: Session,
    order: Order,
    kind: str,
    reason: str,
    stops: tuple[str, ...] = (),
    *,
    code: str = "",
    facts: dict[str, Any] | None = None,
    act: Act,
) -> Hold:
    """Puts a hold on an order, whatever its status. stops: verbs of STOPPABLE; none: what the kind usually stops.

    code, facts: the check that it comes from and what that found; without one a person places it by hand, and NotAllowed
    says who may.
    """
    made = made_under(session, Hold, "place", act)
    if made is not None:
        return made
    if kind not in KINDS:
        raise BadInput(f"A hold is one of {', '.join(KINDS)}.", "kind")
    if not reason.strip():
        raise BadInput("Say why the order is held.", "reason")
    unknown = set(stops) - set(STOPPABLE)
    if unknown:
        raise BadInput(f"A hold cannot stop {', '.join(sorted(unknown))}.", "stops")
    if not code and user_id_of(act.actor) is not None:
        require_one_of(
            session, hold_people(session)[kind].place_roles, f"place {kind} holds", act=act
        )
    hold = Hold(
        order_id=order.id,
        kind=kind,
        code=code,
        facts=facts or {},
        reason=reason.strip(),
        stops=list(stops or KINDS[kind]),
        placed_by=act.actor,
        created_at=act.at,
    )
    told = {"order": order.number, "kind": kind, "reason": hold.reason}
    journal.advance(session, hold, "place", act=act, facts=told)
    return hold


def release(
    session: Session,
    hold: Hold,
    reason: str,
    *,
    until: datetime | None = None,
    cites: int | None = None,
    act: Act,
) -> Event:
    """Lifts a hold; person, reason, value and end are kept. Raises NotAllowed with who may.

    cites: the document that it is lifted for.
    """
    done = journal.done_under(session, hold, "release", act.key)
    if done is not None:
        return done
    lock(session, hold)
    if has_lapsed(hold, act.at):
        lapse(session, hold, act=act.under("lapse"))
    journal.check(hold, "release")
    if not reason.strip():
        raise BadInput("Say why the hold is lifted.", "reason")
    order = session.get_one(Order, hold.order_id)
    rule = _rule(session, order, hold)
    require_one_of(session, rule.roles, f"lift {hold.kind} holds", act=act)
    hold.released_by = act.actor
    hold.released_until = _end(rule, until, act.at)
    if hold.code == "restricted-party":
        note_release(session, Order.SUBJECT, order.id, reason.strip(), act=act)
    if hold.kind == "credit":
        hold.facts = {**hold.facts, "over": plain(excess_of(session, order))}
    hold.release_reason = reason.strip()
    facts = {"kind": hold.kind, "reason": hold.release_reason, "over": hold.facts.get("over", "")}
    if cites is not None:
        hold.facts = {**hold.facts, "document_id": cites}
        facts["document_id"] = str(cites)
    if hold.released_until is not None:
        facts["until"] = hold.released_until.isoformat()
        facts["until_day"] = shown_day(hold.released_until.date().isoformat())
    return journal.advance(session, hold, "release", act=act, facts=facts)


def settle(
    session: Session, hold: Hold, why: str = "The check finds nothing any more", *, act: Act
) -> Event:
    """What a check placed it for is gone: nobody has to decide anything any more."""
    hold.released_by, hold.released_until = SETTLER, None
    hold.release_reason = why
    facts = {"kind": hold.kind, "reason": hold.release_reason}
    by_rule = Act(SETTLER, act.at, act.key)
    return journal.advance(session, hold, "release", act=by_rule, facts=facts)


def _rule(session: Session, order: Order, hold: Hold) -> Strictness:
    """Who may lift it: whoever may override the check that it came from, else as its kind says."""
    if hold.code:
        return rules_for(session, order.customer_id).of(hold.code)
    expires = DEFAULTS["credit-exceeded"].expires_hours if hold.kind == "credit" else None
    return Strictness(hold.kind, "hold", hold_people(session)[hold.kind].lift_roles, expires)


def placeable(session: Session, actor: str) -> dict[str, tuple[str, ...]]:
    """Kinds of hold that this person may place by hand, with what each usually stops."""
    able, people = powers(session, actor), hold_people(session)
    return {kind: stops for kind, stops in KINDS.items() if able & set(people[kind].place_roles)}


def lifters(session: Session, order: Order, hold: Hold) -> tuple[str, ...]:
    """Roles and duties that may lift it."""
    return _rule(session, order, hold).roles


def _end(rule: Strictness, wished: datetime | None, now: datetime) -> datetime | None:
    longest = now + timedelta(hours=rule.expires_hours) if rule.expires_hours is not None else None
    return min((end for end in (wished, longest) if end is not None), default=None)


def stopped(session: Session, order: Order, verb: str) -> tuple[Hold, ...]:
    """Active holds that stop this verb, oldest first."""
    return _stopped(session, [order], verb, utc_now())[order.id]


def _stopped(
    session: Session, orders: Sequence[Order], verb: str, now: datetime
) -> dict[int, tuple[Hold, ...]]:
    ids = [order.id for order in orders]
    active = session.scalars(
        select(Hold).where(Hold.order_id.in_(ids), holds_now(now)).order_by(Hold.id)
    ).all()
    return {
        order_id: tuple(h for h in active if h.order_id == order_id and verb in h.stops)
        for order_id in ids
    }


def reasons(
    session: Session, order: Order, verb: str, now: datetime | None = None
) -> tuple[str, ...]:
    """Why this verb is refused now, in sentences; empty when the way is free."""
    return reasons_by_order(session, [order], verb, now)[order.id]


def reasons_by_order(
    session: Session, orders: Sequence[Order], verb: str, now: datetime | None = None
) -> dict[int, tuple[str, ...]]:
    """reasons() of many orders, by order id."""
    held = _stopped(session, orders, verb, now or utc_now())
    standing = standing_stops(session, orders, verb, now)
    return {
        order_id: (
            *(f"{hold.kind.capitalize()} hold: {hold.reason}" for hold in holds),
            *_not_held(standing.get(order_id, ()), holds),
        )
        for order_id, holds in held.items()
    }


def _not_held(standing: tuple[str, ...], holds: Sequence[Hold]) -> tuple[str, ...]:
    """What a hold says already is not said twice."""
    return tuple(why for why in standing if not any(hold.reason == why for hold in holds))


def require_free(session: Session, order: Order, verb: str, *, now: datetime | None = None) -> None:
    """The gate. Raises Blocked with every reason."""
    found = reasons(session, order, verb, now)
    if found:
        raise Blocked(
            f"Order {order.number} cannot {verb} now. {' '.join(found)} Nothing was changed.", found
        )
