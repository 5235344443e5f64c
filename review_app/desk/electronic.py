"""An electronic order's own rows, numbered as the readers number them, so that a value's place can be lit."""

from __future__ import annotations

MOST_BYTES = 500_000
MOST_SEGMENTS = 5_000
BLANKS = " \t\r\n\x00\x1a"


def segments(content: bytes) -> tuple[str, ...]:
    """The segments of an X12 or EDIFACT interchange in order; () for anything else or too much of it."""
    if len(content) > MOST_BYTES:
        return ()
    text = _decoded(content).lstrip("\ufeff" + BLANKS)
    if text[:3] == "ISA" and len(text) > 106:
        return _cut(text, text[105], "")
    if text[:3] == "UNA" and len(text) > 9:
        return _cut(text[9:], text[8], text[6].strip())
    if text[:3] == "UNB":
        return _cut(text, "'", "?")
    return ()


def _decoded(content: bytes) -> str:
    """UTF-8, else Latin-1, which UNOC and most old senders mean."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _cut(text: str, end: str, release: str) -> tuple[str, ...]:
    rows, row, released = [], "", False
    for letter in text:
        if letter == end and not released:
            rows.append(row.strip(BLANKS) + end)
            row = ""
        else:
            row += letter
        released = bool(release) and letter == release and not released
    return tuple(r for r in rows if len(r) > 1)[:MOST_SEGMENTS]
