"""Other terms of delivery are agreed for a booked order or for a group of its lines, which may be formed, changed and
dissolved: what is open is promised anew, first promises stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.errors import BadInput
from core.journal import Event
from core.orders.days_ahead import DaysAhead, days_anew
from core.orders.history import keep_versions
from core.orders.repromise import promise_anew
from core.orders.rows import is_open, line_of, lines_of, lock
from core.orders.tables import Order, OrderLine
from core.orders.terms import agree, drop_empty_groups
from core.promising.agreed import as_texts, require_sense, sentence, terms_of, told
from core.promising.terms import Terms

LONGEST_NAME = 24
TOGETHER = {"complete": "yes"}


@dataclass(frozen=True, slots=True)
class Wish:
    """group "": the whole order. changes: {name of a term (core.promising.agreed.READ): text}. line_ids: the lines that are
    the group from now on; None leaves them as they are. dissolve: the group ends, its lines are under the order's terms."""

    group: str = ""
    changes: Mapping[str, str] | None = None
    line_ids: tuple[int, ...] | None = None
    dissolve: bool = False


def set_delivery(session: Session, order: Order, wish: Wish, reason: str, *, act: Act) -> Event:
    """Dates may become earlier or later by it; what holds under the new terms stays. Raises BadInput."""
    done = journal.done_under(session, order, "set_delivery", act.key)
    if done is not None:
        return done
    lock(session, order)
    journal.check(order, "set_delivery")
    wish = _sound(session, order, wish, reason)
    old, was = _told(order, wish), _members(session, order, wish.group)
    _agree(
        session, order, wish, {"by": act.actor, "reason": reason.strip(), "at": act.at.isoformat()}
    )
    session.flush()
    new, members = _told(order, wish), _members(session, order, wish.group)
    changes = {f"delivery {wish.group}".strip(): [old, new]}
    if was != members:
        changes[f"lines of {wish.group}"] = [was, members]
    moved = promise_anew(session, order, earlier=True, other=True, act=act)
    if moved:
        keep_versions(session, order, _cause(wish, members), act=act)
    facts = {
        "number": order.number,
        "group": wish.group,
        "lines": members,
        "terms": new,
        "reason": reason.strip(),
    }
    return journal.advance(
        session, order, "set_delivery", act=act, changes={**changes, **moved}, facts=facts
    )


def preview_delivery(
    session: Session, order: Order, wish: Wish, *, now: datetime
) -> tuple[DaysAhead, ...]:
    """The days of every open line as they would be; nothing is written. Raises BadInput for what makes no sense."""
    lines = lines_of(session, order)
    with session.no_autoflush:
        _agree(session, order, _sound(session, order, wish, "looked at"), {})
        try:
            return days_anew(session, order, now=now)
        finally:
            session.expire(order, ["delivery", "delivery_policy"])
            for line in lines:
                session.expire(line, ["group_name"])


def _sound(session: Session, order: Order, wish: Wish, reason: str) -> Wish:
    """The wish with its texts trimmed; a new group for which nothing is said goes together. Raises BadInput."""
    group = " ".join(wish.group.split())[:LONGEST_NAME]
    changes = {name: text.strip() for name, text in (wish.changes or {}).items() if text.strip()}
    lines = lines_of(session, order)
    is_known = group in order.delivery or any(line.group_name == group for line in lines)
    if wish.dissolve:
        if not group or not is_known:
            raise BadInput("Name the group that is dissolved.", "group")
        return _with_reason(Wish(group, {}, None, True), reason)
    if not group and wish.line_ids:
        raise BadInput("Name the group that these lines form.", "group")
    if group and not is_known and not wish.line_ids:
        raise BadInput("No line of this order is in that group; tick its lines.", "group")
    for line_id in wish.line_ids or ():
        if not is_open(line_of(session, order, line_id)):
            raise BadInput("A line of which nothing is open needs no terms.", "line_id")
    if group and not is_known and not changes:
        changes = dict(TOGETHER)
    if not changes and wish.line_ids is None:
        raise BadInput("Say what is agreed otherwise.", "complete")
    require_sense(changes, reason)
    return _with_reason(Wish(group, changes, wish.line_ids), reason)


def _with_reason(wish: Wish, reason: str) -> Wish:
    if not reason.strip():
        raise BadInput("Say with whom or why this was agreed.", "reason")
    return wish


def _agree(session: Session, order: Order, wish: Wish, word: dict[str, Any]) -> None:
    if "" not in order.delivery:  # booked before terms were kept by group
        whole = as_texts(Terms(complete=order.delivery_policy == "complete"))
        order.delivery = {"": {"terms": whole, "said": {}}, **order.delivery}
    lines = lines_of(session, order)
    if wish.dissolve or wish.line_ids is not None:
        _regroup(lines, wish)
    if not wish.dissolve:
        agree(order, {wish.group: {"terms": dict(wish.changes or {}), **word}})
    drop_empty_groups(order, lines)


def _regroup(lines: list[OrderLine], wish: Wish) -> None:
    for line in lines:
        if line.id in (wish.line_ids or ()):
            line.group_name = wish.group
        elif line.group_name == wish.group:
            line.group_name = ""


def _members(session: Session, order: Order, group: str) -> str:
    """ "1, 3"; "" for the whole order."""
    lines = lines_of(session, order) if group else []
    return ", ".join(str(line.position) for line in lines if line.group_name == group)


def _told(order: Order, wish: Wish) -> str:
    group = wish.group if wish.group in order.delivery else ""
    return sentence(terms_of(group, Terms(), order.delivery))


def _cause(wish: Wish, members: str) -> str:
    if wish.dissolve:
        return f"terms of delivery: group {wish.group} dissolved"
    of = f" of {wish.group} (lines {members})" if wish.group else ""
    return f"terms of delivery{of}: {told(wish.changes or {}) or 'other lines'}"
