"""Captions written downwards, one letter under the other, as forms print VENDOR or SHIP TO beside an address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from core.values import Box
from extraction.page.layout import Rule, Word
from extraction.vocabulary import phrases_of, tokens

LEAST = 4  # letters
BESIDE = 40.0  # points between a caption and the words it captions


def turned(words: Sequence[Word], rules: Sequence[Rule]) -> list[Word]:
    """The words of one page, each known caption of letters below each other as words before the first row it captions."""
    chains = [c for c in _chains([w for w in words if _is_letter(w)]) if _phrase(c)]
    if not chains:
        return list(words)
    taken = {id(w) for chain in chains for w in chain}
    rest = [w for w in words if id(w) not in taken]
    return [*rest, *(w for chain in chains for w in _laid(chain, rest, rules))]


def _is_letter(word: Word) -> bool:
    return len(word.text) == 1 and word.text.isalpha()


def _chains(letters: Sequence[Word]) -> list[list[Word]]:
    chains: list[list[Word]] = []
    for letter in sorted(letters, key=lambda w: w.box.top):
        chain = next((c for c in chains if _follows(c[-1], letter)), None)
        if chain is None:
            chains.append([letter])
        else:
            chain.append(letter)
    return [c for c in chains if len(c) >= LEAST]


def _follows(upper: Word, lower: Word) -> bool:
    height = max(upper.box.bottom - upper.box.top, 4.0)
    middle = abs(upper.box.x0 + upper.box.x1 - lower.box.x0 - lower.box.x1) / 2
    return middle < 3 and 0.4 * height < lower.box.top - upper.box.top < 2.6 * height


@cache
def _squeezed() -> dict[str, str]:
    return {phrase.replace(" ", ""): phrase for phrase in phrases_of("parties")}


def _phrase(chain: Sequence[Word]) -> str:
    joined = "".join(t.text for t in tokens(" ".join(w.text for w in chain)))
    return _squeezed().get(joined, "")


def _laid(chain: Sequence[Word], rest: Sequence[Word], rules: Sequence[Rule]) -> list[Word]:
    """The caption's words side by side in the width of its letters, on the first row of what it stands beside."""
    first = chain[0]
    x0, x1 = min(w.box.x0 for w in chain), max(w.box.x1 for w in chain)
    height = max(first.box.bottom - first.box.top, 4.0)
    near = sorted(
        (w for w in rest if x1 - 1 < w.box.x0 < x1 + BESIDE and w.text.strip()),
        key=lambda w: w.box.top,
    )
    level = min(near, key=lambda w: abs(w.box.top - first.box.top), default=first)
    for word in reversed([w for w in near if w.box.bottom <= level.box.top + 1]):
        ruled = any(
            r.horizontal
            and r.box.x0 <= word.box.x0 <= r.box.x1
            and word.box.bottom - 1 <= r.box.top <= level.box.top + 1
            for r in rules
        )
        if ruled or level.box.top - word.box.bottom > 1.2 * height:
            break
        level = word
    pieces = _phrase(chain).upper().split()
    width = (x1 - x0) / len(pieces)
    return [
        replace(
            first,
            text=piece,
            box=Box(x0 + n * width, level.box.top, x0 + (n + 1) * width, level.box.bottom),
        )
        for n, piece in enumerate(pieces)
    ]
