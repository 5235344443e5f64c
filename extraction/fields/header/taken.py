"""Words that could be labels and are the values of others, and labels of the lines."""

from __future__ import annotations

from extraction.document import Document
from extraction.fields.amounts import AMOUNTS
from extraction.fields.header.readers import READERS
from extraction.fields.labels.find import Labels
from extraction.fields.labels.values import Label
from extraction.page.segments import Segment


def is_taken(label: Label, taken: set[tuple[int, float, float, str]]) -> bool:
    """Whether what could be a label is the value of another; labels of sums always count."""
    sums = any(m.name in AMOUNTS for m in label.meanings)
    return not (label.colon or label.alone or sums) and _key(label.segment) in taken


def taken_by_labels(document: Document, labels: Labels) -> set[tuple[int, float, float, str]]:
    """Where the values of labels that stand alone begin; words there are values even if they could be labels."""
    taken = set()
    for label in labels.found:
        readers = [
            READERS[m.name]
            for m in label.meanings
            if m.group == "labels" and m.name in READERS and m.weight == 1.0
        ]
        if not readers or not (label.alone or (label.colon and label.tail is None)):
            continue
        value = next(labels.values(label), None)
        if value is not None and any(reader(value.segment.text, document) for reader in readers):
            taken.add(_key(value.segment))
    return taken


def _key(segment: Segment) -> tuple[int, float, float, str]:
    first = segment.words[0]
    return first.page, first.box.x0, first.box.top, first.text


def told_by_line(labels: Labels, tabled: frozenset[int]) -> set[int]:
    """Labels of days that stand among the rows of a table, once for each line ("Delivery: 3 May" under the goods)."""
    if not tabled:
        return set()
    days = [k for k in labels.found if any(m.name == "requested_date" for m in k.meanings)]
    above = any(k.row < min(tabled) for k in days)
    among = [k for k in days if k.row not in tabled and min(tabled) < k.row <= max(tabled) + 1]
    phrases = {k.phrase for k in among if min(tabled) < k.row < max(tabled)}
    return {id(k) for k in among if above or k.phrase in phrases}
