"""The screen that ships: names of loaded list files, found by how their words begin, then compared whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.screening.names import beginnings, in_country, likeness, of_weak
from core.screening.tables import ListedParty, ListedWord, PartyList
from core.screening.values import Asked, Hit

MOST_HITS = 10


@dataclass(frozen=True, slots=True)
class ListScreen:
    name: str = "list-file"

    def versions(self, session: Session) -> tuple[tuple[str, str], ...]:
        """The version is the day of the list and the beginning of the file's SHA-256."""
        rows = session.scalars(
            select(PartyList).where(PartyList.active).order_by(PartyList.name)
        ).all()
        return tuple(
            (row.name, f"{row.published_date or row.loaded_at.date()} {row.sha256[:12]}")
            for row in rows
        )

    def look(self, session: Session, asked: Sequence[Asked], least: Decimal) -> tuple[Hit, ...]:
        """Two queries, however many names are asked about."""
        wanted = {word for one in asked for word in beginnings(one.name)}
        if not wanted:
            return ()
        rows = session.execute(
            select(ListedParty, PartyList.name)
            .join(PartyList, PartyList.id == ListedParty.list_id)
            .where(
                PartyList.active,
                ListedParty.id.in_(
                    select(ListedWord.party_id).where(ListedWord.word.in_(sorted(wanted)))
                ),
            )
            .order_by(ListedParty.id)
        ).all()
        found = [
            hit
            for one in asked
            for party, list_name in rows
            if (hit := _compared(one, party, list_name)).score >= least
        ]
        return tuple(sorted(found, key=lambda h: -h.score)[:MOST_HITS])


def _compared(one: Asked, party: ListedParty, list_name: str) -> Hit:
    scores = [(likeness(one.name, listed), listed) for listed in (party.name, *party.aliases)]
    scores += [(of_weak(likeness(one.name, listed)), listed) for listed in party.weak_aliases]
    score, listed = max(scores, key=lambda pair: pair[0])
    countries = tuple(map(str, party.countries))
    return Hit(
        one.what,
        one.name,
        listed,
        list_name,
        party.reference,
        countries,
        in_country(score, one.country, countries),
    )
