"""Letters of a PDF page put into words: overprints removed, lines found, cut at gaps, wide-set letters joined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from operator import attrgetter, itemgetter

from core.values import Box
from extraction.layout import Word
from extraction.readers.pdf_glyphs import Glyph

MAX_PAGE_WORDS = 8_000
OVERPRINT = 1.0  # points between a letter and the same letter printed again to make it bold
LINE = 2.0  # points between the tops of neighbours on one line
COLUMN = 3.0  # the same between the letters of a line that runs up or down
GAP = 0.2  # of the size of a letter, after which a new word begins
_BOLD = re.compile(r"bold|black|heavy|semib|demi", re.IGNORECASE)
CLEAN = str.maketrans(
    {
        "\u00ad": "-",
        "\u200b": "",
        "\ufeff": "",
        "\u00a0": " ",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬀ": "ff",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "ﬅ": "st",
        "ﬆ": "st",
    }
)


def words(glyphs: Sequence[Glyph], page: int) -> Iterator[Word]:
    """The words of a page, in the order of its drawing; letters that the file has no text for are left out."""
    bold: dict[str, bool] = {}
    found = [word for run in _runs(_once(glyphs)) for word in _cut(run)]
    for word in _despaced(found[:MAX_PAGE_WORDS]):
        text = word.text.translate(CLEAN).strip()
        if text:
            if word.font not in bold:
                bold[word.font] = bool(_BOLD.search(word.font))
            box = Box(word.x0, word.top, word.x1, word.bottom)
            yield Word(text, page, box, word.size, bold[word.font])


def _once(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The letters without those printed again on (nearly) the same place."""
    alike: dict[tuple[str, float, str, bool], list[int]] = {}
    for number, glyph in enumerate(glyphs):
        alike.setdefault((glyph.text, glyph.size, glyph.font, glyph.upright), []).append(number)
    again: set[int] = set()
    for numbers in alike.values():
        if len(numbers) > 1:
            placed = [(glyphs[n].top, glyphs[n].x0, n) for n in numbers]
            for line in _clusters(placed, 0, OVERPRINT):
                if len(line) > 1:
                    for same in _clusters(line, 1, OVERPRINT):
                        again.update(n for _, _, n in same)
                        again.discard(min(same)[2])
    return [glyph for number, glyph in enumerate(glyphs) if number not in again]


def _clusters(
    items: Sequence[tuple[float, float, int]], key: int, tolerance: float
) -> Iterator[list[tuple[float, float, int]]]:
    """Items in order of a key, parted where two neighbours are further from each other than `tolerance`."""
    group: list[tuple[float, float, int]] = []
    for item in sorted(items, key=itemgetter(key)):
        if group and item[key] > group[-1][key] + tolerance:
            yield group
            group = []
        group.append(item)
    yield group


def _runs(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Letters of one font and size drawn one after the other, by line, each line in reading order."""
    for (upright, _, _), same in groupby(glyphs, key=attrgetter("upright", "font", "size")):
        yield from _lines(list(same), upright)


def _lines(glyphs: list[Glyph], upright: bool) -> Iterator[list[Glyph]]:
    across, along = (_top, _left) if upright else (_left, _top)
    tolerance = LINE if upright else COLUMN
    places = [across(glyph) for glyph in glyphs]
    if max(places) - min(places) <= tolerance:
        yield sorted(glyphs, key=along)
        return
    line: list[Glyph] = []
    for glyph in sorted(glyphs, key=across):
        if line and across(glyph) > across(line[-1]) + tolerance:
            yield sorted(line, key=along)
            line = []
        line.append(glyph)
    yield sorted(line, key=along)


_top = attrgetter("top")
_left = attrgetter("x0")


def _cut(line: list[Glyph]) -> Iterator[Glyph]:
    """The words of a line, each as one large letter."""
    word: list[Glyph] = []
    for glyph in line:
        if glyph.text.isspace():
            if word:
                yield _merged(word)
                word = []
        elif word and _apart(word[-1], glyph):
            yield _merged(word)
            word = [glyph]
        else:
            word.append(glyph)
    if word:
        yield _merged(word)


def _apart(before: Glyph, glyph: Glyph) -> bool:
    if glyph.upright:
        return (
            glyph.x0 > before.x1 + GAP * before.size
            or glyph.x0 < before.x0
            or abs(glyph.top - before.top) > LINE
        )
    return (
        glyph.top > before.bottom + LINE
        or glyph.top < before.top
        or abs(glyph.x0 - before.x0) > GAP * before.size
    )


def _merged(word: Sequence[Glyph]) -> Glyph:
    first = word[0]
    if len(word) == 1:
        return first
    return Glyph(
        "".join([g.text for g in word]),
        min([g.x0 for g in word]),
        min([g.top for g in word]),
        max([g.x1 for g in word]),
        max([g.bottom for g in word]),
        first.size,
        first.font,
        first.upright,
    )


def _despaced(words: list[Glyph]) -> list[Glyph]:
    """Rows of single letters set wide apart ("O R D E R") joined into words again."""
    out: list[Glyph] = []
    run: list[Glyph] = []
    for word in words:
        single = len(word.text) == 1 and word.text.isalpha()
        if single and (not run or _follows(run[-1], word)):
            run.append(word)
            continue
        out.extend(_joined(run) if len(run) >= 4 else run)
        run = [word] if single else []
        if not single:
            out.append(word)
    out.extend(_joined(run) if len(run) >= 4 else run)
    return out


def _follows(before: Glyph, word: Glyph) -> bool:
    return abs(word.top - before.top) < 2 and 0 <= word.x0 - before.x1 < 1.6 * word.size


def _joined(run: list[Glyph]) -> Iterator[Glyph]:
    gaps = sorted(b.x0 - a.x1 for a, b in pairwise(run))
    usual = gaps[len(gaps) // 2]
    word = [run[0]]
    for before, letter in pairwise(run):
        if letter.x0 - before.x1 > usual * 1.6 + 1:
            yield _merged(word)
            word = []
        word.append(letter)
    yield _merged(word)
