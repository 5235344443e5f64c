"""Where on a document a value really stands, however it is printed there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from extraction.document import Document
from extraction.fields import dates, numbers
from extraction.page.segments import Row, Segment

DAYS = frozenset({"order_date", "requested_date"})
NUMBERS = frozenset({"quantity", "unit_price", "amount", "subtotal", "tax", "freight", "total"})
MAX_SPOTS = 40
MAX_ROWS = 12
ASIDE = 14.0


@dataclass(frozen=True)
class Spot:
    """Words that say a value: rows[0] stands in segment `index` of canvas row `row`, from character `start` to `end`.

    last: the canvas row of the last piece.
    """

    row: int
    index: int
    start: int
    end: int
    rows: tuple[Segment, ...]
    last: int


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """Letters and figures only, lower case, without accents."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", "", plain.casefold())


def agrees(name: str, wanted: str, given: str) -> bool:
    """Whether two values of a field are the same: numbers by value, other texts by their letters and figures."""
    if wanted == given:
        return True
    if name in NUMBERS:
        try:
            return Decimal(wanted) == Decimal(given)
        except InvalidOperation:
            return False
    return folded(wanted) == folded(given)


def spots(document: Document, name: str, value: str) -> list[Spot]:
    """Every place that says the value, top to bottom; none when it stands nowhere."""
    if not value.strip():
        return []
    look = _days if name in DAYS else _numbers if name in NUMBERS else _texts
    found = []
    for spot in look(document, value):
        found.append(spot)
        if len(found) >= MAX_SPOTS:
            break
    return found


def _days(document: Document, value: str) -> Iterator[Spot]:
    try:
        wanted = date.fromisoformat(value[:10])
    except ValueError:
        return
    for number, index, segment in _segments(document.canvas.rows):
        if len(segment.text) > 400:
            continue
        for day in dates.find(segment.text, document.near):
            words = segment.cut(day.start, day.end) if wanted in day.readings else None
            if words:
                yield Spot(number, index, day.start, day.end, (words,), number)


def _numbers(document: Document, value: str) -> Iterator[Spot]:
    try:
        wanted = Decimal(value)
    except InvalidOperation:
        return
    other = numbers.Style("," if document.number_style.decimal == "." else ".")
    for number, index, segment in _segments(document.canvas.rows):
        if len(segment.text) > 400:
            continue
        for start, end in _figures(segment.text):
            text = segment.text[start:end]
            read = (numbers.parse(text, style) for style in (document.number_style, other))
            if wanted in read and (words := segment.cut(start, end)):
                yield Spot(number, index, start, end, (words,), number)


_FIGURE = re.compile(
    r"(?<![\w.,])\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+)?(?!\d)|(?<![\d.,])\d[\d.,']*\d|\d"
)


def _figures(text: str) -> Iterator[tuple[int, int]]:
    for match in _FIGURE.finditer(text):
        yield match.span()


def _texts(document: Document, value: str) -> Iterator[Spot]:
    wanted = folded(value)
    if not wanted:
        return
    rows = document.canvas.rows
    for number, index, segment in _segments(rows):
        at = 0
        for place, word in enumerate(segment.words):
            spot = _from_word(rows, number, index, place, at, wanted)
            if spot:
                yield spot
            at += len(word.text) + 1


def _from_word(
    rows: Sequence[Row], number: int, index: int, place: int, at: int, wanted: str
) -> Spot | None:
    """The value read from this word on, over the rows below in the same column when it goes on."""
    segment = rows[number].segments[index]
    first = folded(segment.words[place].text)
    if not first or not (wanted.startswith(first) or first.startswith(wanted)):
        return _inside(segment, number, index, place, at, wanted)
    pieces, said, row = [], "", number
    while True:
        words = segment.words[place:] if row == number else segment.words
        taken = []
        for word in words:
            more = folded(word.text)
            if not wanted.startswith(said + more):
                break
            said += more
            taken.append(word)
            if said == wanted:
                break
        if not taken:
            return None
        pieces.append(Segment(segment.part, tuple(taken)))
        if said == wanted:
            break
        if len(taken) < len(words) or len(pieces) >= MAX_ROWS:
            return None
        found = _continued(rows, row, pieces[0], wanted[len(said) :])
        if found is None:
            return None
        row, segment = found
    end = at + len(pieces[0].text)
    return Spot(number, index, at, end, tuple(pieces), row)


def _inside(
    segment: Segment, number: int, index: int, place: int, at: int, wanted: str
) -> Spot | None:
    """A value that is glued to other letters in one word ("#4711", "Nr.4711")."""
    text = segment.words[place].text
    if len(wanted) < 3 or wanted not in folded(text):
        return None
    inner = re.search(r"[\W_]*".join(map(re.escape, wanted)), text, re.IGNORECASE)
    if inner is None:
        return None
    start, end = at + inner.start(), at + inner.end()
    words = segment.cut(start, end)
    return Spot(number, index, start, end, (words,), number) if words else None


def _continued(
    rows: Sequence[Row], row: int, first: Segment, rest: str
) -> tuple[int, Segment] | None:
    """The segment of one of the next rows that stands in the column of `first` and goes on with `rest`."""
    for number in range(row + 1, min(row + 4, len(rows))):
        if rows[number].page != first.page:
            return None
        for segment in rows[number].segments:
            said = folded(segment.words[0].text)
            near = abs(segment.box.x0 - first.box.x0) < ASIDE or (
                abs(segment.box.x0 + segment.box.x1 - first.box.x0 - first.box.x1) < 2 * ASIDE
            )
            if said and near and rest.startswith(said):
                return number, segment
    return None


def _segments(rows: Sequence[Row]) -> Iterator[tuple[int, int, Segment]]:
    for number, row in enumerate(rows):
        for index, segment in enumerate(row.segments):
            yield number, index, segment
