"""Tells by content alone, never by file name, what kind of electronic message a file is."""

from __future__ import annotations

import re

from extraction.edi.decoding import as_utf8
from extraction.edi.values import Sniffed
from extraction.edi.xml.families import sniff_root

_HEAD = 8_000
_BLANKS = b" \t\r\n\f\v\x00\x1a"
_ST = re.compile(r"[^A-Za-z0-9]\s*ST(?P<sep>[^A-Za-z0-9 \t\r\n])[ \t]*([0-9]{3})\b")
_UNH = re.compile(r"UNH[^A-Za-z0-9](?:[^A-Za-z0-9]?[^+'\n]{0,40}?)[^A-Za-z0-9](?P<kind>[A-Z]{6})\b")
_MHD = re.compile(r"MHD=[0-9]+\+([A-Z]{6})")


def sniff(content: bytes) -> Sniffed | None:
    """Format, confidence and reasons; None when it is no electronic message we know of.

    A file of several message kinds is called after its first order, else after its first message.
    """
    content = as_utf8(content[: _HEAD * 40]).lstrip(_BLANKS)
    start = content[:4].upper()
    if start[:3] == b"ISA" and not content[3:4].isalnum():
        return _x12(content)
    if start[:3] in (b"UNA", b"UNB", b"UNH") and not start[3:4].isalnum():
        return _edifact(content)
    if start == b"STX=" or start == b"MHD=":
        return _tradacoms(content)
    if start[:1] == b"<":
        return sniff_root(content)
    if content.startswith(b"EDI_DC40"):
        return Sniffed("idoc/flat", 0.9, ("It begins with an IDoc control record (EDI_DC40).",))
    return None


def _x12(content: bytes) -> Sniffed:
    text = content.decode("latin-1")
    kinds = [m[2] for m in _ST.finditer(text)]
    if not kinds and re.search(r"[^A-Za-z0-9]\s*TA1[^A-Za-z0-9]", text):
        return Sniffed("x12/TA1", 0.95, ("An ISA header with only a TA1 acknowledgement.",))
    kind = _first(kinds, ("850", "875", "860", "876"))
    if kind is None:
        return Sniffed(
            "x12/unknown", 0.6, ("It begins with an ISA header, but no ST segment follows.",)
        )
    return Sniffed(
        f"x12/{kind}", 0.99, ("It begins with an ISA header.", f"Its ST segment says {kind}.")
    )


def _edifact(content: bytes) -> Sniffed:
    kinds = [m["kind"] for m in _UNH.finditer(content.decode("latin-1"))]
    kind = _first(kinds, ("ORDERS", "ORDCHG"))
    if kind is None:
        return Sniffed(
            "edifact/unknown", 0.6, ("It begins like EDIFACT, but no UNH segment follows.",)
        )
    return Sniffed(
        f"edifact/{kind}",
        0.99,
        ("It begins with an EDIFACT header.", f"Its UNH segment says {kind}."),
    )


def _tradacoms(content: bytes) -> Sniffed:
    kinds = _MHD.findall(content.decode("latin-1"))
    kind = _first(kinds, ("ORDERS",)) or "unknown"
    return Sniffed(f"tradacoms/{kind}", 0.95, ("It begins with a TRADACOMS header.",))


def _first(kinds: list[str], orders: tuple[str, ...]) -> str | None:
    return next((k for k in kinds if k in orders), kinds[0] if kinds else None)
