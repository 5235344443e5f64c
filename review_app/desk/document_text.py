"""The text of a part as a person may read it; the markup of a mail is never shown raw."""

from __future__ import annotations

import nh3

from core.inbound.documents import PartView
from extraction.readers.html import plain_text, read

LARGEST_TEXT = 2_000_000
LARGEST_MARKUP = 500_000
MOST_TAGS = 20_000

# No images, forms, styles, svg or math: nothing that loads, asks or hides.
TAGS = {
    "a", "b", "blockquote", "br", "caption", "code", "div", "em", "h1", "h2", "h3", "h4", "hr", "i",
    "li", "ol", "p", "pre", "s", "small", "span", "strong", "sub", "sup", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
ATTRIBUTES = {"td": {"colspan", "rowspan", "align"}, "th": {"colspan", "rowspan", "align"}}


def shown_text(part: PartView) -> str:
    """Text parts as they are, HTML as its words (places point into these), "" for what is not text."""
    if part.text is None:
        return ""
    if part.content_type != "text/html":
        return part.text[:LARGEST_TEXT]
    return plain_text(part.text) if len(part.text) <= LARGEST_TEXT else ""


def empty_cells(part: PartView) -> dict[int, int]:
    """Where in the shown text of an HTML part a cell starts that has empty ones before it, and how many."""
    if part.content_type != "text/html" or not part.text or len(part.text) > LARGEST_TEXT:
        return {}
    found: dict[int, int] = {}
    for grid in read(part.text, part.number).grids:
        for row in grid.rows:
            empty = 0
            for cell in row:
                if cell.evidence.span is None or not cell.text:
                    empty += 1
                    continue
                if empty:
                    found[cell.evidence.span[0]] = empty
                empty = 0
    return found


def is_too_tangled(markup: str) -> bool:
    """Whether cleaning it could take longer than a page may; such a mail is shown as text only."""
    return len(markup) > LARGEST_MARKUP or markup.count("<") > MOST_TAGS or _most_attributes(markup)


def cleaned(markup: str) -> str:
    """The mail's HTML without anything that runs, loads, asks or leaves; for a sandboxed frame only."""
    return nh3.clean(
        markup,
        tags=TAGS,
        clean_content_tags={"script", "style", "title", "svg", "math", "template", "noscript"},
        attributes=ATTRIBUTES,
        url_schemes=set(),
        strip_comments=True,
        link_rel=None,
    )


def _most_attributes(markup: str) -> bool:
    return any(tag.split(">", 1)[0].count("=") > 200 for tag in markup.split("<"))
