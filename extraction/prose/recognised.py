"""What the language model finds in one document, as clues for header fields and as order lines told in words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from core.inbound.reading import Candidate
from extraction.codes import owner_of
from extraction.document import Document
from extraction.fields import amounts, numbers
from extraction.fields.header.code import read_code
from extraction.fields.header.person import read_person
from extraction.fields.header.plain import read_currency, read_day, read_words
from extraction.fields.header.terms import read_ship_via, read_terms
from extraction.fields.words import NUMBER_WORDS
from extraction.goods.figures import DIMENSION
from extraction.learned import nlp
from extraction.learned.nlp import Look, NlpEntity, NlpLine, NlpReading
from extraction.lines.cells import Line
from extraction.page.segments import Canvas, Row, Segment, evidence_of
from extraction.weighing.clues import Clue

MAX_CHARACTERS = 12_000
COLUMN = 5.0
LEAST = 0.5
SURE = 0.85
ENOUGH = 0.6
WEIGHT = 0.6
WELL_TOLD = 0.5
FAINT = 0.31
UNASKED = frozenset({"subtotal"})  # an amount told in words is seldom one
FILLED = frozenset(
    {
        "po_number", "order_date", "buyer_name", "buyer_contact", "ship_to", "bill_to", "currency",
        "tax", "freight", "total",
    }
)  # fmt: skip

_FIELDS = {
    "PO_NUMBER": ("po_number", read_code),
    "ORDER_DATE": ("order_date", read_day),
    "REQUESTED_DATE": ("requested_date", read_day),
    "BUYER": ("buyer_name", read_words),
    "CONTACT": ("buyer_contact", read_person),
    "TERMS": ("payment_terms", read_terms),
    "INCOTERMS": ("incoterms", read_terms),
    "SHIP_VIA": ("ship_via", read_ship_via),
    "CURRENCY": ("currency", read_currency),
    "SUBTOTAL": ("subtotal", amounts.read_amount),
    "TAX": ("tax", amounts.read_amount),
    "FREIGHT": ("freight", amounts.read_amount),
    "TOTAL": ("total", amounts.read_amount),
}
_PLACES = {"SHIP_TO": "ship_to", "BILL_TO": "bill_to"}


@dataclass(frozen=True)
class Laid:
    """A canvas as text whose columns are kept by blanks, and where each segment begins in it."""

    text: str
    starts: tuple[int, ...]
    segments: tuple[Segment, ...]

    def cut(self, entity: NlpEntity) -> Segment | None:
        """The words of an entity where they stand; None when it does not lie in one segment."""
        at = bisect_right(self.starts, entity.start) - 1
        if at < 0:
            return None
        segment, start = self.segments[at], self.starts[at]
        if entity.end > start + len(segment.text):
            return None
        return segment.cut(entity.start - start, entity.end - start)


def laid(canvas: Canvas) -> Laid:
    """The rows of a canvas as lines of text, a blank line where the page leaves one."""
    text, starts, segments = "", [], []
    before: Row | None = None
    for row in canvas.rows:
        if before is not None:
            text += "\n\n" if _parted(before, row) else "\n"
        line = len(text)
        for segment in row.segments:
            gap = int(segment.box.x0 / COLUMN) - (len(text) - line)
            text += " " * (max(gap, 2) if len(text) > line else max(gap, 0))
            starts.append(len(text))
            segments.append(segment)
            text += segment.text
        before = row
        if len(text) > MAX_CHARACTERS:
            break
    return Laid(text, tuple(starts), tuple(segments))


def looks_of(page: Laid, canvas: Canvas) -> list[Look]:
    """How each segment looks (size against the usual one, weight) and where it stands on its page; nothing for texts without pages."""
    sides = {p.number: (p.width, p.height) for p in canvas.pages}
    if not sides:
        return []
    usual = median(s.size for s in page.segments) if page.segments else 1.0
    last = max(sides)
    found = []
    for start, segment in zip(page.starts, page.segments, strict=True):
        width, height = sides.get(segment.page, (595.0, 842.0))
        size = round(4 * segment.size / max(usual, 1.0))
        across, down = (
            int(4 * segment.box.x0 / max(width, 1.0)),
            int(5 * segment.box.top / max(height, 1.0)),
        )
        number = "first" if segment.page == 1 else "last" if segment.page == last else "later"
        found.append(
            (
                start,
                start + len(segment.text),
                f"look {min(size, 12)} {segment.bold}",
                f"spot {number} {across} {down}",
            )
        )
    return found


def _parted(upper: Row, lower: Row) -> bool:
    return upper.page == lower.page and lower.box.top - upper.box.bottom > 0.9 * upper.height


@dataclass(frozen=True)
class Heard:
    """A document laid out as text, and what the model read from it."""

    page: Laid
    reading: NlpReading


def hear(document: Document) -> Heard:
    page = laid(document.canvas)
    return Heard(page, nlp.read(page.text, document.language, looks_of(page, document.canvas)))


def clues(heard: Heard, document: Document) -> Iterator[Clue]:
    """A clue for each entity that reads as a value of its field."""
    page, reading = heard.page, heard.reading
    for entity in reading.entities:
        known = _FIELDS.get(entity.label)
        place = page.cut(entity) if known else None
        if known is None or place is None or entity.confidence < LEAST:
            continue
        value = known[1](entity.text, document)
        if value:
            yield Clue(
                known[0], value[0], WEIGHT * entity.confidence, "ner", place.evidence(), place.page
            )
    for label, field in _PLACES.items():
        yield from _places(page, [e for e in reading.entities if e.label == label], field)


def added(heard: Heard, document: Document, known: Sequence[Clue]) -> Iterator[Clue]:
    """What the model may add to the clues of a mail: support for a value known, and values that nothing else tells."""
    told = {clue.field for clue in known}
    values = {(clue.field, clue.value.casefold()) for clue in known}
    for clue in clues(heard, document):
        if (clue.field, clue.value.casefold()) in values or (
            clue.field not in told and clue.field not in UNASKED and clue.score >= WEIGHT * SURE
        ):
            yield clue


ESSENTIAL = ("po_number", "order_date")


def is_wanted(known: Sequence[Clue]) -> bool:
    """Whether a page leaves open what every order has; the model costs as much as all else, and is asked only then."""
    sure = {clue.field for clue in known if clue.score >= WELL_TOLD}
    return not sure.issuperset(ESSENTIAL)


def of_page(heard: Heard, document: Document, known: Sequence[Clue]) -> list[Clue]:
    """What the model adds to the clues of a page.

    It seconds values known, fills in some fields that nothing else tells, and speaks faintly where it differs,
    so that the value is doubted and another can be chosen.
    """
    best: dict[str, Clue] = {}
    for clue in known:
        if clue.field not in best or clue.score > best[clue.field].score:
            best[clue.field] = clue
    values = {(clue.field, clue.value.casefold()) for clue in known}
    found: dict[str, Clue] = {}
    for clue in clues(heard, document):
        told = best.get(clue.field)
        if told is not None and _alike(told, clue):
            said = replace(clue, value=told.value)
        elif told is not None and (clue.field, clue.value.casefold()) not in values:
            said = replace(clue, score=FAINT)
        elif told is None and _fills(clue):
            said = clue
        else:
            continue
        if clue.field not in found or said.score > found[clue.field].score:
            found[clue.field] = said
    return list(found.values())


_SUMS = frozenset({"subtotal", "tax", "freight", "total"})


def _fills(clue: Clue) -> bool:
    """Whether what only the model says is believed; a sum must look like money."""
    moneyed = clue.field not in _SUMS or re.search(r"[.,]\d{2}\b", clue.evidence.text)
    return bool(moneyed) and clue.field in FILLED and clue.score >= WEIGHT * SURE


def _alike(one: Clue, other: Clue) -> bool:
    """The same letters and figures; of addresses, one within the other."""
    a, b = (re.sub(r"\W+", "", clue.value.casefold()) for clue in (one, other))
    return a == b or (
        one.field in _PLACES.values() and min(len(a), len(b)) > 12 and (a in b or b in a)
    )


def _places(page: Laid, entities: Sequence[NlpEntity], field: str) -> Iterator[Clue]:
    """Rows of one address below each other, joined."""
    rows = [(entity, place) for entity in entities if (place := page.cut(entity))]
    while rows:
        block = [rows[0]]
        rest: list[tuple[NlpEntity, Segment]] = []
        for entity, place in rows[1:]:
            (block if _below(block[-1][1], place) else rest).append((entity, place))
        rows = rest
        sure = sum(entity.confidence for entity, _ in block) / len(block)
        value = ", ".join(place.text.strip(" ,;") for _, place in block)
        if sure >= LEAST and len(value) >= 8:
            words = [word for _, place in block for word in place.words]
            evidence = evidence_of(block[0][1].part, words)
            yield Clue(field, value, WEIGHT * sure, "ner", evidence, block[0][1].page)


def _below(upper: Segment, lower: Segment) -> bool:
    height = upper.box.bottom - upper.box.top
    gap = lower.box.top - upper.box.bottom
    return (
        upper.page == lower.page
        and abs(upper.box.x0 - lower.box.x0) <= 12
        and -1 <= gap <= 1.6 * height
    )


def lines(heard: Heard, document: Document) -> list[Line]:
    """Order lines told in the words of a document without a table, in order."""
    told = (x for x in heard.reading.lines if not _is_size(x.quantity, heard.page.text))
    found = (_order_line(line, heard.page, document) for line in told)
    return [line for line in found if line]


def _is_size(quantity: NlpEntity, text: str) -> bool:
    """Whether a figure is a size of goods named before: inside brackets, or one of "2440 x 1220"."""
    row = text[text.rfind("\n", 0, quantity.start) + 1 : quantity.start]
    inside = row.count("(") > row.count(")")
    return inside or bool(re.search(r"\d\s*[x×]\s*$", row) or DIMENSION.match(text, quantity.end))


def _order_line(told: NlpLine, page: Laid, document: Document) -> Line | None:
    """None when the quantity or both part number and goods are doubtful."""
    quantity = _quantity(told.quantity.text, document)
    place = page.cut(told.quantity)
    if quantity is None or place is None or told.quantity.confidence < LEAST:
        return None
    line: Line = {
        "quantity": Candidate(quantity, told.quantity.confidence, place.evidence(), "ner")
    }
    for name, entity in (
        (owner_of(told.sku.text, document) if told.sku else "", told.sku),
        ("description", told.description),
        ("uom", told.unit),
    ):
        if entity and (where := page.cut(entity)) and entity.confidence >= LEAST:
            line[name] = Candidate(entity.text, entity.confidence, where.evidence(), "ner")
    price = amounts.read_amount(told.price.text, document) if told.price else None
    if told.price and price and (where := page.cut(told.price)):
        line["unit_price"] = Candidate(price[0], told.price.confidence, where.evidence(), "ner")
    return line if len(line) > 1 and not line.keys() <= {"quantity", "uom", "unit_price"} else None


def _quantity(text: str, document: Document) -> str | None:
    value = numbers.parse(text, document.number_style)
    word = NUMBER_WORDS.get(text.casefold())
    if value is not None and value > 0:
        return numbers.printed(value)
    return str(word) if word else None


def preferred(ours: list[Line], heard: list[Line]) -> list[Line]:
    """The lines that rules read, unless they read none or the model is sure of more."""
    sure = [value.confidence for line in heard for value in line.values()]
    more = len(heard) > len(ours) and min(sure) >= ENOUGH
    return heard if not ours or more else ours
