"""HTML to text as a person would copy it: rows as lines, cells set apart, quotations marked."""

from __future__ import annotations

import re

from intake.display import body
from intake.tags import Tag, pieces

LONGEST = 2_000_000  # characters of HTML; the rest is not read

# fmt: off
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li",
    "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul",
))
# fmt: on
_APART = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote", "ul", "ol"))
_EMPTY = frozenset(
    ("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr")
)
_CLOSED_BY_NEXT = frozenset(("p", "li", "dd", "dt", "td", "th", "tr"))
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:px|pt)?\s*(?:;|$)",
    re.IGNORECASE,
)
_QUOTATION = re.compile(r"cite|gmail_quote|moz-cite|yahoo_quoted|protonmail_quote", re.IGNORECASE)
_DEEPEST_QUOTE = 5


def html_to_text(html: str) -> str:
    """Readable text of a mail's HTML, at most two million characters of it; never raises.

    Cells are set apart by TAB, list items start with "- ", quoted mails with "> ". Hidden elements are left out.
    """
    page = _Page()
    for piece in pieces(html[:LONGEST]):
        if isinstance(piece, str):
            page.write(piece)
        elif piece.is_end:
            page.close(piece)
        else:
            page.open(piece)
    return page.text()


class _Page:
    """The lines written so far and the little state that layout needs."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._hidden = ""  # name of the hidden element we are inside of
        self._hidden_depth = 0
        self._verbatim = 0
        self._cells = 0
        self._quotes: list[bool] = []
        self._quoted = 0

    def write(self, text: str) -> None:
        if self._hidden:
            return
        if self._verbatim:
            first, *others = text.split("\n")
            self._line.append(first)
            for other in others:
                self._end_line(keep_empty=True)
                self._line.append(other)
        else:
            self._line.append(text.replace("\t", " "))

    def open(self, tag: Tag) -> None:
        if self._hidden in _CLOSED_BY_NEXT and tag.name in (*_BLOCKS, "td", "th"):
            self._hidden = ""
        if self._hidden:
            self._hidden_depth += tag.name == self._hidden
            return
        if _is_hidden(tag):
            self._hidden, self._hidden_depth = tag.name, 1
            return
        if tag.name == "br":
            self._end_line(keep_empty=True)
        elif tag.name in ("td", "th"):
            self._cells += 1
            self._line.append("\t" if self._cells > 1 else "")
        elif tag.name in _BLOCKS:
            self._open_block(tag)

    def _open_block(self, tag: Tag) -> None:
        if not (self._cells and tag.name in ("p", "div")):  # paragraphs in a cell stay in its row
            self._end_line()
        else:
            self._line.append(" ")
        if tag.name in _APART and not self._cells:
            self._blank_line()
        if tag.name == "tr":
            self._cells = 0
        elif tag.name == "li":
            self._line.append("- ")
        elif tag.name == "pre":
            self._verbatim += 1
        elif tag.name == "blockquote":
            is_quotation = bool(_QUOTATION.search(tag.inside[:1000]))
            self._quotes.append(is_quotation)
            self._quoted += is_quotation

    def close(self, tag: Tag) -> None:
        if self._hidden:
            self._hidden_depth -= tag.name == self._hidden
            if self._hidden_depth == 0:
                self._hidden = ""
            return
        if tag.name not in _BLOCKS or (self._cells and tag.name in ("p", "div")):
            return
        self._end_line()
        if tag.name in ("tr", "table"):
            self._cells = 0
        if tag.name == "pre":
            self._verbatim = max(0, self._verbatim - 1)
        elif tag.name == "blockquote" and self._quotes:
            self._quoted -= self._quotes.pop()
        if tag.name in _APART and not self._cells:
            self._blank_line()

    def text(self) -> str:
        self._end_line()
        return body("\n".join(self._lines)).strip("\n") + "\n" if self._lines else ""

    def _end_line(self, keep_empty: bool = False) -> None:
        joined = "".join(self._line)
        self._line = []
        line = joined.rstrip() if self._verbatim else _squeezed(joined)
        if line or keep_empty:
            self._lines.append(self._prefix() + line)

    def _blank_line(self) -> None:
        prefix = self._prefix().rstrip()
        if self._lines and self._lines[-1].rstrip() != prefix:
            self._lines.append(prefix)

    def _prefix(self) -> str:
        return "> " * min(self._quoted, _DEEPEST_QUOTE)


def _is_hidden(tag: Tag) -> bool:
    return (
        tag.name not in _EMPTY
        and "style" in tag.inside.lower()
        and bool(_HIDDEN.search(tag.attribute("style")))
    )


def _squeezed(text: str) -> str:
    """Runs of blanks to one, cells cleaned one by one, trailing empty cells gone."""
    cells = [" ".join(cell.replace("\xa0", " ").split()) for cell in text.split("\t")]
    return "\t".join(cells).rstrip("\t")
