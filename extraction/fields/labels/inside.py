"""The labels of one segment, each with the words behind it."""

from __future__ import annotations

import re

from extraction.fields.labels.standing import COLON, nothing_else, opens, standing_in
from extraction.fields.labels.values import Label, as_value
from extraction.fields.labels.wording import join_days, number_with_day
from extraction.page.segments import Segment
from extraction.vocabulary import Match

_FILLER = re.compile(
    r"\s*(#|no\.?|nr\.?|n[°º]|number|num\.?)?(?:\s*\([^)\d]{0,14}\))?\s*[#:=.\-–]*\s*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\W*(?:no|nr|num|number)\.?\W*$", re.IGNORECASE)
"""What a label may end in, "OUR P.O. NO."."""
_CAPTION = re.compile(
    r"(?<=[\w.%)])\s+(?=[^\W\d_a-zà-ÿ][\w.'’/-]*(?:\s[a-zà-ÿ][\w.'’/-]*){0,2}\s?:(?:\s|$))"
)
_INNER = {
    "attn",
    "att",
    "attention",
    "po box",
    "contact",
    "a",
    "de",
    "an",
    "to",
    "von",
    "no",
    "land",
    "street",
    "city",
    "country",
}


def labels_of(row: int, index: int, segment: Segment) -> list[Label]:
    text = segment.text
    if len(text) > 400:
        return []
    double = number_with_day(text)
    taken = [double] if double else join_days(text, standing_in(text))
    listed = len(taken) > 1 and nothing_else(text, taken)
    labels = []
    for number, match in enumerate(taken):
        colon = COLON.match(text, match.end)
        start = colon.end() if colon else _FILLER.match(text, match.end).end()  # type: ignore[union-attr]
        party = match.meaning("parties") is not None
        if number and echoes_label(text, taken[number - 1], match):
            continue
        enders = [
            m
            for m in taken[number + 1 :]
            if not (party and m.phrase in _INNER) and not echoes_label(text, match, m)
        ]
        end = enders[0].start if enders else len(text)
        end = min(end, _next_caption(text, start, end) if colon else end)
        head = segment.cut(match.start, match.end)
        if head is None:
            continue
        tail = (
            segment.cut(start, end)
            if start < end and text[start:end].strip(" -–.:,;|/()[]")
            else None
        )
        if tail is not None and _NUMBER.fullmatch(tail.text):
            tail = None
        alone = listed or (
            opens(text[: match.start]) and not _NUMBER.sub("", text[match.end :]).strip(" :#.*()-")
        )
        labels.append(
            Label(match.meanings, row, index, segment, head, tail, bool(colon), alone, match.phrase)
        )
    return labels


def echoes_label(text: str, label: Match, value: Match) -> bool:
    """Whether words that head a field elsewhere are all that stands behind a label for it ("Transport: Spedition")."""
    names = {m.name for m in label.meanings} & as_value(value.phrase, value.meanings)
    between = text[label.end : value.start]
    return bool(names) and not between.strip(" .:=_-") and not text[value.end :].strip(" .,")


def _next_caption(text: str, start: int, end: int) -> int:
    """Where a further caption with a colon begins inside a value; `end` when none does."""
    found = _CAPTION.search(text, start, end)
    return found.start() if found and found.start() > start else end
