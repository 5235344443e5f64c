"""Order lines written as prose or as a plain list: "12 x ABC-1", "- 100 of the grade 8s", "please send 10 pcs of ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.inbound.reading import Candidate, Evidence
from extraction.document import Document
from extraction.fields import dates, numbers
from extraction.fields.currencies import CURRENCIES
from extraction.fields.places import place_spans
from extraction.fields.units import UNIT
from extraction.fields.words import DOZENS, JOINERS, NUMBER_WORDS, ORDERING
from extraction.layout import TextLine
from extraction.lines import Line, owner_of
from extraction.vocabulary import matches, tokens

MAX_LINES = 1_000
_BULLET = re.compile(
    r"^\s*(?:[-*•·–—>+o]\s+|(?P<number>\d{1,3})[.)]\s+|#(?P<hash>\d{1,3})[.:)]?\s+|(?:pos|item|line|position|ligne|riga|regel)\.?\s*(?P<pos>\d{1,4})\s*[:.)-]\s*)",
    re.IGNORECASE,
)
_NUMBER_WORD = "|".join(sorted(map(re.escape, NUMBER_WORDS), key=len, reverse=True))
_FIGURE = r"\d{1,3}(?:[.,' ]\d{3})+(?![\d])|\d+(?:[.,]\d+)?"
_QUANTITY = re.compile(
    rf"(?P<a>(?:a|an|one|ein|eine|une|una|un|een)\s+)?(?P<q>{_FIGURE}|\b(?:{_NUMBER_WORD})\b)(?:\s+(?:or|to|oder|ou|o|of)\s+(?P<or>\d+))?"
    r"\s*(?P<times>[x×*](?=\s|[A-Z0-9]))?\s*(?P<unit>[A-Za-zäöüéèç²³]{1,12}\.?)?(?=[\s,:;(\-–@]|$)",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    rf"(?:\s*[-–—:,|=]\s*|\s+[x×*]\s*|\s+|\()(?:qty|quantity|menge|anzahl|quantité|qté|cantidad|cant|quantità|qta|aantal)?\.?\s*[:=]?\s*(?P<q>{_FIGURE})\s*(?P<unit>[A-Za-zäöüéèç²]{{1,12}}\.?)?\)?\s*$",
    re.IGNORECASE,
)
_PRICE = re.compile(
    rf"(?:@|\bzu je\b|\bà je\b|\bat\b|\bà\b|\bje\b|\bzu\b|\bfor\b|\ba\b(?=\s*[€$£\d])|\bprice:?|\bpreis:?|\bprix:?|\bprecio:?|\bprezzo:?|\bprijs:?|\bvoor\b|,|;|-|–)\s*(?P<sign>[€$£]|USD|EUR|GBP|CHF)?\s*(?P<p>{_FIGURE})\s*(?P<sign2>[€$£]|USD|EUR|GBP|CHF|euros?|dollars?)?\s*(?P<each>/\s*[A-Za-z]+|each|ea\.?|per \w+|pro \w+|par \w+|stück|apiece|l'unité|la unidad|cad\.?|cadauno|per stuk|p\.?/?st\.?|/st)?",
    re.IGNORECASE,
)
_CODE_TOKEN = re.compile(
    r"(?<![\w./\"-])(?=[A-Z0-9][\w./-]*\d|[A-Z]{2,}-[A-Z])(?=[\w./-]*[A-Z-]|\d{5})[A-Z0-9]+(?:[-./_][A-Za-z0-9]+)*(?![\w\"”″'/-])"
)
_NAMED_CODE = re.compile(
    r"\(?\b(?:part|item|sku|art|artikel|article|réf|ref|cod|código|codice|material|mat|model|cat|p/?n|bestell|product|articolo|artículo)[\w.-]*\.?\s*(?:no|nr|num|number|code|nummer|#|n°|nº)?\.?\s*[:#]?\s*(?P<code>(?=\S*\d)[A-Z0-9][\w./-]{2,})\)?",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"\s+(?:—|--|–)\s+(?=[a-zà-ü]+\s+\w+\s+\w+\s+\w+)|\s*;\s+|(?<=[a-z\d)\"])\.\s+(?=[A-Z])|\s+(?:if you|as soon|asap\b|to (?:our|the|be)|for (?:our|the|delivery)|by (?:the )?\w+day|please|bitte an|so schnell|thanks|from last time|by next|until|bis zum|pour le|para el|per il|voor de)\b",
    re.IGNORECASE,
)
_DIMENSION = re.compile(r"\s*(?:[/\"”″'°]|-\d|x\s*\d|mm\b|cm\b|[%])", re.IGNORECASE)
_KEYS = frozenset({"columns"})


@dataclass(frozen=True)
class Passage:
    """A row or sentence with the place of its first character in the part's text."""

    text: str
    start: int
    listed: bool


