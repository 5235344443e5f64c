"""What stands below a label."""

from __future__ import annotations

import re

from extraction.fields.labels.page import Page
from extraction.fields.labels.values import CARE, Label, Value, as_value
from extraction.page.segments import Row, Segment

_ASIDE = re.compile(r"\([^\W\d_]+(?: [^\W\d_]+)?\)")  # "(New)" under a title
_FIGURE = re.compile(r"[A-Z]{0,4}[-/]?\d[\w./-]*(?: (?:of|von|de|di|van|/) \d+)?")


def value_below(page: Page, label: Label) -> Value | None:
    rows = page.canvas.rows
    left, right = _bounds(page, label)
    for number in range(label.row + label.rows, min(label.row + 4, len(rows))):
        row = rows[number]
        if (
            row.page != label.head.page
            or row.box.top - label.head.box.bottom > 2.6 * rows[label.row].height
        ):
            return None
        segment = _under(page, label, row, left, right)
        if segment is not None and _elsewhere(page, label, segment, number):
            continue
        if segment is not None and _ASIDE.fullmatch(segment.text):
            continue
        if segment is not None and segment.text.rstrip().endswith(":") and len(segment.words) < 5:
            return None
        if segment is not None:
            opening = [
                k
                for k in page.on_row(number)
                if k.head.box.x0 - segment.box.x0 < 2 and k.segment.box.x0 == segment.box.x0
            ]
            names = {m.name for m in label.meanings}
            own = next(
                (k for k in opening if _tells(k) and names & {m.name for m in k.meanings}), None
            )
            if own is not None and own.tail is not None:
                return Value(own.tail, "below")
            party = any(m.group == "parties" for m in label.meanings)
            if any(
                (k.alone or k.colon or _tells(k))
                and not names & ({m.name for m in k.meanings} | as_value(k.phrase, k.meanings))
                and not (party and k.tail is not None and k.phrase in CARE)
                for k in opening
            ):
                return None
            return Value(_with_rest(page, segment, number), "below")
    return None


def _tells(below: Label) -> bool:
    """Whether a row under a title is a label with its figure behind it: "Page 1", "Order number 70441"."""
    told = below.tail is not None and bool(_FIGURE.fullmatch(below.tail.text))
    return told and any(m.weight == 1.0 and m.group != "parties" for m in below.meanings)


def _with_rest(page: Page, segment: Segment, number: int) -> Segment:
    """A value in a narrow cell that ends in a comma, with the row it runs on in."""
    if not segment.text.rstrip().endswith(",") or number + 1 >= len(page.canvas.rows):
        return segment
    lower = page.canvas.rows[number + 1]
    rest = next((s for s in lower.segments if abs(s.box.x0 - segment.box.x0) < 3), None)
    near = lower.page == segment.page and lower.box.top - segment.box.bottom < lower.height
    if rest is None or not near or len(rest.words) > 6:
        return segment
    return Segment(segment.part, (*segment.words, *rest.words))


def _elsewhere(page: Page, label: Label, segment: Segment, row: int) -> bool:
    """Whether a segment is a label of a neighbouring column that only begins on a row between."""
    apart = segment.box.x0 > label.head.box.x1 + 20
    return apart and any(k.segment.box.x0 == segment.box.x0 for k in page.on_row(row))


def _under(page: Page, label: Label, row: Row, left: float, right: float) -> Segment | None:
    """The segment of a lower row that stands under this label rather than under a neighbour."""
    choices = []
    for segment in row.segments:
        if segment.box.x1 <= left or segment.box.x0 >= right:
            continue
        beyond = segment.box.x1 > right + 1 or segment.box.x0 < label.head.box.x0 - 60
        runs_in = _runs_in(page, label, segment, left)
        if beyond or runs_in:
            start = label.head.box.x0 - 4 if runs_in else left
            clipped = _clip(segment, start, right) or segment
            if label.head.size > segment.size + 1 and clipped.box.x0 > segment.box.x0:
                continue
            segment = clipped
        distance = _off(segment, label.head)
        rivals = [k for k in page.on_row(label.row) if k is not label and k.alone]
        if all(distance <= _off(segment, k.head) for k in rivals):
            choices.append((distance, segment.box.x0, segment))
    return min(choices, key=lambda c: c[:2])[2] if choices else None


def _runs_in(page: Page, label: Label, segment: Segment, left: float) -> bool:
    """Whether the values of two labels that stand close together were printed as one text."""
    before = [k.head.box for k in page.on_row(label.row) if k.alone and k.head.box.x1 <= left + 1]
    level = abs(segment.box.x0 - before[-1].x0) < 4 if before else False
    starts = any(abs(w.box.x0 - label.head.box.x0) < 4 for w in segment.words[1:])
    return level and starts


def _bounds(page: Page, label: Label) -> tuple[float, float]:
    """How far left and right a value below the label may reach: up to the neighbouring labels."""
    box = label.head.box
    row = page.canvas.rows[label.row]
    following = [s.box.x0 for s in row.segments if s.box.x0 > box.x1 + 1]
    before = [s.box.x1 for s in row.segments if s.box.x1 < box.x0 - 1]
    right = min(following) if following else box.x1 + 160
    left = max(max(before) if before else box.x0 - 60, box.x0 - 60)
    return left, right


def _off(segment: Segment, head: Segment) -> float:
    """How far a value stands from right under a head: the nearest of left edges, middles and right edges."""
    left = abs(segment.box.x0 - head.box.x0)
    right = abs(segment.box.x1 - head.box.x1)
    middle = abs(segment.box.x0 + segment.box.x1 - head.box.x0 - head.box.x1) / 2
    overlap = min(segment.box.x1, head.box.x1) - max(segment.box.x0, head.box.x0)
    return min(left, right, middle) if overlap > 0 else min(left, right, middle) + 25


def _clip(segment: Segment, left: float, right: float) -> Segment | None:
    words = tuple(w for w in segment.words if left <= (w.box.x0 + w.box.x1) / 2 <= right)
    return Segment(segment.part, words) if words else None
