"""The packed RTF in which Outlook keeps a mail's body (MS-OXRTFCP)."""

from __future__ import annotations

import struct

MOST = 20_000_000
_PACKED, _PLAIN = 0x75465A4C, 0x414C454D
_START = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans"
    b" SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u"
    b"\\tab\\tx"
)


def unpacked(raw: bytes) -> bytes:
    """The RTF as far as it can be unpacked, b"" when it is none; never raises."""
    if len(raw) < 16:
        return b""
    _, size, kind = struct.unpack_from("<III", raw)
    if kind == _PLAIN:
        return raw[16 : 16 + min(size, MOST)]
    return _unpacked(raw[16:], min(size, MOST)) if kind == _PACKED else b""


def _unpacked(packed: bytes, size: int) -> bytes:
    """Runs of eight: each bit of a control byte says whether a byte or a place in the last 4096 follows."""
    window = bytearray(_START.ljust(4096, b" "))
    write, at = len(_START), 0
    out = bytearray()
    while at < len(packed) and len(out) < size:
        control = packed[at]
        at += 1
        for bit in range(8):
            if at >= len(packed):
                break
            if not control >> bit & 1:
                found = packed[at : at + 1]
                at += 1
            else:
                place = int.from_bytes(packed[at : at + 2], "big")
                at += 2
                start, length = place >> 4, (place & 15) + 2
                if start == write:
                    return bytes(out)
                found = b""
                for n in range(length):
                    one = window[(start + n) % 4096]
                    found += bytes([one])
                    window[(write + n) % 4096] = one
            out += found
            if len(found) == 1:
                window[write] = found[0]
            write = (write + len(found)) % 4096
    return bytes(out[:size])
