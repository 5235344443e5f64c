"""Tells by content alone, never by file name, what kind of electronic message a file is."""

from __future__ import annotations

import re
from dataclasses import replace

from extraction.edi.decoding import as_utf8
from extraction.edi.lead_in import lead_in
from extraction.edi.values import Sniffed
from extraction.edi.xml.families import sniff_root

HEAD = 320_000
"""So many bytes from the start tell what a file is."""
_BLANKS = b" \t\r\n\f\v\x00\x1a"
_ISA_START = re.compile(rb"ISA([^A-Za-z0-9])[0-9]{2}\1", re.IGNORECASE)
_SERVICE = re.compile(
    rb"UNA[^A-Za-z0-9].{4,12}?\s*UN[BGH]|UNB[^A-Za-z0-9]UNO[A-Z]|UNH[^A-Za-z0-9].{1,40}?[A-Z]{6}"
    rb"|UNG[^A-Za-z0-9][A-Z]{6}[^A-Za-z0-9]",
    re.IGNORECASE | re.DOTALL,
)
_MANGLED_ISA = re.compile(
    rb"[A-Z]{0,4}([^A-Za-z0-9\s])[0-9]{2}\1[^\r\n]{0,10}\1[0-9]{2}\1[^\r\n]{0,10}\1[0-9A-Z]{2}\1"
)
_MANGLED_UNB = re.compile(rb"[A-Z]{1,4}\+UNO[A-Z]:[0-9]")
_BARE_SET = re.compile(
    rb"(?:ST([^A-Za-z0-9\s])[0-9]{3}\1|GS([^A-Za-z0-9\s])[A-Z]{2}\2[^\r\n]{0,40}?\2[0-9]{6,8}\2)"
)
_ST = re.compile(r"[^A-Za-z0-9]\s*ST(?P<sep>[^A-Za-z0-9 \t\r\n])[ \t]*([0-9]{3})\b")
_UNH = re.compile(r"UNH[^A-Za-z0-9](?:[^A-Za-z0-9]?[^+'\n]{0,40}?)[^A-Za-z0-9](?P<kind>[A-Z]{6})\b")
_MHD = re.compile(r"MHD=[0-9]+\+([A-Z]{6})")


def sniff(content: bytes) -> Sniffed | None:
    """Format, confidence and reasons; None when it is no electronic message we know of.

    A file of several message kinds is called after its first order, else after its first message.
    """
    return _sniff(as_utf8(content[:HEAD]))


def sniff_file(content: bytes) -> Sniffed | None:
    """The same of a file, in which a few lines may stand before the envelope: `before` counts their bytes.

    A mail's own text is no such file: who quotes an interchange asks something about it.
    """
    plain = as_utf8(content[:HEAD])
    found = _sniff(plain)
    before = 0 if found else lead_in(plain)
    if not before or (found := _sniff(plain[before:])) is None:
        return found
    reasons = (*found.reasons, "A few lines stand before it.")
    return replace(found, confidence=0.9, reasons=reasons, before=before)


def _sniff(content: bytes) -> Sniffed | None:
    content = content.lstrip(_BLANKS)
    start = content[:4].upper()
    if start[:3] == b"ISA" and _is_isa(content):
        return _x12(content)
    if _BARE_SET.match(content):
        return Sniffed(
            "x12/no-envelope", 0.9, ("It begins with an X12 group or set, without its ISA header.",)
        )
    if _MANGLED_ISA.match(content) and content[:130].count(b"\n") < 2:
        return Sniffed(
            "x12/no-envelope", 0.8, ("It begins like an ISA header whose name is damaged.",)
        )
    if _SERVICE.match(content) or _MANGLED_UNB.match(content):
        return _edifact(content)
    if start == b"STX=" or start == b"MHD=":
        return _tradacoms(content)
    if start[:1] == b"<":
        return sniff_root(content)
    if content.startswith(b"EDI_DC40"):
        return Sniffed("idoc/flat", 0.9, ("It begins with an IDoc control record (EDI_DC40).",))
    return None


def _is_isa(content: bytes) -> bool:
    """Whether it goes on like a header; Isa is also somebody's name at the head of a mail."""
    mark = content[3:4]
    if mark.isalnum() or mark in b" \t\r\n":
        return False
    return content[:200].count(mark) >= 10 or _ISA_START.match(content) is not None


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
