"""Letters of a PDF page put into words: overprints removed, lines found, cut at gaps, wide-set letters joined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from operator import attrgetter, itemgetter

from core.values import Box
from extraction.page.layout import Word
from extraction.readers.pdf_fonts import Style
from extraction.readers.pdf_glyphs import Glyph

Place = tuple[float, float, int]  # top, left side, number

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
            size, font, _ = word.style
            if font not in bold:
                bold[font] = bool(_BOLD.search(font))
            yield Word(text, page, Box(*word[1:5]), size, bold[font])


def _once(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    """The letters without those printed again on (nearly) the same place."""
    alike: dict[Style, dict[str, list[Place]]] = {}
    for style, run in groupby(enumerate(glyphs), key=lambda item: item[1].style):
        letters = alike.setdefault(style, {})
        for number, (text, x0, top, *_) in run:
            if text in letters:
                letters[text].append((top, x0, number))
            else:
                letters[text] = [(top, x0, number)]
    again = {
        number
        for letters in alike.values()
        for places in letters.values()
        if len(places) > 1
        for number in _again(places)
    }
    return [g for n, g in enumerate(glyphs) if n not in again] if again else glyphs


def _again(places: list[Place]) -> Iterator[int]:
    """The numbers of those that stand on the place of another one."""
    places.sort()
    if not any(
        b[0] - a[0] <= OVERPRINT and (b[0] != a[0] or b[1] - a[1] <= OVERPRINT)
        for a, b in pairwise(places)
    ):
        return
    for line in _clusters(places, 0):
        for same in _clusters(line, 1):
            yield from (number for _, _, number in sorted(same)[1:])


def _clusters(places: Iterable[Place], key: int) -> Iterator[list[Place]]:
    """Places in order of a key, parted where two neighbours are further apart than an overprint."""
    group: list[Place] = []
    for place in sorted(places, key=itemgetter(key)):
        if group and place[key] > group[-1][key] + OVERPRINT:
            yield group
            group = []
        group.append(place)
    yield group


def _runs(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Letters of one font and size drawn one after the other, by line, each line in reading order."""
    for style, same in groupby(glyphs, key=attrgetter("style")):
        yield from _lines(list(same), style.upright)


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


_left = itemgetter(1)
_top = itemgetter(2)


def _cut(line: list[Glyph]) -> Iterator[Glyph]:
    """The words of a line, each as one large letter."""
    size, _, upright = line[0].style
    apart = _apart if upright else _apart_upwards
    gap = GAP * size
    word: list[Glyph] = []
    for glyph in line:
        if glyph[0].isspace():
            if word:
                yield _merged(word)
                word = []
        elif word and apart(word[-1], glyph, gap):
            yield _merged(word)
            word = [glyph]
        else:
            word.append(glyph)
    if word:
        yield _merged(word)


def _apart(before: Glyph, glyph: Glyph, gap: float) -> bool:
    _, x0, top, x1, _, _ = before
    _, left, head, _, _, _ = glyph
    return left > x1 + gap or left < x0 or not -LINE <= head - top <= LINE


def _apart_upwards(before: Glyph, glyph: Glyph, gap: float) -> bool:
    below = glyph.top > before.bottom + LINE or glyph.top < before.top
    return below or abs(glyph.x0 - before.x0) > gap


def _merged(word: Sequence[Glyph]) -> Glyph:
    if len(word) == 1:
        return word[0]
    texts, lefts, tops, rights, bottoms, styles = zip(*word, strict=True)
    return Glyph("".join(texts), min(lefts), min(tops), max(rights), max(bottoms), styles[0])


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
    return abs(word.top - before.top) < 2 and 0 <= word.x0 - before.x1 < 1.6 * word.style.size


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
