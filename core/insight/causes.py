"""What costs people's time, ranked by how often it was touched, each with the one edit that removes it.

What the edit would have saved is not guessed: where it is a mapping it is tried on the same drafts (core.drafts.lab.tried).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from core.drafts.lab.tried import has_place, try_mapping
from core.errors import BadInput
from core.insight.intake import instants
from core.insight.remedies import remedy_of, told
from core.insight.touches import Touch, around_of, minutes_of, touches_of
from core.masterdata.every import table_named
from core.masterdata.select import of_key
from core.values import Period

MOST = 25
MAPPINGS = frozenset({"part-numbers", "units", "contacts"})
"""Rows of these mean the same whatever else they say: when one is there, the edit is made."""


@dataclass(frozen=True, slots=True)
class Costly:
    """touches and drafts: how often and on how many it cost a touch; how: by what was done, most first; minutes: of work.

    remedy: what to do; table with fills: where, "" for the check itself. saved: touches that the edit would have
    spared, wrong: places where it says something else than people did; None where it cannot be tried. made: the edit
    is made already.
    """

    code: str
    touches: int
    drafts: int
    how: tuple[tuple[str, int], ...]
    minutes: int
    remedy: str
    table: str
    fills: dict[str, str]
    customer: str
    customer_id: int | None
    saved: int | None = None
    wrong: int | None = None
    made: bool = False


Row = tuple[Touch, dict[str, str]]


def costly_causes(
    session: Session, period: Period, *, customer_id: int | None = None, most: int = MOST
) -> tuple[Costly, ...]:
    """Causes of the period, those that cost the most touches first; of one customer when asked for."""
    touches = touches_of(session, period)
    around, minutes = around_of(session, touches), minutes_of(session, touches)
    groups: dict[tuple[str, ...], list[Row]] = {}
    for touch in touches:
        facts = {**touch.facts, **around.get((touch.draft_id, touch.line_id), {})}
        facts = {**facts, **{name: value for name, value in touch.facts.items() if value}}
        facts["item"] = facts.get("item") or facts.get("number", "")
        if customer_id is None or facts.get("customer_id") == str(customer_id):
            groups.setdefault(_key(touch, facts), []).append((touch, facts))
    first, end = instants(session, period)
    ranked = sorted(groups.values(), key=lambda rows: (-len(rows), -_drafts(rows), rows[-1][0].code, rows[-1][1].get("customer", "")))  # fmt: skip
    return tuple(_costly(session, rows, minutes, first, end) for rows in ranked[:most])


def _key(touch: Touch, facts: dict[str, str]) -> tuple[str, ...]:
    remedy = remedy_of(touch.code)
    whose = facts.get("customer_id", "") if remedy.by_customer else ""
    return (touch.code, whose, *(facts.get(name, "") for name in remedy.key))


def _drafts(rows: list[Row]) -> int:
    return len({touch.draft_id for touch, _ in rows})


def _costly(
    session: Session, rows: list[Row], minutes: dict[int, float], first: datetime, end: datetime
) -> Costly:
    """The newest touch says it best."""
    touch, facts = rows[-1]
    remedy = remedy_of(touch.code)
    customer = facts.get("customer_id", "")
    fills = {column: facts.get(fact, "") for column, fact in remedy.fills if facts.get(fact)}
    saved, wrong = _tried(session, remedy.table, fills, first, end)
    return Costly(
        code=touch.code,
        touches=len(rows),
        drafts=_drafts(rows),
        how=tuple(Counter(t.how for t, _ in rows).most_common()),
        minutes=round(sum(minutes.get(t.draft_id, 0.0) for t, _ in rows)),
        remedy=told(remedy, facts),
        table=remedy.table,
        fills=fills,
        customer=facts.get("customer", "") if remedy.by_customer else "",
        customer_id=int(customer) if customer and remedy.table == "customers" else None,
        saved=saved,
        wrong=wrong,
        made=_is_made(session, remedy.table, fills),
    )


def _tried(
    session: Session, table: str, fills: dict[str, str], first: datetime, end: datetime
) -> tuple[int | None, int | None]:
    try:
        trial = try_mapping(session, table, fills, now=end, days=(end - first).days)
    except (BadInput, ValueError):  # what it names is not there any more
        return None, None
    return (trial.saved, trial.wrong) if trial is not None else (None, None)


def _is_made(session: Session, name: str, fills: dict[str, str]) -> bool:
    if name == "addresses" and "street" in fills:
        return has_place(session, fills)
    if name not in MAPPINGS:
        return False
    table = table_named(name)
    if not all(fills.get(column) for column in table.key):
        return False
    rows = of_key(session, table, [fills[column] for column in table.key])
    return any(row.values.get("known", True) for row in rows)
