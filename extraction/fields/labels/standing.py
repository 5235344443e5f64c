"""Which known phrases of a text stand there as labels, rather than as words of a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extraction.fields.labels.wording import labels_in
from extraction.vocabulary import Match

_BEFORE = re.compile(r"(^|[|:;,.•·*()\[\]/>-]\s*|\d\s+|\s[-–]\s*)$")
COLON = re.compile(
    r"\s*[.…_]*\s*(\([^)]{0,14}\))?\s*[:=：]+[-–]?\s*|\s*\.{2,}\s*[:=]?\s*|\s*(?:[._]\s){3,}\s*|\s+[-–—]\s+(?=\S)|\s+(?:is|ist|est|es|è):?\s+(?=\S)"
)
_NUMBERED = re.compile(r"(?:\(?(?:\d{1,2}\s?(?:\(?[a-z]\)|[a-z])?|[a-hA-H])[.)]?)?")
_PLACES = {
    "po box",
    "city",
    "state",
    "zip",
    "country",
    "street",
    "province",
    "building",
    "land",
    "ort",
}


def standing_in(text: str) -> list[Match]:
    """The labels of a text: those that stand alone, and in a chain of labels and values all that are capitalised."""
    every = labels_in(text)
    if len(every) > 1 and nothing_else(text, every):
        return list(every)
    alone = [m for m in every if _stands_alone(text, m)]
    chain = [m for m in every if _strong(m) and text[m.start].isupper() and _free(text, m)]
    if len(chain) < 3 or chain[0].start > 2 or len(alone) >= len(chain):
        return alone
    return sorted({m.start: m for m in (*alone, *chain)}.values(), key=lambda m: m.start)


def _stands_alone(text: str, match: Match) -> bool:
    """A label begins its segment or follows a mark or a figure; inside a sentence only a colon makes it one."""
    before, after = text[: match.start], text[match.end :]
    if match.start and (text[match.start - 1].isalnum() or match.phrase in _PLACES):
        return False
    if re.match(r"[-/_]\w*\d", after):
        return False
    if COLON.match(after):
        named = (
            len(before.split()) <= 3
            and before[:1].isupper()
            and text[match.start].isupper()
            and len(match.phrase) > 3
        )
        return not before.strip() or bool(_BEFORE.search(before)) or named
    if match.phrase == "via" and after.strip():
        return False
    if opens(before):
        return True
    if not after.strip(" :#.") and _BEFORE.search(before) is None:
        return False
    return (
        bool(_BEFORE.search(before))
        and bool(re.match(r"\s*[#:]|\s+\S*\d|\s*$", after))
        and len(match.phrase) > 4
    )


def opens(before: str) -> bool:
    """Whether nothing stands before a label, or only the number that a form gives its boxes ("12.", "17(h)", "a.")."""
    marks = before.strip(" *•-.:[]")
    return not marks.strip("()") or (
        before.endswith(" ") and bool(_NUMBERED.fullmatch(before.strip(" *•-:[]")))
    )


def nothing_else(text: str, found: Sequence[Match]) -> bool:
    """Whether captions that stand close together are all there is: "Freight Terms Ship Via"."""
    kept = text
    for match in found:
        kept = kept[: match.start] + " " * (match.end - match.start) + kept[match.end :]
    capital = all(text[m.start].isupper() and " " in m.phrase for m in found)
    return capital and ":" not in text and not kept.strip(" .#*")


def _strong(match: Match) -> bool:
    return len(match.phrase) > 3 and any(m.weight == 1.0 for m in match.meanings)


def _free(text: str, match: Match) -> bool:
    """Words on both sides, with a value behind: no part of a longer word or name."""
    before, after = text[: match.start], text[match.end :]
    return not before[-1:].strip() and bool(re.match(r"\s+[\w(+]", after))
