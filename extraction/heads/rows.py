"""Which rows head a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from extraction.code_labels import code_label
from extraction.fields import dates
from extraction.heads.cells import parted
from extraction.heads.values import CORE, NAMING, rise
from extraction.heads.wording import exact_role, role_of
from extraction.page.segments import PlacedWord, Row, Segment
from extraction.vocabulary import clipped_role, is_column_word, tokens

LEAST_TITLES = 4
_OVER_TABLE = re.compile(
    r"(?:order(?:ed)? |line |purchase )(?:items?|lines|details)|items(?: ordered)?|(?:bestell)?positionen|artikelliste"
    r"|articles(?: commandés)?|lignes de commande|detalle(?: del pedido)?|l[ií]neas(?: del? pedido)?|articoli|orderregels",
    re.IGNORECASE,
)
"""Titles over a whole table, which head none of its columns."""
_FIGURE = re.compile(r"[€$£]? ?\d[\d.,' ]*%?")
_COUNTED = re.compile(r"\(\d{1,2}\)")
_TOLD = re.compile(r"[\w.]\s?:\s*[\w./-]*\d{3}")  # "Order no.: OC-3310" tells a value


def is_head_row(row: Row) -> bool:
    """Whether most words of the row are words of column heads and hardly any is a figure."""
    named = [_words_of(s.text) for s in _undated(row)]
    words = sum(count for count, _, _ in named)
    in_cells = bool(words) and isinstance(row.segments[0].words[0], PlacedWord)
    if not words or (words > 40 and not in_cells):
        return False
    figures = sum(count for _, count, _ in named) - counting(row)
    if figures > 0.2 * words or (len(row.text) >= 260 and not in_cells):
        return False
    if _is_sentence(row) or any(_TOLD.search(s.text) for s in row.segments):
        return False
    known = sum(count for _, _, count in named)
    if figures == 0 and known < words:
        known += sum(_clipped(s) for s in row.segments)
    return known >= 0.6 * words or _names_columns(row)


@lru_cache(maxsize=4096)
def _words_of(title: str) -> tuple[int, int, int]:
    """How many words a text has, how many of them are figures, and how many are words of column heads."""
    words = [t.text for t in tokens(_COUNTED.sub(" ", parted(title)))]
    known = [is_column_word(w) for w in words]
    figures = sum(any(c.isdigit() for c in w) and not k for w, k in zip(words, known, strict=True))
    return len(words), figures, sum(known)


def _is_sentence(row: Row) -> bool:
    """One run of words with a full stop, "Same price as last time.", or a labelled part number, though words of it head columns."""
    if len(row.segments) > 1:
        return False
    text = row.segments[0].text
    if _OVER_TABLE.fullmatch(text):
        return True
    label = code_label(text)
    named = label is not None and bool(re.search(r"\d{3}", text[label.end :]))
    return named or (text.endswith((".", "!", "?")) and len(text.split()) >= 4)


def _undated(row: Row) -> list[Segment]:
    """The segments of a row without the days that head columns of their own: three or more, beside other heads."""
    if len(row.segments) < 5:
        return list(row.segments)
    dated = [s for s in row.segments if len(s.text) <= 16 and dates.find(s.text)]
    if len(dated) < 3 or len(row.segments) - len(dated) < 2:
        return list(row.segments)
    return [s for s in row.segments if s not in dated]


def counting(row: Row) -> int:
    """How many heads are sizes that rise from left to right, "36 38 40 42"; 0 for fewer than four."""
    return rise([int(s.text) for s in row.segments if re.fullmatch(r"\d{1,3}", s.text)])


def _names_columns(row: Row) -> bool:
    """Whether a row of several short texts has enough exact heads among them, whatever the others are."""
    if len(row.segments) < 4 or any(len(s.words) > 5 for s in row.segments):
        return False
    roles = [role for s in row.segments if (role := exact_role(s.text))]
    core, naming = set(roles) & CORE, set(roles) & NAMING
    return len(roles) >= 0.4 * len(row.segments) and len(core) + len(naming) >= 3 and bool(core)


def _clipped(segment: Segment) -> bool:
    words = tokens(segment.text)
    return bool(words) and not is_column_word(words[-1].text) and bool(clipped_role(segment.text))


def stands_over(rows: Sequence[Row], at: int) -> bool:
    """Whether short titles, one of a known kind, stand each over a column of the rows below, in which figures stand.

    What the words of the others mean is then told by what stands under them.
    """
    titles = rows[at].segments
    if not LEAST_TITLES <= len(titles) <= 20 or any(len(s.words) > 4 for s in titles):
        return False
    sizes = counting(rows[at])
    if sum(any(c.isdigit() for c in s.text) for s in titles) - sizes > 1:
        return False
    roles = {role_of(s.text) for s in titles}
    if not roles & CORE or len(roles & (CORE | NAMING)) < 2:
        return False
    below = [r for r in rows[at + 1 : at + 5] if r.page == rows[at].page]
    level = [
        r
        for r in below
        if sum(any(level_with(t, s) or overlaps(t, s) for s in r.segments) for t in titles)
        >= 0.6 * len(titles)
        and sum(_FIGURE.fullmatch(s.text) is not None for s in r.segments) >= 2
    ]
    return len(level) >= 2 or (bool(level) and level[0] is below[0])


def level_with(a: Segment, b: Segment) -> bool:
    left, right = abs(a.box.x0 - b.box.x0), abs(a.box.x1 - b.box.x1)
    middle = abs(a.box.x0 + a.box.x1 - b.box.x0 - b.box.x1) / 2
    return min(left, right, middle) < 4


def overlaps(a: Segment, b: Segment) -> bool:
    return min(a.box.x1, b.box.x1) > max(a.box.x0, b.box.x0)
