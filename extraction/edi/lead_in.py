"""Lines before an envelope in a file: a title, the headers of a transport, the password of a network."""

from __future__ import annotations

import re

MOST_BYTES = 4_096
MOST_LINES = 25
_ENVELOPE = re.compile(
    rb"^[ \t]*(?:ISA(?P<mark>[^A-Za-z0-9\s])(?:[^\r\n]{0,40}?(?P=mark)){10}"
    rb"|UNA[^A-Za-z0-9].{4}[^A-Za-z0-9]\s*UNB[^A-Za-z0-9]UNO[A-Z]"
    rb"|UNB[^A-Za-z0-9]UNO[A-Z][^A-Za-z0-9][0-9]"
    rb"|STX=ANA|<\?xml[ \t]+version)",
    re.MULTILINE,
)
_OTHER_KINDS = (b"<", b"%PDF", b"PK\x03\x04", b"{\\rtf")


def lead_in(content: bytes) -> int:
    """How many bytes stand before the first line that begins like an envelope; 0 when there is none near the start."""
    head = content[: MOST_BYTES * 2]
    if head.lstrip().startswith(_OTHER_KINDS):
        return 0
    found = _ENVELOPE.search(head)
    if found is None or found.start() > MOST_BYTES:
        return 0
    before = head[: found.start()]
    return 0 if b"\0" in before or before.count(b"\n") > MOST_LINES else found.start()
