"""Why a promised day is that day: a code and the facts of its sentence; pure."""

from __future__ import annotations

from datetime import date

from core.promising.ask import AskLine, Peg, Promised, SiteFacts, Source
from core.values import Parameters, plain

COMING = ("receipt", "inspection", "return")
"""Kinds of supply that has a day on which it is there."""


def reason_for(
    pegs: tuple[Peg, ...],
    line: AskLine,
    site: SiteFacts,
    source: Source,
    ship_date: date,
    promised_date: date,
    *,
    waits: bool = False,
) -> Parameters:
    """The supply that is ready last decides the day. basis: the kind of its Peg.

    waits: it could be at the customer's door in time, but nobody takes it in.
    """
    peg = max(
        pegs,
        key=lambda p: (
            p.kind == "lead-time",
            p.kind in COMING,
            p.from_site,
            p.inspected or p.due_date,
        ),
    )
    late = line.requested_date is not None and promised_date > line.requested_date
    facts = {
        "basis": peg.kind,
        "item": source.number,
        "unit": source.unit,
        "site": site.code,
        "ship_date": ship_date.isoformat(),
        "on_time": "no" if late else "yes",
    }
    if peg.kind == "lead-time":
        facts |= {"days": str(source.lead_days), "ready": peg.due_date.isoformat()}
        if not late and line.requested_date is not None and peg.due_date < ship_date:
            return Parameters(f"in-time-{source.kind}", facts)
        return Parameters(f"lead-time-{source.kind}", facts)
    if peg.kind in COMING:
        facts |= {
            "number": peg.number,
            "quantity": plain(peg.quantity),
            "due": peg.due_date.isoformat(),
            **({"inspected": peg.inspected.isoformat()} if peg.inspected else {}),
        }
        kind = f"late-{peg.kind}" if peg.late else peg.kind
        slow = late or line.requested_date is None
        return Parameters(f"{'from' if slow else 'in-time'}-{kind}", facts)
    if peg.from_site and peg.begins_on is not None:
        facts |= {"from_site": peg.from_site, "leaves": peg.begins_on.isoformat()}
        return Parameters("by-transfer", facts)
    if late and waits and line.requested_date is not None:
        facts |= {"wished": line.requested_date.isoformat(), "arrives": promised_date.isoformat()}
        return Parameters("soonest-taken-in", facts)
    return Parameters("soonest-shipping" if late else "from-stock", facts)


def reason_for_plan(
    limit: Parameters,
    source: Source,
    site: SiteFacts,
    ship_date: date,
    *,
    late: bool,
    in_time: bool = False,
) -> Parameters:
    """Why what is made or bought anew is not there sooner. in_time: it is ready before it has to leave."""
    facts = {
        "basis": "plan",
        "unit": source.unit,
        "site": site.code,
        "ship_date": ship_date.isoformat(),
        "on_time": "no" if late else "yes",
        **limit.facts,
    }
    bought = {"make-waits-buying": "", "make-waits-late-buying": "-late"}
    if limit.code in bought and limit.facts.get("component") == source.number:
        code = "in-time" if in_time else "lead-time"
        return Parameters(f"{code}-bought{bought[limit.code]}", {"item": source.number, **facts})
    return Parameters(limit.code, {"item": source.number, **facts})


def waits_for(other: AskLine, other_item: str, part: Promised, alone: date) -> Parameters:
    """For a line that would arrive on the day `alone` but is delivered together with `other`."""
    waits = {
        "position": str(other.position),
        "other_item": other_item,
        "alone": alone.isoformat(),
        "waits": str((part.promised_date - alone).days),
    }
    return Parameters("waits-for-line", part.reason.facts | waits)
