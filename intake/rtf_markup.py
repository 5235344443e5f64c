"""The HTML or plain text that an RTF body was made from, taken out again (MS-OXRTFEX)."""

from __future__ import annotations

import re

from intake.charsets import codec

_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?[0-9]{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|([^\\{}\r\n]+)"
)
_SIGNS = {
    b"par": "\r\n", b"line": "\r\n", b"tab": "\t", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“",
    b"rdblquote": "”", b"bullet": "•", b"endash": "–", b"emdash": "—",
}  # fmt: skip
_TABLES = (b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict")
_DEEPEST = 1_000


def made_from(rtf: bytes) -> tuple[str, str]:
    """("html" or "text", what it was made from); ("", "") when the RTF was written as RTF."""
    head = rtf[:4_000]
    kind = "html" if b"\\fromhtml1" in head else "text" if b"\\fromtext" in head else ""
    return (kind, _Taken(head).read(rtf)) if kind else ("", "")


class _Taken:
    """What is kept: tags, and text that does not only serve RTF readers."""

    def __init__(self, head: bytes) -> None:
        page = re.search(rb"\\ansicpg([0-9]{1,5})", head)
        self._charset = (codec(f"cp{page[1].decode()}") if page else "") or "cp1252"
        self._out: list[str] = []
        self._bytes = bytearray()

    def read(self, rtf: bytes) -> str:
        stack: list[tuple[bool, bool]] = []
        skipped = only_rtf = starred = False
        to_skip = 0
        for found in _TOKEN.finditer(rtf):
            name, number, code, symbol, brace, text = found.groups()
            if brace == b"{" and len(stack) < _DEEPEST:
                stack.append((skipped, only_rtf))
            elif brace == b"}":
                skipped, only_rtf = stack.pop() if stack else (False, False)
            elif symbol == b"*":
                starred = True
                continue
            elif name == b"htmltag":
                skipped = False
            elif name == b"htmlrtf":
                only_rtf = number != b"0"
            elif name in _TABLES or (starred and name):
                skipped = True
            elif not (skipped or only_rtf):
                to_skip = self._take(name, number, code, symbol, text, to_skip)
            starred = False
        self._flush()
        return "".join(self._out)

    def _take(
        self,
        name: bytes | None,
        number: bytes | None,
        code: bytes | None,
        symbol: bytes | None,
        text: bytes | None,
        to_skip: int,
    ) -> int:
        """Writes one token; how many characters that follow only repeat it for old readers."""
        if name == b"u" and number:
            self._say(chr(int(number) % 65536))
            return 1
        if name in _SIGNS:
            self._say(_SIGNS[name])
        elif symbol == b"~":
            self._say("\u00a0")
        else:
            raw = bytes([int(code, 16)]) if code else (text or (symbol or b"").strip(b"_-"))
            self._bytes += raw[to_skip:]
            return max(to_skip - len(raw), 0)
        return 0

    def _say(self, text: str) -> None:
        self._flush()
        self._out.append(text)

    def _flush(self) -> None:
        self._out.append(bytes(self._bytes).decode(self._charset, "replace"))
        self._bytes.clear()