def read(lines: Sequence[TextLine], document: Document) -> list[Line]:
    """Order lines of a text without tables, in order."""
    found: list[Line] = []
    part = document.canvas.part
    for passage in passages(lines):
        if len(found) >= MAX_LINES:
            break
        keyed = _keyed(passage, part, document)
        if keyed:
            found.append(keyed)
        elif passage.listed:
            line = _item(passage, part, document)
            if line:
                found.append(line)
        else:
            found.extend(_sentence(passage, part, document))
    return found


# Passages ---------------------------------------------------------------------------------------------------------


def passages(lines: Sequence[TextLine]) -> Iterator[Passage]:
    """List rows with what is wrapped under them; other rows joined to paragraphs and cut into sentences."""
    pending: list[TextLine] = []
    listed = False
    for line in lines:
        opens = _opens_item(line.text)
        near = bool(pending) and _adjacent(pending[-1], line)
        if opens or not near or (listed and _closes_item(line.text)):
            yield from _flush(pending, listed)
            pending, listed = [line], opens
        else:
            pending.append(line)
    yield from _flush(pending, listed)


def _adjacent(upper: TextLine, lower: TextLine) -> bool:
    """Whether two lines follow each other with no blank line between."""
    a, b = upper.evidence.span, lower.evidence.span
    return a is not None and b is not None and b[0] - a[1] <= 1


def _opens_item(text: str) -> bool:
    if _BULLET.match(text):
        return True
    found = _QUANTITY.match(text.strip())
    if found and found["q"][0].isdigit() and not _DIMENSION.match(text.strip()[found.end("q") :]):
        unit = (found["unit"] or "").strip(".").lower()
        return bool(
            found["times"]
            or unit in UNIT
            or re.match(r"\s*(of|de|di|van)\b", text.strip()[found.end("q") :])
        )
    return bool(_keyed_marks(text)) or bool(
        _CODE_TOKEN.match(text.strip()) and _TRAILING.search(text)
    )


def _closes_item(text: str) -> bool:
    return bool(re.match(r"\s*[A-ZÄÖÜ][\w ]{1,30}:\s", text)) or bool(
        re.match(
            r"\s*(thanks|thank you|regards|best|cheers|please|requested|mit freundlichen|viele grüße|merci|cordialement|gracias|saludos|grazie|cordiali|bedankt|groet)",
            text,
            re.IGNORECASE,
        )
    )


def _flush(lines: list[TextLine], listed: bool) -> Iterator[Passage]:
    if not lines or lines[0].evidence.span is None:
        return
    if listed:
        yield Passage(_joined(lines), lines[0].evidence.span[0] + _indent(lines[0]), True)
        return
    text, start = _joined(lines), lines[0].evidence.span[0] + _indent(lines[0])
    at = 0
    for end in re.finditer(r"(?<=[\w)])[.!?](?=\s+[A-ZÀ-Ü])|\n", text):
        yield Passage(text[at : end.end()], start + at, False)
        at = end.end()
    if at < len(text):
        yield Passage(text[at:], start + at, False)


