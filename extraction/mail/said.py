"""What a mail body says anew, in lines short enough to be looked through."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from core.inbound.values import Part
from extraction.mail.text import Section, new_text
from extraction.page.layout import Reading, TextLine
from extraction.readers import html

MAX_LINES = 4_000

MAX_LINE = 2_000

_ENDLESS = re.compile(r"\S{200,}")


def bounded(lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
    """Lines short enough to be looked through word by word; what nobody would write by hand is blanked out."""
    return tuple(line if len(line.text) <= 200 else _shortened(line) for line in lines[:MAX_LINES])


def _shortened(line: TextLine) -> TextLine:
    text = _ENDLESS.sub(lambda found: " " * len(found[0]), line.text)[:MAX_LINE]
    return replace(line, text=text)


def said_anew(
    part: Part, reading: Reading, subject: str, *, passed_on: bool = False
) -> tuple[tuple[TextLine, ...], tuple[TextLine, ...]]:
    """(lines that a mail body says anew, lines of its signature); all lines of other parts.

    passed_on: somebody else's mail was forwarded; what stands above it says nothing of the order.
    """
    if part.kind == "body-text" and part.text is not None:
        text = part.text
    elif part.kind == "body-html":
        text = html.plain_text(part.text or "")
    else:
        return reading.lines, ()
    sections = new_text(text, subject).sections
    forwarded = next((s.start for s in sections if s.kind == "forwarded"), 0)
    if passed_on and forwarded:
        sections = tuple(s for s in sections if s.start >= forwarded)
    return _within(reading, sections, ("new", "forwarded")), _within(
        reading, sections, ("signature",)
    )


def _within(
    reading: Reading, sections: Sequence[Section], kinds: tuple[str, ...]
) -> tuple[TextLine, ...]:
    wanted = [(s.start, s.end) for s in sections if s.kind in kinds]
    return tuple(
        line
        for line in reading.lines
        if line.evidence.span and any(a <= line.evidence.span[0] < b for a, b in wanted)
    )
