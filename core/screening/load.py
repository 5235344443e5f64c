"""A list of restricted parties is loaded from a CSV or TSV file, whole: it replaces what the list held before."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from core.act import Act
from core.errors import BadInput
from core.masterdata.owed import owe_recheck
from core.screening.names import beginnings
from core.screening.tables import ListedParty, ListedWord, PartyList
from core.values import storable

COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("name", "full name", "entity", "whole name", "party"),
    "aliases": ("aliases", "alias", "aka", "alternative names", "other names"),
    "countries": ("countries", "country", "nationality", "country code"),
    "reference": ("reference", "id", "number", "entry", "uid"),
    "remark": ("remark", "remarks", "note", "notes", "program", "programme"),
}
LOT = 2000


@dataclass(frozen=True, slots=True)
class Entry:
    name: str
    aliases: tuple[str, ...]
    countries: tuple[str, ...]
    reference: str
    remark: str


def load_list(
    session: Session, name: str, source_name: str, content: bytes, *, act: Act
) -> PartyList:
    """Raises BadInput when the file has no column of names or no entry; then the old entries stay."""
    if not name.strip():
        raise BadInput("Give the list a name.", "name")
    entries = list(read_entries(content))
    if not entries:
        raise BadInput("The file holds no name; the list is as it was.", "file")
    row = session.scalar(select(PartyList).where(PartyList.name == name.strip()))
    if row is None:
        row = PartyList(name=name.strip(), loaded_at=act.at)
        session.add(row)
        session.flush()
    _forget(session, row.id)
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


def _keep(session: Session, list_id: int, entries: list[Entry]) -> None:
    ids = session.scalars(
        insert(ListedParty).returning(ListedParty.id, sort_by_parameter_order=True),
        [
            {
                "list_id": list_id,
                "reference": e.reference,
                "name": e.name,
                "aliases": [*e.aliases],
                "countries": [*e.countries],
                "remark": e.remark,
            }
            for e in entries
        ],
    ).all()
    words = [
        {"party_id": party_id, "word": word}
        for party_id, entry in zip(ids, entries, strict=True)
        for word in sorted({w for n in (entry.name, *entry.aliases) for w in beginnings(n)})
    ]
    if words:
        session.execute(insert(ListedWord), words)


def read_entries(content: bytes) -> Iterator[Entry]:
    """Entries of a file with a row of heads; cells may hold several values with ";" or "|" between."""
    text = _text(content)
    head = text.split("\n", 1)[0]
    delimiter = max("\t;,", key=head.count)
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    places = _places(next(rows, []))
    for cells in rows:
        found = {n: cells[i].strip() if i < len(cells) else "" for n, i in places.items()}
        if found["name"]:
            yield Entry(
                storable(found["name"]),
                _several(found.get("aliases", "")),
                tuple(c.upper()[:2] for c in _several(found.get("countries", ""))),
                storable(found.get("reference", ""))[:255],
                storable(found.get("remark", "")),
            )


def _places(heads: list[str]) -> dict[str, int]:
    keys = [re.sub(r"[^a-z]+", " ", head.lower()).strip() for head in heads]
    found = {
        name: next(i for i, key in enumerate(keys) if key in known)
        for name, known in COLUMNS.items()
        if any(key in known for key in keys)
    }
    if "name" not in found:
        raise BadInput("The first row must name the columns, one of them “name”.", "file")
    return found


def _several(cell: str) -> tuple[str, ...]:
    return tuple(storable(p.strip()) for p in re.split(r"[;|]", cell) if p.strip())


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")
