"""The question of one line with its answer, against which every other way is held; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.promising.ask import Answer, Ask, AskLine, Promised, Supply
from core.promising.slips import Slip, slips
from core.promising.stand_in import with_line
from core.promising.taken import less, of_items
from core.promising.terms import answer_in_groups


@dataclass(frozen=True, slots=True)
class Alternative:
    """kind: "complete", "split", "substitute" (id: the item), "site" (id), "expedite" (id: the receipt), "express" (id:
    the item that is bought), "supplier" (id: the source of an item that is bought), "overtime" (id: the work centre),
    "first".

    answer: for all lines of the ask. slips: earlier promises that come later by it; gains: those that come sooner.
    due_date: when what is asked for sooner comes; days: by how many sooner; minutes: by day, of overtime. supplier_id: from
    whom it is bought; price: how much more that costs, None when not known.
    """

    kind: str
    id: int
    answer: Answer
    slips: tuple[Slip, ...] = ()
    due_date: date | None = None
    days: int = 0
    minutes: tuple[tuple[date, Decimal], ...] = ()
    gains: tuple[Slip, ...] = ()
    supplier_id: int = 0
    price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """The question with its answer. known: the whole picture; free: the same after earlier promises were served."""

    ask: Ask
    line: AskLine
    known: Supply
    free: Supply
    base: Answer

    def asked(self, changed: AskLine) -> Answer:
        """The answer with the line changed."""
        return answer_in_groups(with_line(self.ask, changed), self.free)

    def cost(self, found: Answer) -> tuple[Slip, ...]:
        """An offer lives from what is free, so this is empty unless somebody is late already."""
        other = [
            part
            for key, parts in found.lines.items()
            if parts != self.base.lines.get(key)
            for part in parts
        ]
        items = {self.line.item_id, *lives_from(self.known, other)}
        every = (part for parts in found.lines.values() for part in parts)
        known = of_items(self.known, items)
        return slips(known, less(known, every))


def lives_from(supply: Supply, parts: Iterable[Promised]) -> set[int]:
    """What the parts live from."""
    named = {(peg.kind, peg.id) for part in parts for peg in part.pegging}
    return {b.item_id for b in supply.buckets if (b.kind, b.id) in named}


def _parts(asked: Question) -> tuple[Promised, ...]:
    """Of the line as it is answered, missed ones too: what makes it late is what could be sooner."""
    key = asked.line.key
    return (*asked.base.lines.get(key, ()), *asked.base.missed.get(key, ()))


def pegged(asked: Question, kind: str) -> list[int]:
    """What the line's plan lives from, each once."""
    pegs = (peg for part in _parts(asked) for peg in part.pegging if peg.kind == kind)
    return list(dict.fromkeys(peg.id for peg in pegs))
