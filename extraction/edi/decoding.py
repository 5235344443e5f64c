"""From bytes to text: byte order marks, UTF-16, and which character set the bytes really are in."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


_EBCDIC = tuple(name.encode("cp037") for name in ("ISA", "UNA", "UNB", "STX="))
"""How an interchange begins that left a mainframe as it was."""


def as_utf8(content: bytes) -> bytes:
    """The content in an encoding that keeps ASCII bytes in place: UTF-16 and UTF-32 become UTF-8, marks are dropped.

    So does EBCDIC (code page 037) of X12, EDIFACT and TRADACOMS.
    """
    if content.startswith(_EBCDIC):
        return content.decode("cp037").replace("\x85", "\n").encode()
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            if encoding == "utf-8":
                return content[len(mark) :]
            return content.decode(encoding, "replace").encode()
    if content[1:2] == b"\0" and content[:1].isalpha():
        return content.decode("utf-16-le", "replace").encode()
    if content[:1] == b"\0" and content[1:2].isalpha():
        return content.decode("utf-16-be", "replace").encode()
    return content


def is_utf8(content: bytes) -> bool:
    """Whether the bytes are valid UTF-8; a character cut off at the end is forgiven."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(content)
    except UnicodeDecodeError:
        return False
    return True


def readable(text: str, charset: str) -> str:
    """Text that was taken byte by byte (as Latin-1), in its real character set; bytes without a meaning show as �."""
    return text if text.isascii() else text.encode("latin-1", "replace").decode(charset, "replace")


class TextDecoder:
    """Decodes bytes that come in blocks: UTF-8 until a block is none, Windows-1252 from there on."""

    def __init__(self) -> None:
        self._decoder: codecs.IncrementalDecoder = codecs.getincrementaldecoder("utf-8")()

    def decode(self, block: bytes, *, final: bool = False) -> str:
        kept = self._decoder.getstate()
        try:
            return self._decoder.decode(block, final)
        except UnicodeDecodeError:
            self._decoder = codecs.getincrementaldecoder("cp1252")("replace")
            return self._decoder.decode(kept[0] + block, final)