def _indent(line: TextLine) -> int:
    span = line.evidence.span or (0, 0)
    first = line.words[0].span if line.words else None
    return first[0] - span[0] if first else 0


def _joined(lines: list[TextLine]) -> str:
    """The lines as one text whose characters keep their distance from the first one's start."""
    first = lines[0].evidence.span or (0, 0)
    base = first[0] + _indent(lines[0])
    text = lines[0].text
    for line in lines[1:]:
        start = (line.evidence.span or (0, 0))[0] + _indent(line) - base
        text = text.ljust(start) + line.text
    return text


# "SKU: A-1, Qty: 5, Unit price: 2.50" -----------------------------------------------------------------------------


def _keyed_marks(text: str) -> list[tuple[str, int, int]]:
    """(role, start of label, end of label) of column words with a colon behind them."""
    marks = []
    for match in matches(text, _KEYS):
        if re.match(r"\s*[:=]", text[match.end :]) and re.search(
            r"(^|[,;|(.)•*-])\s*$|\d\s+$", text[: match.start]
        ):
            marks.append((match.meanings[0].name, match.start, match.end))
    return (
        marks if len({m[0] for m in marks}) >= 2 and any(m[0] == "quantity" for m in marks) else []
    )


def _keyed(passage: Passage, part: int, document: Document) -> Line | None:
    marks = _keyed_marks(passage.text)
    if not marks:
        return None
    line: Line = {}
    bullet = _BULLET.match(passage.text)
    if bullet and bullet["number"]:
        _put(
            line,
            "line_no",
            bullet["number"],
            passage,
            bullet.start("number"),
            bullet.end("number"),
            part,
            0.9,
        )
    for number, (role, _, end) in enumerate(marks):
        until = marks[number + 1][1] if number + 1 < len(marks) else len(passage.text)
        raw = passage.text[end:until]
        lead = len(raw) - len(raw.lstrip(" :="))
        text = raw.strip(" :=,;|-\n")
        if text:
            _put_keyed(line, role, text, passage, end + lead, part, document)
    return line if {"quantity", "description"} & line.keys() else None


def _put_keyed(
    line: Line, role: str, text: str, passage: Passage, at: int, part: int, document: Document
) -> None:
    end = at + len(text)
    if role in ("quantity", "unit_price", "amount"):
        spaced = re.match(rf"[^\d]{{0,4}}({_FIGURE})\s*([A-Za-z]+)?", text)
        value = numbers.parse(spaced[1], document.number_style) if spaced else None
        if value is not None:
            _put(line, role, numbers.printed(value), passage, at, end, part, 0.92)
            if role == "quantity" and spaced and spaced[2] and spaced[2].lower() in UNIT:
                _put(line, "uom", spaced[2], passage, at, end, part, 0.85)
    elif role == "requested_date":
        days = dates.find(text, document.near)
        if days:
            _put(
                line,
                role,
                dates.choose(days[0], document.day_style).isoformat(),
                passage,
                at,
                end,
                part,
                0.9,
            )
    elif role in ("sku", "item"):
        name = (
            ("supplier_sku" if role == "sku" else "description")
            if not re.search(r"\d", text) or role == "sku"
            else owner_of(text, document)
        )
        _put(line, name, text, passage, at, end, part, 0.85)
    elif role in (
        "description",
        "uom",
        "buyer_sku",
        "supplier_sku",
        "gtin",
        "manufacturer_sku",
        "line_no",
    ):
        _put(line, role, text, passage, at, end, part, 0.92)


def _put(
    line: Line,
    name: str,
    value: str,
    passage: Passage,
    start: int,
    end: int,
    part: int,
    confidence: float,
) -> None:
    if name not in line and value:
        span = (passage.start + start, passage.start + end)
        evidence = Evidence(part, span=span, text=passage.text[start:end].strip()[:200])
        line[name] = Candidate(value, confidence, evidence, "prose")


