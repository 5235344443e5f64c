"""Foreign text made safe to store, show, log and put on one line."""

from __future__ import annotations

import re

# Marks that reorder or hide neighbouring characters: bidi embeddings, overrides and isolates, zero-width signs.
BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_BLANKS = re.compile(r"\s+")
_SURROGATE = re.compile("[\ud800-\udfff]")


def one_line(text: str, longest: int = 2000) -> str:
    """The text on one line: control characters become blanks, invisible and reordering marks go."""
    clean = _INVISIBLE.sub("", _CONTROL.sub(" ", _SURROGATE.sub("\ufffd", text[: 4 * longest])))
    return _BLANKS.sub(" ", clean).strip()[:longest]


def file_name(text: str) -> str:
    """A file name for display only: no folders, no control or reordering marks, 150 characters at most."""
    name = one_line(text, 20_000).replace("\\", "/").rsplit("/", 1)[-1].strip(" .")
    if len(name) <= 150:
        return name
    stem, dot, suffix = name.rpartition(".")
    return f"{stem[:120]}…{dot}{suffix}" if dot and len(suffix) <= 12 else name[:150]


def body(text: str) -> str:
    """Body text with LF line ends; other controls than TAB and LF become blanks."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")
    lines = _SURROGATE.sub("\ufffd", lines)
    return re.sub("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]", " ", lines)
