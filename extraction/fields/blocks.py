"""Address blocks: the rows that stand together under, beside or behind a label of a party."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extraction.fields.beneath import PLACEHOLDER, begins_label, ends, first_row, in_column
from extraction.fields.companies import looks_like_company
from extraction.fields.labels.find import Labels
from extraction.fields.labels.values import Label, is_salute
from extraction.page.segments import Segment

MAX_ROWS = 9
_NOT_ADDRESS = re.compile(
    r"@|^\W*$|^\W*mobile\W*[+(\d]|^\W*(tel|phone|ph|fax|mobile:|mob|cell|e-?mail|email|gstin|gst|vat|pan|web|www\.|telefon|tél|contact no)\b|^\+?[\d\s()./-]{8,}$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Block:
    """party: "ship_to", "bill_to", "supplier" or "buyer"; rows: the segments of the address, top to bottom."""

    party: str
    weight: float
    rows: tuple[Segment, ...]
    label: Label

    @property
    def lines(self) -> list[str]:
        return [" ".join(s.text.split()).strip(" ,;|") for s in self.rows]


def blocks(labels: Labels, tabled: frozenset[int] = frozenset()) -> Iterator[Block]:
    """One block for each party label that has rows of its own. tabled: rows of item tables, where blocks end."""
    for label in labels.found:
        if _before_name(labels, label) or _NUMBERED.match(_behind(label)):
            continue
        for meaning in label.meanings:
            if meaning.group != "parties":
                continue
            rows = tuple(_rows(labels, label, tabled)) if _is_heading(label) else ()
            if label.alone and (form := tuple(_form_rows(labels, label, tabled))):
                rows = form
            rows = tuple(r for r in rows if not PLACEHOLDER.fullmatch(r.text.strip()))
            if rows and all(len(r.text) <= 140 for r in rows):
                sent = labels.canvas.kind == "pdf" and is_salute(label) and len(rows) > 1
                yield Block("supplier" if sent else meaning.name, meaning.weight, rows, label)


_NUMBERED = re.compile(
    r"\s*(?:no|nr|num|n[°º]|number|nummer|numero|número|numéro|code|id|ref)\b\.?(?!\w)|\s*#",
    re.IGNORECASE,
)


def _behind(label: Label) -> str:
    """What stands behind a label in its segment."""
    at = label.segment.text.find(label.head.text)
    return label.segment.text[at + len(label.head.text) :]


_STYLES = frozenset(["m s", "messrs", "ditta", "firma", "societe", "empresa", "azienda"])


def _before_name(labels: Labels, label: Label) -> bool:
    """Whether what could be a label only comes before a company's name ("M/s", "Ditta") as it heads a page or an address."""
    if label.phrase not in _STYLES or label.colon or label.alone:
        return False
    if label.row < 4:
        return True
    x0 = label.head.box.x0
    above = labels.canvas.rows[label.row - 1]
    named = (
        k for k in labels.on_row(label.row - 1) if any(m.group == "parties" for m in k.meanings)
    )
    return above.page == label.head.page and any(abs(k.head.box.x0 - x0) < 12 for k in named)


_FORM_ROW = re.compile(
    r"(?P<label>(?:company|firm|business|organi[sz]ation|firma|societe|soci[eé]t[eé]|empresa|azienda|bedrijf)(?: name)?"
    r"|(?:street |mailing )?address(?: ?(?:line ?)?[12])?|street|stra(?:ß|ss)e|anschrift|adresse|direcci[oó]n|indirizzo|adres"
    r"|city(?:[ ,/&-]*(?:state|st|zip|province|post ?code))*|town|ort|plz[ /]*ort|ville|ciudad|citt[aà]|plaats|zip(?: code)?|post ?code|state|country|land"
    r"|(?P<aside>(?:vendor |customer |contact |full |first |recipient )?name|attn\.?|contact(?: person)?|phone|tel\.?|telephone|fax|e-?mail))"
    r"\s*:\s*(?P<value>\S.*)?$",
    re.IGNORECASE,
)
_CALLED = re.compile(r"\s+(?:phone|tel|telephone|fax|e-?mail|mobile)\b.*$", re.IGNORECASE)


def _form_rows(labels: Labels, label: Label, tabled: frozenset[int]) -> Iterator[Segment]:
    """The address in a block whose rows have captions of their own: "Company Name: ...", "Address: ..."."""
    rows = labels.canvas.rows
    last, told, running = label.head, 0, False
    kept: list[Segment] = []
    for number in range(label.row + 1, min(label.row + 10, len(rows))):
        row = rows[number]
        gap = row.box.top - last.box.bottom
        if row.page != label.head.page or number in tabled or gap > 1.6 * row.height:
            break
        segment = next((s for s in row.segments if abs(s.box.x0 - label.head.box.x0) < 80), None)
        if segment is None:
            continue
        found = _FORM_ROW.match(segment.text)
        if found is None and (not running or segment.box.x0 < label.head.box.x0 + 15):
            break
        last = segment
        if found and found["aside"]:
            running = False
            continue
        start = found.start("value") if found else 0
        if found and not found["value"]:
            continue
        told, running = told + bool(found), True
        end = _CALLED.search(segment.text)
        value = segment.cut(start, end.start() if end else len(segment.text))
        if value is not None:
            kept.append(value)
    if told >= 2:
        yield from kept


