"""A window over a text that comes in chunks, so that a file of any size is read with memory held flat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from core.errors import Unreadable
from extraction.edi.decoding import TextDecoder

CHUNK = 1 << 16
FIRST = 1 << 11
"""So many characters are taken behind a header, and twice as many each time: the next header may be near."""
LONGEST = 200_000
"""No segment of an honest file comes near this many characters."""
_BLANK = " \t\r\n\f\v\x00\x1a\ufeff"


def blocks(file: BinaryIO) -> Iterator[bytes]:
    """The file in pieces of CHUNK bytes."""
    while block := file.read(CHUNK):
        yield block


def bytewise(content: Iterable[bytes]) -> Iterator[str]:
    """One character per byte (Latin-1), so that text can be decoded later."""
    for block in content:
        yield block.decode("latin-1")


def decoded(content: Iterable[bytes]) -> Iterator[str]:
    """UTF-8 as long as the bytes are that, Windows-1252 from the first block on that is not."""
    decoder = TextDecoder()
    for block in content:
        if text := decoder.decode(block):
            yield text
    if text := decoder.decode(b"", final=True):
        yield text


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

    def pieces(self, end: str, release: str = "", most: int = CHUNK) -> list[str]:
        """Every piece up to the last `end` read so far, and the unended rest at the end of the text.

        most: so many characters are enough. Raises Unreadable("edi-segment-too-long").
        """
        while True:
            cut = self._buffer.rfind(end, self._at, self._at + most)
            if cut < 0:
                cut = self._buffer.rfind(end, self._at)
            while cut >= 0 and release and is_released(self._buffer, cut, release, self._at):
                cut = self._buffer.rfind(end, self._at, cut)
            if cut >= 0 or self._ended:
                break
            if len(self._buffer) - self._at > LONGEST:
                raise Unreadable("edi-segment-too-long", "A segment does not end.")
            self._more()
        text = self._buffer[self._at :] if cut < 0 else self._buffer[self._at : cut]
        self._at = len(self._buffer) if cut < 0 else cut + len(end)
        found = text.split(end)
        return rejoined(found, end, release) if release and release in text else found

    def give_back(self, text: str) -> None:
        """Put text in front of what is still to come."""
        self._buffer = text + self._buffer[self._at :]
        self._at = 0

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


def rejoined(pieces: list[str], separator: str, release: str) -> list[str]:
    """Pieces of a text split at every separator, put together again where the separator was released."""
    found: list[str] = []
    opened: list[str] = []
    for piece in pieces:
        if piece.endswith(release) and is_released(piece, len(piece), release):
            opened.append(piece)
        elif opened:
            found.append(separator.join([*opened, piece]))
            opened = []
        else:
            found.append(piece)
    if opened:
        found.append(separator.join(opened))
    return found