# "200 ea Grade 5 screws", "ABC-1 x 10" ----------------------------------------------------------------------------


_SUMS = re.compile(r"^\W*(?:sub-?total|total|grand total|gesamt\w*|summe|zwischensumme|netto|totale|totaal|importe|imponibile|montant|tax|vat|mwst|tva|iva|btw|freight|shipping)\b", re.IGNORECASE)


def _item(passage: Passage, part: int, document: Document) -> Line | None:
    bullet = _BULLET.match(passage.text)
    start = bullet.end() if bullet else 0
    if _SUMS.match(passage.text[start:]):
        return None
    line = _goods(passage, start, len(passage.text), part, document)
    if (line and bullet and bullet["number"]) or (line and bullet and bullet["pos"]):
        group = "number" if bullet["number"] else "pos"
        _put(
            line,
            "line_no",
            bullet[group],
            passage,
            bullet.start(group),
            bullet.end(group),
            part,
            0.85,
        )
    return line


def _sentence(passage: Passage, part: int, document: Document) -> Iterator[Line]:
    """Every quantity with goods behind it, in a sentence that orders something."""
    if not ORDERING.search(passage.text) or _SUMS.match(passage.text):
        return
    places = [range(a, b) for a, b in place_spans(passage.text)]
    counted = (m for m in _QUANTITY.finditer(passage.text) if _counts(passage.text, m))
    starts = [m for m in counted if not any(m.start("q") in place for place in places)]
    for number, match in enumerate(starts):
        end = starts[number + 1].start() if number + 1 < len(starts) else len(passage.text)
        line = _goods(passage, match.start(), end, part, document)
        if line:
            yield line


def _counts(text: str, match: re.Match[str]) -> bool:
    """Whether a number in running text counts goods rather than being a size, a day, a code or a street."""
    before, after = text[: match.start("q")], text[match.end("q") :]
    word = match["q"]
    if re.search(r"[\w/.,#$€£:-]$|\b(?:EUR|USD|GBP|CHF|INR|CAD|AUD)\s*$", before) or _DIMENSION.match(after):
        return False
    if re.search(
        r"(?:\b(?:po|order|no|nr|ref|number|grade|type|size|version|page|net|model|class|unit|suite|room|dock|gate|building|street|box|week|within|in|at|line|item|suis|le|am|el|il)\.?|#)\s*$",
        before,
        re.IGNORECASE,
    ):
        return False
    if not word[0].isdigit():
        return (
            bool(
                re.match(
                    r"\s+(?:more|dozen|of|x|box|boxes|rolls?|pieces?|pcs|sets?|packs?|cases?|pallets?|each|stück|kartons?|rollen|pièces?|cartons?|rouleaux|cajas?|unidades|piezas|pezzi|scatole|confezioni|stuks|dozen|rollen)\b|\s+\w+s\b",
                    after,
                    re.IGNORECASE,
                )
            )
            and word.lower() not in {"ein", "eine", "un", "une", "una", "een", "uno", "einen"}
        ) or word.lower() in DOZENS
    unit = (match["unit"] or "").strip(".").lower()
    if (
        unit
        in {
            "days",
            "day",
            "weeks",
            "week",
            "tage",
            "tagen",
            "jours",
            "giorni",
            "dias",
            "días",
            "dagen",
            "hours",
            "months",
            "h",
            "am",
            "pm",
            "th",
            "st",
            "nd",
            "rd",
            "uhr",
            "percent",
        }
        or unit in dates.MONTHS
    ):
        return False
    if re.match(r"\s*(?:%|st\b|nd\b|th\b|[:]\d|\.\d|,\s*\d{4})", after) or (
        re.search(r"\b\d{4}\b", word)
        and len(word) == 4
        and word.startswith(("19", "20"))
        and not unit
    ):
        return False
    if days_around(text, match.start("q")):
        return False
    return bool(unit or match["times"] or re.match(r"\s*[(\"]?[A-Za-z]", after))


