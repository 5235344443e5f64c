"""Changes told in sentences: "line 5 (BV-20) from 40 to 30 pcs", "75 pcs of CF-12L instead of 50"."""

from __future__ import annotations

import re

from core.inbound.reading import Candidate, Evidence
from extraction.document import Document
from extraction.fields import numbers
from extraction.fields.dates import MONTHS
from extraction.fields.units import UNIT
from extraction.goods.codes import CODE, prose_owner
from extraction.goods.figures import FIGURE
from extraction.goods.item import Goods
from extraction.goods.words import CLOCK
from extraction.lines.cells import Line
from extraction.prose.passages import Passage

CONFIDENCE = 0.8
_UNIT = r"[A-Za-zäöüéèç]{1,12}"
_FROM_TO = re.compile(
    rf"\b(?:from|von|de|da|van)\s+(?:{FIGURE})\s*(?:{_UNIT}\.?\s+)?(?:to|auf|à|a|naar)\s+(?P<q>{FIGURE})(?![\d.,]*\s?(?:[€$£]|eur\b|euros?\b|usd\b|gbp\b|chf\b))(?:\s*(?P<unit>{_UNIT}))?",
    re.IGNORECASE,
)
_INSTEAD_WORDS = r"\b(?:instead of|rather than|in place of|statt|anstatt|anstelle von|au lieu de|en lugar de|en vez de|invece di|in plaats van)\b"
_INSTEAD = tuple(
    re.compile(
        rf"(?<![\w/.,#-])(?P<q>{FIGURE})(?!(?:ml|cl|mm|cm|kg|g|l|m|w|v|oz|in|ft|lb)\b)\s*(?P<unit>{_UNIT})?\.?(?=[\s,(]){between}{{0,60}}?{_INSTEAD_WORDS}[^.;\n]{{0,20}}?(?:{FIGURE})",
        re.IGNORECASE,
    )
    for between in (r"[^.;\n\d]", r"[^.;\n]")
)
""" "25 tubs of grease instead of 15"; the count nearest to the words counts. """
_SWAP = re.compile(
    rf"\b(?:swap|change|exchange|raise|increase|reduce|cut|cambi\w+|chang\w+|remplac\w+|pass\w+|port\w+|aument\w+|reduc\w+|ridu\w+|augment\w+|rédui\w+|tauschen?|ändern|erhöhen)\s+(?:(?:the|our|die|unsere|los|las|le|les|gli|i|nos|de)\s+)?(?:{FIGURE})\s+(?P<goods>[^\W\d_][^.;:\d]{{2,60}}?)\s+(?:for|to|gegen|auf|por|a|à|par|en|con|in)\s+(?P<q>{FIGURE})(?P<unit>)(?=\s*(?:[.;,!]|$|\s(?:and|und|et|y|e)\b))",
    re.IGNORECASE,
)
""" "swap the 2 packs of bibs for 4" """
_AND = re.compile(
    r"\s*[;,]\s*(?:and|und|et|y|e|ed|en)\s+|\s*;\s*|\s+(?:and|und|et|y|e|ed|plus|sowie)\s+",
    re.IGNORECASE,
)
_OF_GOODS = re.compile(
    r"\b(?:quantity|number|menge|anzahl|quantité|cantidad|quantità|aantal)\s+(?:of|for|der|des|von|de|di|van)\s+(?:the |our |die |der |den |les |la |le |los |las |il |i |de |het )?(?P<goods>[^\W\d_][^,;:.\d]{2,60}?)\s+(?:on|in|under|auf|bei|in der|sur|dans|en|del|sull?|op|from|von|da|van)\b",
    re.IGNORECASE,
)
_LINE = re.compile(
    r"\b(?:line|item|position|pos|ligne|poste|línea|posición|riga|posizione|regel|positie)\.?\s*(?:no\.?|nr\.?|n°|#)?\s*(?P<n>\d{1,4})\b",
    re.IGNORECASE,
)


_GOODS_OF_CODE = re.compile(
    r"[\s,(]+(?P<goods>[a-zà-ÿ][\w'’/ -]{2,40}?)\)?(?=\s+(?:and|und|et|y|e|en|to|on|for|by|auf|für|pour|para|per|voor|from|von|de|instead|statt)\b|\s*[.,;:]|\s*$)"
)
""" "14 cartons of BW-3308 ear plugs and ..." """


