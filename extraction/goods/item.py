"""One item told in words, read between two places of a passage."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from core.inbound.reading import Candidate, Evidence
from extraction.document import Document
from extraction.fields import numbers
from extraction.fields.units import UNIT
from extraction.fields.words import DOZENS, NUMBER_WORDS
from extraction.goods.blanks import timeless
from extraction.goods.clauses import CLAUSE, goes_on
from extraction.goods.codes import BRACKETED, CODE, NAMED_CODE, plausible, priced_code, prose_owner
from extraction.goods.count_in import count_in
from extraction.goods.counting import times_code
from extraction.goods.figures import (
    DIMENSION,
    FIGURE,
    KEYED_COUNT,
    QUANTITY,
    TRAILING,
    WORD,
    WORDED,
    is_count,
)
from extraction.goods.named import words_of_goods
from extraction.goods.number_words import word_counts
from extraction.goods.opening import COUNTING, unit_led
from extraction.goods.words import PACKS
from extraction.lines.cells import Line, fits
from extraction.prose import prices as told_prices
from extraction.prose.passages import Passage

MEANT = re.compile(
    r"\s*[-–—,;(]+\s*(?:no|nein|non|nee|sorry|oops|pardon|perdón|anzi|halt|wait)\b[\s,]*(?:(?:make (?:that|it)|i mean|doch|lieber|besser|plutôt|mejor|meglio|toch|liever|mach(?:en sie)?|mettez|disons|say)\s+)*(?P<q>\d{1,6})\b.*$",
    re.IGNORECASE,
)
""" "5 tapes - no, make that 8" """
UNIT_FIRST = re.compile(
    rf"(?:^|[,;]\s*|\s-\s|\s(?=\w+\.?\s+\d+\s*$))(?P<unit>pz|mt|ml|mq|kg|pcs|stk|st|nr|pezzi|uds?)\.?\s+(?P<q>{FIGURE})(?=\s*(?:[,;]|$))",
    re.IGNORECASE,
)
""" "barra tonda, mt 6, ..." """
_HOLDS = re.compile(r"\s+(?:of|de|à|von|van|da)\s+\d{1,4}(?=[\s.,;)]*$)")
""" "6 boxes of 100" at the end of an item."""
_PRICED = re.compile(r"@|[€$£]|\b(?:at|each|je|à|zu|per)\b", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\s*\((?P<q>\d{1,5})(?P<unit>)\)\s+(?=[\w\"])")
""" "(12) wax rings" """
_GLUED = re.compile(r"\d+(?:[.,]\d+)?(?:ft|in|mm|cm|m|kg|g|l|ml|lb|oz)\b")
_COUNTED_LAST = re.compile(r",\s+\d{1,5}\s*$")
""" "5ft boards 1.5m, 400": a size first, the count last."""
_HELD = re.compile(r"\d+/[a-z]+")
""" "250/box" """
_SIZE_ALONE = re.compile(r"\W*\d+\s?[x×]\s?\d+(?:[.,]\d+)?\W*")
""" "NYM-J 3x1,5": a type and its size, which name the goods together."""
_LEADERS = re.compile(r"[.…·_]{3,}|[-=]{1,3}>|→")
""" "Bandages ........ 24 pcs", "Gloves -> 10 boxes" """


_WORDED_TAIL = re.compile(rf"(?:\s*[:=,]\s*|\s+[-–—]\s+){WORDED}", re.IGNORECASE)


def _comma(found: re.Match[str]) -> str:
    return "," + " " * (len(found[0]) - 1)


class Goods:
    """One item being read between two places of a passage; what was understood is blanked out of `rest`."""

    def __init__(self, passage: Passage, start: int, end: int, document: Document) -> None:
        text = _LEADERS.sub(_comma, timeless(passage.text, document.near)[start:end])
        cut = next((c for c in CLAUSE.finditer(text) if not goes_on(text, c)), None)
        self.rest = text[: cut.start()] if cut and cut.start() > 6 else text
        self.shift = passage.start + start
        self.before = passage.text[max(start - 12, 0) : start]
        self.document = document
        self.line: Line = {}

    def read(self) -> Line | None:
        """The line, or None when it counts nothing or names no goods."""
        meant = MEANT.search(self.rest)
        if meant:
            self.put("quantity", meant["q"], *meant.span("q"), 0.5)
            self._blank(*meant.span())
        keyed = KEYED_COUNT.search(self.rest)
        if not (
            self._take(_IN_BRACKETS.match(self.rest))
            or self._take(keyed or UNIT_FIRST.search(self.rest))
            or self._take(self._led())
            or self._multiplied()
            or self._leading()
            or self._trailing()
            or self._inside()
            or self._worded()
            or priced_code(self.rest.lstrip())
        ):
            return None
        self._price()
        self._code()
        self._description()
        self._bare_pack()
        return (
            self.line if {"description", "supplier_sku", "buyer_sku"} & self.line.keys() else None
        )

    def put(self, name: str, value: str, start: int, end: int, confidence: float) -> None:
        """Set one value with its place; the first reading stays."""
        if name not in self.line and value:
            evidence = Evidence(
                self.document.canvas.part,
                span=(self.shift + start, self.shift + end),
                text=self.rest[start:end].strip()[:200],
            )
            self.line[name] = Candidate(value, confidence, evidence, "prose")

    def _blank(self, start: int, end: int) -> None:
        self.rest = self.rest[:start] + " " * (end - start) + self.rest[end:]

    def _led(self) -> re.Match[str] | None:
        led = unit_led(self.rest)
        unit = re.match(rf"\s+({WORD})\.?\s", self.rest[led.end("q") :]) if led else None
        if led and unit and unit[1].lower() in UNIT and COUNTING.fullmatch(led["unit"]):
            at = led.end("q") + unit.start(1)
            self.put("uom", unit[1], at, at + len(unit[1]), 0.75)
            self._blank(at, at + len(unit[1]))
        return led

    def _multiplied(self) -> bool:
        """ "20 ltr AdBlue x 5": five cans of twenty litres."""
        size = re.match(
            r"\s*\d+(?:[.,]\d+)?\s?(?:kg|g|l|ltr|litres?|liter|ml|cl|m|mm|cm|oz|gal)\b", self.rest
        )
        tail = re.search(r"\s[x×]\s?(?P<q>\d{1,5})(?P<unit>)\s*$", self.rest) if size else None
        return self._take(tail)

    def _leading(self) -> bool:
        offset = len(self.rest) - len(self.rest.lstrip())
        lead = QUANTITY.match(self.rest, offset)
        if not lead or not (
            lead["q"][0].isdigit()
            or word_counts(lead["q"].lower(), self.rest[lead.end("q") :], self.before)
        ):
            return False
        if _GLUED.match(self.rest, offset) and _COUNTED_LAST.search(self.rest):
            return False
        if DIMENSION.match(self.rest[lead.end("q") :]) and not times_code(self.rest, lead):
            return False
        end = self._choice(lead) if lead["or"] else self._counted(lead)
        self._blank(offset, end)
        return True

    def _counted(self, lead: re.Match[str]) -> int:
        word, end = lead["q"].lower(), lead.end("q")
        told = re.match(r"\s*\((\d{1,5})\)", self.rest[end:])
        value = (
            Decimal(NUMBER_WORDS.get(word, 1))
            if not word[0].isdigit()
            else numbers.parse(word, self.document.number_style)
        )
        unit = (lead["unit"] or "").strip(".").lower()
        if told and not word[0].isdigit():
            value, end = Decimal(told[1]), end + told.end()
        boxes = unit == "dozen" and self.document.language == "nl"  # "twee dozen": two boxes
        worded = not word[0].isdigit() and word not in DOZENS  # "16 dozen" is printed so
        if unit in DOZENS and value is not None and worded and not boxes:
            value, unit, end = value * 12, "", lead.end("unit")
        if value is not None:
            self.put("quantity", numbers.printed(value), lead.start("q"), lead.end("q"), 0.85)
        if lead["times"]:
            end = max(end, lead.end("times"))
        if unit in UNIT and not (unit == "in" and end < lead.start("unit")):
            end = lead.end("unit")
            self.put("uom", lead["unit"].strip("."), lead.start("unit"), end, 0.8)
        return end

    def _choice(self, lead: re.Match[str]) -> int:
        """ "3 or 4" leaves the quantity open; "from 50 to 75" means the second."""
        end = lead.end("or")
        if re.search(
            r"\b(from|von|de|da|van)\s+$", self.before + self.rest[: lead.start("q")], re.IGNORECASE
        ):
            self.put("quantity", lead["or"], lead.start("or"), end, 0.8)
        unit = re.match(rf"\s*({WORD})\.?(?=\s)", self.rest[end:])
        if unit and unit[1].lower() in UNIT:
            self.put("uom", unit[1], end + unit.start(1), end + unit.end(1), 0.75)
            end += unit.end(1)
        return end

    def _trailing(self) -> bool:
        tail = TRAILING.search(self.rest)
        if tail and tail[0].lstrip().startswith("=") and _PRICED.search(self.rest, 0, tail.start()):
            return False  # "2 ea @ 84.50 = 169.00"
        return bool(tail and is_count(tail)) and self._take(tail)

    def _worded(self) -> bool:
        """ "Drap d'examen : une douzaine de rouleaux" """
        tail = _WORDED_TAIL.search(self.rest)
        if tail is None:
            return False
        count = NUMBER_WORDS[tail["word"].lower()]
        self.put("quantity", str(count), *tail.span("word"), 0.75)
        if tail["pack"]:
            self.put("uom", tail["pack"], *tail.span("pack"), 0.75)
        self._blank(*tail.span())
        return True

    def _inside(self) -> bool:
        return self._take(count_in(self.rest))

    def _take(self, found: re.Match[str] | None) -> bool:
        value = numbers.parse(found["q"], self.document.number_style) if found else None
        if found is None or value is None:
            return False
        self.put("quantity", numbers.printed(value), found.start("q"), found.end("q"), 0.75)
        if found["unit"] and found["unit"] not in "xX×" and not COUNTING.fullmatch(found["unit"]):
            self.put("uom", found["unit"].strip("."), found.start("unit"), found.end("unit"), 0.75)
        held = _HOLDS.match(self.rest, found.end())
        self._blank(found.start(), held.end() if held else found.end())
        return True

    def _price(self) -> None:
        for told in list(told_prices.find(self.rest, self.document.number_style)):
            self.put(told.kind, numbers.printed(told.value), *told.figure, 0.8)
            self._blank(told.start, told.end)
        self._amount()

    def _amount(self) -> None:
        """A last figure that is quantity times price."""
        last = re.search(rf"(?<!\w)[€$£]?\s?(?P<a>{FIGURE})\s?[€$£]?\s*$", self.rest)
        known = {"quantity", "unit_price"} <= self.line.keys() and "amount" not in self.line
        value = numbers.parse(last["a"], self.document.number_style) if last and known else None
        if last is None or value is None:
            return
        quantity, price = (Decimal(self.line[name].value) for name in ("quantity", "unit_price"))
        if fits(quantity, price, value):
            self.put("amount", numbers.printed(value), *last.span("a"), 0.8)
            self._blank(*last.span())

    def _code(self) -> None:
        code = NAMED_CODE.search(self.rest) or BRACKETED.search(self.rest)
        named = code is not None
        code = code or CODE.search(self.rest)
        if code is None:
            return
        group = "code" if named else 0
        value = code[group].strip("().")
        rest = self.rest[: code.start()] + self.rest[code.end() :]
        if _HELD.fullmatch(value) or (not named and _SIZE_ALONE.fullmatch(rest)):
            return
        if (named and (len(value) >= 4 or not value.isdigit())) or plausible(value, self.rest):
            self.put(
                prose_owner(value, self.document), value, code.start(group), code.end(group), 0.8
            )
            self._blank(*code.span())

    def _bare_pack(self) -> None:
        """ "2 reels (wall mounted)": a pack of nothing named is the goods itself."""
        uom, told = self.line.get("uom"), self.line.get("description")
        coded = {"supplier_sku", "buyer_sku"} & self.line.keys()
        if uom is None or coded or uom.value.lower() not in PACKS:
            return
        if told is None or told.value.startswith("("):
            words = f"{uom.value} {told.value}" if told else uom.value
            del self.line["uom"]
            self.line["description"] = replace(told or uom, value=words)

    def _description(self) -> None:
        told = words_of_goods(self.rest)
        if told is not None:
            self.put("description", *told, 0.75)
