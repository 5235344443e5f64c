"""Where in a sentence goods are counted: "5 boxes of gloves and 2 reels", "EL-15 x 40", "mortar, qty 20"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extraction.fields import dates, when
from extraction.fields.places import destinations
from extraction.fields.units import MEASURE, UNIT
from extraction.fields.words import NUMBER_WORDS
from extraction.goods.codes import CODE
from extraction.goods.counting import OF_ORDER, counts
from extraction.goods.figures import FIGURE, QUANTITY, WORDED
from extraction.goods.opening import unit_led
from extraction.goods.streets import NEAR
from extraction.page.layout import TextLine
from extraction.vocabulary import matches

LONGEST_ROW = 240
"""Characters of a row that is an item by itself; what is longer is a sentence."""
_BRACKETS = re.compile(r"[(\[][^()\[\]]{0,200}[)\]]")
_PACK_OF = re.compile(
    r"^\s*(?:of(?: the| your| those| these)?|des|del|della|dei|von den|van de|à|a|ea|je|de|di|da|zu|von|van|mit|with|containing|con|avec|met|x)\s*$",
    re.IGNORECASE,
)
_AFTER_CODE = re.compile(
    rf"\s*(?:[x×*:=]|,|[-–—]\s|\()\s*(?:qty\.?:?\s*)?(?P<q>{FIGURE})(?![\w/.-]*[A-Za-z]*\d)\s*(?P<unit>[A-Za-zäöüéè]{{1,12}})?"
)
_QTY_WORD = re.compile(
    rf"(?<=[\s,:(-])(?:qty|quantity|menge|anzahl|quantité|qté|cantidad|cant|quantità|qtà|aantal|stückzahl)\b\.?\s*(?:of\s+)?[:=]?\s*(?:{FIGURE})(?:\s*(?:{'|'.join(sorted(UNIT, key=len, reverse=True))})(?!\w))?",
    re.IGNORECASE,
)
LEAD = re.compile(
    r"^.*?\b(?:go ahead with|send|supply|order|deliver|ship|need|want|bestellen|liefern(?: sie)?|senden(?: sie)?|brauchen|benötigen|commandons|livrer|envoyer|pedimos|envíen|necesitamos|ordiniamo|inviare|bestellen|leveren)(?: us| uns| nous| ons)?\s+",
    re.IGNORECASE,
)
_NUMBER_WORD = "|".join(sorted(map(re.escape, NUMBER_WORDS), key=len, reverse=True))
_ROW = re.compile(
    rf"^\s*(?:(?:and|und|et|y|e|en|plus|sowie|ainsi que|nonché)\s+(?:(?:nochmals?|noch|also|auch|dazu|another|encore|aussi|otros|también|anche|altri|nog|ook)\s+)?)?(?:\d{{1,3}}[.,]\d{{3}}|\d{{1,5}}|{_NUMBER_WORD}|an?(?= \w+ of\b))\s+(?!x\b)(?:[-–—]\s+(?=\S))?(?:(?:[A-Za-z]{{1,3}}\.?|m[23²³])\s+)?(?:\d[\w./\"”x×,-]*\s+)?[^\W\d_][^\W\d_]+(?:[\s,-].{{0,70}})?$",
    re.IGNORECASE,
)
_AND = re.compile(
    r"\s*(?:and|und|et|y|e|en|plus|sowie|ainsi que|nonché)\s+(?:(?:nochmals?|noch|also|auch|dazu|another|encore|aussi|otros|también|anche|altri|nog|ook)\s+)?",
    re.IGNORECASE,
)
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


_PARTED = re.compile(
    r"(?:[,;:&+(/]|[.!?]|\s[-–—]|(?<!\w)(?:and|und|et|y|e|ed|en|plus|sowie|nebst|dazu|zudem|außerdem|ferner|also|auch|aussi|puis|también|anche|ook|then|dann|puis|luego|poi|dan|with|mit|as well as|ainsi que|así como|nonché|evenals|to|or|oder|ou|o|of))"
    r"(?:\s+(?:also|another|a further|further|noch|nochmals|weitere|zusätzlich|encore|aussi|otros|otras|además|altri|altre|anche|nog|nog eens|ook|about|around|circa|ca\.|environ|unos|unas|the|die|den|der|les|los|las|de|le|gli|i|je|nur|just|only))*\s*$",
    re.IGNORECASE,
)


_AND_WORD = re.compile(r"and|und|et|y|e|ed|en|plus|sowie", re.IGNORECASE)


def counts_in(text: str, breaks: Sequence[int] = ()) -> list[tuple[int, int]]:
    """Start and end of each item that begins with its count, in order. breaks: where rows begin."""
    starts = _counts(text, breaks)
    return list(zip(starts, [*starts[1:], len(text)], strict=False))


def _counts(text: str, breaks: Sequence[int]) -> list[int]:
    """Where a count begins; sizes in brackets and what a pack holds are none."""
    spans = [*destinations(text), *(found.span() for found in _BRACKETS.finditer(text))]
    spans += [(told.start, told.end) for told in when.find(text, None)]
    away = bytearray(len(text))
    for start, end in spans:
        away[start:end] = b"\1" * (end - start)
    starts: list[int] = []
    until = 0
    for found in QUANTITY.finditer(text):
        if away[found.start("q")] or not counts(text, found):
            continue
        between = text[until : found.start()]
        packed = starts and _PACK_OF.match(between)
        if not packed and (not starts or _begins(between, found, breaks)):
            starts.append(found.start())
        joined = _AND_WORD.fullmatch(found["unit"] or "")
        until = found.start("unit") if joined else found.end()
    return starts


_BRAND = re.compile(r"(?<![\w-])([A-Z]{2,5})\s+$")
""" "one HP 304 cartridge": a model, no second count."""


def _begins(between: str, found: re.Match[str], breaks: Sequence[int]) -> bool:
    """Whether a count after another one begins an item of its own rather than being a size of the goods before it."""
    if found.start() in breaks or _PARTED.search(between):
        return True
    sized = MEASURE.match((found["unit"] or "").strip())
    named = re.search(r"[^\W\d_]\s+(?:de|di|da|à|von|van)\s+$", between)
    word = (found["unit"] or "").strip(".").lower()
    short = len(word) < 3 and word not in UNIT
    glued = word not in UNIT and found.end("q") == found.start("unit")
    brand = _BRAND.search(found.string[max(found.start() - 8, 0) : found.start()])
    if brand and brand[1].lower() not in UNIT and word not in UNIT and not found["times"]:
        return False
    return not sized and not named and not glued and not (short and not found["times"])


def has_unit(text: str) -> bool:
    """Whether a text begins with a count and a pack or unit that goods are counted in."""
    found = QUANTITY.match(text)
    unit = (found["unit"] or "").strip(".").lower() if found else ""
    return unit in UNIT and not MEASURE.match(unit)


_JOINS = re.compile(r"(?:\b(?:plus|and|und|sowie|dazu|et|y|e|ed|en)|[&+])\s+$", re.IGNORECASE)


def joins(text: str, at: int) -> bool:
    """Whether a word like "plus" leads to a count of goods, not of their colours or sizes: "plus 6 couplings"."""
    counted = re.match(r"\d{1,4}\s+(?!(?:with|from|mit|avec)\b)[^\W\d_]{4,}", text[at:])
    return counted is not None and _JOINS.search(text[:at]) is not None


_ANEW = re.compile(
    r"[a-z\d)\"]\s*[.;!]\s+(?:(?:also|and|plus|then|additionally|auch|außerdem|zusätzlich|dazu|aussi|également|et|también|además|y|anche|inoltre|e|ook|daarnaast|en)\s+)?$",
    re.IGNORECASE,
)


def opens_anew(text: str, at: int) -> bool:
    """Whether a count begins a sentence: "... 12 buckets of filler. Also 400 m of cornice"."""
    return _ANEW.search(text[:at]) is not None


def coded(text: str, breaks: Sequence[int] = ()) -> list[tuple[int, int]]:
    """Part numbers with their count behind: "EL-15 x 40", "Artikel 4711-20, 30 Stück"."""
    found = []
    for code in CODE.finditer(text):
        count = _AFTER_CODE.match(text, code.end())
        if (
            count is None
            or OF_ORDER.search(text[max(code.start() - NEAR, 0) : code.start()])
            or dates.find(text[code.start() : count.end()])
        ):
            continue
        unit = (count["unit"] or "").lower()
        listed = text[code.end() : count.start("q")].strip() in (",", "-", "–", "—", "(")
        if unit in UNIT or not listed:
            lead = _NAMING.search(text, max(code.start() - NEAR, 0), code.start())
            start = lead.start() if lead else code.start()
            found.append((start, count.end() if unit in UNIT else count.end("q")))
    return found


def keyed(text: str, breaks: Sequence[int] = ()) -> list[tuple[int, int]]:
    """ "lime mortar, qty 20, and trowels, qty 3" """
    lead = LEAD.match(text)
    at = lead.end() if lead else 0
    found = []
    for count in _QTY_WORD.finditer(text, at):
        found.append((at, count.end()))
        at = count.end()
    return found


def rows(lines: Sequence[TextLine]) -> frozenset[str]:
    """Rows that are items though they bear no mark: two or more in a run, each a count and goods, or goods and a count.

    Where people mix both, three of any form make a run.
    """
    found: set[str] = set()
    for test, least in (
        (_is_counted, 2),
        (_is_labelled, 2),
        (_is_tailed, 2),
        (_is_bracketed, 2),
        (_is_behind_comma, 3),
        (_is_any, 3),
    ):
        run: list[str] = []
        for line in lines:
            if len(line.text) <= LONGEST_ROW and test(line.text):
                run.append(line.text.strip())
                continue
            found.update(run if len(run) >= least else ())
            run = []
        found.update(run if len(run) >= least else ())
    return frozenset(found)


def _is_counted(text: str) -> bool:
    if unit_led(text.strip()):
        return True
    if not _ROW.match(text) or _STREET.search(text) or dates.find(text):
        return False
    told = text.strip()
    joined = _AND.match(told)
    told = told[joined.end() :] if joined else told
    first = QUANTITY.match(told)
    sized = first is not None and re.match(
        r"\s+(?:[-–—]\s+)?\d[\d./x×,-]*[\"”]?\w*\s+[^\W\d_]{2}", told[first.end("q") :]
    )
    return first is not None and (counts(told, first) or bool(sized))


def _is_labelled(text: str) -> bool:
    found = _LABELLED.match(text)
    if found is None or dates.find(text):
        return False
    unit = (found["unit"] or "").strip(".").lower()
    return (not unit or unit in UNIT) and not matches(found["goods"], _LABELS)


_UNIT_WORD = "|".join(sorted(map(re.escape, UNIT), key=len, reverse=True))
_MONEY = rf"(?:[\s,;:.|–—@(-]+(?:(?:a|à|at|zu|je|per|von|op)\s+)?(?:[€$£]\s?(?:{FIGURE})|(?:{FIGURE})\s?(?:[€$£]|(?:eur|euros?|usd|gbp|chf)\b))[^\d\n]{{0,16}}(?:=\s*[€$£]?\s?(?:{FIGURE})\s?[€$£]?)?\)?)?"
""" ", 4,80 €/caja", " @ $84.50 each = $169.00" """
_TAILED = re.compile(
    rf"^\s*(?:[(\[][\w./-]{{3,20}}[)\]]\s*)?[^\W\d_](?P<goods>(?:[^:?!]|(?<=\d):(?=\d)){{2,60}}?)"
    rf"(?:\s+[x×*]\s*\d{{1,5}}|\s+\d{{1,4}}\s?[x×]|\s*\((?:{FIGURE})\s*(?:{_UNIT_WORD})?\.?\)|\s*[:=]\s*\d{{1,4}}|\s+[-–—]\s+\d{{1,4}}|(?:\s*[:=]\s*|\s+[-–—]\s+){WORDED}|\s(?:pz|nr?|stk|st|pcs|uds?)\.?\s+\d{{1,5}}|(?:\s*[-–—:,=]\s*|\s{{2,}}|\s)(?P<q>{FIGURE})\s*(?P<unit>{_UNIT_WORD})\.?)"
    rf"(?:\s+(?:of|de|à|a|von|van|da|per)\s+\d{{1,4}})?{_MONEY}\s*$",
    re.IGNORECASE,
)
""" "Fryer oil 35 lb x 6", "Straws (2)", "Brake pads  1 set", "Syringes 5 ml: 6 boxes of 100" """


def _is_tailed(text: str) -> bool:
    found = _TAILED.match(text)
    if found is None or dates.find(text) or _STREET.search(text):
        return False
    if found["unit"] and MEASURE.fullmatch(found["unit"]):
        return False
    return not any(
        match.start < 2 and len(match.phrase) > 2 for match in matches(text.lstrip(), _LABELS)
    )


_BEHIND_COMMA = re.compile(
    rf"^\s*[\w(][^:?!@]{{4,60}}[^\W\d_][^:?!@]{{0,12}},\s+\d{{1,5}}\s*(?:(?:{_UNIT_WORD})\.?)?\s*$"
)
""" "Arris rails 3m, 66" """


def _is_behind_comma(text: str) -> bool:
    return bool(_BEHIND_COMMA.match(text)) and not dates.find(text) and not _STREET.search(text)


_BRACKETED = re.compile(r"^\s*\(\d{1,5}\)\s+\S*[^\W\d_]\S*\s+\S")


def _is_bracketed(text: str) -> bool:
    return bool(_BRACKETED.match(text)) and not dates.find(text)


def _is_any(text: str) -> bool:
    return any(test(text) for test in (_is_counted, _is_labelled, _is_tailed, _is_bracketed))
