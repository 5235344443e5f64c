"""Slips are kept: found, found anew with another date, or gone because the promise holds again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.journal import Event
from core.values import Parameters, plain
from core.watch.book import Kept
from core.watch.cause_values import Cause
from core.watch.cause_words import sentence
from core.watch.tables import PromiseSlip

STANDING = ("open", "refused")


def standing(session: Session, kind: str, item_ids: Collection[int]) -> dict[int, PromiseSlip]:
    """Open and refused slips of these items, by schedule line."""
    rows = session.scalars(
        select(PromiseSlip).where(
            PromiseSlip.kind == kind,
            PromiseSlip.item_id.in_(sorted(item_ids)),
            PromiseSlip.status.in_(STANDING),
        )
    )
    return {slip.schedule_line_id: slip for slip in rows}


def found(
    session: Session,
    kept: Kept,
    kind: str,
    quantity: Decimal,
    new_date: date,
    cause: Cause,
    reason: Parameters,
    *,
    act: Act,
) -> PromiseSlip:
    """A slip that nobody knew of."""
    promised = kept.promise.promised_date
    slip = PromiseSlip(
        kind=kind,
        order_id=kept.order.id,
        line_id=kept.line.id,
        schedule_line_id=kept.schedule.id,
        item_id=kept.line.item_id,
        quantity=quantity,
        promised_date=promised,
        new_date=new_date,
        cause=cause.key,
        cause_code=cause.code,
        cause_facts=cause.facts,
        reason={"code": reason.code, "facts": reason.facts},
        open_key=f"{kind}:{kept.schedule.id}",
    )
    session.add(slip)
    session.flush()
    facts = {
        "promised": promised.isoformat(),
        "new": new_date.isoformat(),
        "cause": sentence(cause.code, cause.facts),
    }
    journal.advance(session, slip, "find", act=act.under(f"slip-{slip.id}"), facts=facts)
    return slip


def changed(slip: PromiseSlip, kept: Kept, quantity: Decimal, new_date: date) -> bool:
    """Whether a person has to look again. A refused slip stays refused as long as it is no worse."""
    if slip.promised_date != kept.promise.promised_date:
        return True
    if slip.status == "refused":
        return new_date > slip.new_date or quantity > slip.quantity
    return (slip.new_date, slip.quantity) != (new_date, quantity)


def revise(
    session: Session,
    slip: PromiseSlip,
    kept: Kept,
    quantity: Decimal,
    new_date: date,
    cause: Cause | None,
    reason: Parameters,
    *,
    act: Act,
) -> Event:
    """The same slip with another date or quantity. cause: None keeps the one that it has."""
    changes = {
        name: [old, new]
        for name, old, new in (
            ("new date", slip.new_date.isoformat(), new_date.isoformat()),
            ("quantity", plain(slip.quantity), plain(quantity)),
        )
        if old != new
    }
    slip.promised_date, slip.new_date, slip.quantity = (
        kept.promise.promised_date,
        new_date,
        quantity,
    )
    if cause is not None:
        slip.cause, slip.cause_code, slip.cause_facts = cause.key, cause.code, cause.facts
    slip.reason = {"code": reason.code, "facts": reason.facts}
    facts = {"new": new_date.isoformat(), "cause": sentence(slip.cause_code, slip.cause_facts)}
    return journal.advance(
        session, slip, "revise", act=act.under(f"slip-{slip.id}"), changes=changes, facts=facts
    )


def vanish(session: Session, slip: PromiseSlip, *, act: Act) -> Event:
    """The promise holds again, or nothing is open of it any more."""
    slip.open_key = None
    facts = {"promised": slip.promised_date.isoformat()}
    return journal.advance(session, slip, "vanish", act=act.under(f"slip-{slip.id}"), facts=facts)
