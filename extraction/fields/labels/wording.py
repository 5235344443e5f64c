"""Labels in a text: known phrases, those that belong together made one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from extraction.fields.labels.values import GROUPS
from extraction.vocabulary import Match, fold, matches, meanings

_SLASH = re.compile(r"\s*(?:/\s*(?:in|r|n)\s*)?/\s*", re.IGNORECASE)
_JOINED = re.compile(r"\s*(?:[/&+|,]|and|und|et|y|e|en)\s*", re.IGNORECASE)
_FILLER_NO = re.compile(r"\s*(?:#|no\.?|nr\.?|n[°º])?[.]?", re.IGNORECASE)


@lru_cache(maxsize=4096)
def labels_in(text: str) -> tuple[Match, ...]:
    found: list[Match] = []
    for match in matches(text, GROUPS):
        last = found[-1] if found else None
        if last and _SLASH.fullmatch(text, last.end, match.start):
            found[-1] = _both(last, match)
        else:
            found.append(match)
    return tuple(found)


def _both(first: Match, second: Match) -> Match:
    """Two captions with a slash between as one: in two languages, or for two values ("Contact / Phone")."""
    parties = all(m.group == "parties" for m in (*first.meanings, *second.meanings))
    meant = first.meanings + second.meanings if parties else first.meanings
    return Match(tuple(dict.fromkeys(meant)), first.start, second.end, first.phrase)


def join_days(text: str, found: Sequence[Match]) -> list[Match]:
    """Labels with number and day made one where they share a cell: "PO no. / Date: 4711 / 3 May 2026"."""
    kept: list[Match] = []
    for match in found:
        before = kept[-1] if kept else None
        number = before is not None and any(m.name == "po_number" for m in before.meanings)
        if (
            before is not None
            and number
            and any(m.name == "order_date" for m in match.meanings)
            and _JOINED.fullmatch(text[_FILLER_NO.match(text, before.end).end() : match.start])  # type: ignore[union-attr]
        ):
            own = tuple(m for m in before.meanings if m.name == "po_number")
            kept[-1] = Match(own, before.start, match.end, f"{before.phrase} / {match.phrase}")
        else:
            kept.append(match)
    return kept


def number_with_day(text: str) -> Match | None:
    """Number and day whose labels a stroke parts, each known as a whole: "PO No. / Date Issued: ...", "... :" or alone."""
    found = re.match(r"(?P<number>[^/:]{1,30}?)\s*/\s*(?P<day>[^/:]{2,24}?)\s*(?=:|$)", text)
    if not found:
        return None
    number = tuple(m for m in meanings(found["number"]) if m.name == "po_number")
    day = any(m.name == "order_date" for m in meanings(found["day"]))
    if not number or not day:
        return None
    phrase = f"{fold(found['number']).strip()} / {fold(found['day']).strip()}"
    return Match(number, 0, found.end("day"), phrase)
