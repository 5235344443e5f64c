"""Goods told by captions in a sentence: "SKU: A-1, Qty: 5, Unit price: 2.50"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.inbound.reading import Candidate, Evidence
from extraction.codes import owner_of
from extraction.document import Document
from extraction.fields import dates, numbers
from extraction.fields.units import UNIT
from extraction.goods.figures import FIGURE
from extraction.lines.cells import Line
from extraction.prose.passages import BULLET, Passage
from extraction.vocabulary import matches

_KEYS = frozenset({"columns"})

_COLON = re.compile(r"\s*[:=]")

_PARTED = re.compile(r"(?:^|[,;|(.)•*-])\s*$|\d\s+$")


def keyed_marks(text: str, breaks: Sequence[int] = ()) -> list[tuple[str, int, int]]:
    """(role, start of label, end of label) of column words with a colon behind them. breaks: where rows begin."""
    marks = []
    for match in matches(text, _KEYS):
        if not _COLON.match(text, match.end):
            continue
        floor = max(match.start - 40, 0)
        if match.start in breaks or _PARTED.search(text, floor, match.start):
            marks.append((match.meanings[0].name, match.start, match.end))
    return (
        marks if len({m[0] for m in marks}) >= 2 and any(m[0] == "quantity" for m in marks) else []
    )


def keyed(passage: Passage, document: Document) -> Line | None:
    line: Line = {}
    marks = keyed_marks(passage.text, passage.breaks)
    bullet = BULLET.match(passage.text)
    if marks and bullet and bullet["number"]:
        put(line, "line_no", bullet["number"], passage, bullet.span("number"), document, 0.9)
    for number, (role, _, end) in enumerate(marks):
        until = marks[number + 1][1] if number + 1 < len(marks) else len(passage.text)
        raw = passage.text[end:until]
        lead = len(raw) - len(raw.lstrip(" :="))
        text = raw.strip(" :=,;|-\n")
        if text:
            _put_keyed(line, role, text, passage, end + lead, document)
    named = passage.text[: marks[0][1]].strip(" -•*:\n") if marks and not bullet else ""
    if marks and marks[0][1] in passage.breaks and named and "description" not in line:
        put(line, "description", named, passage, (0, len(named)), document, 0.8)
    return line if {"quantity", "description"} & line.keys() else None


def _put_keyed(
    line: Line, role: str, text: str, passage: Passage, at: int, document: Document
) -> None:
    span = (at, at + len(text))
    if role in ("quantity", "unit_price", "amount"):
        figure = re.match(rf"[^\d]{{0,4}}({FIGURE})\s*([A-Za-zäöü]+)?", text)
        value = numbers.parse(figure[1], document.number_style) if figure else None
        if figure and value is not None:
            put(line, role, numbers.printed(value), passage, span, document, 0.92)
            if role == "quantity" and figure[2] and figure[2].lower() in UNIT:
                put(line, "uom", figure[2], passage, span, document, 0.85)
    elif role == "requested_date":
        days = dates.find(text, document.near)
        if days:
            put(
                line,
                role,
                dates.choose(days[0], document.day_style).isoformat(),
                passage,
                span,
                document,
                0.9,
            )
    elif role == "item":
        name = owner_of(text, document) if re.fullmatch(r"(?=.*\d)\S{3,}", text) else "description"
        put(line, name, text, passage, span, document, 0.85)
    elif role == "sku":
        put(line, "supplier_sku", text, passage, span, document, 0.85)
    elif role in (
        "description",
        "uom",
        "buyer_sku",
        "supplier_sku",
        "gtin",
        "manufacturer_sku",
        "line_no",
    ):
        put(line, role, text, passage, span, document, 0.92)


def put(
    line: Line,
    name: str,
    value: str,
    passage: Passage,
    span: tuple[int, int],
    document: Document,
    confidence: float,
) -> None:
    if name not in line and value:
        place = (passage.start + span[0], passage.start + span[1])
        evidence = Evidence(
            document.canvas.part, span=place, text=passage.text[span[0] : span[1]].strip()[:200]
        )
        line[name] = Candidate(value, confidence, evidence, "prose")
