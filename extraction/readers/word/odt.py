"""ODT (OpenDocument text) as a flow: header, body with lists and tables, footer; tracked deletions are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from extraction.readers.word.flow import (
    MAX_BLOCKS,
    SIZE,
    Block,
    Paragraph,
    Run,
    Table,
    TableCell,
)
from extraction.readers.word.package import Package, damaged

_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TEXT, _TABLE, _OFFICE, _STYLE, _DRAW = (
    _NS % name for name in ("text", "table", "office", "style", "drawing")
)
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_DEEPEST = 8
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_SKIPPED = (f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}note", f"{_OFFICE}forms")
_LENGTH = re.compile(r"([0-9]{1,5}(?:\.[0-9]{1,6})?)(cm|mm|in|pt)")
_POINTS = {"cm": 28.35, "mm": 2.835, "in": 72.0, "pt": 1.0}


def blocks(content: bytes) -> list[Block]:
    """Raises Unreadable "document-broken" or "document-too-large"."""
    package = Package(content)
    root, styles = package.tree("content.xml"), package.tree("styles.xml")
    body = None if root is None else root.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise damaged()
    walk = _Walk([r for r in (styles, root) if r is not None])
    margins = (
        []
        if styles is None
        else [e for n in ("header", "footer") for e in styles.iter(f"{_STYLE}{n}")]
    )
    heads = [m for m in margins if m.tag == f"{_STYLE}header"][:5]
    feet = [m for m in margins if m.tag == f"{_STYLE}footer"][:5]
    return [block for part in (*heads, body, *feet) for block in walk.blocks(part, 0)]


class _Walk:
    """One pass; the look of a style is that of its own properties only."""

    def __init__(self, roots: list[Any]) -> None:
        self._styles = {
            s.get(f"{_STYLE}name"): s for root in roots for s in root.iter(f"{_STYLE}style")
        }
        self._taken = 0

    def blocks(self, parent: Any, depth: int, mark: str = "") -> list[Block]:
        out: list[Block] = []
        for child in parent:
            self._taken += 1
            if self._taken > MAX_BLOCKS or depth > _DEEPEST:
                break
            if child.tag in _PARAGRAPHS:
                out += self._paragraph(child, depth, mark)
                mark = ""
            elif child.tag == f"{_TEXT}list":
                out += self._list(child, depth)
            elif child.tag == f"{_TABLE}table":
                out.append(self._table(child, depth))
            elif child.tag not in _SKIPPED and isinstance(child.tag, str):
                out += self.blocks(child, depth + 1)
        return out

    def _list(self, element: Any, depth: int) -> list[Block]:
        out: list[Block] = []
        for number, item in enumerate(element.findall(f"{_TEXT}list-item"), 1):
            out += self.blocks(item, depth + 1, f"{number}. ")
        return out

    def _paragraph(self, element: Any, depth: int, mark: str) -> list[Block]:
        bold, size = self._look(element, False, SIZE)
        boxes: list[Any] = []
        runs = [Run(mark, bold, size)] if mark else []
        runs += self._runs(element, bold, size, boxes, 0)
        out: list[Block] = [Paragraph(tuple(runs))]
        for box in boxes[:50]:
            out += self.blocks(box, depth + 1)
        return out

    def _runs(
        self, element: Any, bold: bool, size: float, boxes: list[Any], depth: int
    ) -> Iterator[Run]:
        if element.text:
            yield Run(_blanks(element.text), bold, size)
        for child in element:
            if child.tag == f"{_TEXT}tab":
                yield Run("\t", bold, size)
            elif child.tag == f"{_TEXT}line-break":
                yield Run("\n", bold, size)
            elif child.tag == f"{_TEXT}s":
                count = child.get(f"{_TEXT}c", "1")
                yield Run(
                    " " * (min(int(count), 200) if count.isdigit() and len(count) < 5 else 1),
                    bold,
                    size,
                )
            elif str(child.tag).startswith(_DRAW):
                boxes += list(child.iter(f"{_DRAW}text-box"))
            elif child.tag not in _SKIPPED and depth < _DEEPEST:
                yield from self._runs(child, *self._look(child, bold, size), boxes, depth + 1)
            if child.tail:
                yield Run(_blanks(child.tail), bold, size)

    def _look(self, element: Any, bold: bool, size: float) -> tuple[bool, float]:
        style = self._styles.get(element.get(f"{_TEXT}style-name"))
        marks = None if style is None else style.find(f"{_STYLE}text-properties")
        if marks is None:
            return bold, size
        weight, height = marks.get(f"{_FO}font-weight"), _points(marks.get(f"{_FO}font-size"))
        return (bold if weight is None else weight in ("bold", "700", "800", "900")), min(
            height or size, 72.0
        )

    def _table(self, element: Any, depth: int) -> Table:
        table = Table(widths=self._widths(element))
        for row in element.iter(f"{_TABLE}table-row"):
            if next(row.iterancestors(f"{_TABLE}table"), None) is not element:
                continue
            cells: dict[int, TableCell] = {}
            column = 0
            for cell in row:
                if cell.tag == f"{_TABLE}table-cell" and column < 250:
                    across, down = (
                        _count(cell, f"number-{n}-spanned") for n in ("columns", "rows")
                    )
                    cells[column] = TableCell(self.blocks(cell, depth + 1), across, down)
                column += min(_count(cell, "number-columns-repeated"), 250)
            table.rows.append(cells)
        table.ruled = any(self._framed(c) for c in list(element.iter(f"{_TABLE}table-cell"))[:50])
        return table

    def _widths(self, table: Any) -> tuple[float, ...]:
        found: list[float] = []
        for column in table.iter(f"{_TABLE}table-column"):
            if next(column.iterancestors(f"{_TABLE}table"), None) is not table:
                continue
            style = self._styles.get(column.get(f"{_TABLE}style-name"))
            told = None if style is None else style.find(f"{_STYLE}table-column-properties")
            wide = _points(told.get(f"{_STYLE}column-width")) if told is not None else 0.0
            found += [wide] * min(_count(column, "number-columns-repeated"), 250)
        return tuple(found) if found and all(found) and len(found) <= 250 else ()

    def _framed(self, cell: Any) -> bool:
        style = self._styles.get(cell.get(f"{_TABLE}style-name"))
        told = None if style is None else style.find(f"{_STYLE}table-cell-properties")
        if told is None:
            return False
        sides = [
            told.get(f"{_FO}border{side}") for side in ("", "-left", "-top", "-right", "-bottom")
        ]
        return any(side not in (None, "none") for side in sides)


def _blanks(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _count(element: Any, name: str) -> int:
    text = element.get(f"{_TABLE}{name}", "1")
    return (
        max(min(int(text), 10_000), 1) if text.isascii() and text.isdigit() and len(text) < 7 else 1
    )


def _points(text: str | None) -> float:
    found = _LENGTH.fullmatch(text or "")
    return float(found[1]) * _POINTS[found[2]] if found else 0.0
