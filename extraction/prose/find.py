"""Order lines of a text without tables: list items, rows of "label: value", and sentences that order something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extraction.document import Document
from extraction.fields.words import NUMBER_WORDS, ORDERING
from extraction.goods import elided
from extraction.goods.item import Goods
from extraction.goods.opening import opens
from extraction.goods.sizes import sized
from extraction.goods.streets import NEAR
from extraction.lines.cells import Line
from extraction.page.layout import TextLine
from extraction.prose import afterthought, amended, counted, placed
from extraction.prose.keyed import keyed, keyed_marks, put
from extraction.prose.passages import BULLET, Passage, passages
from extraction.prose.wanted import wants

MAX_LINES = 1_000
_SUMS = re.compile(
    r"^\W*(?:sub-?total|total|grand total|gesamt\w*|summe|zwischensumme|netto|totale|totaal|importe|imponibile|montant|tax|vat|mwst|tva|iva|btw|freight|shipping)\b",
    re.IGNORECASE,
)


_SUM_ROW = re.compile(
    r"^\W*(?:sub-?total|grand total|total|gesamt\w*|summe|netto|totale|totaal|importe total)\b[^\d]{0,20}[€$£]?\s?\d[\d.,' ]*\s?(?:[€$£]|[A-Z]{3})?\s*$",
    re.IGNORECASE,
)


def read(lines: Sequence[TextLine], document: Document) -> list[Line]:
    """Order lines of a text without tables, in order."""
    found: list[Line] = []
    rows = counted.rows(lines)
    told_before = False
    for passage in passages(
        lines, lambda text: opens_item(text) or text in rows or bool(_SUM_ROW.match(text))
    ):
        if len(found) >= MAX_LINES:
            break
        told_before = placed.before(passage.text, document) or (told_before and passage.listed)
        if told_before:
            continue
        if not passage.listed and afterthought.revises(passage, found, document):
            continue
        if afterthought.opens(passage) and afterthought.apply(passage, found, document):
            continue
        by_size = list(_sizes(passage, document))
        captioned = None if by_size else keyed(passage, document)
        if by_size:
            found.extend(by_size)
        elif captioned:
            found.append(captioned)
        elif passage.listed:
            found.extend(_items(passage, document))
        else:
            found.extend(_sentence(passage, document, bool(found)))
    return _once(found)


_REPLACES = re.compile(
    r"\b(?:instead of|rather than|in place of|statt|anstatt|anstelle|au lieu de|en lugar de|en vez de|invece di|in plaats van)\b",
    re.IGNORECASE,
)


def _once(lines: list[Line]) -> list[Line]:
    """Without a line that only announces another: "with 30 chairs instead of 24. So: 30 x chair Mira"."""
    return [
        line
        for n, line in enumerate(lines)
        if not _REPLACES.search(_goods_of(line))
        or not any(_repeats(line, other) for m, other in enumerate(lines) if m != n)
    ]


def _goods_of(line: Line) -> str:
    return line["description"].value if "description" in line else ""


def _repeats(line: Line, other: Line) -> bool:
    """Whether another line has the same count of goods whose words begin alike."""
    counts = [x["quantity"].value if "quantity" in x else "" for x in (line, other)]
    words, told = (
        {w[:5].lower() for w in re.findall(r"[^\W\d_]{4,}", _goods_of(x))} for x in (line, other)
    )
    return counts[0] == counts[1] and bool(words & told)


def opens_item(text: str) -> bool:
    """Whether a row begins an item."""
    return opens(text) or bool(sized(text)) or bool(keyed_marks(text))


def _sizes(passage: Passage, document: Document) -> Iterator[Line]:
    """A line for each size that a row counts, named by the goods and the size."""
    bullet = BULLET.match(passage.text)
    at = bullet.end() if bullet else 0
    for told in sized(passage.text[at:]):
        goods, size, count = (
            passage.text[at + start : at + end]
            for start, end in (told.goods, told.size, told.count)
        )
        line: Line = {}
        place = (at + told.count[0], at + told.count[1])
        put(line, "quantity", count, passage, place, document, 0.8)
        named = (at + told.goods[0], at + told.size[1])
        put(line, "description", f"{goods} {size}", passage, named, document, 0.75)
        yield line


_AND = re.compile(
    r"\s*(?:and|und|et|y|e|en|plus|sowie|ainsi que|nonché|as well as)\s+(?:(?:nochmals?|noch|also|auch|dazu|another|encore|aussi|también|anche|nog|ook)\s+)?(?=\S)",
    re.IGNORECASE,
)


def _items(passage: Passage, document: Document) -> Iterator[Line]:
    """The item of a row; several where a row without a mark counts on: "3 pallets of sand and 20 bags of lime"."""
    spans = [] if BULLET.match(passage.text) else counted.counts_in(passage.text, passage.breaks)
    text = passage.text
    if len(spans) > 1 and all(
        counted.has_unit(text[a:b]) or counted.joins(text, a) or counted.opens_anew(text, a)
        for a, b in spans[1:]
    ):
        told = [Goods(passage, a, b, document).read() for a, b in spans]
        if all(told):
            yield from (line for line in told if line)
            return
    line = _item(passage, document)
    if line:
        yield line


def _item(passage: Passage, document: Document) -> Line | None:
    bullet = BULLET.match(passage.text)
    joined = _AND.match(passage.text)
    start = bullet.end() if bullet else joined.end() if joined else 0
    if _SUMS.match(passage.text[start:]):
        return None
    line = Goods(passage, start, len(passage.text), document).read()
    if line and bullet:
        group = next((g for g in ("number", "pos") if bullet[g]), None)
        if group:
            put(line, "line_no", bullet[group], passage, bullet.span(group), document, 0.85)
    return line


_GOES_ON = re.compile(
    r"^\W*(?:oh\W+|ach\W+|ah\W+)?(?:(?:if (?:you can|possible)|wenn möglich|falls möglich|si possible|si puedes|si es posible|se puoi|se possibile|als het kan|eventueel)\W+)?(?:and|also|plus|und|außerdem|dazu|noch|et|aussi|y|también|ademas|además|e|anche|inoltre|en|ook|daarnaast)\b.{0,24}?(?:\d|\b(?:"
    + "|".join(map(re.escape, NUMBER_WORDS))
    + r")\b)",
    re.IGNORECASE,
)


def _sentence(passage: Passage, document: Document, after: bool) -> Iterator[Line]:
    """Every quantity with goods behind it, in a sentence that orders something."""
    several = [
        line for part in amended.pieces(passage) if (line := amended.read(part, document, True))
    ]
    if len(several) > 1:
        yield from several
        return
    changed = amended.read(passage, document)
    if changed:
        yield changed
        behind = amended.end_of(passage.text)
        for start, end in counted.counts_in(passage.text, passage.breaks):
            more = start >= behind and counted.joins(passage.text, start)
            line = Goods(passage, start, end, document).read() if more else None
            yield from [line] if line else []
        return
    orders = ORDERING.search(passage.text) or (after and _GOES_ON.match(passage.text))
    if not orders or _SUMS.match(passage.text) or not wants(passage.text):
        return
    for spans in (counted.counts_in, counted.coded, counted.keyed):
        told, until = [], 0
        for start, end in spans(passage.text, passage.breaks):
            if _HAD.search(passage.text[max(start - NEAR, 0) : start]):
                until = end
                continue
            line = Goods(passage, start, end, document).read()
            line = line or _named_before(passage, until, start, end, document)
            told += [line] if line else []
            until = end
        if told:
            yield from elided.named(told)
            return


_HAD = re.compile(
    r"\b(?:on a(?: déjà| encore)?|nous avons(?: déjà| encore)?|llegaron|vinieron|arrived|arriv[ée]+s?|arrivat[eioa]|received|recibimos|reçu|ricevuto|sold|used(?: up)?|(?:got|went) through|(?<!could )(?<!can )(?<!may )(?<!should )(?<!might )(?:we|i)(?: still)? (?:had|have)(?: got)?|counted|found|returned|still (?:have|got)|verkauft|verbraucht|gezählt|haben (?:wir )?(?:noch|jetzt|erst)?|liegen noch|vendus?|utilisé|il (?:nous )?reste|vendid[oa]s?|vendim\w+|usado|quedan|tenemos(?: todavía| aún)?|vendut[oi]|usat[oi]|abbiamo(?: ancora)?|verkocht|gebruikt|hebben (?:we |wij )?(?:nog)?)"
    r"\s+(?:(?:only|just|about|around|roughly|some|nur|noch|etwa|rund|circa|ca\.?|knapp|encore|environ|todavía|unas|unos|ancora|circa|nog|ongeveer|zo'n)\s+)*$",
    re.IGNORECASE,
)
""" "we sold 22": what was or is there, not what is wanted."""


def _named_before(
    passage: Passage, since: int, start: int, end: int, document: Document
) -> Line | None:
    """ "the black cloth, 60 m at 7.80": goods named before their count."""
    lead = counted.LEAD.match(passage.text[since:start])
    since += lead.end() if lead else 0
    before = passage.text[since:start]
    named = re.search(r"[^\W\d_]{3,}[^,;:\d]{0,60},\s*$", before)
    return Goods(passage, since, end, document).read() if named and len(before) < 80 else None
