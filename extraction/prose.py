"""Order lines of a text without tables: list items, rows of "label: value", and sentences that order something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from core.inbound.reading import Candidate, Evidence
from extraction import afterthought, amended, counted
from extraction.cells import Line
from extraction.codes import owner_of
from extraction.document import Document
from extraction.fields import dates, numbers
from extraction.fields.units import UNIT
from extraction.fields.words import ORDERING
from extraction.goods import FIGURE, Goods, opens
from extraction.layout import TextLine
from extraction.passages import BULLET, Passage, passages
from extraction.vocabulary import matches

MAX_LINES = 1_000
_KEYS = frozenset({"columns"})
_SUMS = re.compile(
    r"^\W*(?:sub-?total|total|grand total|gesamt\w*|summe|zwischensumme|netto|totale|totaal|importe|imponibile|montant|tax|vat|mwst|tva|iva|btw|freight|shipping)\b",
    re.IGNORECASE,
)


def read(lines: Sequence[TextLine], document: Document) -> list[Line]:
    """Order lines of a text without tables, in order."""
    found: list[Line] = []
    rows = counted.rows(lines)
    for passage in passages(lines, lambda text: opens_item(text) or text in rows):
        if len(found) >= MAX_LINES:
            break
        if afterthought.opens(passage) and afterthought.apply(passage, found, document):
            continue
        keyed = _keyed(passage, document)
        if keyed:
            found.append(keyed)
        elif passage.listed:
            line = _item(passage, document)
            if line:
                found.append(line)
        else:
            found.extend(_sentence(passage, document))
    return found


def opens_item(text: str) -> bool:
    """Whether a row begins an item."""
    return opens(text) or bool(_keyed_marks(text))


def _item(passage: Passage, document: Document) -> Line | None:
    bullet = BULLET.match(passage.text)
    start = bullet.end() if bullet else 0
    if _SUMS.match(passage.text[start:]):
        return None
    line = Goods(passage, start, len(passage.text), document).read()
    if line and bullet:
        group = next((g for g in ("number", "pos") if bullet[g]), None)
        if group:
            _put(line, "line_no", bullet[group], passage, bullet.span(group), document, 0.85)
    return line


def _sentence(passage: Passage, document: Document) -> Iterator[Line]:
    """Every quantity with goods behind it, in a sentence that orders something."""
    changed = amended.read(passage, document)
    if changed:
        yield changed
        return
    if not ORDERING.search(passage.text) or _SUMS.match(passage.text):
        return
    for spans in (counted.counts_in, counted.coded, counted.keyed):
        read = (
            Goods(passage, start, end, document).read()
            for start, end in spans(passage.text, passage.breaks)
        )
        told = [line for line in read if line]
        if told:
            yield from told
            return


# "SKU: A-1, Qty: 5, Unit price: 2.50" -----------------------------------------------------------------------------


def _keyed_marks(text: str) -> list[tuple[str, int, int]]:
    """(role, start of label, end of label) of column words with a colon behind them."""
    marks = []
    for match in matches(text, _KEYS):
        opened = re.search(r"(^|[,;|(.)•*-])\s*$|\d\s+$", text[: match.start])
        if opened and re.match(r"\s*[:=]", text[match.end :]):
            marks.append((match.meanings[0].name, match.start, match.end))
    return (
        marks if len({m[0] for m in marks}) >= 2 and any(m[0] == "quantity" for m in marks) else []
    )


def _keyed(passage: Passage, document: Document) -> Line | None:
    line: Line = {}
    marks = _keyed_marks(passage.text)
    bullet = BULLET.match(passage.text)
    if marks and bullet and bullet["number"]:
        _put(line, "line_no", bullet["number"], passage, bullet.span("number"), document, 0.9)
    for number, (role, _, end) in enumerate(marks):
        until = marks[number + 1][1] if number + 1 < len(marks) else len(passage.text)
        raw = passage.text[end:until]
        lead = len(raw) - len(raw.lstrip(" :="))
        text = raw.strip(" :=,;|-\n")
        if text:
            _put_keyed(line, role, text, passage, end + lead, document)
    return line if {"quantity", "description"} & line.keys() else None


def _put_keyed(
    line: Line, role: str, text: str, passage: Passage, at: int, document: Document
) -> None:
    span = (at, at + len(text))
    if role in ("quantity", "unit_price", "amount"):
        figure = re.match(rf"[^\d]{{0,4}}({FIGURE})\s*([A-Za-zäöü]+)?", text)
        value = numbers.parse(figure[1], document.number_style) if figure else None
        if figure and value is not None:
            _put(line, role, numbers.printed(value), passage, span, document, 0.92)
            if role == "quantity" and figure[2] and figure[2].lower() in UNIT:
                _put(line, "uom", figure[2], passage, span, document, 0.85)
    elif role == "requested_date":
        days = dates.find(text, document.near)
        if days:
            _put(
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
        _put(line, name, text, passage, span, document, 0.85)
    elif role == "sku":
        _put(line, "supplier_sku", text, passage, span, document, 0.85)
    elif role in (
        "description",
        "uom",
        "buyer_sku",
        "supplier_sku",
        "gtin",
        "manufacturer_sku",
        "line_no",
    ):
        _put(line, role, text, passage, span, document, 0.92)


def _put(
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
