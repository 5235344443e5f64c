"""What the labels of a document say about its header fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extraction.document import Document
from extraction.fields import amounts
from extraction.fields.amounts import AMOUNTS, read_amount
from extraction.fields.header.code import plain_code
from extraction.fields.header.dated import dated_number
from extraction.fields.header.plain import Read
from extraction.fields.header.readers import READERS
from extraction.fields.header.taken import is_taken, taken_by_labels, told_by_line
from extraction.fields.header.terms import read_delivery_terms, read_terms_of_delivery
from extraction.fields.labels.find import Labels
from extraction.fields.labels.values import Label, Value
from extraction.fields.other_papers import dates_other_paper
from extraction.fields.terms import is_of_delivery
from extraction.weighing.clues import Clue

_PLACE = {"behind": 1.0, "right": 0.97, "below": 0.9, "above": 0.7}
_OF_TERMS = re.compile(
    r"\b(?:terms?|condit\w*|condiz\w*|condic\w*|terminos|resa|basis)\b|bedingung|kondition|voorwaard"
)
_STREETS = re.compile(r"\d")  # rows of an address under a label that heads a firm's block
_AT_SITE = frozenset(
    {"site contact", "site manager", "foreman", "superintendent", "bauleiter", "polier", "capocantiere", "chef de chantier", "uitvoerder"}
)  # fmt: skip
"""Who takes the goods; he is the buyer only where nobody else is named."""
_PLAIN_CONTACT = frozenset(
    {"contact", "contact person", "contact name", "kontakt", "contacto", "contatto"}
)
_SUPPLIERS = ("supplier", "vendor", "seller", "lieferant", "fournisseur", "proveedor", "fornitore", "leverancier")  # fmt: skip
_REFERENCE = re.compile(r"\b(?:ref|rif|reference|referencia|referentie|riferimento|zeichen)\b")
_NAMED = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Hr|Herr|Frau|Fr|M|Mme|Sr|Sra|Sig|Sig\.?ra|Dott|Dhr|Mevr|Ing)\.?\s+)?"
    r"(?:(?:[A-ZÀ-Þ]\.\s?){1,3}|[A-ZÀ-Þ][\w'’-]+\s)(?:(?:van|von|de|der|den|di|da|del|la|le|ten|ter)\s){0,2}[A-ZÀ-Þ][^\W\d_'’-]+(?:[ '’-][A-ZÀ-Þ][^\W\d_]+)?"
)
_TERM = frozenset({"fob", "f o b", "fab", "f a b", "for", "f o r", "franco", "porto"})
_ANYBODYS = frozenset({"email", "e mail", "mail", "email address", "e mail address"})
"""Labels that stand in everybody's address, the receiving dock's too."""


def clues(
    document: Document, labels: Labels, tabled: frozenset[int] = frozenset()
) -> Iterator[Clue]:
    """One clue for each label whose words read as a value of its field. tabled: rows of item tables, left out."""
    taken = taken_by_labels(document, labels)
    repeated = told_by_line(labels, tabled)
    for label in labels.found:
        if label.row in tabled or (is_taken(label, taken)):
            continue
        if id(label) in repeated:
            continue
        for meaning in label.meanings:
            reader = READERS.get(meaning.name) if meaning.group == "labels" else None
            if reader is None:
                continue
            if meaning.name == "incoterms" and not re.search(r"inco|fob|f o b|trade", label.phrase):
                terms = meaning.weight == 1.0 and _OF_TERMS.search(label.phrase)
                reader = read_terms_of_delivery if terms else read_delivery_terms
            if meaning.name == "order_date" and dates_other_paper(labels, label):
                continue
            if meaning.name in AMOUNTS:
                yield from amounts.clues(document, labels, label, meaning.name)
                continue
            if meaning.name == "po_number":
                yield from dated_number(document, labels, label)
            for place, value in enumerate(_values(labels, label)):
                if meaning.name == "ship_via" and read_amount(value.segment.text, document):
                    break
                if (
                    meaning.name == "buyer_contact"
                    and place
                    and _STREETS.search(value.segment.text)
                ):
                    break
                clue = _clue(document, label, meaning.name, meaning.weight, reader, value, place)
                if clue and meaning.name == "buyer_contact" and _is_no_name(label, clue):
                    continue
                if clue and meaning.name == "buyer_contact" and _of_supplier(labels, label):
                    break
                if clue and label.phrase in _ANYBODYS:
                    yield replace(clue, score=0.85 * clue.score)
                elif clue and label.phrase in _AT_SITE:
                    yield replace(clue, score=0.58 * clue.score)
                    break
                elif clue:
                    yield _of_delivery(clue)
                    break


def _is_no_name(label: Label, clue: Clue) -> bool:
    """Whether a reference ("Our ref: PH/km") is anything but somebody's name: two words or an initial and a surname."""
    return bool(_REFERENCE.search(label.phrase)) and not _NAMED.fullmatch(clue.value)


