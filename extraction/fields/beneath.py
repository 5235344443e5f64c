"""Where the rows of an address begin: behind its label, or under it in its column."""

from __future__ import annotations

import re

from extraction.fields.labels.find import Labels
from extraction.fields.labels.values import Label
from extraction.page.segments import Canvas, Segment

PLACEHOLDER = re.compile(r"(?:[\[<{][^\[\]<>{}]{2,40}[\]>}][\s,]*)+")
CONTACT = re.compile(
    r"\b(tel|phone|ph|fax|mobile|mob|cell|e-?mail|email|gstin|gst|vat|ust|tva|nif|cif|p\.?iva|btw|pan|web|www|tax id|contact|attention|telefon|telefono|duns|gln)\b",
    re.IGNORECASE,
)


def first_row(labels: Labels, label: Label) -> tuple[int, Segment, str] | None:
    if label.tail is not None:
        text = label.tail.text.strip()
        if label.colon or label.head.text.isupper() or len(text) > 3:
            return label.row, label.tail, "behind"
        return None
    for value in labels.values(label):
        beside = value.where == "right" and not label.colon and not labels.pairs
        if beside and _under(labels, label):
            continue
        if value.where == "right" and _address_under(labels, label):
            continue
        row = _row_of(labels.canvas, label.row, value.segment)
        if row is not None:
            return row, value.segment, value.where
    return None


def _address_under(labels: Labels, label: Label) -> bool:
    """Whether rows of an address begin right under a label: what stands beside it then heads a column of its own."""
    rows, last, found = labels.canvas.rows, label.head, []
    for number in range(label.row + 1, min(label.row + 6, len(rows))):
        row = rows[number]
        near = row.box.top - last.box.bottom < 1.1 * max(row.height, last.box.bottom - last.box.top)
        segment = next((s for s in row.segments if abs(s.box.x0 - label.head.box.x0) < 3), None)
        if row.page != label.head.page or not near or segment is None:
            break
        if any(
            (k.alone or k.colon) and k.segment is segment and not CONTACT.search(k.head.text)
            for k in labels.on_row(number)
        ):
            break
        found.append(segment.text)
        last = segment
    return len(found) >= 2 and any(_HOUSE.search(text) for text in found)


_HOUSE = re.compile(r"^\D{0,40}\b\d{1,5}\b|\b\d{4,6}\b")


def _under(labels: Labels, label: Label) -> bool:
    """Whether words that are no label themselves stand right below a label, beginning where it begins."""
    for number, row in enumerate(labels.canvas.rows[label.row + 1 : label.row + 3], label.row + 1):
        if row.page != label.head.page:
            continue
        others = [other.head.box.x0 for other in labels.on_row(number)]
        if _paired(labels, label, row.segments):
            return False
        if any(abs(x - label.head.box.x0) < 2 for x in others):
            return False
        for segment in row.segments:
            begins = segment.box.x0
            if abs(begins - label.head.box.x0) < 12 and not any(
                abs(begins - x) < 2 for x in others
            ):
                return True
    return False


def _paired(labels: Labels, label: Label, segments: tuple[Segment, ...]) -> bool:
    """Whether a row repeats the label's own: words where the label begins and words where its value begins."""
    row = labels.canvas.rows[label.row].segments
    if label.index + 1 >= len(row):
        return False
    value = row[label.index + 1].box.x0
    starts = [s.box.x0 for s in segments]
    at = next((i for i, x in enumerate(starts) if abs(x - label.head.box.x0) < 2), None)
    return at is not None and at + 1 < len(starts) and abs(starts[at + 1] - value) < 2


def begins_label(labels: Labels, row: int, x0: float) -> bool:
    """Whether another label begins where the block's label does: the next row of a list of labels and values."""
    return any(abs(other.head.box.x0 - x0) < 2 for other in labels.on_row(row))


def _row_of(canvas: Canvas, start: int, segment: Segment) -> int | None:
    first = segment.words[0]
    for number in range(start, min(start + 5, len(canvas.rows))):
        if any(
            first.box.top == w.box.top and w.box.x0 <= first.box.x0 <= w.box.x1
            for w in canvas.rows[number].words
        ):
            return number
    return None


def in_column(
    segments: tuple[Segment, ...], first: Segment, left: float, where: str
) -> Segment | None:
    """The segment of a row that continues the block's column."""
    best = None
    for segment in segments:
        offset = segment.box.x0 - first.box.x0
        aligned = abs(offset) <= 14 or (
            where != "right" and left - 6 <= segment.box.x0 <= first.box.x0 + 14
        )
        centred = abs((segment.box.x0 + segment.box.x1) - (first.box.x0 + first.box.x1)) < 12
        if (aligned or centred) and (best is None or abs(offset) < abs(best.box.x0 - first.box.x0)):
            best = segment
    return best


def ends(labels: Labels, row: int, segment: Segment) -> bool:
    """A label of another thing ends the block; contact labels within an address do not."""
    for label in labels.on_row(row):
        if label.segment is not segment and not (
            label.head.box.x0 >= segment.box.x0 - 1
            and label.head.box.x1 <= segment.box.x1 + 1
            and label.head.page == segment.page
        ):
            continue
        if label.head.box.x0 - segment.box.x0 > 30:
            continue
        if CONTACT.search(label.head.text) or label.phrase in (
            "attn",
            "att",
            "attention",
            "po box",
            "city",
            "state",
            "zip",
            "country",
            "ext",
            "a",
            "de",
            "an",
            "no",
            "land",
            "site",
            "plant",
            "store",
            "location",
            "suite",
            "dept",
            "department",
            "company",
            "accounts payable",
            "magasin",
            "boutique",
            "warehouse",
            "depot",
            "lager",
        ):
            continue
        aside = all(m.group == "decoys" for m in label.meanings)
        if label.colon or (label.alone and not aside):
            return True
    return False
