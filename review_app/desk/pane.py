"""The left half of the workbench: each part of the document as pages, text or places, with what was read where."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from core.drafts.panes import DocumentPane, FieldView, PartView, Workbench
from extraction.edi.explained import ExplainedSegment
from review_app.desk.places import (
    Block,
    Lit,
    Piece,
    Sheet,
    blocks,
    box_of,
    pieces,
    place_key,
    sheets_of,
    span_of,
)


@dataclass(frozen=True, slots=True)
class PageSheet:
    """One page; `drawn`: its picture is there."""

    number: int
    width: float
    height: float
    drawn: bool
    boxes: tuple[Lit, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """What reading noticed; `loud` when a person should look. page: 0 when it is about the whole part."""

    text: str
    loud: bool
    page: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where one reading of a field stood. chosen: the field's value, not one that lost against it."""

    key: str
    field: FieldView
    evidence: dict[str, Any]
    chosen: bool


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A value whose place cannot be lit in what is shown: where it stood and its words."""

    key: str
    label: str
    at: str
    text: str


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """A segment of an electronic order; name: what it is, "" when that is not known."""

    number: int
    name: str
    piece: Piece


@dataclass(frozen=True, slots=True)
class PartSheet:
    """A part as it is shown: as pages, cells of sheets, numbered segments, text, or a list of places.

    empty: how many empty cells stand before the cell at that character of the text.
    """

    part: PartView
    title: str
    pages: tuple[PageSheet, ...] = ()
    cells: tuple[Sheet, ...] = ()
    segments: tuple[SegmentRow, ...] = ()
    text: tuple[Piece, ...] = ()
    places: tuple[PlaceRow, ...] = ()
    remarks: tuple[Remark, ...] = ()
    empty: Mapping[int, int] | None = None

    @property
    def blocks(self) -> tuple[Block, ...]:
        return blocks(self.text, self.empty or {})

    @property
    def is_shown(self) -> bool:
        return bool(self.pages or self.cells or self.segments or self.text or self.places)


def sheets(
    bench: Workbench,
    drawn: dict[int, tuple[int, ...]],
    texts: dict[int, str],
    segments: dict[int, tuple[ExplainedSegment, ...]],
    findings: tuple[dict[str, Any], ...] = (),
    empty: Mapping[int, Mapping[int, int]] | None = None,
) -> tuple[PartSheet, ...]:
    """The parts worth showing, those that most was read from first.

    By part id: drawn: page numbers with a picture; texts: what to show as its text; segments: of electronic orders.
    findings: of the whole document, each shown at the part that its place names. empty: as of PartSheet.
    """
    if bench.document is None:
        return ()
    fields = tuple(_fields(bench))
    places = tuple(_places(fields))
    found = [
        _sheet(
            bench.document,
            part,
            tuple(p for p in places if p.evidence.get("part") == part.number),
            drawn.get(part.id, ()),
            texts.get(part.id, ""),
            segments.get(part.id, ()),
            remarks(findings, part.number),
        )
        for part in bench.document.parts
        if part.kind != "message"
    ]
    read_from = Counter(f.evidence.get("part") for f in fields if f.evidence)
    found = [replace(s, empty=(empty or {}).get(s.part.id)) for s in found]
    worth = [s for s in found if s.is_shown or s.remarks or s.part.kind == "attachment"]
    return tuple(sorted(worth, key=lambda s: (-read_from[s.part.number], s.part.number)))


def _fields(bench: Workbench) -> Iterable[FieldView]:
    yield from bench.fields.values()
    for line in bench.lines:
        if not line.removed:
            yield from line.fields.values()


_PART = re.compile(r"part (\d+)(?:, page (\d+)(?!\d|,))?")


def remarks(findings: tuple[dict[str, Any], ...], part: int) -> tuple[Remark, ...]:
    """What was noticed about this part; with part 0 what is about none."""
    found: dict[Remark, None] = {}
    for finding in findings:
        named = _PART.match(str(finding.get("place", "")))
        if (int(named[1]) if named else 0) == part:
            page = int(named[2] or 0) if named else 0
            loud = finding.get("severity") in ("warning", "error")
            found[Remark(str(finding.get("text", "")), loud, page)] = None
    return tuple(sorted(found, key=lambda r: (not r.loud, r.page)))


def _places(fields: Iterable[FieldView]) -> Iterator[Place]:
    for field in fields:
        if field.id is None:
            continue
        if field.evidence:
            yield Place(place_key(field.id), field, field.evidence, True)
        for other in field.alternatives:
            if other.evidence:
                yield Place(place_key(field.id, other.evidence), field, other.evidence, False)


def _sheet(
    document: DocumentPane,
    part: PartView,
    here: tuple[Place, ...],
    drawn: tuple[int, ...],
    text: str,
    segments: tuple[ExplainedSegment, ...],
    remarks: tuple[Remark, ...],
) -> PartSheet:
    title = _title(document, part)
    if part.pages:
        boxes: dict[int, list[Lit]] = {}
        for place in here:
            lit = box_of(place.key, place.evidence)
            if lit is not None:
                boxes.setdefault(int(place.evidence.get("page", 1)), []).append(lit)
        return PartSheet(
            part,
            title,
            pages=tuple(
                PageSheet(n, width, height, n in drawn, tuple(boxes.get(n, ())))
                for n, (width, height) in enumerate(part.pages, 1)
            ),
            remarks=remarks,
        )
    if segments:
        return PartSheet(part, title, segments=_segments(segments, here), remarks=remarks)
    cells = sheets_of(
        (p.key, str(p.evidence.get("at", "")), str(p.evidence.get("text", ""))) for p in here
    )
    if cells:
        shown = pieces(text, ()) if text else ()
        return PartSheet(part, title, cells=cells, text=shown, remarks=remarks)
    spans = [(p.key, span_of(text, p.evidence)) for p in here] if text else []
    placed = [(key, span[0], span[1]) for key, span in spans if span]
    lit_keys = {key for key, _, _ in placed}
    return PartSheet(
        part,
        title,
        text=pieces(text, placed) if text else (),
        places=tuple(_row(p) for p in here if p.chosen and p.key not in lit_keys),
        remarks=remarks,
    )


def _row(place: Place) -> PlaceRow:
    at, words = str(place.evidence.get("at", "")), str(place.evidence.get("text", ""))
    return PlaceRow(place.key, place.field.label, at, words or place.field.read_value)


def _segments(
    rows: tuple[ExplainedSegment, ...], here: tuple[Place, ...]
) -> tuple[SegmentRow, ...]:
    read: dict[int, list[str]] = {}
    for place in here:
        number = str(place.evidence.get("at", ""))
        if number.isascii() and number.isdigit():
            read.setdefault(int(number), []).append(place.key)
    return tuple(
        SegmentRow(row.number, row.name, Piece(row.raw, tuple(read.get(row.number, ()))))
        for row in rows
    )


def _title(document: DocumentPane, part: PartView) -> str:
    if part.kind == "body-text":
        return "Mail" if document.channel == "mail" else "Text"
    if part.kind == "body-html":
        return "Mail (HTML)"
    return part.filename or part.content_type
