"""What a printed page says in sentences: letters, conditions and notes name numbers, days, places and people in prose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extraction.document import Document
from extraction.fields import dates, mail_terms, numbers
from extraction.fields.header.code import read_code
from extraction.fields.people import is_person
from extraction.fields.places import place_spans
from extraction.page.segments import Row, Segment
from extraction.weighing.clues import Clue

MAX_ROWS = 600
_QUOTED = re.compile(
    r"\b(?:quot(?:e|ing)|our (?:purchase )?(?:order )?(?:ref(?:erence)?|number|no)\.?|unser[e]? (?:bestell)?(?:nummer|zeichen|nr\.?)|notre r[ée]f[\w.]*|nuestra ref[\w.]*|nostro rif[\w.]*|onze ref[\w.]*|(?:purchase order|order|p\.?o\.?) (?:number|no\.?|nr\.?))"
    r"(?: (?:number|no\.?|our|reference|ref\.?|order|the))*\s*[:#]?\s+(?P<code>(?=[\w./-]*\d{2})[A-Z0-9][\w./-]{2,24})",
    re.IGNORECASE,
)
_DELIVERED = re.compile(
    r"\b(?:deliver\w*|ship(?:ped|ment)?|requir\w*|need(?:ed)?|arriv\w*|receiv\w*|liefer\w*|livr\w*|entreg\w*|consegn\w*|lever\w*|dostaw\w*|dodan\w*)\b[^.;]{0,90}?\b(?:by|before|on|until|no later than|not later than|bis(?: zum| spätestens)?|am|zum|spätestens(?: am)?|avant le|pour le|le|antes del?|el|entro il|il|del|voor|op|uiterlijk|senest|senast|do|w/c|week of)\s*:?\s*(?:[^\W\d_]{3,10},?\s+(?:den|the|le|el|il)?\s*)?$",
    re.IGNORECASE,
)
_ASK = re.compile(
    r"(?i:\b(?:contact|ask for|attention of|questions?(?: on delivery)? to|queries to|rückfragen(?: bitte)? an|wenden sie sich an|contacter|s'adresser à|contactar con|contattare|contact op met|zuständig ist)(?::| person)?)\s+(?:(?i:our|the|unser[en]*|notre|nuestr[oa]) [\w ]{0,20})?(?P<name>(?:(?:Mr|Mrs|Ms|Dr|Herrn?|Frau|M|Mme|Sr|Sra|Dhr|Mevr)\.? )?[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’.-]+){0,2})"
)
_SUM = re.compile(
    r"\b(?:making|comes? to|totall?ing|total of|in total|altogether|insgesamt|zusammen|soit au total|en total|in totale|in totaal|bedraagt)\b[^\d.;]{0,16}?[$€£]?\s?(?P<sum>\d[\d.,' ]*\d)",
    re.IGNORECASE,
)


def clues(document: Document, tabled: frozenset[int] = frozenset()) -> Iterator[Clue]:
    """Clues from running text on pages. tabled: rows of item tables, left out."""
    if document.canvas.kind not in ("pdf", "image"):
        return
    for paragraph in paragraphs(document.canvas.rows[:MAX_ROWS], tabled):
        yield from _said(paragraph, document)


def paragraphs(rows: tuple[Row, ...], tabled: frozenset[int]) -> Iterator[Segment]:
    """Rows of words that run on at one left edge, each run as one segment."""
    running: list[Segment] = []
    for number, row in enumerate(rows):
        segment = next((s for s in row.segments if len(s.words) >= 3 or running), None)
        text = segment if number not in tabled and len(row.segments) <= 2 else None
        if running and (text is None or not _runs_on(running[-1], text)):
            yield _joined(running)
            running = []
        if text is not None and (running or len(text.words) >= 4):
            running.append(text)
    if running:
        yield _joined(running)


def _runs_on(upper: Segment, lower: Segment) -> bool:
    height = max(upper.box.bottom - upper.box.top, 4.0)
    return (
        lower.page == upper.page
        and abs(lower.box.x0 - upper.box.x0) < 30
        and -2 < lower.box.top - upper.box.bottom < 0.8 * height
    )


def _joined(running: list[Segment]) -> Segment:
    return Segment(running[0].part, tuple(w for s in running for w in s.words))


def _said(paragraph: Segment, document: Document) -> Iterator[Clue]:
    text = paragraph.text
    if len(text) < 25 or len(text) > 4_000:
        return
    for found in _QUOTED.finditer(text):
        code = read_code(found["code"].rstrip(".,;:)"), document)
        if code and not dates.find(found["code"]):
            yield from _clue(paragraph, "po_number", code[0], 0.42, found.span("code"))
    for day in dates.find(text, document.near):
        known = day.year_given or document.near is not None
        if known and _DELIVERED.search(text[max(day.start - 130, 0) : day.start]):
            value = dates.choose(day, document.day_style).isoformat()
            yield from _clue(paragraph, "requested_date", value, 0.52, (day.start, day.end))
            break
    for start, end in place_spans(text)[:1]:
        if text[start:end].count(",") >= 1:
            yield from _clue(paragraph, "ship_to", text[start:end], 0.5, (start, end))
    for field, start, end in mail_terms.told(text):
        if field == "payment_terms":
            continue  # conditions of every order, read where they stand as terms
        yield from _clue(paragraph, field, text[start:end].rstrip(" ,"), 0.45, (start, end))
    for found in _ASK.finditer(text):
        if is_person(found["name"], 1):
            yield from _clue(paragraph, "buyer_contact", found["name"], 0.4, found.span("name"))
            break
    for found in _SUM.finditer(text):
        amount = numbers.parse(found["sum"].strip(" .,"), document.number_style)
        if amount is not None:
            yield from _clue(paragraph, "total", numbers.printed(amount), 0.4, found.span("sum"))
            break


def _clue(
    paragraph: Segment, field: str, value: str, score: float, span: tuple[int, int]
) -> Iterator[Clue]:
    place = paragraph.cut(*span)
    if place is not None:
        yield Clue(field, value, score, "sentence", place.evidence(), place.page)
