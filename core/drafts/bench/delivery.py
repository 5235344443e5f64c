"""The terms of delivery in force, and what a complete delivery waits for, as the workbench shows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from core.drafts.panes import LineView, TermsView
from core.drafts.tables import Draft
from core.orders.tables import Order
from core.parties.tables import Customer
from core.people.may import user_id_of
from core.people.tables import User
from core.promising.agreed import of_customer, sentence, terms_of
from core.promising.sentences import day_text
from core.promising.terms import Terms


def terms_views(
    session: Session, draft: Draft, customer: Customer | None, lines: Sequence[LineView]
) -> tuple[TermsView, ...]:
    """The order's own first, then each group's. Of a change, what its order agreed counts instead of the customer's."""
    own = of_customer(customer)
    revised = session.get(Order, draft.revision_of_id) if draft.revision_of_id else None
    if revised is not None and draft.kind != "order":
        own = terms_of("", own, revised.delivery)
    live = [line for line in lines if not line.removed]
    names = dict.fromkeys(["", *draft.delivery, *(line.group for line in live)])
    return tuple(
        _view(session, draft, name, terms_of(name, own, draft.delivery), live) for name in names
    )


def _view(
    session: Session, draft: Draft, group: str, terms: Terms, lines: Sequence[LineView]
) -> TermsView:
    kept = draft.delivery.get(group, {})
    members = [line for line in lines if line.group == group]
    return TermsView(
        group=group,
        sentence=sentence(terms),
        agreed=bool(kept),
        by=_name(session, str(kept.get("by", ""))),
        reason=str(kept.get("reason", "")),
        texts=dict(kept.get("terms", {})),
        positions=tuple(line.position for line in members) if group else (),
        waits=_waits(draft, members) if terms.complete else "",
    )


def _name(session: Session, actor: str) -> str:
    user_id = user_id_of(actor)
    user = session.get(User, user_id) if user_id is not None else None
    return user.name if user else actor


def _waits(draft: Draft, lines: Sequence[LineView]) -> str:
    """ "All of it waits for line 2 (BX-60): Tue 8 Dec instead of Thu 3 Dec, 5 days." """
    found = draft.promise.get("lines", {}) | draft.promise.get("missed", {})
    ids = {str(line.id) for line in lines}
    facts = [
        part["reason"]["facts"]
        for line_id, parts in found.items()
        if line_id in ids
        for part in parts
        if part["reason"]["facts"].get("other_item")
    ]
    if not facts:
        return ""
    longest = max(facts, key=lambda f: int(f["waits"]))
    alone = date.fromisoformat(longest["alone"])
    arrives = date.fromordinal(alone.toordinal() + int(longest["waits"]))
    days = "a day" if longest["waits"] == "1" else f"{longest['waits']} days"
    return (
        f"All of it waits for line {longest['position']} ({longest['other_item']}): "
        f"{day_text(arrives)} instead of {day_text(alone)}, {days} later."
    )
