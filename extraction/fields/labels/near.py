"""What stands near a label, the likeliest place first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extraction.fields.labels.below import value_below
from extraction.fields.labels.captions import among_captions, is_caption, value_above
from extraction.fields.labels.page import Page
from extraction.fields.labels.values import CARE, Label, Value, strongly

_BOX_NUMBER = re.compile(r"\(?\d{1,2}[a-zA-Z]?[.)]\s+[^\W\d_]{2}")


def near(page: Page, label: Label) -> Iterator[Value]:
    """Values beside, below or above a label whose own segment holds none, whatever is drawn between."""
    right, below = _right(page, label), value_below(page, label)
    if label.alone and not label.colon and is_caption(page, label, below):
        above = value_above(page, label)
        if above and (not right or among_captions(page, label, right, above)):
            yield above
            return
    first_right = right is not None and (label.colon or below is None or _row_of_pairs(page, label))
    if first_right and right:
        yield right
    if below:
        yield below
    if right and not first_right:
        yield right
    if label.alone and not label.colon and not below and not right:
        above = value_above(page, label)
        if above:
            yield above


def _row_of_pairs(page: Page, label: Label) -> bool:
    """Whether a label without a colon has its value beside it: the next segment is no label and not far off."""
    row = page.canvas.rows[label.row]
    follower = row.segments[label.index + 1]
    party = any(m.group == "parties" for m in label.meanings)
    heads = sum(k.alone and not k.colon for k in page.on_row(label.row))
    if heads > 1 and heads >= 0.6 * len(row.segments):
        return False
    if page.heads_columns(label.row):
        return False
    labelled = any(
        k.segment is follower
        and k.head.box.x0 - follower.box.x0 < 2
        and (party or k.alone or k.colon or any(strongly(m) for m in k.meanings))
        for k in page.on_row(label.row)
    )
    return not labelled and follower.box.x0 - label.head.box.x1 < 12 * row.height


def _right(page: Page, label: Label) -> Value | None:
    row = page.canvas.rows[label.row]
    if label.index + 1 >= len(row.segments):
        return None
    follower = row.segments[label.index + 1]
    if _BOX_NUMBER.match(label.segment.text) and _BOX_NUMBER.match(follower.text):
        return None
    if follower.text.rstrip().endswith(":") and len(follower.words) < 5:
        return None
    starts = [k for k in page.on_row(label.row) if k.segment is follower]
    party = any(m.group == "parties" for m in label.meanings)
    care = bool(starts) and party and starts[0].tail is not None and starts[0].phrase in CARE
    if (
        starts
        and not care
        and starts[0].head.box.x0 - follower.box.x0 < 2
        and (starts[0].colon or starts[0].alone)
    ):
        return None
    if starts and not care:
        cut = follower.text.find(starts[0].head.text)
        shorter = follower.cut(0, cut) if cut > 0 and starts[0].colon else follower
        follower = shorter or follower
    return Value(follower, "right")