def days_around(text: str, at: int) -> bool:
    return any(d.start <= at < d.end for d in dates.find(text))


def _goods(passage: Passage, start: int, end: int, part: int, document: Document) -> Line | None:
    """Quantity, unit, goods, code and price of one item between two places of a passage."""
    text = passage.text[start:end]
    cut = _CLAUSE.search(text)
    stop = cut.start() if cut and cut.start() > 6 else len(text)
    text = text[:stop]
    line: Line = {}
    lead = _QUANTITY.match(text.lstrip())
    offset = len(text) - len(text.lstrip())
    body_start, body_end = offset, len(text)
    if (
        lead
        and (lead["q"][0].isdigit() or lead["q"].lower() in NUMBER_WORDS)
        and not _DIMENSION.match(text[offset + lead.end("q") :])
    ):
        body_start = offset + _take_quantity(line, lead, passage, start + offset, part, document)
    else:
        tail = _TRAILING.search(text)
        if not tail or not _is_count(tail):
            if not _priced_code(text[body_start:]):
                return None
            _take_rest(line, passage, start + body_start, start + body_end, part, document)
            return line
        value = numbers.parse(tail["q"], document.number_style)
        if value is None:
            return None
        _put(
            line,
            "quantity",
            numbers.printed(value),
            passage,
            start + tail.start("q"),
            start + tail.end("q"),
            part,
            0.75,
        )
        unit = (tail["unit"] or "").strip(".")
        if unit:
            _put(
                line,
                "uom",
                unit,
                passage,
                start + tail.start("unit"),
                start + tail.end("unit"),
                part,
                0.75,
            )
        body_end = tail.start()
    _take_rest(line, passage, start + body_start, start + body_end, part, document)
    return line if {"description", "supplier_sku", "buyer_sku"} & line.keys() else None


def _priced_code(text: str) -> bool:
    """A part number with a price but no quantity: an incomplete line, for a person to complete."""
    return bool(_CODE_TOKEN.match(text)) and any(m["sign"] or m["sign2"] for m in _PRICE.finditer(text))


def _is_count(tail: re.Match[str]) -> bool:
    unit = (tail["unit"] or "").strip(".").lower()
    marked = bool(re.match(r"\s*[x×*:=|(]|\s*[-–—]\s", tail[0])) or bool(
        re.search(r"qty|quant|menge|anzahl|cant|aantal", tail[0], re.IGNORECASE)
    )
    return (not unit and marked) or unit in UNIT


def _take_quantity(
    line: Line, lead: re.Match[str], passage: Passage, at: int, part: int, document: Document
) -> int:
    """Put quantity and unit; returns where the goods begin, counted from the match's text."""
    word = lead["q"]
    value = (
        Decimal(NUMBER_WORDS[word.lower()])
        if word.lower() in NUMBER_WORDS
        else numbers.parse(word, document.number_style)
    )
    end = lead.end("q")
    unit = (lead["unit"] or "").strip(".").lower()
    if unit in DOZENS and value is not None and word.lower() not in DOZENS:
        end = lead.end("unit")
        value, unit = value * 12, ""
    if lead["or"]:
        end = max(end, lead.end("or"))
        rest = re.match(r"\s*([A-Za-zäöüéè]{1,12})\.?(?=\s)", passage.text[at + end :])
        if re.search(
            r"\b(from|von|de|da|van)\s+$", passage.text[: at + lead.start("q")], re.IGNORECASE
        ):
            _put(
                line,
                "quantity",
                lead["or"],
                passage,
                at + lead.start("or"),
                at + lead.end("or"),
                part,
                0.8,
            )
        if rest and rest[1].lower() in UNIT:
            _put(
                line,
                "uom",
                rest[1],
                passage,
                at + end + rest.start(1),
                at + end + rest.end(1),
                part,
                0.75,
            )
            end += rest.end(1)
        return end
    elif value is not None:
        _put(
            line,
            "quantity",
            numbers.printed(value),
            passage,
            at + lead.start("q"),
            at + lead.end("q"),
            part,
            0.85,
        )
    if lead["times"]:
        end = max(end, lead.end("times"))
    if unit in UNIT:
        end = lead.end("unit")
        _put(
            line,
            "uom",
            lead["unit"].strip("."),
            passage,
            at + lead.start("unit"),
            at + end,
            part,
            0.8,
        )
    return end


