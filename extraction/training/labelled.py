"""Documents with the values that clerks confirmed, one JSON object a line, and the same as training texts.

{"document": "any id", "kind": "pdf", "lane": "order", "language": "en",
 "text": "...", or "words": [["PO-4711", 1, 40.0, 52.1, 88.2, 61.0, 9.0, false], ...]: text, page, x0, top, x1, bottom, size, bold
 "fields": {"po_number": "4711", "incoterms": ""}: values as in the reading format, "" for none
 "lines": [{"buyer_sku": "AB-1", "quantity": "40", ...}],
 "places": {"po_number": [1, 40.0, 52.1, 88.2, 61.0] or [start, end]}: optional, where a value stands}
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.inbound.reading import LANES, Evidence
from core.values import Box
from extraction.page.layout import PageLayout, Reading, Word
from extraction.page.segments import canvas_of
from extraction.prose.recognised import Laid, laid, looks_of
from extraction.training import printed_values
from extraction.training.printed_values import Spans
from extraction.training.sample import Sample

SHEET = (595.0, 842.0)
MOST = 12_000
ENTITIES = {
    "po_number": "PO_NUMBER", "order_date": "ORDER_DATE", "requested_date": "REQUESTED_DATE", "buyer_name": "BUYER", "buyer_contact": "CONTACT",
    "ship_to": "SHIP_TO", "bill_to": "BILL_TO", "payment_terms": "TERMS", "incoterms": "INCOTERMS", "ship_via": "SHIP_VIA", "currency": "CURRENCY",
    "subtotal": "SUBTOTAL", "tax": "TAX", "freight": "FREIGHT", "total": "TOTAL",
}  # fmt: skip
CELLS = {"buyer_sku": "SKU", "supplier_sku": "SKU", "description": "DESCRIPTION", "quantity": "QUANTITY", "uom": "UNIT", "unit_price": "PRICE"}  # fmt: skip
Place = tuple[float, ...]


@dataclass(frozen=True)
class Labelled:
    """One confirmed document; see the module for its fields."""

    document: str
    kind: str
    lane: str
    language: str
    text: str
    words: tuple[Word, ...]
    fields: Mapping[str, str]
    lines: tuple[Mapping[str, str], ...]
    places: Mapping[str, Place] = field(default_factory=dict)


def of(
    reading: Reading,
    fields: Mapping[str, str],
    lines: Sequence[Mapping[str, str]],
    *,
    lane: str = "order",
    language: str = "",
    document: str = "",
    places: Mapping[str, Evidence] | None = None,
) -> str:
    """One line for the reading of the part that carried the order, with what the clerk confirmed."""
    known = {"document": document, "kind": reading.kind, "lane": lane, "language": language}
    words = [
        [w.text, w.page, w.box.x0, w.box.top, w.box.x1, w.box.bottom, w.size, w.bold]
        for page in reading.pages
        for w in page.words
    ]
    said: dict[str, Any] = {"words": words} if words else {"text": reading.text}
    values = {"fields": dict(fields), "lines": [dict(line) for line in lines]}
    where = {name: _place(e) for name, e in (places or {}).items() if e.box or e.span}
    return json.dumps({**known, **said, **values, "places": where}, ensure_ascii=False)


def _place(evidence: Evidence) -> list[float]:
    if evidence.box:
        box = evidence.box
        return [evidence.page, box.x0, box.top, box.x1, box.bottom]
    return list(evidence.span or ())


def read(path: Path) -> tuple[list[Labelled], list[str]]:
    """The documents of a file, and a sentence for each line that is unusable."""
    found, problems = [], []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append(_labelled(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            problems.append(f"Line {number} is no labelled document: {error}.")
    return found, problems


def _labelled(stored: dict[str, Any]) -> Labelled:
    words = tuple(
        Word(str(w[0]), int(w[1]), Box(*map(float, w[2:6])), float(w[6]), bool(w[7]))
        for w in stored.get("words", ())
    )
    text = str(stored.get("text", ""))
    if bool(words) == bool(text.strip()):
        raise ValueError("it has neither or both of text and words")
    lane = str(stored.get("lane", "order"))
    if lane not in LANES:
        raise ValueError(f"{lane} is no lane")
    return Labelled(
        str(stored.get("document", "")), str(stored.get("kind", "")), lane, str(stored.get("language", "")), text, words,
        {str(k): str(v) for k, v in stored["fields"].items()},
        tuple({str(k): str(v) for k, v in line.items()} for line in stored.get("lines", ())),
        {str(k): tuple(map(float, v)) for k, v in stored.get("places", {}).items()},
    )  # fmt: skip


def sample_of(one: Labelled) -> tuple[Sample, list[str]]:
    """The training text of a document, and the names of the values that were not found in it."""
    made = Sample(lane=one.lane, language=one.language, kind="labelled")
    page = None
    if one.words:
        canvas = canvas_of(_reading(one))
        page = laid(canvas)
        made.text, made.looks = page.text[:MOST], looks_of(page, canvas)
    else:
        made.text = one.text[:MOST]
    taken: Spans = []
    missing = [name for name in _fields(one) if not _put_field(made, one, page, name, taken)]
    missing += _put_lines(made, one, taken)
    made.entities.sort()
    made.looks = [look for look in made.looks if look[1] <= len(made.text)]
    return made, missing


def _reading(one: Labelled) -> Reading:
    last = max(w.page for w in one.words)
    pages = tuple(
        PageLayout(n, *_sides(own), own)
        for n in range(1, last + 1)
        if (own := tuple(w for w in one.words if w.page == n))
    )
    return Reading(1, one.kind or "pdf", pages=pages)


def _sides(words: Sequence[Word]) -> tuple[float, float]:
    return max(SHEET[0], *(w.box.x1 for w in words)), max(SHEET[1], *(w.box.bottom for w in words))


def _fields(one: Labelled) -> list[str]:
    """Addresses first: their first rows name companies, which are the buyer elsewhere too."""
    names = sorted(ENTITIES, key=lambda name: name not in printed_values.PLACES)
    return [name for name in names if one.fields.get(name)]


def _put_field(made: Sample, one: Labelled, page: Laid | None, name: str, taken: Spans) -> bool:
    spans = _at_place(page, made.text, one.places.get(name))
    spans = spans or printed_values.find(made.text, name, one.fields[name], taken)
    for start, end in spans:
        made.entities.append((start, end, ENTITIES[name]))
        taken.append((start, end))
    return bool(spans)


def _at_place(page: Laid | None, text: str, place: Place | None) -> Spans:
    """The characters of a place: a span of the text, or the words in a box of a page."""
    if place is None:
        return []
    if len(place) == 2:
        start, end = int(place[0]), int(place[1])
        return [(start, end)] if 0 <= start < end <= len(text) and text[start:end].strip() else []
    if page is None or len(place) != 5:
        return []
    number, x0, top, x1, bottom = place
    found: Spans = []
    for start, segment in zip(page.starts, page.segments, strict=True):
        at, inside = start, []
        for word in segment.words:
            across, down = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
            if word.page == number and x0 <= across <= x1 and top <= down <= bottom:
                inside.append((at, at + len(word.text)))
            at += len(word.text) + 1
        if inside and inside[-1][1] <= len(text):
            found.append((inside[0][0], inside[-1][1]))
    return found


def _put_lines(made: Sample, one: Labelled, taken: Spans) -> list[str]:
    """The cells of each line near each other, line after line."""
    missing, start = [], 0
    for number, line in enumerate(one.lines, 1):
        wanted = {name: line[name] for name in CELLS if line.get(name)}
        found = printed_values.find_line(made.text, wanted, start, taken)
        missing += [f"line {number} {name}" for name in wanted if name not in found]
        for name, span in found.items():
            made.entities.append((*span, CELLS[name]))
            taken.append(span)
        start = max((span[0] for span in found.values()), default=start)
    return missing
