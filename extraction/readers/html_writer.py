"""Writes rendered text word by word and knows at each moment where it is."""

from __future__ import annotations

from dataclasses import dataclass, field

INVISIBLE = str.maketrans("", "", "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f")
"""Characters of no width, which would part words that look whole."""


@dataclass(slots=True)
class RenderedCell:
    """Where a cell stands in the text; `breaks` are places of its inner line ends, shown as blanks."""

    start: int
    end: int = 0
    breaks: list[int] = field(default_factory=list)


class Writer:
    """Collects words; blanks, tabs and line ends are only written once a word follows."""

    def __init__(self) -> None:
        self.length = 0
        self.quotes = 0
        self.cell: RenderedCell | None = None
        self._parts: list[str] = []
        self._pending = ""

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def gap(self, kind: str) -> None:
        """Ask for " ", "\\t", "\\n" or "\\n\\n" before the next word; the strongest asked wins."""
        if _STRENGTH[kind] > _STRENGTH[self._pending]:
            self._pending = kind

    def words(self, text: str | None) -> None:
        if not text:
            return
        text = text.translate(INVISIBLE)
        if text[:1].isspace():
            self.gap(" ")
        for word in text.split():
            self._word(word)
            self.gap(" ")
        if text and not text[-1].isspace() and self._pending == " ":
            self._pending = ""

    def rows(self, text: str | None) -> None:
        """Preformatted text: its line ends count."""
        for n, row in enumerate((text or "").split("\n")):
            if n:
                self.gap("\n")
            self.words(row)

    def open_cell(self) -> RenderedCell:
        self.cell = RenderedCell(-1)
        return self.cell

    def close_cell(self) -> None:
        if self.cell is not None:
            if self.cell.start < 0:
                self.cell.start = self.length
            self.cell.end = self.length
            self._pending = ""
        self.cell = None

    def _word(self, word: str) -> None:
        pending, self._pending = self._pending, ""
        if self.cell is not None and self.cell.start >= 0:
            if "\n" in pending:
                self.cell.breaks.append(self.length)
            pending = " " if pending else ""
        elif not self.length:
            pending = ""
        if self.quotes and (not self.length or "\n" in pending):
            pending += "> " * min(self.quotes, 5)
        self._put(pending)
        if self.cell is not None and self.cell.start < 0:
            self.cell.start = self.length
        self._put(word)

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self.length += len(text)


_STRENGTH = {"": 0, " ": 1, "\t": 2, "\n": 3, "\n\n": 4}
