"""DOCX (ECMA-376 part 1, WordprocessingML) as a flow: headers, body, text boxes, footers; deleted text is left out."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from core.errors import Unreadable
from extraction.readers.word.docx_lists import Lists
from extraction.readers.word.docx_styles import Look, Styles
from extraction.readers.word.flow import (
    MAX_BLOCKS,
    MAX_CHARACTERS,
    Block,
    Paragraph,
    Run,
    Table,
    TableCell,
)
from extraction.readers.word.package import Package, damaged

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_BODY = "word/document.xml"
_DEEPEST = 8
_GONE = frozenset({f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{W}rPr", f"{W}pPr"})
_WITHIN = frozenset(
    f"{W}{name}"
    for name in ("ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "bdo")
)


def blocks(content: bytes) -> list[Block]:
    """Raises Unreadable "document-broken" or "document-too-large"."""
    package = Package(content)
    root = package.tree(_BODY)
    if root is None:
        raise damaged()
    if str(root.tag).startswith(_STRICT):
        raise Unreadable(
            "format-unsupported", "This DOCX is of the strict kind; save it as plain DOCX or PDF."
        )
    walk = _Walk(Styles(package.tree("word/styles.xml")), Lists(package.tree("word/numbering.xml")))
    heads, feet = _margins(package, root)
    for part in (*heads, root.find(f"{W}body"), *feet):
        walk.take(part)
    return walk.found


def _margins(package: Package, root: Any) -> tuple[list[Any], list[Any]]:
    """Headers and footers that the sections use, each once."""
    links = package.tree("word/_rels/document.xml.rels")
    targets = (
        {r.get("Id"): r for r in links if r.get("TargetMode") != "External"}
        if links is not None
        else {}
    )
    found: dict[str, list[Any]] = {"headerReference": [], "footerReference": []}
    seen: set[str] = set()
    for name, kept in found.items():
        for reference in list(root.iter(f"{W}{name}"))[:20]:
            link = targets.get(reference.get(f"{_R}id"))
            target = (
                posixpath.normpath(posixpath.join("word", link.get("Target", "")))
                if link is not None
                else ""
            )
            if target and target not in seen and reference.get(f"{W}type") != "even":
                seen.add(target)
                kept.append(package.tree(target))
    return found["headerReference"], found["footerReference"]


class _Walk:
    """One pass through the parts, with the counters of numbered lists."""

    def __init__(self, styles: Styles, lists: Lists) -> None:
        self.found: list[Block] = []
        self._styles, self._lists = styles, lists
        self._blocks = self._characters = 0

    def take(self, part: Any) -> None:
        if part is not None:
            self.found += self._blocks_in(part, 0)

    def _blocks_in(self, parent: Any, depth: int) -> list[Block]:
        out: list[Block] = []
        for child in _unwrapped(parent):
            if self._blocks > MAX_BLOCKS or self._characters > MAX_CHARACTERS:
                break
            if child.tag == f"{W}p":
                out += self._paragraph(child, depth)
            elif child.tag == f"{W}tbl" and depth < _DEEPEST:
                out.append(self._table(child, depth))
        return out

    def _paragraph(self, element: Any, depth: int) -> list[Block]:
        """The paragraph, and the text boxes anchored in it after it."""
        self._blocks += 1
        look = self._styles.paragraph(element)
        runs = [
            Run(mark, look.bold, look.size) for mark in [self._lists.mark(element, look)] if mark
        ]
        boxes: list[Any] = []
        for run in _runs(element):
            if run.tag == f"{W}r":
                runs += self._run(run, look, boxes)
        self._characters += sum(len(r.text) for r in runs)
        out: list[Block] = [Paragraph(tuple(runs), look.indent, look.tabs)]
        for box in boxes if depth < _DEEPEST else ():
            out += self._blocks_in(box, depth + 1)
        return out

    def _run(self, run: Any, around: Look, boxes: list[Any]) -> Iterator[Run]:
        look = self._styles.run(run, around)
        if look.hidden:
            return
        text = ""
        for piece in run:
            if piece.tag == f"{W}t":
                text += piece.text or ""
            elif piece.tag in (f"{W}tab", f"{W}ptab"):
                text += "\t"
            elif piece.tag in (f"{W}br", f"{W}cr"):
                text += "\n"
            elif piece.tag == f"{W}noBreakHyphen":
                text += "-"
            elif piece.tag in (f"{W}drawing", f"{W}pict", f"{W}object", f"{_MC}AlternateContent"):
                boxes += _text_boxes(piece)
        if text:
            yield Run(text, look.bold, look.size)

    def _table(self, element: Any, depth: int) -> Table:
        grid = element.find(f"{W}tblGrid")
        widths = tuple(_points(c.get(f"{W}w")) for c in grid) if grid is not None else ()
        table = Table(widths=widths if all(w > 0 for w in widths) else (), ruled=_ruled(element))
        open_cells: dict[int, TableCell] = {}  # column -> the cell that reaches down through it
        for row in _unwrapped(element):
            if row.tag == f"{W}tr" and row.find(f"{W}trPr/{W}del") is None:
                table.rows.append(self._row(row, open_cells, depth))
        return table

    def _row(self, row: Any, open_cells: dict[int, TableCell], depth: int) -> dict[int, TableCell]:
        cells: dict[int, TableCell] = {}
        before = row.find(f"{W}trPr/{W}gridBefore")
        column = _whole(before.get(f"{W}val"), 0, 60) if before is not None else 0
        for element in _unwrapped(row):
            if element.tag != f"{W}tc" or column > 250:
                continue
            across = _whole(_value(element.find(f"{W}tcPr/{W}gridSpan")), 1, 60)
            merged = element.find(f"{W}tcPr/{W}vMerge")
            if merged is not None and merged.get(f"{W}val") != "restart" and column in open_cells:
                open_cells[column].down += 1
            else:
                cell = cells[column] = TableCell(self._blocks_in(element, depth + 1), across)
                open_cells.pop(column, None)
                if merged is not None:
                    open_cells[column] = cell
            column += across
        return cells


def _unwrapped(parent: Any) -> Iterator[Any]:
    """The children, those inside content controls and accepted changes included."""
    stack = [iter(parent)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag in (
            f"{W}sdt",
            f"{W}sdtContent",
            f"{W}ins",
            f"{W}moveTo",
            f"{W}smartTag",
            f"{W}customXml",
        ):
            if len(stack) < 40:
                stack.append(iter(child))
        else:
            yield child


def _runs(paragraph: Any) -> Iterator[Any]:
    stack = [iter(paragraph)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag in _WITHIN and len(stack) < 40:
            stack.append(iter(child))
        elif child.tag not in _GONE:
            yield child


def _text_boxes(drawing: Any) -> list[Any]:
    """Contents of its text boxes; of two forms of the same drawing only the newer."""
    choice = drawing.find(f"{_MC}Choice")
    found = list((drawing if choice is None else choice).iter(f"{W}txbxContent"))
    return [f for f in found if not any(a in found for a in f.iterancestors())][:50]


def _ruled(table: Any) -> bool:
    """Whether lines are drawn between its cells."""
    borders = table.find(f"{W}tblPr/{W}tblBorders")
    if borders is None:
        borders = next(table.iter(f"{W}tcBorders"), None)
    if borders is not None:
        return any(b.get(f"{W}val") not in (None, "nil", "none") for b in borders)
    return "grid" in (_value(table.find(f"{W}tblPr/{W}tblStyle")) or "").lower()


def _value(element: Any) -> str | None:
    return None if element is None else element.get(f"{W}val")


def _whole(text: str | None, least: int, most: int) -> int:
    return (
        min(max(int(text), least), most)
        if text and text.isascii() and text.isdigit() and len(text) < 6
        else least
    )


def _points(text: str | None) -> float:
    """Twentieths of a point as points."""
    return _whole(text, 0, 40_000) / 20
