"""Items that a line without a known number may mean; only offered, never taken."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.drafts.case import Case
from core.drafts.keys import code_key, words
from core.drafts.matching.catalogue import item_label, packed
from core.drafts.matching.similarity import covered, shared
from core.drafts.matching.values import Pick
from core.drafts.tables import DraftLine

SUGGEST = 0.45
MOST_SUGGESTIONS = 5
MOST_LOOKED_AT = 400
_CODE_LIKE = re.compile(r"(?=\S*\d)[\w./-]{4,}")


@dataclass(frozen=True, slots=True)
class Candidate:
    id: int
    number: str
    description: str
    description_de: str


def suggest(session: Session, case: Case, lines: list[DraftLine]) -> dict[int, tuple[Pick, ...]]:
    """Per line id: first what is named by number inside the description, then what is described alike."""
    named = _named(session, case, lines)
    alike = _alike(session, case, lines)
    return {line.id: _joined(named[line.id], alike[line.id]) for line in lines}


def _joined(first: tuple[Pick, ...], then: tuple[Pick, ...]) -> tuple[Pick, ...]:
    known = {pick.id for pick in first}
    return (*first, *(pick for pick in then if pick.id not in known))


def _named(session: Session, case: Case, lines: list[DraftLine]) -> dict[int, tuple[Pick, ...]]:
    """A number of ours in the text of the description ("Ihre Materialnummer HB-10060-A2")."""
    codes = {
        line.id: {code_key(c) for c in _CODE_LIKE.findall(case.text("description", line))}
        for line in lines
    }
    wanted = sorted({c for found in codes.values() for c in found if len(c) > 3})[:400]
    rows = session.execute(
        select(Item.id, Item.number, Item.description, Item.description_de).where(
            packed(Item.number).in_(wanted)
        )
    )
    items = [Candidate(*row) for row in rows] if wanted else []
    return {
        line_id: tuple(
            Pick(i.id, item_label(i), "in-description")
            for i in items
            if code_key(i.number) in found
        )
        for line_id, found in codes.items()
    }


def _alike(session: Session, case: Case, lines: list[DraftLine]) -> dict[int, tuple[Pick, ...]]:
    wanted = {line.id: frozenset(words(case.text("description", line))) for line in lines}
    rare = sorted(
        {w for found in wanted.values() for w in found if len(w) > 2}, key=lambda w: (-len(w), w)
    )
    if not rare:
        return {line.id: () for line in lines}
    like = [
        column.ilike(f"%{word}%")
        for word in rare[:60]
        for column in (Item.description, Item.description_de, Item.number)
    ]
    rows = session.execute(
        select(Item.id, Item.number, Item.description, Item.description_de)
        .where(Item.sale_state == "active", or_(*like))
        .order_by(Item.number)
        .limit(MOST_LOOKED_AT)
    )
    candidates = [(Candidate(*row), _item_words(Candidate(*row))) for row in rows]
    return {line_id: _best(found, candidates) for line_id, found in wanted.items()}


def _item_words(item: Candidate) -> tuple[frozenset[str], ...]:
    number = frozenset(words(item.number))
    return tuple(frozenset(words(d)) | number for d in (item.description, item.description_de) if d)


def _best(
    wanted: frozenset[str], candidates: list[tuple[Candidate, tuple[frozenset[str], ...]]]
) -> tuple[Pick, ...]:
    scored = [
        (
            max(
                (0.6 * shared(wanted, own) + 0.4 * covered(wanted, own) for own in owns),
                default=0.0,
            ),
            item,
        )
        for item, owns in candidates
    ]
    good = sorted((row for row in scored if row[0] >= SUGGEST), key=lambda r: (-r[0], r[1].number))
    return tuple(Pick(i.id, item_label(i), "by-description") for _, i in good[:MOST_SUGGESTIONS])
