"""Header fields in columns of their own: exports repeat the order's number, day and buyer on every line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extraction.clues import Clue
from extraction.document import Document
from extraction.fields.header import READERS, read_words
from extraction.segments import Segment, evidence_of
from extraction.tables import Table
from extraction.vocabulary import matches, tokens

SCORE = 0.8
READ = {**READERS, "ship_to": read_words, "bill_to": read_words, "buyer": read_words}
FIELDS = {"buyer": "buyer_name"}
_PARTIES = frozenset({"parties"})
_NAMES = {"name", "company", "firm", "site", "location"}
_PLACE = ("street", "line", "line1", "line2", "addr1", "addr2", "address1", "address2", "addr", "adr", "address", "city", "town", "suburb", "county", "region", "state", "province", "zip", "zipcode", "postcode", "postal", "post", "code", "plz", "ort", "strasse", "country", "land")  # fmt: skip
_DULL = {"1", "2", "3", "the", "full", "of"}


def clues(table: Table, roles: Sequence[str], document: Document) -> Iterator[Clue]:
    """A header field for each column that says the same on every row.

    roles: of the table's columns, "@field" where the head names a field of the header.
    """
    sheet = document.canvas.kind == "sheet"
    flat = sheet and any(role == "@po_number" for role in roles)
    parts: dict[str, list[int]] = {}
    for i, role in enumerate(roles):
        party = _party_of(table.columns[i].title) if sheet else ""
        if party:
            parts.setdefault(party, []).append(i)
            continue
        name = role.removeprefix("@")
        dated = role == "requested_date" and sheet and (flat or len(table.records) > 1)
        reader = READ.get(name) if dated or (role.startswith("@") and _plain(name, sheet)) else None
        segments = _same(table, i) if reader else ()
        found = (
            reader(" ".join(s.text for s in segments), document) if reader and segments else None
        )
        if found:
            yield _clue(FIELDS.get(name, name), found[0], segments, document, table)
    for party, columns in parts.items():
        yield from _address(party, columns, table, document)


def _plain(name: str, sheet: bool) -> bool:
    """Names and addresses in columns of pages belong to lines."""
    return sheet or name in READERS


def _same(table: Table, column: int) -> tuple[Segment, ...]:
    """The cells of the first row that fills a column, when all rows that fill it say the same; else ()."""
    filled = [r for r in table.records if r.texts(column)]
    if len({" ".join(r.texts(column)) for r in filled}) != 1:
        return ()
    return tuple(filled[0].cells[column])


def _party_of(title: str) -> str:
    """The party whose name or place a head is about ("SHIP_TO_CITY", "Cust. name"), "" when it is about none."""
    found = matches(title, _PARTIES)
    if not found or found[0].start > 0:
        return ""
    party = found[0].meanings[0]
    rest = [t.text for t in tokens(title[found[0].end :])]
    told = party.weight == 1.0 and party.name in ("ship_to", "bill_to", "buyer")
    known = all(w in _NAMES or w in _PLACE or w in _DULL for w in rest)
    return party.name if told and known else ""


def _address(party: str, columns: list[int], table: Table, document: Document) -> Iterator[Clue]:
    """The columns of one party together: its name, and for places name and address in the order of the heads."""
    filled = [i for i in columns if any(r.texts(i) for r in table.records)]
    shown = {i: _same(table, i) for i in filled}
    if not shown or not all(shown.values()):
        return
    words = {i: " ".join(s.text for s in segments).strip(" ,") for i, segments in shown.items()}
    places = [i for i in shown if _is_place(table.columns[i].title)]
    names = [i for i in shown if i not in places]
    if party == "buyer":
        if names:
            yield _clue("buyer_name", words[names[0]], shown[names[0]], document, table)
        return
    every = tuple(s for segments in shown.values() for s in segments)
    yield _clue(party, ", ".join(words.values()), every, document, table)
    if names and places and party == "ship_to":
        yield _clue("ship_to_name", words[names[0]], shown[names[0]], document, table)


def _is_place(title: str) -> bool:
    return any(t.text in _PLACE for t in tokens(title))


def _clue(
    name: str, value: str, segments: Sequence[Segment], document: Document, table: Table
) -> Clue:
    evidence = evidence_of(document.canvas.part, [w for s in segments for w in s.words])
    return Clue(name, value, SCORE, "column", evidence, table.page)
