"""Header fields in columns of their own: exports repeat the order's number, day and buyer on every line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extraction.document import Document
from extraction.fields.header.plain import read_words
from extraction.fields.header.readers import READERS
from extraction.heads.cells import parted
from extraction.lines.cells import Line
from extraction.page.segments import Segment, evidence_of
from extraction.tables.values import Table
from extraction.vocabulary import meanings, tokens
from extraction.weighing.clues import Clue

SCORE = 0.8
READ = {**READERS, "ship_to": read_words, "bill_to": read_words, "buyer": read_words}
FIELDS = {"buyer": "buyer_name"}


@dataclass(frozen=True)
class Party:
    """How heads say whom a column is about, folded: one of `words`, or a word that begins with one of `stems`."""

    field: str
    words: frozenset[str]
    stems: tuple[str, ...] = ()


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PARTIES = (
    Party("bill_to", _words("bill billto billing invoice inv rechnung rechnungs facturation facturacion factura fatturazione factuur"), ("rechnungs", "factuur")),
    Party("ship_to", _words("ship shipto shipping delivery deliver del dlv liefer lieferung lieferadresse lieferanschrift livraison liv entrega envio consegna spedizione lever levering aflever afleveradres leveradres"), ("liefer", "aflever", "lever")),
    Party("buyer", _words("buyer sold soldto customer cust kunde kunden client cliente klant besteller auftraggeber afnemer"), ("kunden", "klant")),
)  # fmt: skip
_OF_LINE = frozenset(
    ["line_no", "item", "sku", "buyer_sku", "supplier_sku", "gtin", "description", "quantity"]
)
_NAME = _words(
    "name name1 name2 nm company firm firma site location nom nombre nome naam bedrijf societe empresa azienda ragione sociale raison party"
)
_PLACE = _words(
    "street line1 line2 line3 addr1 addr2 address1 address2 addr adr adr1 adr2 address city town suburb county region state st province zip zipcode postcode postalcode postal post country cntry"
    " strasse str hausnr hausnummer plz ort stadt land anschrift adresse rue cp ville commune pays calle direccion poblacion ciudad localidad provincia pais indirizzo cap citta comune straat huisnr huisnummer plaats woonplaats adres"
)
_DULL = _words("1 2 3 4 line to the full of code number no nr de del di la le da d van a")


def clues(table: Table, roles: Sequence[str], document: Document) -> Iterator[Clue]:
    """A header field for each column that says the same on every row.

    roles: of the table's columns, "@field" where the head names a field of the header.
    """
    sheet = document.canvas.kind == "sheet"
    flat = sheet and any(role == "@po_number" for role in roles)
    parts: dict[str, list[int]] = {}
    for i, role in enumerate(roles):
        party = party_of(table.columns[i].title) if sheet else ""
        if party:
            parts.setdefault(party, []).append(i)
            continue
        role = role or (_weak(table.columns[i].title) if flat else "")
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


def _weak(title: str) -> str:
    """The header field of a head that means one only where heads of the order stand beside it ("Terms")."""
    named = next((m.name for m in meanings(title) if m.group == "labels"), "")
    return f"@{named}" if named in READ else ""


def lifted(table: Table, roles: Sequence[str], lines: list[Line], document: Document) -> list[Line]:
    """Lines without the day that stands once for all of them: the same on every row, in a column among those of the head."""
    dated = next((i for i, role in enumerate(roles) if role == "requested_date"), None)
    if document.canvas.kind != "sheet" or "@po_number" not in roles or dated is None:
        return lines
    own = (
        i
        for i, role in enumerate(roles)
        if role in _OF_LINE and not party_of(table.columns[i].title)
    )
    first = next(own, dated)
    if dated > first or not _same(table, dated):
        return lines
    return [{k: v for k, v in line.items() if k != "requested_date"} for line in lines]


def _plain(name: str, sheet: bool) -> bool:
    """Names and addresses in columns of pages belong to lines."""
    return sheet or name in READERS


def _same(table: Table, column: int) -> tuple[Segment, ...]:
    """The cells of the first row that fills a column, when all rows that fill it say the same; else ()."""
    filled = [r for r in table.records if r.texts(column)]
    if len({" ".join(r.texts(column)) for r in filled}) != 1:
        return ()
    return tuple(filled[0].cells[column])


def party_of(title: str) -> str:
    """The party whose name or place a head is about ("SHIP_TO_CITY", "LieferPLZ", "Cust. name"), "" when it is about none.

    A head that names the party alone tells its name or the whole address.
    """
    told = [t.text for t in tokens(parted(title))]
    for party in PARTIES:
        rest = _rest(told, party)
        if rest is None or not all(w in _NAME or w in _PLACE or w in _DULL for w in rest):
            continue
        placed = any(w in _NAME or w in _PLACE for w in rest)
        alone = any(m.name == party.field and m.weight == 1.0 for m in meanings(title))
        return party.field if placed or alone else ""
    return ""


def _rest(told: Sequence[str], party: Party) -> list[str] | None:
    """The words of a head beside the one that names the party; None when no word does."""
    for at, word in enumerate(told):
        others = [*told[:at], *told[at + 1 :]]
        if word in party.words:
            return others
        stem = next(
            (s for s in party.stems if word.startswith(s) and word[len(s) :] in _PLACE | _NAME), ""
        )
        if stem:
            return [*others, word[len(stem) :]]
    return None


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
    told = [t.text for t in tokens(parted(title))]
    return any(
        w in _PLACE or w.endswith(("strasse", "plz", "adresse", "anschrift", "adres")) for w in told
    )


def _clue(
    name: str, value: str, segments: Sequence[Segment], document: Document, table: Table
) -> Clue:
    evidence = evidence_of(document.canvas.part, [w for s in segments for w in s.words])
    return Clue(name, value, SCORE, "column", evidence, table.page)
