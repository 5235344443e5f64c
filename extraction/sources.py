"""One part of a message read in full: its documents, the clues for header fields and the order lines in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from core.inbound.reading import Earlier
from core.inbound.values import Mailbox, Message, Part
from extraction.context import Context
from extraction.day_order import day_prior
from extraction.document import Document
from extraction.earlier import find as earlier
from extraction.fields import (
    clauses,
    dates,
    loose,
    loose_sums,
    mail,
    mail_days,
    money_marks,
    numbers,
    parties,
    sentences,
    sheet_title,
    signature,
    terms,
    titles,
)
from extraction.fields.dates import DayStyle
from extraction.fields.header import find as header_fields
from extraction.fields.labels.find import Labels
from extraction.fields.labels.sheet import SheetLabels
from extraction.language import language_of
from extraction.lines import shop_sums
from extraction.lines.cells import Line
from extraction.mail.said import bounded, said_anew
from extraction.memory import recall
from extraction.page.layout import Reading, TextLine
from extraction.page.paper import paper_of
from extraction.page.segments import Canvas, canvas_of, grid_canvas
from extraction.prose import counted, placed, recognised
from extraction.prose import find as prose
from extraction.prose import on_pages as page_prose
from extraction.shapes import bare, forms, headless, schedule
from extraction.tables.values import Table
from extraction.weighing import chronology
from extraction.weighing.clues import Clue

LISTED = 3
"""So many rows of goods are the order itself, though the mail says "the same as last week"."""


@dataclass
class Source:
    """What one part says. tabled: its lines come from a table; text: what it says anew; documents: its canvases.

    earlier: the order that it repeats, with `lines` on top of it.
    """

    part: Part
    reading: Reading
    language: str = "en"
    clues: list[Clue] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    tabled: bool = False
    sells: bool = False
    text: str = ""
    earlier: Earlier | None = None
    documents: list[Document] = field(default_factory=list)
    day_style: DayStyle | None = None
    near: date | None = None

    @property
    def is_body(self) -> bool:
        return self.part.kind in ("body-text", "body-html")


def read_source(
    part: Part, reading: Reading, context: Context, sender: Mailbox, message: Message
) -> Source:
    """Clues and lines of a part; of a mail body only what is said anew counts, not what it cites.

    Days are read the other way round where only so the order is dated before its delivery and its arrival.
    """
    source = _read(part, reading, context, sender, message)
    style = source.day_style
    if (
        style is None
        or style.sure
        or not chronology.is_backwards(source.clues, source.lines, source.near)
    ):
        return source
    turned = _read(part, reading, context, sender, message, DayStyle(not style.day_first))
    backwards = chronology.is_backwards(turned.clues, turned.lines, turned.near)
    return source if backwards else turned


def _read(
    part: Part,
    reading: Reading,
    context: Context,
    sender: Mailbox,
    message: Message,
    turned: DayStyle | None = None,
) -> Source:
    source = Source(part, reading)
    received = context.received or message.date
    passed_on = sender != message.sender
    lines, signed = (
        bounded(found) for found in said_anew(part, reading, message.subject, passed_on=passed_on)
    )
    text = source.text = "\n".join(line.text for line in lines)
    source.language = language_of(text or reading.text, context.language or "en")
    canvases = _canvases(reading, lines)
    texts = [row.text for canvas in canvases for row in canvas.rows]
    style = numbers.style_of(texts, "." if source.language == "en" else ",")
    prior = day_prior(context, source.language, texts, style)
    day_style = source.day_style = turned or dates.style_of(texts, prior)
    near = source.near = received.date() if received else None
    lent = near or dates.first_day(texts, day_style)
    for canvas in canvases:
        paper = paper_of(canvas)
        document = Document(
            canvas,
            context,
            style,
            day_style,
            source.language,
            lent,
            paper is not None and paper.sells,
        )
        _read_canvas(source, document, sender)
    if not source.lines and reading.pages and source.documents and not source.sells:
        source.lines = page_prose.read(reading, source.documents[-1])
    if source.is_body or reading.kind == "text":
        body = canvases[-1] if canvases else Canvas(part.number, reading.kind, ())
        document = Document(body, context, style, day_style, source.language, near)
        source.clues.extend(mail.body_clues(lines, signed, document, sender))
        said = canvas_of(Reading(reading.part, reading.kind, (*lines, *signed)))
        heard = recognised.hear(replace(document, canvas=said))
        source.clues.extend(recognised.added(heard, document, source.clues))
        listed = source.lines or len(counted.rows(lines)) >= LISTED
        repeated = None if listed else earlier.read(lines, document, prose.opens_item)
        if repeated:
            source.earlier, source.lines = repeated.earlier, repeated.added
        elif not source.lines:
            read = forms.read(document) or _told(lines, document)
            told = " ".join(line.text for line in lines)
            guessed = [] if placed.before(told, document) else recognised.lines(heard, document)
            source.lines = recognised.preferred(read, guessed)
        source.clues = [mail.trimmed(c) for c in _of_all(source.clues, source.lines)]
    return source


def _of_all(clues: list[Clue], lines: Sequence[Line]) -> list[Clue]:
    """Without the days of single lines, where these have several: none of them is the order's."""
    days = {line["requested_date"].value for line in lines if "requested_date" in line}
    if len(days) < 2:
        return clues
    return [c for c in clues if c.field != "requested_date" or c.value not in days]


