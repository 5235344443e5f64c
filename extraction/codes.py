"""Part numbers: what looks like one, whose it is, and where it hides in a description."""

from __future__ import annotations

import re

from extraction.document import Document
from extraction.lines.cells import Cell

_LEADING_CODE = re.compile(r"(?=[^\s]*\d)(?=[A-Z0-9])[A-Z0-9][A-Z0-9._/#-]{4,}(?=\s|$)")


_BRACKET_CODE = re.compile(r"^\s*[\[*(]([A-Za-z0-9][\w./-]{2,})[\]*)]\s*")


_TRAILING_CODE = re.compile(
    r"\s[-–—:]\s*([A-Z0-9][A-Z0-9./-]{4,})$|\s\(([A-Z0-9][A-Z0-9./-]{3,})\)$"
)


_MARKED_CODE = re.compile(r"\s\(#([A-Z0-9][\w./-]{2,})\)$")
""" "Leaf rake (#RK-24)", as shops write it."""


_NO_CODE = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d+([.,]\d+)?(mm|cm|m|kg|g|ml|l|in|ft|x\d+.*)?|M\d+([.,]\d+)?X\d+.*",
    re.IGNORECASE,
)


def looks_like_code(text: str) -> bool:
    bare = text.strip(".,:;()[]*")
    if len(bare) < 3 or (_NO_CODE.fullmatch(bare) and not re.fullmatch(r"\d{4,}", bare)):
        return False
    return bool(re.search(r"\d", bare)) or (bare.isupper() and len(bare) >= 5 and bare.isalnum())


_REVISION = re.compile(r"(?<=\w)\s+(?:rev(?:ision)?|index)\.?\s*:\s*[A-Z0-9]{1,3}$", re.IGNORECASE)


def code_text(cell: Cell) -> str:
    """A code in one row, or broken over two where the first row ends in a hyphen or the second is a rest."""
    first = cell.segments[0].text.strip()
    for segment in cell.segments[1:3]:
        rest = segment.text.strip()
        if first.endswith(("-", "/", "_")) or (
            len(rest) <= 4 and re.fullmatch(r"[A-Z0-9-]+", rest) and " " not in first
        ):
            first += rest
        elif not re.search(r"\d", first) and re.fullmatch(r"(?=.*\d)[A-Z0-9./-]+", rest):
            first += f" {rest}"
        else:
            break
    return _REVISION.sub("", first)


def owner_of(code: str, document: Document) -> str:
    """Whose number a code with no owner named is: ours when we know it, or when people rather than systems wrote
    it and it is built like a catalogue's."""
    known = document.context.known_skus
    if known:
        return "supplier_sku" if code in known else "buyer_sku"
    if document.sells:
        return "supplier_sku"
    if document.canvas.kind in ("pdf", "image"):
        return "buyer_sku"
    groups = [g for g in re.split(r"[-_]", code) if re.search(r"[A-Za-z]", g)]
    return "supplier_sku" if len(groups) >= 2 and len(re.split(r"[-_]", code)) >= 3 else "buyer_sku"


def code_in(text: str) -> tuple[str, str]:
    """A part number at the start or end of a description, and the description without it."""
    bracket = _BRACKET_CODE.match(text)
    if bracket:
        return bracket[1], text[bracket.end() :].strip()
    leading = _LEADING_CODE.match(text)
    if leading and _is_part_number(leading[0]) and len(text) > leading.end():
        return leading[0], text[leading.end() :].strip(" -–:,")
    marked = _MARKED_CODE.search(text)
    if marked:
        return marked[1], text[: marked.start()].strip(" -–:,")
    trailing = _TRAILING_CODE.search(text)
    if trailing and _is_part_number(trailing[1] or trailing[2]):
        return trailing[1] or trailing[2], text[: trailing.start()].strip(" -–:,")
    return "", text


def _is_part_number(text: str) -> bool:
    return (sum(c.isdigit() for c in text) >= 3 and not _NO_CODE.fullmatch(text)) or bool(
        re.fullmatch(r"\d{5,}", text)
    )
