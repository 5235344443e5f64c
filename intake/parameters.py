"""Content-Type and Content-Disposition values: the type and its parameters (RFC 2045, 2231, 2047)."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from intake.charsets import decode

_TYPE = re.compile(r"\s*([\w!#$&^.+-]{1,100})\s*/\s*([\w!#$&^.+-]{1,100})", re.ASCII)
_NAME = re.compile(r"\s*([^=;\s]{1,100})\s*=\s*")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_ESCAPED = re.compile(r'\\(["\\])')
_MOST = 100


def media_type(value: bytes) -> str:
    """ "text/plain" in lower case, "" when there is none or it is unreadable."""
    match = _TYPE.match(value[:500].decode("latin-1"))
    return f"{match[1]}/{match[2]}".lower() if match else ""


def token(value: bytes) -> str:
    """The word before the first parameter ("attachment", "base64"), lower case."""
    return value[:500].decode("latin-1").split(";")[0].strip().strip('"').lower()


def parameters(value: bytes) -> dict[str, str]:
    """Parameters by lower-case name; continued and percent-encoded ones joined; at most 100 are read.

    Encoded words (not allowed here, and usual all the same) are left to the caller.
    """
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for name, text in _pairs(value.decode("latin-1")):
        base, star, rest = name.partition("*")
        if not star:
            plain.setdefault(base, decode(text.encode("latin-1"), "utf-8").text)
            continue
        number, _, encoded = rest.partition("*")
        if number in ("", "*"):
            pieces.setdefault(base, {}).setdefault(0, (text, True))
        elif number.isascii() and number.isdigit() and len(number) <= 3:
            is_encoded = rest.endswith("*") and encoded == ""
            pieces.setdefault(base, {}).setdefault(int(number), (text, is_encoded))
    return plain | {base: _joined(parts) for base, parts in pieces.items()}


def _joined(parts: dict[int, tuple[str, bool]]) -> str:
    """RFC 2231 segments in order; the first encoded one names the charset."""
    ordered = [parts[n] for n in sorted(parts)]
    if not any(encoded for _, encoded in ordered):
        return "".join(text for text, _ in ordered)
    charset, content = "", b""
    for place, (text, encoded) in enumerate(ordered):
        if place == 0 and encoded and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        content += unquote_to_bytes(text.encode("latin-1")) if encoded else text.encode("latin-1")
    return decode(content, charset).text


def _pairs(text: str) -> list[tuple[str, str]]:
    """Name and value pairs after the first ";", quoted strings unquoted."""
    found: list[tuple[str, str]] = []
    at = _after_semicolon(text, 0)
    while at < len(text) and len(found) < _MOST:
        match = _NAME.match(text, at)
        if match:
            value, at = _value(text, match.end())
            found.append((match[1].lower(), value))
        at = _after_semicolon(text, at)
    return found


def _value(text: str, at: int) -> tuple[str, int]:
    quoted = _QUOTED.match(text, at)
    if quoted:
        return _ESCAPED.sub(r"\1", quoted[1]), quoted.end()
    stop = text.find(";", at)
    stop = len(text) if stop < 0 else stop
    return text[at:stop].strip().strip('"'), stop


def _after_semicolon(text: str, at: int) -> int:
    found = text.find(";", at)
    return len(text) if found < 0 else found + 1
