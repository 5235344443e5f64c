"""The text of a mail cut into what is read at once: list items with what is wrapped under them, and sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extraction.fields.courtesies import asks_or_thanks, is_sign_off
from extraction.page.layout import TextLine

MAX_ROWS = 60
MAX_TEXT = 4_000
FULL_ROW = 45
BULLET = re.compile(
    r"^\s*(?:[-*•·–—>+o]\s+|(?P<number>\d{1,3})[.)]\s+|#(?P<hash>\d{1,3})[.:)]?\s+|(?:pos|item|line|position|ligne|riga|regel)\.?\s*(?P<pos>\d{1,4})\s*[:.)-]\s*)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[\w)])[.!?](?=\s+(?!KW\b|Kalenderwoche)[A-ZÀ-Ü])|\?(?=\s)|\n")
_SHORT_WORDS = """
loc st ctra avda pol ind no nr n ref réf rif art cod cód cat mod pos av col hd attn mr mrs ms dr prof hr fr herr sr sra dott sig dhr mevr
str approx incl inkl excl ca bzw zzgl max min ext int tel fax abs bd boul sen jr stk stck btl pkg pck kart ktn dz doz uds ud pz pzs cad
fig num núm n° nº rte blvd ave rd ste apt bldg dept mat best bestell lfd lfdm
"""
SHORT_WORDS = frozenset(_SHORT_WORDS.split())
"""Words that are cut short with a point, which ends no sentence."""
_OF_ITEM = re.compile(
    r"\s*(?:qty|quantity|menge|anzahl|stückzahl|quantité|qté|cantidad|cant|quantità|qtà|aantal|(?:unit |net )?price|(?:einzel|stück)?preis|prix(?: unitaire)?|precio(?: unitario)?|prezzo(?: unitario)?|prijs|part (?:no|number)|sku|code|ref|art(?:ikel|icle)?)\b[.\w ]{0,8}:",
    re.IGNORECASE,
)
"""What is told of an item on rows of its own."""


@dataclass(frozen=True)
class Passage:
    """An item or sentence; `start` is the place of its first character in the part's text."""

    text: str
    start: int
    listed: bool
    breaks: tuple[int, ...] = ()
    """Where in the text another row begins."""


def never(text: str) -> bool:
    return False


def passages(lines: Sequence[TextLine], opens: Callable[[str], bool] = never) -> Iterator[Passage]:
    """List rows with what is wrapped under them; other rows joined to paragraphs and cut into sentences.

    opens: whether a row without a bullet begins an item all the same.
    """
    pending: list[TextLine] = []
    listed = False
    for line in lines:
        item = bool(BULLET.match(line.text)) or opens(line.text.strip())
        near = bool(pending) and _adjacent(pending[-1], line)
        closes = listed and (_closes_item(line.text) or not _wrapped(pending, line))
        full = len(pending) >= MAX_ROWS or sum(len(row.text) for row in pending) > MAX_TEXT
        if item or not near or full or closes:
            yield from _flush(pending, listed)
            pending, listed = [line], item
        else:
            pending.append(line)
    yield from _flush(pending, listed)


def _wrapped(item: Sequence[TextLine], line: TextLine) -> bool:
    """Whether a row goes on with an item: it is indented, tells of it, or the row before was full."""
    indented = _indent(line) > _indent(item[0])
    return (
        indented
        or len(item) > 1
        or bool(_OF_ITEM.match(line.text))
        or len(item[-1].text) >= FULL_ROW
        or not _plain_row(line.text)
    )


def _plain_row(text: str) -> bool:
    """Words alone, without a figure or mark that would tell of goods."""
    return bool(re.fullmatch(r"[^\d()@€$£:]{2,60}", text.strip()))


def _adjacent(upper: TextLine, lower: TextLine) -> bool:
    """Whether two lines follow each other with no blank line between."""
    a, b = upper.evidence.span, lower.evidence.span
    return a is not None and b is not None and b[0] - a[1] <= 1


def is_short_word(before: str) -> bool:
    """Whether a text ends with a word that is cut short by the point behind it."""
    word = re.search(r"([^\W\d_]+[°º]?)$", before)
    if word is None:
        return bool(re.search(r"[\s.]\d$", before))
    initial = len(word[1]) == 1 and not re.search(r"\d\s?\w$", before)
    return initial or word[1].lower() in SHORT_WORDS


def _closes_item(text: str) -> bool:
    if _OF_ITEM.match(text):
        return False
    labelled = re.match(r"\s*[A-ZÄÖÜ][\w ]{1,30}:\s", text)
    return bool(labelled) or asks_or_thanks(text) or is_sign_off(text)


def _flush(lines: list[TextLine], listed: bool) -> Iterator[Passage]:
    if not lines or lines[0].evidence.span is None:
        return
    text, start = _joined(lines), lines[0].evidence.span[0] + _indent(lines[0])
    breaks = tuple((ln.evidence.span or (0, 0))[0] + _indent(ln) - start for ln in lines[1:])
    if listed:
        yield Passage(text, start, True, breaks)
        return
    ends = [
        found.end()
        for found in _SENTENCE_END.finditer(text)
        if found[0] != "." or not is_short_word(text[max(found.start() - 40, 0) : found.start()])
    ]
    for at, end in pairwise([0, *ends, *([len(text)] if not ends or ends[-1] < len(text) else [])]):
        yield Passage(
            text[at:end], start + at, False, tuple(b - at for b in breaks if at < b < end)
        )


def _indent(line: TextLine) -> int:
    span = line.evidence.span or (0, 0)
    first = line.words[0].span if line.words else None
    return first[0] - span[0] if first else 0


def _joined(lines: list[TextLine]) -> str:
    """The lines as one text whose characters keep their distance from the first one's start."""
    first = lines[0].evidence.span or (0, 0)
    base = first[0] + _indent(lines[0])
    text = lines[0].text
    for line in lines[1:]:
        start = (line.evidence.span or (0, 0))[0] + _indent(line) - base
        text = text.ljust(start) + line.text
    return text