def pieces(passage: Passage) -> list[Passage]:
    """The parts of a sentence that each set one count for another; none where fewer than two do."""
    text, cuts, behind = passage.text, [0], 0
    for start, end in sorted(
        m.span() for way in (_FROM_TO, *_INSTEAD, _SWAP) for m in way.finditer(text)
    ):
        joint = _AND.search(text, behind, start) if behind else None
        if joint:
            cuts.append(joint.end())
        behind = max(behind, end)
    spans = zip(cuts, [*cuts[1:], len(text)], strict=True)
    told = [Passage(text[x:y], passage.start + x, passage.listed) for x, y in spans]
    return told if len(told) > 1 else []


def end_of(text: str) -> int:
    """Where the words end that set one count for another; the length of the text where there are none."""
    found = re.search(rf"{_INSTEAD_WORDS}[^.;\n]{{0,20}}?(?:{FIGURE})", text, re.IGNORECASE)
    return found.end() if found else len(text)


def read(passage: Passage, document: Document, part: bool = False) -> Line | None:
    """The line a sentence changes, with its new quantity; None when it changes none. part: it is one of `pieces`."""
    ways = (_FROM_TO, *_INSTEAD, _SWAP)
    change = next((found for way in ways if (found := way.search(passage.text))), None)
    value = numbers.parse(change["q"], document.number_style) if change else None
    unit = (change["unit"] or "").lower() if change else ""
    if change is None or value is None or unit in CLOCK or unit in MONTHS:
        return None
    line: Line = {}
    _put(line, "quantity", numbers.printed(value), passage, change.span("q"), document)
    if change["unit"] and change["unit"].lower() in UNIT:
        _put(line, "uom", change["unit"], passage, change.span("unit"), document)
    numbered = _LINE.search(passage.text)
    if numbered:
        _put(line, "line_no", numbered["n"], passage, numbered.span("n"), document)
    code = next((m for m in CODE.finditer(passage.text) if _is_item(m, change, passage.text)), None)
    if code:
        _put(line, prose_owner(code[0], document), code[0], passage, code.span(), document)
    behind_code = _GOODS_OF_CODE.match(passage.text, code.end()) if code else None
    if behind_code:
        span = behind_code.span("goods")
        _put(line, "description", behind_code["goods"], passage, span, document)
    named = _OF_GOODS.search(passage.text)
    if named and not line.keys() - {"quantity", "uom"}:
        _put(line, "description", named["goods"], passage, named.span("goods"), document)
    if not line.keys() - {"quantity", "uom"}:
        figures = [m.start() for m in re.finditer(FIGURE, change[0])]
        behind = (change.start() + figures[-1], len(passage.text))
        instead = re.search(_INSTEAD_WORDS, change[0], re.IGNORECASE)
        swapped = change.groupdict().get("goods")
        if swapped:
            behind = (figures[0] + change.start(), change.end("goods"))
        ends: tuple[tuple[int, int], ...] = (behind, change.span())
        if instead and (part or "uom" in line):
            ends = ((change.start(), change.start() + instead.start()), *ends)
        told = (Goods(passage, *span, document).read() for span in ends)
        goods: Line = next((t for t in told if t and "description" in t), {})
        line = {**goods, **line}
    return line if len(line) > 1 else None


def _is_item(code: re.Match[str], change: re.Match[str], text: str) -> bool:
    """Whether a code names the goods rather than the order or the count itself."""
    inside = change.start("q") <= code.start() < change.end("q")
    ordered = re.search(
        r"(?:order|po|p\.o\.|bestellung|auftrag|commande|pedido|ordine|bestelling|number|no\.?|nr\.?|nummer)[\s:#]*$",
        text[: code.start()],
        re.IGNORECASE,
    )
    return not inside and not ordered


def _put(
    line: Line, name: str, value: str, passage: Passage, span: tuple[int, int], document: Document
) -> None:
    place = (passage.start + span[0], passage.start + span[1])
    evidence = Evidence(document.canvas.part, span=place, text=passage.text[span[0] : span[1]])
    line[name] = Candidate(value, CONFIDENCE, evidence, "prose")
