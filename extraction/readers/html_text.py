"""Renders HTML as plain text once, remembering where each cell of each data table came to stand.

Blocks and line breaks become line ends, cells of a data table are apart by tabs, a quoted reply has "> " before
each line as in a plain mail. What is hidden is left out.
"""

from __future__ import annotations

import html as entities
import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

from extraction.readers.html_tables import data_tables, is_row_like, span_of
from extraction.readers.html_writer import INVISIBLE, RenderedCell, Writer

MAX_LENGTH = 1_000_000
MAX_TAGS = 60_000
MAX_DEPTH = 240
MAX_CELLS = 20_000

_DATA_URI = re.compile(r"data:[^\"'>\s]{200,}")
_LONG_TAG = re.compile(r"<[^<>]{20000,}")
_TAG = re.compile(r"<[^<>]*>")
_BLOCK_END = re.compile(r"<(?:br|/p|/div|/tr|/li|/h[1-6]|/td|/table)\b[^<>]{0,200}>", re.IGNORECASE)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE
)
_FORWARD = re.compile(
    r"forwarded message|weitergeleitete nachricht|message transféré|mensaje reenviado|messaggio inoltrato"
    r"|doorgestuurd bericht|original message|ursprüngliche nachricht",
    re.IGNORECASE,
)

_SKIP = frozenset(
    {
        "script",
        "style",
        "head",
        "title",
        "template",
        "noscript",
        "meta",
        "link",
        "object",
        "select",
        "svg",
    }
)
_LINE = frozenset(
    {
        "div",
        "tr",
        "li",
        "dt",
        "dd",
        "caption",
        "address",
        "section",
        "article",
        "center",
        "form",
        "pre",
        "thead",
        "tbody",
        "tfoot",
    }
)
_PARAGRAPH = frozenset(
    {"p", "table", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "blockquote", "hr"}
)


@dataclass(frozen=True, slots=True)
class Rendered:
    """`tables`: grids with None where a spanned cell reaches. whole: False when only the text could be taken."""

    text: str
    tables: tuple[list[list[RenderedCell | None]], ...] = ()
    whole: bool = True


def render(html: str) -> Rendered:
    cut = _DATA_URI.sub("data:", html[: 4 * MAX_LENGTH])
    if len(cut) > MAX_LENGTH or cut.count("<") > MAX_TAGS or _LONG_TAG.search(cut):
        return Rendered(_text_only(cut[:MAX_LENGTH]), whole=False)
    root = _parsed(cut)
    if root is None:
        return Rendered(_text_only(cut))
    if _depth(root) > MAX_DEPTH:
        return Rendered(_text_only(cut), whole=False)
    return _Walk(root).rendered()


def _parsed(html: str) -> Any:
    parser = etree.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8"
    )
    try:
        return etree.fromstring(html.replace("\x00", "").encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError, AssertionError):
        return None


def _depth(root: Any) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _text_only(html: str) -> str:
    text = _BLOCK_END.sub("\n", _without(("script", "style", "head"), html))
    text = entities.unescape(_TAG.sub(" ", text)).translate(INVISIBLE)
    rows = (" ".join(row.split()) for row in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).strip()


def _without(tags: tuple[str, ...], html: str) -> str:
    """The text without these elements; one that never ends takes the rest with it."""
    lower = html.lower()
    if len(lower) != len(html):
        return html
    for tag in tags:
        kept, at = [], 0
        while (start := lower.find(f"<{tag}", at)) >= 0:
            end = lower.find(f"</{tag}", start)
            kept.append(html[at:start])
            at = len(html) if end < 0 else end
        html = "".join([*kept, html[at:]])
        lower = html.lower()
    return html


