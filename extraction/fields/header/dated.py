"""The day in a cell that holds number and day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extraction.document import Document
from extraction.fields.header.code import read_code
from extraction.fields.header.plain import read_day
from extraction.fields.labels.find import Labels
from extraction.fields.labels.values import Label
from extraction.weighing.clues import Clue

_OF_DAY = re.compile(
    r"\s*[/|,(-]?\s*(?:dated|dtd?\.?|of|vom|v\.|du|del|dd|d\.d\.|van|z dnia|ze dne|date|datum|:)?\s*",
    re.IGNORECASE,
)


def dated_number(document: Document, labels: Labels, label: Label) -> Iterator[Clue]:
    """The day in a cell that holds number and day ("4711 / 03/02/2026")."""
    named = bool(re.search(r"dat[eua]|fecha| / ", label.phrase))
    for value in labels.values(label):
        text = value.segment.text
        code = read_code(text, document)
        after = text[code[2] :] if code else text
        day = _OF_DAY.match(after)
        found = read_day(after[day.end() :] if day else "", document)
        at = len(text) - len(after) + (day.end() if day else 0)
        if named and (found is None or found[1]):
            found, at = read_day(text, document), 0
        if found and (named or found[1] == 0):
            where = value.segment.cut(at + found[1], at + found[2]) or value.segment
            score = 0.9 * min(m.weight for m in label.meanings if m.name == "po_number")
            yield Clue("order_date", found[0], score, "label", where.evidence(), label.head.page)
            return
        if code:
            return
