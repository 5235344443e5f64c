"""What every reader returns: words with their places, lines of text, grids of cells."""

from __future__ import annotations

from dataclasses import dataclass

from core.inbound.reading import Evidence
from core.inbound.values import Finding
from core.values import Box

NOWHERE = Evidence()


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a page (`box` in points from the top left) or of a text (`span` in characters, page 0).

    score: how sure the reading of its letters is; below 1 only where they were read from a picture.
    """

    text: str
    page: int
    box: Box
    size: float = 0.0
    bold: bool = False
    span: tuple[int, int] | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line, or the edge of a drawn rectangle; horizontal when `bottom - top` is the smaller side."""

    page: int
    box: Box

    @property
    def horizontal(self) -> bool:
        return self.box.x1 - self.box.x0 >= self.box.bottom - self.box.top


@dataclass(frozen=True, slots=True)
class Shown:
    """How a page read from its picture is shown: its size in points, and the way from our places to its places.

    back: (a, b, c, d, e, f) with x' = a x + b y + c and y' = d x + e y + f.
    """

    width: float
    height: float
    back: tuple[float, float, float, float, float, float]

    def box(self, box: Box) -> Box:
        a, b, c, d, e, f = self.back
        corners = [(x, y) for x in (box.x0, box.x1) for y in (box.top, box.bottom)]
        xs = [a * x + b * y + c for x, y in corners]
        ys = [d * x + e * y + f for x, y in corners]
        return Box(
            max(min(xs), 0.0),
            max(min(ys), 0.0),
            min(max(xs), self.width),
            min(max(ys), self.height),
        )


@dataclass(frozen=True, slots=True, eq=False)
class PageLayout:
    """One page: number from 1, size in points, its words in reading order and its ruling lines.

    A page is only the same as itself, so that what is worked out of it can be kept.
    shown: of pages read from a picture, which was turned upright and straightened first.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...] = ()
    rules: tuple[Rule, ...] = ()
    shown: Shown | None = None


@dataclass(frozen=True, slots=True)
class TextLine:
    """One row of text. `words` carry places on a page; texts without pages have the line's own span in `evidence`."""

    text: str
    evidence: Evidence
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid; "" when empty. Rows of a cell are joined with newlines."""

    text: str
    evidence: Evidence = NOWHERE


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it stands in the document, header rows included; every row has the same number of cells.

    page: 0 when the document has no pages. title: sheet name, caption or "".
    """

    part: int
    page: int
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader found in one part.

    kind: "pdf", "text", "html", "sheet", "image". lines: the whole text in reading order, tables included.
    grids: tables, in reading order. pages: layouts of paged parts.
    plain: what a person may look through where the part itself carries no text and has no pages; spans point into it.
    """

    part: int
    kind: str
    lines: tuple[TextLine, ...] = ()
    grids: tuple[Grid, ...] = ()
    pages: tuple[PageLayout, ...] = ()
    findings: tuple[Finding, ...] = ()
    plain: str = ""

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)
