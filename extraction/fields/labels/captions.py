"""Captions in small type under the values that they name, as forms have them."""

from __future__ import annotations

from extraction.fields.labels.page import Page
from extraction.fields.labels.values import ECHOED, Label, Value
from extraction.vocabulary import meanings


def is_caption(page: Page, label: Label, below: Value | None) -> bool:
    """Whether small words stand right under a value and well over what comes below, as captions on forms do."""
    above = value_above(page, label)
    if above is None or label.head.size > above.segment.size + 0.1:
        return False
    over = label.head.box.top - above.segment.box.bottom
    under = below.segment.box.top - label.head.box.bottom if below else 1e9
    smaller = label.head.size < above.segment.size - 0.8
    return over < (0.75 if smaller else 0.35) * under


def among_captions(page: Page, label: Label, right: Value, above: Value) -> bool:
    """Whether what stands beside a caption is a caption too, in small type under a value of its own."""
    number = next((n for n, row in enumerate(page.canvas.rows) if right.segment in row.segments), 0)
    over = page.canvas.rows[number - 1].segments if number else ()
    box = right.segment.box
    under = any(s.box.x0 < box.x1 and s.box.x1 > box.x0 for s in over)
    small = max(right.segment.size, label.head.size) < above.segment.size - 0.8
    alike = abs(right.segment.size - label.head.size) < 0.3
    gap = label.head.box.top - above.segment.box.bottom
    near = gap < 0.6 * (label.head.box.bottom - label.head.box.top)
    return under and small and alike and near


def value_above(page: Page, label: Label) -> Value | None:
    """What stands over a caption, where forms put the caption under the line to write on."""
    for number in range(label.row - 1, max(label.row - 2, -1), -1):
        row = page.canvas.rows[number]
        gap = label.head.box.top - row.box.bottom
        labelled = any(k.alone or k.colon for k in page.on_row(number))
        if row.page != label.head.page or gap > 1.2 * row.height or labelled:
            return None
        for segment in row.segments:
            if segment.box.x0 < label.head.box.x1 and segment.box.x1 > label.head.box.x0:
                known = {m.name for m in meanings(segment.text)}
                echo = known & ECHOED & {m.name for m in label.meanings}
                if (known and not echo) or segment.text.rstrip().endswith(":"):
                    return None
                return Value(segment, "above")
    return None
