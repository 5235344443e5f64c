"""An order that is told by an earlier one: "as last time", "the usual but 20", "repeat PO 4711"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from core.inbound.reading import Earlier, Evidence
from extraction.document import Document
from extraction.earlier import changes
from extraction.earlier.words import (
    AS_EVER,
    BESIDE,
    COMPLAINT,
    DATED,
    LAST,
    NUMBERED,
    REPEATED,
    SIGNS,
    USUAL,
)
from extraction.fields import dates
from extraction.fields.words import ORDERING
from extraction.lines.cells import Line
from extraction.page.layout import TextLine
from extraction.prose import counted
from extraction.prose.passages import BULLET, Passage, passages

SHORT = 60
_PLACE = re.compile(
    r"\s*(?:and |und |et |y |e |en )?(?:to|at|into|an|auf|ins?|a|au|en|naar|bij)\s+(?:the|our|die|das|den|unser\w*|la|le|notre|el|nuestr\w*|il|nostr\w*|de|het|ons|onze)\s+\S+\s*$"
)
""" "to the barn as usual" """
_FOLLOWS = re.compile(
    r"^\W*(?:but|except|only|plus|also|and|additionally|without|please add|this time|aber|nur|zusatzlich|dazu|ausserdem|au(?:ss|ß)erdem|ohne|und|diesmal|bitte (?:noch|zusatzlich)"
    r"|mais|sauf|en plus|et|sans|cette fois|pero|salvo|ademas|sin|y|esta vez|ma|tranne|inoltre|senza|e|stavolta|questa volta|maar|behalve|daarnaast|zonder|en|deze keer)\b"
)
_ANNOUNCES = re.compile(
    r"(?P<plus>\b(?:plus|and|und|et|y|e|en|zusatzlich|additionally|ademas|inoltre)\W*$)|\b(?:but|except|aber|mais|pero|ma|maar|changes?|anderung(?:en)?)\b"
)


@dataclass
class Repeated:
    """earlier: what is repeated; added: lines on top of it."""

    earlier: Earlier
    added: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class _Reference:
    kind: str
    start: int
    end: int
    number: str = ""
    day: str = ""


def read(
    lines: Sequence[TextLine], document: Document, opens: Callable[[str], bool]
) -> Repeated | None:
    """The reference and what follows it; None when the mail lists its goods itself or refers to nothing.

    opens: whether a row begins an item.
    """
    whole = changes.folded_text("\n".join(line.text for line in lines))
    if not any(pattern.search(whole) for pattern in SIGNS):
        return None
    told = list(passages(lines, opens))
    for place, passage in enumerate(told):
        reference = _reference(passage, document)
        if reference is None:
            continue
        if any(p.listed or _lists(p) for p in told[:place]):
            return None
        return _repeated(told, place, reference, document)
    return None


def _lists(passage: Passage) -> bool:
    """Whether a sentence orders several goods by their counts."""
    several = len(counted.counts_in(passage.text, passage.breaks)) > 1
    return several and ORDERING.search(passage.text) is not None


def _reference(passage: Passage, document: Document) -> _Reference | None:
    folded = changes.folded_text(passage.text)
    if COMPLAINT.search(folded):
        return None
    for find in (_numbered, _dated, _plain):
        found = find(folded, passage.text, document)
        if found:
            return found
    return None


def _numbered(folded: str, text: str, document: Document) -> _Reference | None:
    for pattern in (NUMBERED, REPEATED):
        for found in pattern.finditer(folded):
            number = text[found.start("code") : found.end("code")].rstrip(".-/")
            if not dates.find(number):
                return _Reference(
                    "number", found.start(), found.start("code") + len(number), number
                )
    return None


def _dated(folded: str, text: str, document: Document) -> _Reference | None:
    for day in dates.find(text, document.near):
        before = DATED.search(folded[: day.start])
        if before:
            meant = _past(dates.choose(day, document.day_style), day.year_given, document.near)
            return _Reference("date", before.start(), day.end, day=meant.isoformat())
    return None


def _past(day: date, year_given: bool, near: date | None) -> date:
    """A day without a year lies behind us."""
    if year_given or near is None or day <= near:
        return day
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


def _plain(folded: str, text: str, document: Document) -> _Reference | None:
    for kind, pattern in (("last", LAST), ("usual", USUAL)):
        found = pattern.search(folded)
        if found and not BESIDE.search(folded[max(found.start() - 14, 0) : found.start()]):
            return _Reference(kind, found.start(), found.end())
    ever = next((m for m in AS_EVER.finditer(folded) if not _beside(folded, m)), None)
    return _Reference("usual" if ever else "", ever.start(), ever.end()) if ever else None


def _beside(folded: str, found: re.Match[str]) -> bool:
    """Whether "as always" speaks of delivery, payment or the like: of what stands in its clause."""
    before = re.split(r"[,;:.!?()]", folded[: found.start()])[-1]
    after = re.split(r"[,;:.!?()]", folded[found.end() :])[0]
    placed = bool(_PLACE.match(before))
    return placed or bool(BESIDE.search(before) or BESIDE.search(after) or len(before) > SHORT)


def _repeated(
    told: list[Passage], place: int, reference: _Reference, document: Document
) -> Repeated | None:
    passage = told[place]
    folded = changes.folded_text(passage.text)
    before = changes.read(passage, 0, reference.start, document) if reference.start else None
    if (
        before
        and any(c.quantity and c.goods for c in before.changes)
        and not _needs(folded[: reference.start])
    ):
        return None
    found = changes.read(passage, reference.end, len(passage.text), document)
    behind = folded[reference.end :]
    announced = _ANNOUNCES.search(behind)
    mode = "add" if announced and announced["plus"] else "set" if announced else ""
    for later in told[place + 1 :]:
        follows = _FOLLOWS.match(changes.folded_text(later.text))
        if later.listed and not (mode or follows):
            return None
        if later.listed or follows:
            _join(found, changes.read(later, _bullet(later), len(later.text), document, mode))
    times = found.times or changes.times_in(folded[max(reference.start - 25, 0) : reference.start])
    span = (passage.start + reference.start, passage.start + reference.end)
    evidence = Evidence(document.canvas.part, span=span, text=passage.text.strip()[:200])
    earlier = Earlier(
        reference.kind, reference.number, reference.day, times or "1", tuple(found.changes), "; ".join(found.unclear), evidence,
    )  # fmt: skip
    return Repeated(earlier, found.added)


def _needs(before: str) -> bool:
    """ "2 x our standard order": the figure counts orders, not goods."""
    return bool(changes.times_in(before))


def _bullet(passage: Passage) -> int:
    bullet = BULLET.match(passage.text)
    return bullet.end() if bullet else 0


def _join(found: changes.Differences, more: changes.Differences) -> None:
    found.changes += more.changes
    found.added += more.added
    found.unclear += more.unclear
    found.times = found.times or more.times
