"""Changes told in sentences: "line 5 (BV-20) from 40 to 30 pcs", "75 pcs of CF-12L instead of 50"."""

from __future__ import annotations

import re

from core.inbound.reading import Candidate, Evidence
from extraction.cells import Line
from extraction.document import Document
from extraction.fields import numbers
from extraction.fields.units import UNIT
from extraction.goods import CLOCK, CODE, FIGURE, Goods, prose_owner
from extraction.passages import Passage

CONFIDENCE = 0.8
_UNIT = r"[A-Za-zäöüéèç]{1,12}"
_FROM_TO = re.compile(
    rf"\b(?:from|von|de|da|van)\s+(?:{FIGURE})\s*(?:{_UNIT}\.?\s+)?(?:to|auf|à|a|naar)\s+(?P<q>{FIGURE})(?:\s*(?P<unit>{_UNIT}))?",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    rf"(?<![\w/.,#-])(?P<q>{FIGURE})\s*(?P<unit>{_UNIT})?\.?(?=[\s,(])[^.;\n]{{0,60}}?\b(?:instead of|rather than|in place of|statt|anstatt|anstelle von|au lieu de|en lugar de|en vez de|invece di|in plaats van)\b[^.;\n]{{0,20}}?(?:{FIGURE})",
    re.IGNORECASE,
)
_LINE = re.compile(
    r"\b(?:line|item|position|pos|ligne|poste|línea|posición|riga|posizione|regel|positie)\.?\s*(?:no\.?|nr\.?|n°|#)?\s*(?P<n>\d{1,4})\b",
    re.IGNORECASE,
)


def read(passage: Passage, document: Document) -> Line | None:
    """The line a sentence changes, with its new quantity; None when it changes none."""
    change = _FROM_TO.search(passage.text) or _INSTEAD.search(passage.text)
    value = numbers.parse(change["q"], document.number_style) if change else None
    if change is None or value is None or (change["unit"] or "").lower() in CLOCK:
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
    if len(line) == 1:
        figures = [m.start() for m in re.finditer(FIGURE, change[0])]
        ends = ((change.start() + figures[-1], len(passage.text)), change.span())
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
