"""Plain text: mail bodies and text files, every line with its place in the text."""

from __future__ import annotations

from core.inbound.reading import Evidence
from core.inbound.values import Finding
from extraction.page.layout import Reading, TextLine
from extraction.page.segments import text_words

MAX_CHARACTERS = 400_000
MAX_LINES = 20_000
_CLEAN = str.maketrans(
    {"\u00ad": "-", "\u200b": " ", "\ufeff": " ", "\u00a0": " ", "\r": " ", "\u2028": " "}
)


def read(text: str, part: int, start: int = 0) -> Reading:
    """Lines with spans counted from `start`; blank lines are left out, their distance is kept."""
    findings: tuple[Finding, ...] = ()
    if len(text) > MAX_CHARACTERS:
        findings = (
            Finding(
                "text-too-long",
                "warning",
                f"Only the first {MAX_CHARACTERS} characters were read.",
                f"part {part}",
            ),
        )
        text = text[:MAX_CHARACTERS]
    lines, position = [], start
    for number, line in enumerate(text.split("\n")[:MAX_LINES]):
        clean = line.translate(_CLEAN)
        if clean.strip():
            span = (position, position + len(line))
            words = text_words(clean, span, number)
            lines.append(TextLine(clean.strip(), Evidence(part, span=span), words))
        position += len(line) + 1
    return Reading(part, "text", tuple(lines), findings=findings)
