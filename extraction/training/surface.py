"""Pages under the pen: pieces of text with what they mean, drawn lines and pictures; made into a PDF or into words with places."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from core.values import Box
from extraction.page.layout import PageLayout, Reading, Rule, Word

Drawing = Callable[[Canvas], None]
LEADING = 1.35
FAMILIES = {
    "sans": ("Helvetica", "Helvetica-Bold"),
    "serif": ("Times-Roman", "Times-Bold"),
    "typed": ("Courier", "Courier-Bold"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One run of text. x: its left edge; top: of its line; label: the entity it is, or ""."""

    page: int
    x: float
    top: float
    text: str
    font: str
    size: float
    bold: bool
    label: str


@dataclass
class Surface:
    """Everything drawn so far, and where the pen stands (points from the top left)."""

    width: float = 595.0
    height: float = 842.0
    margin: float = 40.0
    family: str = "sans"
    size: float = 9.0
    page: int = 1
    top: float = 40.0
    pieces: list[Piece] = field(default_factory=list)
    rules: list[tuple[int, Box]] = field(default_factory=list)
    fills: list[tuple[int, Box, float]] = field(default_factory=list)
    drawings: list[tuple[int, Drawing]] = field(default_factory=list)
    on_new_page: list[Callable[[], None]] = field(default_factory=list)

    @property
    def right(self) -> float:
        return self.width - self.margin

    def measure(self, text: str, bold: bool = False, size: float = 0.0) -> float:
        return float(stringWidth(text, FAMILIES[self.family][bold], size or self.size))

    def write(
        self, x: float, text: str, label: str = "", bold: bool = False, right: bool = False, top: float | None = None, size: float = 0.0
    ) -> float:  # fmt: skip
        """Writes at x (the right edge when `right`); returns where the text ends."""
        size = size or self.size
        width = self.measure(text, bold, size)
        left = x - width if right else x
        if text.strip():
            place = self.top if top is None else top
            font = FAMILIES[self.family][bold]
            self.pieces.append(Piece(self.page, left, place, text, font, size, bold, label))
        return left + width

    def next(self, rows: float = 1.0) -> None:
        self.top += rows * self.size * LEADING

    def rule(self, x0: float, top: float, x1: float, bottom: float) -> None:
        self.rules.append((self.page, Box(x0, top, x1, bottom)))

    def frame(self, x0: float, top: float, x1: float, bottom: float) -> None:
        for edge in (
            (x0, top, x1, top),
            (x0, bottom, x1, bottom),
            (x0, top, x0, bottom),
            (x1, top, x1, bottom),
        ):
            self.rule(*edge)

    def fill(self, x0: float, top: float, x1: float, bottom: float, grey: float) -> None:
        self.fills.append((self.page, Box(x0, top, x1, bottom), grey))

    def new_page(self) -> None:
        self.page += 1
        self.top = self.margin
        for draw in self.on_new_page:
            draw()

    def room(self, points: float) -> None:
        """A new page unless as much is left on this one."""
        if self.top + points > self.height - self.margin:
            self.new_page()

    def wrapped(self, text: str, width: float, most: int = 99) -> list[str]:
        """The text in rows no wider than `width`; what does not fit `most` rows is left out."""
        rows: list[str] = []
        for word in text.split():
            if rows and self.measure(f"{rows[-1]} {word}") <= width:
                rows[-1] = f"{rows[-1]} {word}"
            else:
                rows.append(word)
        return rows[:most]


def pdf_of(surface: Surface) -> bytes:
    """The pages as PDF, the same bytes for the same surface."""
    stream = io.BytesIO()
    pen = Canvas(stream, pagesize=(surface.width, surface.height), invariant=1)
    height = surface.height
    for page in range(1, surface.page + 1):
        for at, box, grey in surface.fills:
            if at == page:
                pen.setFillGray(grey)
                pen.rect(box.x0, height - box.bottom, box.x1 - box.x0, box.bottom - box.top, 0, 1)
        pen.setFillGray(0)
        pen.setLineWidth(0.6)
        for at, box in surface.rules:
            if at == page:
                pen.line(box.x0, height - box.top, box.x1, height - box.bottom)
        for piece in surface.pieces:
            if piece.page == page:
                pen.setFont(piece.font, piece.size)
                pen.drawString(piece.x, height - piece.top - piece.size, piece.text)
        for at, draw in surface.drawings:
            if at == page:
                pen.saveState()
                draw(pen)
                pen.restoreState()
        pen.showPage()
    pen.save()
    return stream.getvalue()


def reading_of(surface: Surface) -> tuple[Reading, dict[tuple[int, float, float], str]]:
    """The words as a reader would find them, and what each is: (page, x0, top) -> entity."""
    layouts, labels = [], {}
    for page in range(1, surface.page + 1):
        found: list[Word] = []
        for piece in surface.pieces:
            if piece.page == page:
                found.extend(_words(piece))
                labels.update({(page, w.box.x0, w.box.top): piece.label for w in _words(piece)})
        rules = tuple(Rule(page, box) for at, box in surface.rules if at == page)
        layouts.append(PageLayout(page, surface.width, surface.height, tuple(found), rules))
    return Reading(1, "pdf", pages=tuple(layouts)), labels


def _words(piece: Piece) -> list[Word]:
    found, x = [], piece.x
    space = float(stringWidth(" ", piece.font, piece.size))
    for text in piece.text.split(" "):
        width = float(stringWidth(text, piece.font, piece.size))
        if text:
            box = Box(x, piece.top, x + width, piece.top + piece.size)
            found.append(Word(text, piece.page, box, piece.size, piece.bold))
        x += width + space
    return found
