"""Words that head a field elsewhere and are a value here."""

from __future__ import annotations

from extraction.fields.labels.page import Page
from extraction.fields.labels.values import Label, as_value, names_one_of
from extraction.page.segments import Row
from extraction.vocabulary import meanings


def is_value(label: Label, row: Row, labels: list[Label]) -> bool:
    """Whether words that could be a label stand where the value of a label with a colon belongs."""
    if not label.index:
        return False
    before = row.segments[label.index - 1]
    return any(
        k.segment is before
        and k.colon
        and k.tail is None
        and all(m.group != "parties" for m in k.meanings)
        for k in labels
    ) and (label.segment.box.x0 - before.box.x1 < 8 * row.height)


def is_echo(page: Page, label: Label, row: Row) -> bool:
    """Whether a label is the value of a label for the same field: "Carrier" beside or under "Ship via"."""
    names = as_value(label.phrase, label.meanings)
    if not label.alone or label.colon or not names or page.heads_columns(label.row):
        return False
    before = row.segments[label.index - 1] if label.index else None
    for other in page.by_row[label.row]:
        beside = other.segment is before and (other.colon or other.alone)
        if beside and names_one_of(other, names):
            return not _heads(page, label, other)
    return any(
        _stands_at(other, label)
        for other in page.by_row.get(label.row - 1, ())
        if names_one_of(other, names)
    ) or any(
        _stands_at(other, label, True)
        for other in page.by_row.get(label.row + 1, ())
        if names_one_of(other, names)
    )


def _heads(page: Page, label: Label, other: Label) -> bool:
    """Whether two labels side by side both have words of no label under them, as heads of columns do."""
    if label.row + 1 >= len(page.canvas.rows):
        return False
    below = page.canvas.rows[label.row + 1].segments
    return all(
        any(abs(s.box.x0 - k.head.box.x0) < 3 and not meanings(s.text) for s in below)
        for k in (label, other)
    )


def _stands_at(other: Label, label: Label, under: bool = False) -> bool:
    """Whether a label stands over the value `label`, or in small type under it."""
    level = abs(other.head.box.x0 - label.head.box.x0) < 3 and other.head.page == label.head.page
    near = abs(other.head.box.top - label.head.box.top) < 2.6 * (
        label.head.box.bottom - label.head.box.top
    )
    small = other.head.size < label.head.size - 0.8
    return level and near and other.alone and small == under
