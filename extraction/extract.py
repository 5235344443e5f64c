"""The one public door: a message in, candidates for its order fields out."""

from __future__ import annotations

from core.inbound.reading import Extraction, ReadOrder
from core.inbound.values import Message, Part
from extraction.clues import Clue
from extraction.context import Context
from extraction.document import Document
from extraction.fields import dates, header, numbers, parties
from extraction.fields.labels import Labels
from extraction.language import language_of
from extraction.layout import Reading
from extraction.lines import Line, lines_of
from extraction.readers import pdf, text
from extraction.resolve import resolve
from extraction.segments import Canvas, canvas_of
from extraction.tables import find_tables


def extract(message: Message, context: Context) -> Extraction:
    """What the message orders, each value with its place and confidence."""
    readings = [r for part in message.parts if (r := _read(part))]
    carrier = _carrier(readings)
    findings = tuple(f for r in readings for f in r.findings)
    pages = tuple(
        (r.part, tuple((p.width, p.height) for p in r.pages)) for r in readings if r.pages
    )
    if carrier is None:
        return Extraction("other", findings=findings, pages=pages)
    order = _order(carrier, context)
    return Extraction("order", 0.5, orders=(order,), findings=findings, pages=pages)


def _read(part: Part) -> Reading | None:
    if part.content[:5] == b"%PDF-" or part.content_type == "application/pdf":
        return pdf.read(part.content, part.number)
    if (
        part.text is not None
        and part.kind in ("body-text", "attachment")
        and part.content_type == "text/plain"
    ):
        return text.read(part.text, part.number)
    return None


def _carrier(readings: list[Reading]) -> Reading | None:
    return max(
        readings, key=lambda r: (r.kind == "pdf" and bool(r.lines), len(r.lines)), default=None
    )


def _order(reading: Reading, context: Context) -> ReadOrder:
    document = document_of(canvas_of(reading), context)
    found = read_document(document)
    return ReadOrder(resolve(found[0]), tuple(found[1]))


def document_of(canvas: Canvas, context: Context) -> Document:
    """The canvas with its number and day style settled."""
    texts = [row.text for row in canvas.rows]
    near = context.received.date() if context.received else None
    language = language_of(canvas.text, context.language or "en")
    style = numbers.style_of(texts)
    prior = {True: 1.0, False: -1.0, None: 0.0}[context.day_first] + (
        0.4 if language != "en" else -0.2
    )
    return Document(canvas, context, style, dates.style_of(texts, prior), language, near)


def read_document(document: Document) -> tuple[list[Clue], list[Line]]:
    labels = Labels(document.canvas)
    clues = [*header.clues(document, labels), *parties.clues(document, labels)]
    tables = find_tables(document.canvas, document.number_style)
    lines = [line for table in tables for line in lines_of(table, document)]
    return clues, lines
