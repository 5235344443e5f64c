"""A window over a text that comes in chunks, so that a file of any size is read with memory held flat."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator

from core.errors import Unreadable

CHUNK = 1 << 16
LONGEST = 200_000
"""No segment of an honest file comes near this many characters."""
_BLANK = " \t\r\n\f\v\x00\x1a\ufeff"


def chunks(content: bytes, charset: str = "latin-1") -> Iterator[str]:
    """The content in pieces; Latin-1 keeps one character per byte, so that text can be decoded later."""
    decoder = codecs.getincrementaldecoder(charset)("replace")
    for start in range(0, len(content), CHUNK):
        piece = decoder.decode(content[start : start + CHUNK])
        if piece:
            yield piece


class Source:
    """Looks ahead and takes pieces off the front."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces = iter(pieces)
        self._buffer = ""
        self._at = 0
        self._ended = False

    def peek(self, length: int) -> str:
        """At most `length` characters from here on."""
        while not self._ended and len(self._buffer) - self._at < length:
            self._more()
        return self._buffer[self._at : self._at + length]

    def skip_blank(self) -> bool:
        """Step over blanks, line ends and byte order marks; False at the end of the text."""
        while True:
            while self._at < len(self._buffer):
                if self._buffer[self._at] not in _BLANK and not self._bom():
                    return True
                self._at += 3 if self._bom() else 1
            if self._ended:
                return False
            self._more()

    def skip(self, length: int) -> None:
        self._at += len(self.peek(length))

    def take(self, end: str, release: str = "") -> tuple[str, bool]:
        """The text up to `end` (which is passed over), and whether an end was there at all.

        An `end` behind an odd number of `release` characters does not count.
        Raises Unreadable("edi-segment-too-long").
        """
        seek = self._at
        while True:
            found = self._buffer.find(end, seek)
            if found < 0:
                if len(self._buffer) - self._at > LONGEST:
                    raise Unreadable("edi-segment-too-long", "A segment does not end.")
                if self._ended:
                    piece, self._at = self._buffer[self._at :], len(self._buffer)
                    return piece, False
                seek = len(self._buffer) - self._at
                self._more()
                seek += self._at
            elif release and is_released(self._buffer, found, release, self._at):
                seek = found + 1
            else:
                piece, self._at = self._buffer[self._at : found], found + len(end)
                return piece, True

    def _bom(self) -> bool:
        return self._buffer.startswith("\u00ef\u00bb\u00bf", self._at)

    def _more(self) -> None:
        """Drop what was taken and read the next chunk."""
        piece = next(self._pieces, "")
        self._ended = not piece
        self._buffer = self._buffer[self._at :] + piece
        self._at = 0


def is_released(text: str, at: int, release: str, start: int = 0) -> bool:
    """Whether the character at `at` stands behind an odd run of release characters."""
    run = 0
    while at - run > start and text[at - run - 1] == release:
        run += 1
    return run % 2 == 1
