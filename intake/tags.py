"""HTML cut into texts and tags in one pass, linear in its length whatever it holds.

No tree is built: known parsers need seconds to minutes for a megabyte of nested elements or attributes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9:_-]{0,39})")
_RAW = ("script", "style", "title", "textarea", "noframes", "template", "svg", "math", "xml")
_ATTRIBUTE = re.compile(r"""([a-zA-Z_:][\w:.-]{0,39})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_ABSURD = re.compile(r"&#(?:\d{8,}|[xX][0-9a-fA-F]{8,});?")
_QUOTE_OR_END = re.compile(r"""=\s{0,10}["']|>""")
_ATTRIBUTES_READ = 5_000  # characters of one tag that are looked at for attributes


@dataclass(frozen=True, slots=True)
class Tag:
    """A start or end tag; names in lower case."""

    name: str
    is_end: bool
    inside: str

    def attribute(self, name: str) -> str:
        for match in _ATTRIBUTE.finditer(self.inside[:_ATTRIBUTES_READ]):
            if match[1].lower() == name:
                return _unescaped(match[2] or match[3] or match[4] or "")
        return ""


def pieces(html: str) -> Iterator[str | Tag]:
    """Texts (entities decoded) and tags in order; comments, scripts, styles and declarations are left out."""
    at, end = 0, len(html)
    while at < end:
        opened = html.find("<", at)
        if opened < 0:
            yield _unescaped(html[at:])
            return
        if opened > at:
            yield _unescaped(html[at:opened])
        name = _NAME.match(html, opened + 1)
        if name:
            closed = _tag_end(html, name.end())
            tag = Tag(name[1].lower(), html[opened + 1] == "/", html[name.end() : closed])
            yield tag
            at = closed + 1
            if tag.name in _RAW and not tag.is_end and not tag.inside.endswith("/"):
                at = _after_raw(html, tag.name, at)
        elif html.startswith("<!--", opened):
            closed = html.find("-->", opened + 4)
            at = end if closed < 0 else closed + 3
        elif html[opened + 1 : opened + 2] in ("!", "?", "/"):
            closed = html.find(">", opened)
            at = end if closed < 0 else closed + 1
        else:
            yield "<"
            at = opened + 1


def _unescaped(text: str) -> str:
    """Entities decoded; numbers of absurd length are none."""
    return unescape(_ABSURD.sub("\ufffd", text))


def _tag_end(html: str, at: int) -> int:
    """Where the ">" of a tag stands, quoted values skipped; an open quote ends at the next ">"."""
    while match := _QUOTE_OR_END.search(html, at):
        if match[0] == ">":
            return match.start()
        closed = html.find(match[0][-1], match.end(), match.end() + 100_000)
        at = match.end() if closed < 0 else closed + 1
    return len(html)


def _after_raw(html: str, name: str, at: int) -> int:
    match = re.compile(rf"</{name}\b[^>]{{0,200}}>", re.IGNORECASE).search(html, at)
    return match.end() if match else len(html)