def _of_supplier(labels: Labels, label: Label) -> bool:
    """Whether "Contact:" is one more row of a column of labels that tells who supplies ("Supplier name:", "Supplier address:")."""
    if label.phrase not in _PLAIN_CONTACT or not label.colon:
        return False
    column = [
        k
        for row in range(max(label.row - 7, 0), label.row)
        for k in labels.on_row(row)
        if k.colon
        and k.head.page == label.head.page
        and abs(k.segment.box.x0 - label.segment.box.x0) < 3
    ]
    last = max(column, key=lambda k: k.row, default=None)
    return last is not None and last.phrase.startswith(_SUPPLIERS)


def _values(labels: Labels, label: Label) -> Iterator[Value]:
    """The places of a label's value; a code of delivery with its place behind it ("FOB Leeds") is value from its start."""
    if label.phrase in _TERM and label.tail is not None and not label.colon:
        text = label.segment.text
        start, end = text.find(label.head.text), text.find(label.tail.text) + len(label.tail.text)
        whole = label.segment.cut(start, end)
        if whole is not None and len(whole.words) <= 6:
            yield Value(whole, "behind")
            return
    yield from labels.values(label)


def _of_delivery(clue: Clue) -> Clue:
    """Terms that a page heads "Terms" though they are terms of delivery."""
    if clue.field in ("payment_terms", "ship_via") and is_of_delivery(clue.value):
        return replace(clue, field="incoterms")
    return clue


def _clue(
    document: Document,
    label: Label,
    name: str,
    weight: float,
    reader: Read,
    value: Value,
    place: int,
) -> Clue | None:
    text = value.segment.text
    found = reader(text, document)
    if found is None:
        return None
    read, start, end = found
    if name == "po_number" and len(read) == 1 and not (label.colon and value.where == "behind"):
        return None
    if value.where == "behind" and not label.colon and not _fits_without_colon(name, read, text):
        return None
    where = value.segment.cut(start, end) or value.segment
    score = (
        weight
        * _PLACE[value.where]
        * (1.0 if label.colon or value.where == "below" else 0.93)
        * (0.95**place)
    )
    return Clue(name, read, score, "label", where.evidence(), label.head.page, label.phrase)


def _fits_without_colon(name: str, read: str, text: str) -> bool:
    """Words behind a label without a colon are its value only where the kind of value makes it plain."""
    if name in ("po_number", "buyer_id", "ship_to_id"):
        return sum(c.isdigit() for c in read) >= 2 and plain_code(text).startswith(read[:3])
    if name in ("order_date", "requested_date", "invoice_date"):
        return len(text) < 40
    if name in ("payment_terms", "incoterms", "ship_via"):
        return len(text) < 60 and not re.match(
            r"(and|of|the|to|for|und|et|y|e|en)\b", text, re.IGNORECASE
        )
    if name == "buyer_contact":
        styled = re.match(r"(?:dhr|mevr|mw|hr|fr|sig|dott|mme|m|sr|sra|ing)\b\.?\s+[A-ZÀ-Þ]", text)
        return len(text) < 40 and (text[:1].isupper() or bool(styled))
    return True
