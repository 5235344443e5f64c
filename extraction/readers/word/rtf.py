"""RTF (1.9.1) as a flow of paragraphs and tables; pictures, objects, fields' codes and deleted text are left out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.errors import Unreadable
from extraction.readers.word.flow import (
    MAX_BLOCKS,
    MAX_CHARACTERS,
    SIZE,
    Block,
    Paragraph,
    Run,
    Table,
    TableCell,
)
from extraction.readers.word.rtf_tokens import Token, tokens

_DEEPEST = 500
_SKIPPED_GROUPS = (
    "fonttbl colortbl stylesheet info pict object fldinst filetbl listtable listoverridetable revtbl rsidtbl generator"
    " datastore themedata colorschememapping latentstyles xmlnstbl nonshppict footnote annotation atnid atnauthor"
    " bkmkstart bkmkend mmathPr userprops headerf footerf headerl footerl template do shpinst"
)
_SKIPPED = frozenset(_SKIPPED_GROUPS.split())
_TEXT_IN = frozenset(
    ("shptxt", "shppict")
)  # groups of their own inside of skipped ones that hold text
_SIGNS = {
    "par": "\n", "line": "\n", "tab": "\t", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘",
    "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_CHARSETS = {
    0: "cp1252", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5hkscs", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _State:
    """What a group sets for itself. skips: characters that stand behind a \\u for old readers."""

    skipped: bool = False
    bold: bool = False
    size: float = SIZE
    gone: bool = False
    charset: str = "cp1252"
    skips: int = 1


def blocks(content: bytes) -> list[Block]:
    """Raises Unreadable "document-broken"."""
    if not content.lstrip().startswith(b"{\\rtf"):
        raise Unreadable("document-broken", "The RTF is damaged and cannot be read.")
    return _Reader().read(content)


class _Reader:
    def __init__(self) -> None:
        self._state, self._stack = _State(), list[_State]()
        self._out: list[Block] = []
        self._runs: list[Run] = []
        self._cell: list[Block] = []
        self._row: dict[int, TableCell] = {}
        self._edges: list[float] = []
        self._in_table = False
        self._bytes = bytearray()
        self._to_skip = self._characters = 0
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._starts = False  # at the first word of a group
        self._ansi = "cp1252"

    def read(self, content: bytes) -> list[Block]:
        in_fonts = 0  # depth of the font table, 0 outside
        for token in tokens(content):
            if self._characters > MAX_CHARACTERS or len(self._out) > MAX_BLOCKS:
                break
            if token.kind == "open":
                self._flush()
                if len(self._stack) > _DEEPEST:
                    break
                self._stack.append(self._state)
                self._starts = True
                continue
            if token.kind == "close":
                self._flush()
                if len(self._stack) == in_fonts:
                    in_fonts = 0
                self._state = self._stack.pop() if self._stack else _State()
                self._starts = False
                continue
            if token.kind == "word" and token.name == "fonttbl":
                in_fonts = len(self._stack)
            if in_fonts and token.kind == "word":
                self._note_font(token)
            self._take(token)
        self._flush()
        self._paragraph()
        self._end_row(force=bool(self._row))
        return self._out

    def _note_font(self, token: Token) -> None:
        if token.name == "f":
            self._font = token.number or 0
        elif token.name == "fcharset":
            self._fonts[self._font] = _CHARSETS.get(token.number or 0, "")

    def _take(self, token: Token) -> None:
        starts, self._starts = self._starts, False
        if token.kind == "byte":
            self._put(token.raw)
        elif token.kind == "symbol":
            if token.name == "*" and starts:
                self._state = replace(self._state, skipped=True)
                self._starts = True
            elif token.name in ("~", "_"):
                self._say(" " if token.name == "~" else "-")
            elif token.name in "\\{}":
                self._put(token.name.encode())
        elif starts and token.name in _SKIPPED:
            self._state = replace(self._state, skipped=True)
        elif token.name in _TEXT_IN:
            self._state = replace(self._state, skipped=False)
        elif not self._state.skipped:
            self._word(token)

    def _word(self, token: Token) -> None:
        name, number = token.name, token.number
        if name == "u" and number is not None:
            self._say(chr(number % 65536))
            self._to_skip = self._state.skips
        elif name in _SIGNS and name != "par":
            self._say(_SIGNS[name])
        elif name == "par":
            self._flush()
            self._paragraph()
        elif name in _TABLE_WORDS:
            self._flush()
            self._table_word(name, number)
        else:
            self._flush()
            self._state = self._marked(name, number)

    def _marked(self, name: str, number: int | None) -> _State:
        state, on = self._state, number != 0
        if name == "plain":
            return replace(state, bold=False, size=SIZE, gone=False)
        if name == "b":
            return replace(state, bold=on)
        if name in ("v", "deleted"):
            return replace(state, gone=on)
        if name == "fs" and number:
            return replace(state, size=min(max(number / 2, 4.0), 72.0))
        if name == "uc":
            return replace(state, skips=min(max(number or 0, 0), 8))
        if name == "ansicpg" and number in (*range(1250, 1259), 874, 932, 936, 949, 950, 437, 850):
            self._ansi = f"cp{number}"
            return replace(state, charset=self._ansi)
        if name in ("f", "deff") and number is not None:
            return replace(state, charset=self._fonts.get(number) or self._ansi)
        return state

    def _table_word(self, name: str, number: int | None) -> None:
        if name == "trowd":
            self._edges = []
        elif name == "cellx" and len(self._edges) < 250:
            self._edges.append((number or 0) / 20)
        elif name == "intbl":
            self._in_table = True
        elif name in ("cell", "nestcell"):
            self._paragraph(in_cell=True)
            if len(self._row) < 250:
                self._row[len(self._row)] = TableCell(self._cell)
            self._cell = []
        elif name in ("row", "nestrow"):
            self._end_row(force=True)
        elif name == "pard":
            self._in_table = False

    def _end_row(self, force: bool) -> None:
        if not (force and self._row):
            return
        last = self._out[-1] if self._out else None
        widths = tuple(b - a for a, b in zip([0.0, *self._edges], self._edges, strict=False))
        fits = len(widths) == len(self._row) and all(w > 5 for w in widths)
        if not isinstance(last, Table) or (fits and last.widths and last.widths != widths):
            last = Table(widths=widths if fits else (), ruled=True)
            self._out.append(last)
        last.rows.append(self._row)
        self._row = {}

    def _paragraph(self, in_cell: bool = False) -> None:
        paragraph = Paragraph(tuple(self._runs))
        self._runs = []
        if in_cell or self._in_table or self._row:
            self._cell.append(paragraph)
        else:
            self._out += [*self._cell, paragraph]
            self._cell = []

    def _put(self, raw: bytes) -> None:
        if self._to_skip:
            skipped = min(self._to_skip, len(raw))
            self._to_skip -= skipped
            raw = raw[skipped:]
        if not (self._state.skipped or self._state.gone):
            self._bytes += raw

    def _say(self, text: str) -> None:
        self._flush()
        if not (self._state.skipped or self._state.gone):
            self._runs.append(Run(text, self._state.bold, self._state.size))
            self._characters += len(text)

    def _flush(self) -> None:
        """The bytes collected so far become text in the charset of their font."""
        if self._bytes:
            text = bytes(self._bytes).decode(self._state.charset, "replace")
            self._bytes = bytearray()
            self._runs.append(Run(text, self._state.bold, self._state.size))
            self._characters += len(text)


_TABLE_WORDS = frozenset(("trowd", "cellx", "intbl", "cell", "nestcell", "row", "nestrow", "pard"))
