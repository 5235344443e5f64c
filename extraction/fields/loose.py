"""Labels that no list knows, told by the stems of their words and the kind of their value: "Time of shipment: 20 April",
"Person in charge: Mr. Hoshino". What they say counts less than what a known label says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extraction.document import Document
from extraction.fields import dates
from extraction.fields.header.person import read_person
from extraction.fields.header.plain import Read, read_day
from extraction.fields.header.terms import read_delivery_terms, read_ship_via, read_terms
from extraction.page.segments import Row, Segment
from extraction.vocabulary import fold, meanings
from extraction.weighing.clues import Clue

_LABELLED = re.compile(r"^(?P<label>[^:=]{2,48}?)\s*[:=]\s*(?P<value>\S.*)$")
_LABEL = re.compile(r"^[^\d:=@]{2,40}[:=]?$")
_NUMBERED = re.compile(
    r"^\W*(?:(?:article|clause|art|no|nr|ziffer)\.?\s*)?(?:\d{1,2}[a-z]?|[a-z])\s*[.)]\s*",
    re.IGNORECASE,
)
_BOX = re.compile(r"\W*\d{1,2}[a-zA-Z]?[.)]\s+[^\W\d_]{2}")
_ITEMS = re.compile(r"(?<=\S)\s+(?=\d{1,2}\s?[.)]\s+[^\W\d_])")
_WRITTEN_AT = re.compile(
    r"(?:(?:[A-Z]{1,2}-)?\d{4,5} )?[^\W\d_]{3,20}(?:[ -][^\W\d_]{2,}){0,2}(?:,\s*(?:(?:den|am|le|the|il|el|de|a|a,) )?| (?:den|am|le) )",
    re.IGNORECASE,
)
""" "Norrby, den ": where and on which day a letter was written."""
_WEEKDAY = re.compile(
    rf"\b(?:{'|'.join(sorted(dates.WEEKDAYS, key=len, reverse=True))})\b\.?,?(?: (?:den|the|le|el|il))?",
    re.IGNORECASE,
)
SCORE = 0.55


@dataclass(frozen=True)
class Kind:
    """A field, the stems one of which must begin a word of the label, and those that speak against it."""

    field: str
    read: Read
    stems: re.Pattern[str]
    against: re.Pattern[str]


def _stems(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words.split())})")


_OTHER_DAYS = "quot offer angebot offert invoice rechn factur fattur revis amend change valid expir print contract effective approv sign last next birth drawing requisition meeting cancel payment"
_OTHERS = "ship deliv vendor supplier seller lieferant fournisseur proveedor fornitore leverancier invoice account payable bill approv"

KINDS = (
    Kind(
        "requested_date",
        read_day,
        _stems(
            "deliver shipment ship requir reqd req need receive receipt arriv want due eta lief anlief wunsch livr exped entreg consegn lever deliv dodan termin dostaw toimit dispatch despatch exfactory ex dock hands plazo delai"
        ),
        _stems(_OTHER_DAYS + " order bestell command pedid ordin issue creat"),
    ),
    Kind(
        "order_date",
        read_day,
        _stems(
            "order issue placed raised creat bestell auftrag command pedid orden ordin dated objednavk zamowien opprett date datum fecha data emis emit beställ"
        ),
        _stems(
            _OTHER_DAYS
            + " deliver ship requir req need receiv receipt arriv want due eta lief wunsch livr entreg consegn lever deliv dodan termin dostaw dispatch despatch start end service period"
        ),
    ),
    Kind(
        "buyer_contact",
        read_person,
        _stems(
            "buyer contact purchas person order requis request prepared agent clerk einkauf sachbearb acheteur compr inkop referent ansprech vyriz koper kontakt att"
        ),
        _stems(_OTHERS + " number no nr date phone tel mail address order\\sno order\\snumber"),
    ),
    Kind(
        "payment_terms",
        read_terms,
        _stems("pay zahl paiem regl pago pagam betal uhrad splatn platn condicao condicoes"),
        _stems("invoice bill address to by date"),
    ),
    Kind(
        "incoterms",
        read_delivery_terms,
        _stems("price trade delivery incot leveransvill lieferbed lieferkond fob freight"),
        _stems("date address to"),
    ),
    Kind(
        "ship_via",
        read_ship_via,
        _stems("carrier transport shipment shipping despatch dispatch mode spedit vervoer via"),
        _stems("date time address to port mark terms partial number no account"),
    ),
)


def clues(
    document: Document, tabled: frozenset[int] = frozenset(), known: Sequence[Clue] = ()
) -> Iterator[Clue]:
    """Clues from label-like words outside tables. tabled: rows of item tables, left out. known: what labels said."""
    rows = document.canvas.rows
    for number, row in enumerate(rows):
        if number in tabled or len(row.text) > 600:
            continue
        for index, segment in enumerate(row.segments):
            for piece in _pieces(segment):
                yield from _labelled(piece, document)
            if _LABEL.match(_bare(segment.text)):
                for value in _beside(rows, number, index):
                    found = list(_read(_bare(segment.text), value, document, 0.9))
                    yield from found
                    if found or not re.search(r"[^\W\d_]", value.text):
                        break
    said = {c.value for c in known}
    yield from (c for c in _lone_day(document, tabled) if c.value not in said)


def _pieces(segment: Segment) -> Iterator[Segment]:
    """A segment, or the parts of it that are numbered like clauses."""
    starts = [0, *(m.end() for m in _ITEMS.finditer(segment.text)), len(segment.text)]
    for start, end in pairwise(starts):
        piece = segment.cut(start, end)
        if piece is not None:
            yield piece


def _bare(text: str) -> str:
    return _NUMBERED.sub("", text, count=1)


def _labelled(segment: Segment, document: Document) -> Iterator[Clue]:
    text = segment.text
    skipped = len(text) - len(_bare(text))
    found = _LABELLED.match(text[skipped:])
    if not found or len(found["label"].split()) > 6:
        return
    value = segment.cut(skipped + found.start("value"), len(text))
    if value is not None:
        yield from _read(found["label"], value, document, 1.0)


def _read(label: str, value: Segment, document: Document, place: float) -> Iterator[Clue]:
    known = meanings(label.strip(" :"))
    own = _LABELLED.match(value.text)
    if meanings(value.text.strip(" :")) or (own and meanings(own["label"])):
        return
    folded = fold(label).replace("-", "")
    for kind in KINDS:
        if not kind.stems.search(folded) or kind.against.search(folded):
            continue
        if known and not any(m.name == kind.field and m.weight == 1.0 for m in known):
            continue
        found = kind.read(value.text, document)
        if found is None or not _plausible(kind, found, place, document):
            continue
        where = value.cut(found[1], found[2]) or value
        yield Clue(kind.field, found[0], SCORE * place, "loose", where.evidence(), value.page)
        return


_PERSON = re.compile(r"(?:[^\W\d_][\w.'’-]*[ ,]+){1,4}[^\W\d_][\w.'’-]+")


def _plausible(kind: Kind, found: tuple[str, int, int], place: float, document: Document) -> bool:
    if kind.read is read_day:
        return found[1] <= 20 and not (document.sells and kind.field == "requested_date")
    if kind.field == "buyer_contact":
        return place == 1.0 and bool(_PERSON.fullmatch(found[0])) and found[0][:1].isupper()
    return True


def _beside(rows: tuple[Row, ...], number: int, index: int) -> Iterator[Segment]:
    """What stands right of a label, and what stands right below it."""
    row = rows[number]
    label = row.segments[index]
    if index + 1 < len(row.segments):
        right = row.segments[index + 1]
        captions = _BOX.match(label.text) and _BOX.match(right.text)
        if not captions and right.box.x0 - label.box.x1 < 14 * row.height:
            yield right
    for lower in rows[number + 1 : number + 2]:
        if lower.page == row.page and lower.box.top - row.box.bottom < 1.5 * row.height:
            yield from (s for s in lower.segments if abs(s.box.x0 - label.box.x0) < 8)


def _lone_day(document: Document, tabled: frozenset[int]) -> Iterator[Clue]:
    """A day that stands alone at the head of the first page, or with its place over the signature, as on letters."""
    rows = document.canvas.rows
    body = min(tabled, default=len(rows))
    for number, row in enumerate(rows[:120]):
        if number in tabled:
            continue
        at_head = number < min(body, 40) and row.page == rows[0].page
        for segment in row.segments:
            days = dates.find(segment.text, None)
            if len(days) != 1 or not days[0].year_given:
                continue
            before, after = segment.text[: days[0].start], segment.text[days[0].end :]
            alone = at_head and not _WEEKDAY.sub("", before).strip(" .,")
            if (alone or _WRITTEN_AT.fullmatch(before)) and not after.strip(" .,"):
                day = dates.choose(days[0], document.day_style).isoformat()
                yield Clue("order_date", day, 0.42, "lone", segment.evidence(), row.page)
                return