def _take_rest(
    line: Line, passage: Passage, start: int, end: int, part: int, document: Document
) -> None:
    text = passage.text[start:end]
    price = next(
        (
            m
            for m in _PRICE.finditer(text)
            if m["sign"] or m["sign2"] or m["each"] or m[0][0] == "@"
        ),
        None,
    )
    if price:
        value = numbers.parse(price["p"], document.number_style)
        if value is not None:
            _put(
                line,
                "unit_price",
                numbers.printed(value),
                passage,
                start + price.start("p"),
                start + price.end("p"),
                part,
                0.8,
            )
            text = text[: price.start()] + " " * (price.end() - price.start()) + text[price.end() :]
    code = _NAMED_CODE.search(text) or _bracketed(text) or _CODE_TOKEN.search(text)
    if code:
        group = "code" if "code" in code.re.groupindex else 0
        value_text = code[group].strip("().")
        if _plausible_code(value_text, text):
            _put(
                line,
                prose_owner(value_text, document),
                value_text,
                passage,
                start + code.start(group),
                start + code.end(group),
                part,
                0.8,
            )
            text = text[: code.start()] + " " * (code.end() - code.start()) + text[code.end() :]
    goods = _trimmed(text)
    if goods:
        _put(
            line,
            "description",
            re.sub(r"\s+", " ", goods[0]),
            passage,
            start + goods[1],
            start + goods[1] + len(goods[0]),
            part,
            0.75,
        )


def _bracketed(text: str) -> re.Match[str] | None:
    return re.search(
        r"[(\[](?P<code>(?=[^)\]\s]*[\dA-Z])[A-Z0-9][A-Za-z0-9._/-]{2,}(?<![a-z]))[)\]]", text
    )


def _plausible_code(code: str, text: str) -> bool:
    digits = sum(c.isdigit() for c in code)
    if (
        len(code) < 3
        or re.fullmatch(r"\d{1,4}", code)
        or re.fullmatch(r"[A-Z]?\d{1,2}([./-]\d+)*", code)
    ):
        return False
    return digits >= 2 or "-" in code or code == text.strip()


def prose_owner(code: str, document: Document) -> str:
    """Customers who write by hand order by our numbers, unless we know that one is not ours."""
    known = document.context.known_skus
    return (
        "buyer_sku"
        if known and code not in known and len(code) > 0 and code not in {k.upper() for k in known}
        else "supplier_sku"
    )


def _trimmed(text: str) -> tuple[str, int] | None:
    """The goods without joining words, fillers and marks, and where they begin."""
    start = 0
    while True:
        rest = text[start:]
        lead = len(rest) - len(rest.lstrip(" ,.:;|–—-)@x×"))
        joiner = JOINERS.match(rest[lead:])
        if not lead and not joiner:
            break
        start += lead + (joiner.end() if joiner else 0)
    goods = re.sub(
        r"(?:\s+(?:and|und|et|y|e|en|plus|also|as well as|sowie|ainsi que|and also|also throw in|oh and|and also throw in))?[\s,.;:–—-]*$",
        "",
        text[start:],
    )
    goods = re.sub(r"\s+and\s+(also\s+)?throw in.*$|\bfor the (new|next)\b.*$", "", goods)
    goods = goods.strip()
    if not re.search(r"[^\W\d_]{2}", goods) or goods.lower() in CURRENCIES or len(goods) > 220 or len(tokens(goods)) > 30:
        return None
    return goods, start
