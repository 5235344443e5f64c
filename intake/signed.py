"""The mail inside an opaque S/MIME signature (RFC 8551 3.5.2): taken out, the signature not checked."""

from __future__ import annotations

from dataclasses import dataclass

_SEQUENCE, _OCTETS, _TAGGED = 0x30, 0x04, 0xA0
_CONSTRUCTED_OCTETS = 0x24
_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_MOST_ITEMS = 200_000  # a streamed signature cuts the content into pieces of some kilobytes
_DEEPEST = 12


class _NotBer(Exception):
    """These bytes are not the encoding they should be."""


@dataclass(slots=True)
class _Reader:
    """Reads items of ASN.1 BER (X.690) from `data`; `left` bounds the work."""

    data: bytes
    left: int = _MOST_ITEMS

    def item(self, at: int, end: int, depth: int = 0) -> tuple[int, int, int, int]:
        """Tag, start and end of the content, and where the next item starts."""
        self.left -= 1
        if at + 2 > end or self.left < 0 or depth > _DEEPEST:
            raise _NotBer
        tag, length = self.data[at], self.data[at + 1]
        at += 2
        if length == 0x80:
            stop = self._end_of_indefinite(at, end, depth)
            return tag, at, stop, stop + 2
        if length & 0x80:
            size = length & 0x7F
            if size > 4 or at + size > end:
                raise _NotBer
            length = int.from_bytes(self.data[at : at + size], "big")
            at += size
        if at + length > end:
            raise _NotBer
        return tag, at, at + length, at + length

    def items(self, at: int, end: int, depth: int = 0) -> list[tuple[int, int, int]]:
        """Tag and bounds of each item between two offsets."""
        found: list[tuple[int, int, int]] = []
        while at < end:
            tag, start, stop, at = self.item(at, end, depth)
            found.append((tag, start, stop))
        return found

    def octets(self, tag: int, start: int, stop: int, depth: int = 0) -> bytes:
        """An octet string, whole or in pieces."""
        if tag == _OCTETS:
            return self.data[start:stop]
        if tag != _CONSTRUCTED_OCTETS or depth > _DEEPEST:
            raise _NotBer
        return b"".join(self.octets(*piece, depth + 1) for piece in self.items(start, stop))

    def _end_of_indefinite(self, at: int, end: int, depth: int) -> int:
        while self.data[at : at + 2] != b"\0\0":
            at = self.item(at, end, depth + 1)[3]
        return at


def content(signature: bytes) -> bytes | None:
    """The signed mail part, None when there is none to be found; never raises."""
    reader = _Reader(signature)
    try:
        tag, start, stop, _ = reader.item(0, len(signature))
        (kind_tag, kind, kind_end), (_, inner, inner_end) = reader.items(start, stop)[:2]
        if tag != _SEQUENCE or kind_tag != 6 or signature[kind:kind_end] != _SIGNED_DATA:
            return None
        _, start, stop, _ = reader.item(inner, inner_end)
        _version, _digests, (_, start, stop) = reader.items(start, stop)[:3]
        _kind, (tag, start, stop) = reader.items(start, stop)[:2]
        if tag != _TAGGED:
            return None
        tag, start, stop, _ = reader.item(start, stop)
        return reader.octets(tag, start, stop)
    except (_NotBer, ValueError, IndexError):
        return None
