"""Other terms of delivery are agreed for a booked order: what is open is promised anew, first promises stay."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.errors import BadInput
from core.journal import Event
from core.orders.history import keep_versions
from core.orders.repromise import promise_anew
from core.orders.rows import lines_of, lock
from core.orders.tables import Order
from core.orders.terms import agree
from core.promising.agreed import require_sense, sentence, terms_of, told
from core.promising.terms import Terms


def set_delivery(
    session: Session,
    order: Order,
    group: str,
    changes: Mapping[str, str],
    reason: str,
    *,
    act: Act,
) -> Event:
    """For the whole order (group "") or for a group of its lines. changes: {name of a term (core.promising.agreed.READ):
    text}. Dates may become earlier or later by it; what holds under the new terms stays. Raises BadInput."""
    done = journal.done_under(session, order, "set_delivery", act.key)
    if done is not None:
        return done
    lock(session, order)
    journal.check(order, "set_delivery")
    changes = {name: text.strip() for name, text in changes.items() if text.strip()}
    if not changes:
        raise BadInput("Say what is agreed otherwise.", "complete")
    require_sense(changes, reason)
    if group and all(line.group_name != group for line in lines_of(session, order)):
        raise BadInput("No line of this order is in that group.", "group")
    old = sentence(terms_of(group, Terms(), order.delivery))
    word = {"by": act.actor, "reason": reason.strip(), "at": act.at.isoformat()}
    agree(order, {group: {"terms": changes, **word}})
    moved = promise_anew(session, order, earlier=True, other=True, act=act)
    if moved:
        keep_versions(session, order, f"terms of delivery: {told(changes)}", act=act)
    new = sentence(terms_of(group, Terms(), order.delivery))
    facts = {"number": order.number, "group": group, "terms": new, "reason": reason.strip()}
    return journal.advance(
        session,
        order,
        "set_delivery",
        act=act,
        changes={f"delivery {group}".strip(): [old, new], **moved},
        facts=facts,
    )