def _is_heading(label: Label) -> bool:
    """Whether a party label heads a block rather than standing in a sentence."""
    if label.colon or label.alone or label.tail is None:
        return True
    text, tail = label.segment.text, label.tail.text
    told = len(label.phrase.split()) > 1 and bool(re.search(r"\d", tail))
    opens = label.head.text[:1].isupper() and (tail[:1].isupper() or tail[:1].isdigit())
    return opens and len(tail.split()) > 1 and len(text) <= (140 if told else 60)


def _rows(labels: Labels, label: Label, tabled: frozenset[int]) -> Iterator[Segment]:
    begin = first_row(labels, label)
    if begin is None:
        return
    start_row, segment, where = begin
    if ends(labels, start_row, segment):
        return
    kept: list[Segment] = []
    if segment is not label.head and not _NOT_ADDRESS.search(segment.text):
        kept.append(segment)
        yield segment
    if where != "below" and re.fullmatch(r"[\W\d]+", segment.text):
        segment, where = label.head, "below"
    if _INLINE.search(segment.text):
        behind = where == "behind"
        rest = (_wrapped if behind else _continued)(labels, start_row, segment, label)
        if rest is not None:
            yield rest
        return
    left = min(label.head.box.x0, segment.box.x0) if where != "right" else segment.box.x0
    last = segment
    usual = 0.0
    for number in range(start_row + 1, min(start_row + 16, len(labels.canvas.rows))):
        row = labels.canvas.rows[number]
        if row.page != last.page or len(kept) >= MAX_ROWS or number in tabled:
            return
        if where == "right" and begins_label(labels, number, label.head.box.x0):
            return
        if row.box.top - last.box.bottom > 1.25 * max(row.height, last.box.bottom - last.box.top):
            return
        inside = in_column(row.segments, segment, left, where)
        if inside is None:
            continue
        gap = inside.box.top - last.box.bottom
        if ends(labels, number, inside) or (
            len(kept) > 1 and _parted(gap, usual, kept[-1], inside)
        ):
            return
        usual = max(usual, gap)
        last = inside
        if not _NOT_ADDRESS.search(inside.text):
            kept.append(inside)
            yield inside


def _parted(gap: float, usual: float, last: Segment, segment: Segment) -> bool:
    """Whether a wider gap and a company's name begin another address."""
    return (
        gap > 2 * max(usual, 0.5) + 2
        and looks_like_company(segment.text)
        and not last.text.rstrip().endswith(",")
    )


_INLINE = re.compile(r"^[^,]+,(?=.*\d)[^,]+,[^,]+|^[^·]+·(?=.*\d)[^·]+·")


def _continued(labels: Labels, row: int, segment: Segment, label: Label) -> Segment | None:
    """The rest of an address in a column of values: the next row, where nothing stands in the column of labels."""
    rows = labels.canvas.rows
    if row + 1 >= len(rows) or abs(segment.box.x0 - label.head.box.x0) < 3:
        return None
    lower = rows[row + 1]
    first = lower.segments[0]
    near = lower.box.top - segment.box.bottom < 1.2 * lower.height
    level = abs(first.box.x0 - segment.box.x0) < 3
    if lower.page != segment.page or not near or not level or len(first.text) > 80:
        return None
    return None if ends(labels, row + 1, first) or labels.on_row(row + 1) else first


def _wrapped(labels: Labels, row: int, segment: Segment, label: Label) -> Segment | None:
    """The rest of an address that runs over the right edge: the first sentence of the next row under its label."""
    rows = labels.canvas.rows
    if row + 1 >= len(rows) or re.search(r"[.;]\s*$", segment.text):
        return None
    lower = rows[row + 1]
    edge = max((r.box.x1 for r in rows if r.page == segment.page), default=0.0)
    near = lower.box.top - segment.box.bottom < 0.8 * lower.height
    if lower.page != segment.page or not near or segment.box.x1 < 0.8 * edge:
        return None
    first = lower.segments[0]
    if abs(first.box.x0 - label.head.box.x0) > 6 or ends(labels, row + 1, first):
        return None
    end = re.search(r"\.(?=\s|$)", first.text)
    return first.cut(0, end.start()) if end else (first if len(first.text) < 50 else None)