def _told(lines: Sequence[TextLine], document: Document) -> list[Line]:
    """The lines of a text without tables: from columns without heads, and in the order of the text what other rows tell."""
    aligned, others = headless.read(lines, document)
    return sorted([*aligned, *prose.read(others, document)], key=_place_of)


def _place_of(line: Line) -> int:
    spans = [value.evidence.span for value in line.values() if value.evidence.span]
    return min((start for start, _ in spans), default=0)


def _canvases(reading: Reading, lines: tuple[TextLine, ...]) -> list[Canvas]:
    if reading.kind == "sheet":
        return [grid_canvas(grid, "sheet") for grid in reading.grids]
    shown = reading if reading.pages else Reading(reading.part, reading.kind, lines)
    return [*(grid_canvas(grid, "html") for grid in reading.grids), canvas_of(shown)]


def _labels(canvas: Canvas) -> Labels:
    return SheetLabels(canvas) if canvas.kind == "sheet" else Labels(canvas)


def _read_canvas(source: Source, document: Document, sender: Mailbox) -> None:
    labels = _labels(document.canvas)
    source.documents.append(document)
    read = [(table, *recall.lines_in(table, document)) for table in recall.tables_in(document)]
    tabled = _rows_of_items(read)
    before = len(source.clues)
    source.clues.extend(header_fields.clues(document, labels, tabled))
    source.clues.extend(loose_sums.clues(document, tabled))
    source.clues.extend(loose.clues(document, tabled, source.clues))
    if not document.sells:
        source.clues.extend(signature.clues(document, tabled))
        source.clues.extend(titles.clues(document, tabled))
        source.clues.extend(sentences.clues(document, tabled))
    source.clues.extend(
        parties.clues(document, labels, tabled, sender.address if source.is_body else "")
    )
    if document.canvas.kind == "sheet" and document is source.documents[0]:
        source.clues.extend(sheet_title.clues(document, labels))
    source.clues.extend(terms.clues(document.canvas, tabled))
    if document.canvas.kind in ("sheet", "html") and not document.sells:
        source.clues.extend(mail_days.in_cells(document, tabled))
    source.clues.extend(money_marks.clues(document.canvas))
    printed = clauses.pages(document.canvas, tabled)
    source.clues[before:] = [c for c in source.clues[before:] if c.page not in printed]
    source.sells = source.sells or document.sells
    if document.sells:
        source.clues = _seller_view(source.clues)
    lines = main_lines([(table, lines) for table, lines, _ in read])
    if len(lines) > len(source.lines):
        source.lines, source.tabled = lines, True
        source.clues.extend(clue for _, _, found in read for clue in found)
        for table, own, _ in read:
            source.clues.extend(loose_sums.lone(table, own, document))
    source.lines = shop_sums.extended(source.lines, source.clues)
    if not source.lines:
        source.lines = schedule.read(document)
    if not source.lines and document.canvas.kind in ("pdf", "sheet", "image"):
        source.lines = forms.read(document)
    if not source.lines and document.canvas.kind == "sheet" and not source.sells:
        source.lines = bare.read(document)
    if document.canvas.pages and not document.sells and recognised.is_wanted(source.clues):
        heard = recognised.hear(document)
        source.clues.extend(recognised.of_page(heard, document, source.clues))
    source.clues.extend(recall.clues_in(document))


def _rows_of_items(read: Sequence[tuple[Table, list[Line], list[Clue]]]) -> frozenset[int]:
    """The rows of item tables; where one holds lines, what looks like a table and holds none heads the document."""
    filled = [table for table, lines, _ in read if lines]
    return frozenset(row for table in filled or [t for t, _, _ in read] for row in table.rows)


def _seller_view(clues: list[Clue]) -> list[Clue]:
    """On a seller's paper the invoice date is the date, a due date is when to pay, and mail addresses are the seller's."""
    dated = any(c.field == "invoice_date" for c in clues)
    kept = []
    for clue in clues:
        dropped = (
            (clue.field == "order_date" and dated)
            or (clue.field == "requested_date" and clue.label.startswith("due"))
            or (clue.field == "buyer_email" and clue.source == "page")
            or (clue.field == "po_number" and clue.score < 0.6)
        )
        if not dropped:
            kept.append(replace(clue, field="order_date") if clue.field == "invoice_date" else clue)
    return kept


def main_lines(tables: Sequence[tuple[Table, list[Line]]]) -> list[Line]:
    """The lines of the main item table and of those built like it; schedules and summaries repeat lines."""
    filled = [(table, lines, _richness(lines)) for table, lines in tables if lines]
    if not filled:
        return []
    best = max(richness for _, _, richness in filled)
    return [line for _, lines, richness in filled if richness >= best - 0.5 for line in lines]


def _richness(lines: list[Line]) -> float:
    """How many kinds of value the lines of a table have on average, money counted double."""
    names = ("quantity", "unit_price", "amount", "description")
    kinds = {name for name in names if sum(name in line for line in lines) >= 0.5 * len(lines)}
    return len(kinds) + 0.5 * len(kinds & {"unit_price", "amount"})
