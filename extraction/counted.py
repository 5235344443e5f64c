"""Where in a sentence goods are counted: "5 boxes of gloves and 2 reels", "EL-15 x 40", "mortar, qty 20"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extraction.fields import dates, when
from extraction.fields.places import place_spans
from extraction.fields.units import UNIT
from extraction.goods import CODE, FIGURE, QUANTITY, counts
from extraction.layout import TextLine
from extraction.vocabulary import matches

_BRACKETS = re.compile(r"[(\[][^()\[\]]{0,200}[)\]]")
_PACK_OF = re.compile(
    r"^\s*(?:of|à|a|ea|je|de|di|da|zu|von|van|mit|with|containing|con|avec|met|x)\s*$",
    re.IGNORECASE,
)
_AFTER_CODE = re.compile(
    rf"\s*(?:[x×*:=]|,|[-–—]\s|\()\s*(?:qty\.?:?\s*)?(?P<q>{FIGURE})(?![\w/.-]*[A-Za-z]*\d)\s*(?P<unit>[A-Za-zäöüéè]{{1,12}})?"
)
_QTY_WORD = re.compile(
    rf"[\s,:(-]+(?:qty|quantity|menge|anzahl|quantité|qté|cantidad|cant|quantità|qtà|aantal|stückzahl)\b\.?\s*(?:of\s+)?[:=]?\s*(?:{FIGURE})(?:\s*(?:{'|'.join(sorted(UNIT, key=len, reverse=True))})(?!\w))?",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^.*?\b(?:send|supply|order|deliver|ship|need|want|bestellen|liefern(?: sie)?|senden(?: sie)?|brauchen|benötigen|commandons|livrer|envoyer|pedimos|envíen|necesitamos|ordiniamo|inviare|bestellen|leveren)(?: us| uns| nous| ons)?\s+",
    re.IGNORECASE,
)
_ROW = re.compile(r"^\s*\d{1,5}\s+(?!x\b)[^\W\d_][^\W\d_]+(?:[\s,-].{0,70})?$")
_LABELLED = re.compile(
    rf"^\s*(?P<goods>[^\W\d_][^:\d]{{2,50}}[^:]{{0,12}})\s*(?::|\.{{3,}}|\s[-–—]\s)\s*(?:{FIGURE})\s*(?P<unit>[A-Za-zäöüéè]{{1,12}}\.?)?\s*$"
)
_NAMING = re.compile(
    r"\b(?:art\w*|item|ref\w*|réf\w*|part|cod\w*|código|material|sku|bestell|produ\w*)\.?[\s-]*(?:no\.?|nr\.?|n°|nummer|number|code)?\s*[:#]?\s*$",
    re.IGNORECASE,
)
_LABELS = frozenset({"labels", "decoys", "parties"})
_STREET = re.compile(
    r"\b(?:road|rd|street|st|avenue|ave|lane|ln|drive|dr|way|court|close|place|square|blvd|rue|bd|chemin|quai|floor|uhr|o'clock|am|pm)\b\.?\s*(?:,|$)",
    re.IGNORECASE,
)


def counts_in(text: str) -> list[tuple[int, int]]:
    """Start and end of each item that begins with its count, in order."""
    starts = _counts(text)
    return list(zip(starts, [*starts[1:], len(text)], strict=False))


def _counts(text: str) -> list[int]:
    """Where a count begins; sizes in brackets and what a pack holds are none."""
    away = [range(a, b) for a, b in place_spans(text)]
    away += [range(*found.span()) for found in _BRACKETS.finditer(text)]
    away += [range(told.start, told.end) for told in when.find(text, None)]
    starts: list[int] = []
    until = 0
    for found in QUANTITY.finditer(text):
        if any(found.start("q") in place for place in away) or not counts(text, found):
            continue
        packed = starts and _PACK_OF.match(text[until : found.start()])
        if not packed:
            starts.append(found.start())
        until = found.end()
    return starts


def coded(text: str) -> list[tuple[int, int]]:
    """Part numbers with their count behind: "EL-15 x 40", "Artikel 4711-20, 30 Stück"."""
    found = []
    for code in CODE.finditer(text):
        count = _AFTER_CODE.match(text, code.end())
        if count is None or dates.find(text[code.start() : count.end()]):
            continue
        unit = (count["unit"] or "").lower()
        listed = text[code.end() : count.start("q")].strip() in (",", "-", "–", "—", "(")
        if unit in UNIT or not listed:
            lead = _NAMING.search(text, 0, code.start())
            start = lead.start() if lead else code.start()
            found.append((start, count.end() if unit in UNIT else count.end("q")))
    return found


def keyed(text: str) -> list[tuple[int, int]]:
    """ "lime mortar, qty 20, and trowels, qty 3" """
    lead = _LEAD.match(text)
    at = lead.end() if lead else 0
    found = []
    for count in _QTY_WORD.finditer(text, at):
        found.append((at, count.end()))
        at = count.end()
    return found


def rows(lines: Sequence[TextLine]) -> frozenset[str]:
    """Rows that are items though they bear no mark: two or more in a run, each a count and goods, or goods and a count."""
    found: set[str] = set()
    for test in (_is_counted, _is_labelled):
        run: list[str] = []
        for line in lines:
            if test(line.text):
                run.append(line.text.strip())
                continue
            found.update(run if len(run) > 1 else ())
            run = []
        found.update(run if len(run) > 1 else ())
    return frozenset(found)


def _is_counted(text: str) -> bool:
    if not _ROW.match(text) or _STREET.search(text) or dates.find(text):
        return False
    first = QUANTITY.match(text.strip())
    return first is not None and counts(text.strip(), first)


def _is_labelled(text: str) -> bool:
    found = _LABELLED.match(text)
    if found is None or dates.find(text):
        return False
    unit = (found["unit"] or "").strip(".").lower()
    return (not unit or unit in UNIT) and not matches(found["goods"], _LABELS)
