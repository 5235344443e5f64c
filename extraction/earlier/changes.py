"""What an order differs in from the earlier one it repeats: "but 20 instead of 10, without the brackets, plus 5 hoses"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from core.inbound.reading import EarlierChange
from extraction.document import Document
from extraction.earlier.words import COUNTED, TIMES
from extraction.fields import dates, numbers
from extraction.fields.units import UNIT
from extraction.fields.words import DOZENS, NUMBER_WORDS
from extraction.goods.figures import FIGURE
from extraction.goods.item import Goods
from extraction.lines.cells import Line
from extraction.prose.passages import Passage

_BUT = r"but|except(?: for| that)?|only|aber|nur|jedoch|allerdings|bis auf|au(?:ss|ß)er|mais|sauf|excepte|a part|seulement|pero|salvo|excepto|menos|solo|ma|tranne|eccetto|solo|maar|behalve|alleen|this time|diesmal|dieses mal|doch|cette fois|esta vez|questa volta|stavolta|deze keer|ditmaal|change|make (?:it|that|this|those|the)|scrap that"
_PLUS = r"plus|additionally|in addition|as well as|together with|zusatzlich|dazu|ausserdem|au(?:ss|ß)erdem|en plus|ainsi que|ademas|mas|inoltre|piu|in piu|daarnaast|extra|also|auch|aussi|tambien|anche|ook|add|noch|con"
_AND = r"and|und|et|y|e(?! ?[-'])|en(?! (?:vez|lugar|plus|moins|outre|total|blanco)\b)|sowie"
_NOT = r"without|w/o|no|not|leave out|leaving out|skip|drop|minus|less|ohne|nicht|keine?n?|sans|pas de|pas les|sin|senza|zonder|geen|ohne|excluding"
_SPLIT = re.compile(
    rf"(?P<stop>[;:!?\n]|[,.](?!\d)|\s[-–—]\s)|(?<![\w-])(?:(?P<plus>{_PLUS})|(?P<but>{_BUT})|(?P<without>{_NOT})|(?P<with>with|mit|avec|met)|(?P<and>{_AND}))(?![\w-])".replace(
        " ", r"\s+"
    )
)
_EXCEPT = re.compile(
    r"except|bis auf|au(?:ss|ß)er|sauf|excepte|a part|salvo|excepto|menos|tranne|eccetto|behalve"
)
_WORDS = {dates.fold(word): n for word, n in NUMBER_WORDS.items()}
_NUM = rf"(?:{FIGURE}|(?:{'|'.join(sorted((w for w in _WORDS if len(w) > 2), key=len, reverse=True))})\b)"
_UNITS = "|".join(
    sorted(
        {re.escape(dates.fold(u)) for u in UNIT if len(u) > 1} | {"x", "×"}, key=len, reverse=True
    )
)
_UNIT_WORDS = frozenset(dates.fold(unit) for unit in UNIT if len(unit) > 1)
_INSTEAD_WORD = r"instead of|rather than|in place of|not|statt|anstatt|anstelle von|au lieu de|en lugar de|en vez de|invece (?:di|che)|al posto di|in plaats van|ipv|i\.p\.v\."
_INSTEAD = re.compile(
    rf"(?<![\w.,/-])(?P<q>{_NUM})\s*(?:(?P<unit>{_UNITS})\.?(?![\w]))?(?P<goods>[^,;!?\n]*?)\s*(?<!\w)(?:{_INSTEAD_WORD})(?!\w)\s+(?:the\s+|the usual\s+|den\s+|les\s+|los\s+|las\s+)?(?P<was>{_NUM})(?![\w/-])(?P<rest>[^,;.!?\n]*)".replace(
        "instead of", r"instead\s+of"
    )
)
_REVERSED = re.compile(
    rf"(?<!\w)(?:{_INSTEAD_WORD})(?!\w)\s+(?:the\s+|den\s+|les\s+|los\s+)?(?P<was>{_NUM})(?P<goods>[^,;!?\n\d]*?),?\s+(?P<q>{_NUM})\s*(?:(?P<unit>{_UNITS})\.?(?![\w]))?(?P<rest>[^,;.!?\n]*)"
)
_COUNTED = re.compile(
    rf"^\W*(?:(?:only|just|please|bitte|nur|noch|jetzt|lieber|s'il vous plait|por favor|solo|make it|take|we need|need|send)\s+)*(?P<q>{_NUM})\s*(?:(?P<unit>{_UNITS})\.?(?![\w]))?\s*(?P<goods>.*)$",
    re.DOTALL,
)
_NAMED = re.compile(
    rf"^\W*(?P<goods>\S.*?)\s*(?:[:=–-]|\bto\b|\bauf\b|\bonly\b|\bnur\b)?\s+(?:x\s*)?(?P<q>{_NUM})\s*(?P<unit>{_UNITS})?\.?\W*$",
    re.DOTALL,
)
_LINE_NO = re.compile(
    r"\b(?:line|item|position|pos\.?|ligne|poste|linea|posicion|riga|posizione|regel|positie)\s*(?:no\.?|nr\.?|n°|#)?\s*(?P<n>\d{1,4})\b"
)
_LEAVE_OUT = re.compile(
    r"^(?P<goods>.*?)\s+(?:weg\s?lassen|weg|raus|nicht|out|laten)\W*$|^(?:lassen sie|lass|leave)\s+(?P<goods2>.*?)\s+(?:weg|out)\W*$"
)
_POLITE = re.compile(
    r"^\W*(?:(?:please|pls|thanks|thank you|many thanks|thx|bitte|danke|vielen dank|gru(?:ß|ss)e?|merci|s'il vous plait|svp|gracias|por favor|grazie|per favore|bedankt|graag|alvast|dank|hi|hello|hallo|to|the|us|again|order|send|die|bestellung|wir|we|nous|haben|brauchen|benotigen)\W*)*$"
)
_NOT_GOODS = re.compile(
    r"\b(?:p\.?o\.?\b|order (?:no|number)|bestell(?:nummer|nr)|our (?:order|po|ref)|deliver\w*|ship\w*|liefer\w*|livr\w*|entreg\w*|consegn\w*|lever\w*|address|adresse|weeks?|days?|wochen?|tage?n?|jours?|semaines?|dias?|semanas?|giorni|settimane?|dagen|weken|o'clock|uhr|kw)\b"
)
_LEAD = re.compile(
    r"^\W*(?:(?:of|the|them|those|these|our|x|von|den|der|die|das|dem|de|des|du|la|le|les|d'|di|del|della|dei|delle|degli|los|las|el|il|lo|gli|i|van|het|with|please|bitte|for|bei|chez|fur|pour|per|para|voor|x)(?:\s+|(?<=')))+"
)
_TAIL = re.compile(
    r"[\s,.;:!?()–-]*(?:(?:this time|diesmal|dieses mal|please|pls|bitte|thanks|thx|danke|merci|gracias|grazie|cette fois(?:-ci)?|esta vez|stavolta|questa volta|deze keer|graag|s'il vous plait|svp|por favor|per favore)[\s,.;:!?()–-]*)*$"
)  # fmt: skip
_ONLY_TIMES = re.compile(
    r"^\W*(?:(?:please|bitte|this time|diesmal|the|die|das|la|le|el|il|de|as much|as many|of everything|everything|alles|tout|todo|tutto|menge\w*|quantit\w*|cantidad\w*|hoeveelheid|order|bestellung|commande|pedido|ordine|amount|number|x|×|times|mal|fois|veces|volte|keer|maal|\d{1,2}|two|three|zwei|drei|deux|trois|dos|tres|due|tre|twee|drie|twice|double\w*|triple|treble|doppelt\w*|zweimal|dreimal|zweifach\w*|dreifach\w*|doble|doppio|dubbel\w*|driedubbel\w*|half|halbe?|halfte|moitie|mitad|meta|helft)\W*)+$"
)
_GENERIC = re.compile(
    r"^(?:pieces?|pcs|units?|stuck|pieces|piezas|unidades|pezzi|stuks?|each|in total)?$"
)


@dataclass
class Differences:
    """What the words behind a reference say. added: lines that come on top; unclear: what was not understood."""

    changes: list[EarlierChange] = field(default_factory=list)
    added: list[Line] = field(default_factory=list)
    times: str = ""
    unclear: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Clause:
    mode: str
    start: int
    end: int
    direct: bool = True


def read(passage: Passage, start: int, end: int, document: Document, mode: str = "") -> Differences:
    """The differences told between two places of a passage; mode: "", "set", "add" or "drop" to begin with."""
    found = Differences()
    folded = folded_text(passage.text)
    for told in _instead(folded, start, end, passage.text, document):
        found.changes.append(told[0])
        folded = folded[: told[1]] + "," * (told[2] - told[1]) + folded[told[2] :]
    for clause in _clauses(folded, start, end, mode):
        _read_clause(clause, folded, passage, document, found)
    return found


def folded_text(text: str) -> str:
    """Lower case without accents, as long as the text."""
    folded = dates.fold(text).replace("’", "'")
    return folded if len(folded) == len(text) else text.lower()


def _instead(
    folded: str, start: int, end: int, text: str, document: Document
) -> Iterator[tuple[EarlierChange, int, int]]:
    """Each "20 ... instead of 10" or "instead of 10 ... 20" with the place of its words."""
    taken: list[range] = []
    for pattern in (_INSTEAD, _REVERSED):
        for found in pattern.finditer(folded, start, end):
            quantity, was = _figure(found["q"], document), _figure(found["was"], document)
            if not quantity or any(found.start("q") in span for span in taken):
                continue
            until = _until(folded, found.start("rest"), found.end("rest"))
            first = min(found.start("q"), found.start("was"))
            before = _since(folded, start, first)
            spans = (found.span("goods"), (found.start("rest"), until), (before, first))
            at = next((i for i, (a, b) in enumerate(spans) if _goods(folded, text, a, b)), -1)
            begin = before if at == 2 else found.start()
            taken.append(range(begin, until))
            said = " ".join(text[begin:until].split())
            numbered = _LINE_NO.search(folded[before:until])
            yield (
                EarlierChange(
                    "set",
                    _goods(folded, text, *spans[at]) if at >= 0 and not numbered else "",
                    numbered["n"] if numbered else "",
                    quantity,
                    was,
                    _unit(found, text),
                    said,
                ),
                begin,
                until,
            )


def _until(folded: str, start: int, end: int) -> int:
    mark = _SPLIT.search(folded, start, end)
    return mark.start() if mark else end


def _since(folded: str, start: int, end: int) -> int:
    """Where the clause that ends here begins; a colon or dash joins a name to its figure."""
    for mark in _SPLIT.finditer(folded, start, end):
        if not mark["stop"] or mark["stop"].strip() not in (":", "-", "–", "—"):
            start = mark.end()
    return start


def _unit(found: re.Match[str], text: str, base: int = 0) -> str:
    start, end = found.span("unit")
    return text[base + start : base + end].strip("x×") if start >= 0 else ""


def _clauses(folded: str, start: int, end: int, mode: str) -> Iterator[_Clause]:
    at, direct = start, True
    for mark in _SPLIT.finditer(folded, start, end):
        if mark.start() > at:
            yield _Clause(mode, at, mark.start(), direct)
        direct = not mark["and"]
        if mark["but"]:
            mode = "except" if _EXCEPT.match(mark["but"]) else "set"
        elif mark["plus"]:
            mode = "add"
        elif mark["without"]:
            mode = "drop"
        elif mark["with"]:
            mode = "set"
        elif mark["stop"] and mark["stop"] in ".!?":
            mode = ""
        at = mark.end()
    if end > at:
        yield _Clause(mode, at, end, direct)


def _read_clause(
    clause: _Clause, folded: str, passage: Passage, document: Document, found: Differences
) -> None:
    told, text = folded[clause.start : clause.end], passage.text[clause.start : clause.end]
    if not re.search(r"[^\W_]", told) or _POLITE.match(told):
        return
    times = times_in(told)
    if times and not found.times and _ONLY_TIMES.match(told):
        found.times = times
        return
    if dates.find(text) or _NOT_GOODS.search(told):
        return
    if clause.mode == "add":
        _add(clause, passage, document, found)
        return
    counted, left = _COUNTED.match(told), _LEAVE_OUT.match(told)
    named = None if counted else _NAMED.match(told)
    if counted or named:
        _set(clause, counted or named, folded, passage, document, found)
    elif clause.mode in ("drop", "except") or left:
        group = next((g for g in ("goods", "goods2") if left and left[g]), "")
        a, b = left.span(group) if left and group else (0, len(told))
        goods = _goods(folded, passage.text, clause.start + a, clause.start + b)
        if goods:
            found.changes.append(EarlierChange("drop", goods, text=" ".join(text.split())))
    elif clause.mode:
        found.unclear.append(" ".join(text.split()))


def _add(clause: _Clause, passage: Passage, document: Document, found: Differences) -> None:
    line = Goods(passage, clause.start, clause.end, document).read()
    if line:
        found.added.append(line)
    else:
        found.unclear.append(" ".join(passage.text[clause.start : clause.end].split()))


def _set(
    clause: _Clause,
    told: re.Match[str] | None,
    folded: str,
    passage: Passage,
    document: Document,
    found: Differences,
) -> None:
    quantity = _figure(told["q"], document) if told else ""
    if not told or not quantity:
        return
    goods_at = (clause.start + told.start("goods"), clause.start + told.end("goods"))
    goods = _goods(folded, passage.text, *goods_at)
    unit = _unit(told, passage.text, clause.start)
    text = " ".join(passage.text[clause.start : clause.end].split())
    if unit.lower() in DOZENS:
        quantity, unit = numbers.printed(Decimal(quantity) * 12), ""
    if clause.mode == "drop" and clause.direct:
        found.unclear.append(text)
    else:
        found.changes.append(EarlierChange("set", goods, "", quantity, "", unit, text))


def times_in(words: str) -> str:
    """How often the earlier order is wanted, "" when nothing says so."""
    for pattern, value in TIMES:
        match = pattern.search(words)
        if match:
            told = value or match["n"]
            return COUNTED.get(told, told)
    return ""


def _figure(text: str, document: Document) -> str:
    if text in _WORDS:
        return str(_WORDS[text])
    value = numbers.parse(text, document.number_style)
    return numbers.printed(value) if value is not None else ""


def _goods(folded: str, text: str, start: int, end: int) -> str:
    """The words that name goods between two places, without articles and politeness."""
    part = folded[start:end]
    lead = _LEAD.match(part)
    start += lead.end() if lead else 0
    tail = _TAIL.search(folded[start:end])
    end = start + tail.start() if tail else end
    words = " ".join(re.sub(r"[()\[\]]", " ", text[start:end]).strip(" ,.;:-–").split())
    first, _, rest = words.partition(" ")
    if rest and dates.fold(first).strip(".") in _UNIT_WORDS:
        words = rest
    if _GENERIC.match(dates.fold(words)) or not re.search(r"[^\W\d_]{2}|\d{3}", words):
        return ""
    return words[:120]
