"""A list of restricted parties is loaded from a file, whole: it replaces what the list held before."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from core.act import Act
from core.errors import BadInput
from core.masterdata.owed import owe_recheck
from core.screening.names import beginnings
from core.screening.published import Entry, read_list
from core.screening.tables import ListedParty, ListedWord, PartyList

LOT = 2000


def load_list(
    session: Session, name: str, source_name: str, content: bytes, *, act: Act
) -> PartyList:
    """Raises BadInput when the file has no column of names or no entry; then the old entries stay."""
    if not name.strip():
        raise BadInput("Give the list a name.", "name")
    found = read_list(content)
    entries = found.entries
    if not entries:
        raise BadInput("The file holds no name; the list is as it was.", "file")
    row = session.scalar(select(PartyList).where(PartyList.name == name.strip()))
    if row is None:
        row = PartyList(name=name.strip(), loaded_at=act.at)
        session.add(row)
        session.flush()
    _forget(session, row.id)
    row.format, row.published_date = found.format, found.day
    row.source_name, row.sha256 = source_name[:255], sha256(content).hexdigest()
    row.entries, row.loaded_by, row.loaded_at, row.active = len(entries), act.actor, act.at, True
    for start in range(0, len(entries), LOT):
        _keep(session, row.id, entries[start : start + LOT])
    owe_recheck(session, act=act, why=f"the list {row.name} was loaded")
    return row


def _forget(session: Session, list_id: int) -> None:
    old = select(ListedParty.id).where(ListedParty.list_id == list_id)
    session.execute(delete(ListedWord).where(ListedWord.party_id.in_(old)))
    session.execute(delete(ListedParty).where(ListedParty.list_id == list_id))


def _keep(session: Session, list_id: int, entries: Sequence[Entry]) -> None:
    ids = session.scalars(
        insert(ListedParty).returning(ListedParty.id, sort_by_parameter_order=True),
        [
            {
                "list_id": list_id,
                "reference": e.reference[:255],
                "name": e.name,
                "aliases": e.aliases,
                "weak_aliases": e.weak,
                "countries": e.countries,
                "remark": e.remark,
            }
            for e in entries
        ],
    ).all()
    words = [
        {"party_id": party_id, "word": word}
        for party_id, entry in zip(ids, entries, strict=True)
        for word in sorted(
            {w for n in (entry.name, *entry.aliases, *entry.weak) for w in beginnings(n)}
        )
    ]
    if words:
        session.execute(insert(ListedWord), words)
