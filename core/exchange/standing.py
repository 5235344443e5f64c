"""How the exchange with one partner goes: what came and went by format, how it fared, and what was wrong most often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from core.exchange.tables import ExchangeGroup, ExchangeInterchange, ExchangeMessage
from core.inbound.envelopes import Fault

FAULTS_LOOKED_AT = 500
"""Of each level, the newest."""
FAULTS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class FormatStanding:
    """Messages of one format. Of what came: faulty and rejected by our verdict. Of what went: by their answer.

    open: of ours that wait for their answer still.
    """

    direction: str
    format: str
    live: int
    tests: int
    faulty: int
    rejected: int
    open: int
    last: datetime


@dataclass(frozen=True, slots=True)
class FaultStanding:
    """example: the newest of them, in interchange_id."""

    example: Fault
    count: int
    interchange_id: int


@dataclass(frozen=True, slots=True)
class Standing:
    formats: tuple[FormatStanding, ...]
    faults: tuple[FaultStanding, ...]


def standing(session: Session, partner_id: int, *, since: datetime) -> Standing:
    """Copies count as nothing."""
    return Standing(
        tuple(_formats(session, partner_id, since)), tuple(_faults(session, partner_id, since))
    )


def _formats(session: Session, partner_id: int, since: datetime) -> Iterator[FormatStanding]:
    one = ExchangeInterchange
    worst = case((one.verdict == "rejected", one.verdict), else_=ExchangeMessage.verdict)
    heard = case((one.direction == "in", worst), else_=one.answer_state)

    def number_of(*words: str) -> Any:
        return func.sum(case((heard.in_(words), 1), else_=0))

    tests = func.sum(case((one.test.is_(True), 1), else_=0))
    found = session.execute(
        select(
            one.direction, ExchangeMessage.format, func.count(), tests,
            number_of("accepted-with-faults"), number_of("rejected", "partly-accepted"),
            number_of("waiting", "overdue"), func.max(one.created_at),
        )
        .join(ExchangeMessage, ExchangeMessage.interchange_id == one.id)
        .where(one.partner_id == partner_id, one.created_at >= since, one.copy_of_id.is_(None))
        .group_by(one.direction, ExchangeMessage.format)
        .order_by(one.direction, ExchangeMessage.format)
    )  # fmt: skip
    for direction, form, total, test, faulty, rejected, waiting, last in found:
        yield FormatStanding(
            direction, form, total - int(test), int(test), int(faulty), int(rejected),
            int(waiting) if direction == "out" else 0, last,
        )  # fmt: skip


def _faults(session: Session, partner_id: int, since: datetime) -> Iterator[FaultStanding]:
    found: dict[str, FaultStanding] = {}
    counts: Counter[str] = Counter()
    for interchange_id, faults in _faulty(session, partner_id, since):
        for fault in map(Fault.of_json, faults):
            counts[fault.finding] += 1
            newest = found.get(fault.finding)
            if newest is None or newest.interchange_id < interchange_id:
                found[fault.finding] = FaultStanding(fault, 0, interchange_id)
    for finding, count in counts.most_common(FAULTS_SHOWN):
        yield replace(found[finding], count=count)


def _faulty(
    session: Session, partner_id: int, since: datetime
) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """(interchange, faults) of what they sent, level by level."""
    one = ExchangeInterchange
    mine = (
        one.partner_id == partner_id,
        one.direction == "in",
        one.created_at >= since,
        one.copy_of_id.is_(None),
    )
    whole = select(one.id, one.faults).where(*mine, one.verdict != "accepted")
    levels = [whole] + [
        select(level.interchange_id, level.faults)
        .join(one, one.id == level.interchange_id)
        .where(*mine, level.verdict != "accepted")
        for level in (ExchangeGroup, ExchangeMessage)
    ]
    for query in levels:
        newest = query.order_by(one.id.desc()).limit(FAULTS_LOOKED_AT)
        yield from map(tuple, session.execute(newest))
