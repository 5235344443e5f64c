"""RTF taken into its tokens; nothing is interpreted here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 20_000_000
_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?[0-9]{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|([^\\{}\r\n]+)"
)


@dataclass(frozen=True, slots=True)
class Token:
    """kind: "open", "close", "word" (name, number), "byte" (raw) or "symbol" (name)."""

    kind: str
    name: str = ""
    number: int | None = None
    raw: bytes = b""


def tokens(content: bytes) -> Iterator[Token]:
    """Binary blocks (\\binN) are passed over."""
    at, end = 0, min(len(content), LONGEST)
    while at < end:
        found = _TOKEN.match(content, at, end)
        if found is None:
            at += 1
            continue
        at = found.end()
        name, number, code, symbol, brace, text = found.groups()
        if name:
            value = int(number) if number else None
            if name == b"bin":
                at += max(value or 0, 0)
            yield Token("word", name.decode("ascii"), value)
        elif code:
            yield Token("byte", raw=bytes([int(code, 16)]))
        elif symbol:
            yield Token("symbol", symbol.decode("latin-1"))
        elif brace:
            yield Token("open" if brace == b"{" else "close")
        elif text:
            yield Token("byte", raw=text)
