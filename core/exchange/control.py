"""Control numbers of what we send: one gapless sequence for each pair of ends and each level, taken in the transaction
that stores the message, so that a crash gives the number back and none is used twice."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.exchange.formats import GROUP_CODES, family
from core.exchange.tables import ExchangeInterchange
from core.inbound.envelopes import Endpoint
from core.numbers import next_number

LARGEST = 999_999_999
"""ISA13, GS06 and ST02 have nine digits; UNB 0020 takes fourteen, and nine do there too."""

LEVELS = ("interchange", "group", "message")


@dataclass(frozen=True, slots=True)
class Numbers:
    """From 1 to LARGEST; 1 for a level that was not taken."""

    interchange: int
    group: int = 1
    message: int = 1


def levels_of(format: str) -> tuple[str, ...]:
    """The levels that a message of this format numbers."""
    if format in GROUP_CODES:
        return LEVELS
    return ("interchange", "message") if family(format) == "edifact" else ("interchange",)


def take(
    session: Session,
    standard: str,
    sender: Endpoint,
    receiver: Endpoint,
    *,
    levels: tuple[str, ...] = LEVELS,
    first: int = 1,
    how_many: Mapping[str, int] | None = None,
) -> Numbers:
    """The next number of each of the levels. first: where a new sequence begins. After LARGEST comes 1 again.

    how_many: numbers in a row that a level takes, of which the first is given; one when not named.

    The sequence belongs to the ends, not to the partner's row, so that a profile made later counts on.
    """
    taken = {
        level: _next(session, _name(level, standard, sender, receiver), first) for level in levels
    }
    for level, number in (how_many or {}).items():
        for _ in range(number - 1 if level in levels else 0):
            _next(session, _name(level, standard, sender, receiver), first)
    if taken["interchange"].lap:
        _make_room(session, standard, sender, receiver, taken["interchange"])
    return Numbers(**{level: found.number for level, found in taken.items()})


@dataclass(frozen=True, slots=True)
class _Taken:
    """lap: how often the sequence went round before."""

    number: int
    lap: int


def _next(session: Session, name: str, first: int) -> _Taken:
    lap, number = divmod(int(next_number(session, name, first=first)) - 1, LARGEST)
    return _Taken(number + 1, lap)


def _name(level: str, standard: str, sender: Endpoint, receiver: Endpoint) -> str:
    ends = "\0".join((sender.qualifier, sender.id, receiver.qualifier, receiver.id))
    return f"edi-out:{family(standard)}:{level}:{hashlib.sha256(ends.encode()).hexdigest()[:24]}"


def _make_room(
    session: Session, standard: str, sender: Endpoint, receiver: Endpoint, taken: _Taken
) -> None:
    """A number that comes round again: the row that had it says since when it is an old one."""
    old = session.scalar(
        select(ExchangeInterchange).where(
            ExchangeInterchange.direction == "out",
            ExchangeInterchange.standard == family(standard),
            ExchangeInterchange.sender_id == sender.id,
            ExchangeInterchange.sender_qualifier == sender.qualifier,
            ExchangeInterchange.receiver_id == receiver.id,
            ExchangeInterchange.receiver_qualifier == receiver.qualifier,
            ExchangeInterchange.control == str(taken.number),
            ExchangeInterchange.copy_of_id.is_(None),
        )
    )
    if old is not None:
        old.control = f"{taken.number} (before round {taken.lap + 1})"
        session.flush()
