"""The left half of the workbench: each part of the document as pages, text or places, with what was read where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from core.drafts.panes import DocumentPane, FieldView, PartView, Workbench
from review_app.desk.places import Lit, Piece, Sheet, box_of, pieces, sheets_of, span_of


@dataclass(frozen=True, slots=True)
class PageSheet:
    """One page; `drawn`: its picture is there."""

    number: int
    width: float
    height: float
    drawn: bool
    boxes: tuple[Lit, ...]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A value whose place cannot be lit in what is shown: where it stood and its words."""

    field_id: int
    label: str
    at: str
    text: str


@dataclass(frozen=True, slots=True)
class PartSheet:
    """A part as it is shown: as pages, cells of sheets, numbered segments, text, or a list of places."""

    part: PartView
    title: str
    pages: tuple[PageSheet, ...] = ()
    cells: tuple[Sheet, ...] = ()
    segments: tuple[tuple[int, Piece], ...] = ()
    text: tuple[Piece, ...] = ()
    places: tuple[PlaceRow, ...] = ()


def sheets(
    bench: Workbench,
    drawn: dict[int, tuple[int, ...]],
    texts: dict[int, str],
    segments: dict[int, tuple[str, ...]],
) -> tuple[PartSheet, ...]:
    """The parts worth showing, those that most was read from first.

    By part id: drawn: page numbers with a picture; texts: what to show as its text; segments: of electronic orders.
    """
    if bench.document is None:
        return ()
    fields = tuple(_fields(bench))
    found = [
        _sheet(
            bench.document,
            part,
            fields,
            drawn.get(part.id, ()),
            texts.get(part.id, ""),
            segments.get(part.id, ()),
        )
        for part in bench.document.parts
        if part.kind != "message"
    ]
    read_from = Counter(f.evidence.get("part") for f in fields if f.evidence)
    worth = [
        s
        for s in found
        if s.pages or s.cells or s.segments or s.text or s.places or s.part.kind == "attachment"
    ]
    return tuple(sorted(worth, key=lambda s: (-read_from[s.part.number], s.part.number)))


def _fields(bench: Workbench) -> Iterable[FieldView]:
    yield from bench.fields.values()
    for line in bench.lines:
        if not line.removed:
            yield from line.fields.values()


def _sheet(
    document: DocumentPane,
    part: PartView,
    fields: tuple[FieldView, ...],
    drawn: tuple[int, ...],
    text: str,
    segments: tuple[str, ...],
) -> PartSheet:
    here = [
        (f.id, f, f.evidence)
        for f in fields
        if f.id is not None and f.evidence and f.evidence.get("part") == part.number
    ]
    title = _title(document, part)
    if part.pages:
        boxes: dict[int, list[Lit]] = {}
        for field_id, _, evidence in here:
            lit = box_of(field_id, evidence)
            if lit is not None:
                boxes.setdefault(int(evidence.get("page", 1)), []).append(lit)
        return PartSheet(
            part,
            title,
            pages=tuple(
                PageSheet(n, width, height, n in drawn, tuple(boxes.get(n, ())))
                for n, (width, height) in enumerate(part.pages, 1)
            ),
        )
    if segments:
        return PartSheet(part, title, segments=_segments(segments, here))
    cells = sheets_of((i, str(e.get("at", "")), str(e.get("text", ""))) for i, _, e in here)
    if cells:
        return PartSheet(part, title, cells=cells, text=pieces(text, ()) if text else ())
    places = [(i, span_of(text, evidence)) for i, _, evidence in here] if text else []
    spans = [(i, place[0], place[1]) for i, place in places if place]
    unplaced = {i for i, _, _ in here} - {i for i, _, _ in spans}
    return PartSheet(
        part,
        title,
        text=pieces(text, spans) if text else (),
        places=tuple(
            PlaceRow(i, f.label, str(e.get("at", "")), str(e.get("text", "")) or f.read_value)
            for i, f, e in here
            if i in unplaced
        ),
    )


def _segments(
    rows: tuple[str, ...], here: list[tuple[int, FieldView, dict[str, Any]]]
) -> tuple[tuple[int, Piece], ...]:
    read: dict[int, list[int]] = {}
    for field_id, _, evidence in here:
        number = str(evidence.get("at", ""))
        if number.isascii() and number.isdigit():
            read.setdefault(int(number), []).append(field_id)
    return tuple((n, Piece(row, tuple(read.get(n, ())))) for n, row in enumerate(rows, 1))


def _title(document: DocumentPane, part: PartView) -> str:
    if part.kind == "body-text":
        return "Mail" if document.channel == "mail" else "Text"
    if part.kind == "body-html":
        return "Mail (HTML)"
    return part.filename or part.content_type