class _Walk:
    """One pass over the tree; tables known as data become grids, all others are mere layout."""

    def __init__(self, root: Any) -> None:
        self._root = root
        self._out = Writer()
        self._data = data_tables(root)
        self._rowlike = {t for t in root.iter("table") if t not in self._data and is_row_like(t)}
        self._table: Any = None
        self._grid: list[list[RenderedCell | None]] = []
        self._taken: set[tuple[int, int]] = set()
        self._found: list[list[list[RenderedCell | None]]] = []

    def rendered(self) -> Rendered:
        walk = etree.iterwalk(self._root, events=("start", "end"))
        skipped: Any = None
        for event, element in walk:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                if skipped is None and (tag in _SKIP or not tag or _is_hidden(element)):
                    skipped = element
                if skipped is None:
                    self._start(element, tag)
            elif skipped is None:
                self._end(element, tag)
                self._text(element, element.tail)
            elif skipped is element:
                skipped = None
                self._text(element, element.tail)
        return Rendered(self._out.text, tuple(g for g in self._found if g))

    def _start(self, element: Any, tag: str) -> None:
        own = self._table is None
        if tag == "br":
            self._out.gap("\n")
        elif tag == "table" and element in self._data and own:
            self._out.gap("\n\n")
            self._table, self._grid, self._taken = element, [], set()
        elif tag == "tr" and self._in_table(element):
            self._out.gap("\n")
            self._grid.append([])
        elif tag in ("td", "th") and self._in_table(element):
            self._open_cell(element)
        elif tag in ("td", "th") and self._is_row_cell(element):
            self._out.gap("\t")
        elif tag in ("td", "th"):
            self._out.gap("\n")
        elif tag in _PARAGRAPH:
            self._out.gap("\n\n" if own else "\n")
        elif tag in _LINE:
            self._out.gap("\n")
        if tag == "blockquote" and _is_reply(element):
            self._out.quotes += 1
        if tag == "img" and element.get("alt"):
            self._out.words(" " + element.get("alt")[:100] + " ")
        if tag == "pre":
            self._out.rows(element.text)
        else:
            self._out.words(element.text)

    def _end(self, element: Any, tag: str) -> None:
        if tag == "table" and element is self._table:
            self._found.append(_squared(self._grid))
            self._table = None
            self._out.gap("\n\n")
        elif tag in ("td", "th") and self._in_table(element):
            self._out.close_cell()
        elif tag in ("td", "th") and not self._is_row_cell(element):
            self._out.gap("\n")
        elif tag in _PARAGRAPH:
            self._out.gap("\n\n" if self._table is None else "\n")
        elif tag in _LINE:
            self._out.gap("\n")
        if tag == "blockquote" and _is_reply(element):
            self._out.quotes -= 1

    def _text(self, element: Any, tail: str | None) -> None:
        parent = element.getparent()
        if parent is not None and parent.tag == "pre":
            self._out.rows(tail)
        else:
            self._out.words(tail)

    def _in_table(self, element: Any) -> bool:
        return self._table is not None and next(element.iterancestors("table"), None) is self._table

    def _is_row_cell(self, element: Any) -> bool:
        return next(element.iterancestors("table"), None) in self._rowlike

    def _open_cell(self, element: Any) -> None:
        if not self._grid:
            self._grid.append([])
        row_number, row = len(self._grid) - 1, self._grid[-1]
        while (row_number, len(row)) in self._taken:
            row.append(None)
        if row:
            self._out.gap("\t")
        width, height = span_of(element)
        column = len(row)
        if len(self._taken) < MAX_CELLS:
            self._taken |= {
                (row_number + r, column + c) for r in range(1, height) for c in range(width)
            }
        row.append(self._out.open_cell())
        row.extend([None] * (width - 1))


def _squared(grid: list[list[RenderedCell | None]]) -> list[list[RenderedCell | None]]:
    rows = [row for row in grid if any(cell is not None for cell in row)]
    width = max((len(row) for row in rows), default=0)
    if width * len(rows) > MAX_CELLS * 5:
        return []
    return [row + [None] * (width - len(row)) for row in rows]


def _is_hidden(element: Any) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _HIDDEN.search(style[:2_000]))


def _is_reply(element: Any) -> bool:
    """Whether a blockquote cites an earlier mail; a forwarded one is content, not history."""
    cited = element.get("type", "").lower() == "cite" or "gmail_quote" in element.get("class", "")
    if not cited:
        return False
    before = element.getprevious()
    opening = "".join(map(str, element.itertext()))[:400]
    if before is not None:
        opening = "".join(map(str, before.itertext()))[-200:] + opening
    return not _FORWARD.search(opening)
