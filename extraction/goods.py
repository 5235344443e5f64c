"""One item told in words: "200 ea Grade 5 screws", "ABC-1 - hose - 10 m", "Part 4711, gaskets, 50 sets, 3.20 each"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.inbound.reading import Candidate, Evidence
from extraction import told_prices
from extraction.cells import Line, fits
from extraction.document import Document
from extraction.fields import dates, numbers, when
from extraction.fields.currencies import CURRENCIES
from extraction.fields.places import destinations
from extraction.fields.units import MEASURE, UNIT
from extraction.fields.words import DOZENS, JOINERS, NUMBER_WORDS
from extraction.passages import Passage, is_short_word
from extraction.vocabulary import tokens

_PACK_WORDS = """
_PACKS = frozenset(
pallet pallets reel reels drum drums box boxes bag bags tin tins crate crates tube tubes tray trays jar jars kit kits bucket buckets
palette paletten kiste kisten karton kartons eimer fass fässer kanister beutel rolle rollen palettes seau seaux fûts bidons cartons
palets palet bidones cubos bobinas cajas bancali fusti secchi taniche scatole emmers kisten zakken pallets dozen rollen
"""
_PACKS = frozenset(_PACK_WORDS.split())
"""Packs that are also sold as such."""
_NUMBER_WORD = "|".join(sorted(map(re.escape, NUMBER_WORDS), key=len, reverse=True))
FIGURE = r"\d{1,3}(?:[.,' ]\d{3})+(?![\d])|\d+(?:[.,]\d+)?"
_WORD = r"[A-Za-zÀ-ÿ²³]{1,12}"
_A_PACK = "|".join(sorted((re.escape(u) for u in UNIT if len(u) > 2), key=len, reverse=True))
QUANTITY = re.compile(
    rf"(?P<a>\b(?:a|an|one|ein|eine|une|una|un|een)\s+)?(?P<q>{FIGURE}|\b(?:{_NUMBER_WORD})\b|\ban?(?=\s+(?:{_A_PACK})\s+of\b))(?:\s+(?:or|to|oder|ou|o|of)\s+(?P<or>\d+))?"
    rf"\s*(?P<times>(?:[x×*]|mal\b|fois\b|veces\b|volte\b|maal\b|keer\b|times\b)(?=\s|[A-Z0-9]))?\s*(?P<unit>{_WORD}\.?)?(?=[\s,:;(\-–@]|$)",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    rf"(?:\s*[-–—:,|=]\s*|\s+[x×*]\s*|\s+|\()(?:qty|quantity|menge|anzahl|quantité|qté|cantidad|cant|quantità|qta|aantal)?\.?\s*[:=]?\s*(?P<q>{FIGURE})\s*(?P<unit>{_WORD}\.?)?\)?\s*$",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"(?:^|[,;|–—-]\s+|\s)(?P<q>{FIGURE})\s*(?P<unit>{_WORD})\.?(?=\s*(?:[,;|@–—(-]|$|(?:at|à|zu|je|a|for|voor|tegen)\b|(?:of|de|von|van|da)\s+\d))"
)
_KEYED_COUNT = re.compile(
    rf"\b(?:qty|quantity|menge|anzahl|quantité|qté|cantidad|cant|quantità|q\.?t[aà]|aantal|stückzahl)(?!\w)\.?\s*[:=]?\s*(?P<q>{FIGURE})\s*(?P<unit>(?:{'|'.join(sorted(UNIT, key=len, reverse=True))})(?![\w]))?",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"(?:[€$£]|\b(?:USD|EUR|GBP|CHF)\b)\s*\d|\d\s*(?:[€$£]|(?:USD|EUR|GBP|CHF|euros?|dollars?)\b)"
)
CODE = re.compile(
    r"(?<![\w./\"-])(?=[A-Z0-9][\w./-]*\d|[A-Z]{2,}-[A-Z])(?=[\w./-]*[A-Z-]|\d{5}|\d+\.\d+\.\d)[A-Z0-9]+(?:[-./_][A-Za-z0-9]+)*(?![\w\"”″'/-])"
)
_NAMED_CODE = re.compile(
    r"\(?\b(?:(?:your|ihre|votre|vostr[oa]|vs\.?|su|uw)\s+(?=(?:nr|no|n[°º]|ref|cod)\b))?(?:nr(?=\.?\s*[A-Z]+-?\d)|part|item|sku|art|artikel|article|réf|ref|cod|código|codice|material|mat|model|cat|p/?n|bestell|product|articolo|artículo)(?:[-.]{0,2}(?:no|nr|num|code|nummer|number|nummer))?\.?\s*(?:no|nr|num|number|code|nummer|#|n°|nº)?\.?\s*[:#]?\s*(?P<code>(?=\S*\d)[A-Z0-9][\w./-]{2,})\)?",
    re.IGNORECASE,
)
_BRACKETED = re.compile(
    r"[(\[](?P<code>(?!\d+(?:ct|pk|pcs?|er|stk?|mm|cm|m|ml|l|kg|g|oz|lb)[)\]])(?=[^)\]\s]*\d)[A-Za-z0-9][\w./-]{3,}|[A-Z][A-Z0-9._/-]{2,})[)\]]"
)
_CLAUSE = re.compile(
    r"\s+(?:—|--|–)\s+(?=[a-zà-ü]+\s+\w+\s+\w+\s+\w+)|\s*;\s+|(?<=[a-z\d)\"])\.\s+(?=[A-Z])|\s+(?:under (?:our|po|order|the)|unter (?:unserer|der)|as per|gemäß|laut|according to|selon|según|secondo|volgens|if you|as soon|asap\b|to (?:our|the|be|order|po)\b|for (?:our|the|delivery)|by (?:the )?\w+day|please|bitte an|so schnell|thanks|from last time|by next|until|bis zum|pour le|para el|per il|voor de)\b",
    re.IGNORECASE,
)
DIMENSION = re.compile(r"\s*(?:[/\"”″'°]|-\d|x\s*\d|mm\b|cm\b|[%])", re.IGNORECASE)
_ENDING = re.compile(
    r"(?:[\s,]+(?:dazu|außerdem|zudem|liefern|senden|schicken|zusenden|bestellen|mitbringen|mitschicken|leveren|sturen|bezorgen|bestellen|please|pls|bitte|thanks|graag|svp|por favor|per favore)\b)*(?:\s+(?:and|und|et|y|e|en|plus|also|as well as|sowie|ainsi que|and also|also throw in|oh and|and also throw in))?[\s,.;:?!(–—-]*$"
)


def _timeless(text: str, document: Document) -> str:
    """The text with blanks where it tells a day."""
    for day in dates.find(text, document.near):
        lead = _DAY_LEAD.search(text[: day.start])
        if lead:
            text = _blanked(text, lead.start(), day.end)
    for told in when.find(text, document.near):
        text = _blanked(text, told.start, told.end)
    for start, end in destinations(text):
        lead = _PLACE_LEAD.search(text[:start])
        text = _blanked(text, lead.start() if lead else start, end)
    return text


_PLACE_LEAD = re.compile(
    r"\s(?:to|at|an|nach|auf|in|à|au|chez|a|al|en|presso|op|naar|aan)\s+(?:the |our |die |den |unser\w* |la |le |notre |el |nuestr\w* |il |nostr\w* |de |het |ons |onze )?$"
)
_MEANT = re.compile(
    r"\s*[-–—,;(]+\s*(?:no|nein|non|nee|sorry|oops|pardon|perdón|anzi|halt|wait)\b[\s,]*(?:(?:make (?:that|it)|i mean|doch|lieber|besser|plutôt|mejor|meglio|toch|liever|mach(?:en sie)?|mettez|disons|say)\s+)*(?P<q>\d{1,6})\b.*$",
    re.IGNORECASE,
)
""" "5 tapes - no, make that 8" """


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


_DAY_LEAD = re.compile(
    r"(?:[,(]?\s*\b(?:needed|required|wanted|due|delivery|delivered|lieferung|liefertermin|livraison|entrega|consegna|levering|by|on|before|until|no later than|bis(?: zum)?|zum|am|spätestens|pour le|pour|avant le|para el|antes del?|entro il|per il|voor|op|uiterlijk|for|le|el|il)\b[:\s]*)+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?$",
    re.IGNORECASE,
)


def opens(text: str) -> bool:
    """Whether a row begins with a count of goods, or with a part number that is counted further on."""
    keyed = _KEYED_COUNT.match(text)
    if unit_led(text) or (keyed and re.search(r"[^\W\d_]{3}", text[keyed.end() :])):
        return True
    lead = QUANTITY.match(text)
    if lead and lead["q"][0].isdigit() and not DIMENSION.match(text[lead.end("q") :]):
        unit = (lead["unit"] or "").strip(".").lower()
        coded = CODE.match(text[lead.end() :].lstrip(" ,"))
        joined = re.match(r"\s*(of|de|di|van)\b", text[lead.end("q") :])
        return bool(coded or lead["times"] or unit in UNIT or joined)
    if lead and lead["times"] and _times_code(text, lead):
        return True
    coded = (
        CODE.match(text) or _NAMED_CODE.match(text) or re.match(r"(?=\S*\d)\S{4,}\s+[-–—]\s", text)
    )
    return bool(coded) and bool(_TRAILING.search(text) or priced_code(text) or _count_in(text))


def priced_code(text: str) -> bool:
    """A part number with a price but no quantity: an incomplete line, for a person to complete."""
    return bool(CODE.match(text)) and bool(_MONEY.search(text))


def counts(text: str, match: re.Match[str]) -> bool:
    """Whether a number in running text counts goods rather than being a size, a day, a code or a street."""
    before, after, word = text[: match.start("q")], text[match.end("q") :], match["q"]
    if _times_code(text, match):
        return not _NOT_BEFORE.search(before) or bool(_ORDERED.search(before))
    if _NOT_BEFORE.search(before) or DIMENSION.match(after):
        return bool(_ORDERED.search(before)) and not DIMENSION.match(after) and _word(word, after)
    if re.search(r"\b[A-Z]{2,4}\s$", before) and len(word) >= 4 and word.isdigit():
        return False
    if OF_ORDER.search(before) and not _ORDERED.search(before):
        return False
    if _MONEY_BEHIND.match(after):
        return False
    if (
        re.search(r"\d\s*[x×]\s*$", before)
        or _HOUSE.search(before)
        or _STREET.match(after)
        or _is_postcode(text, match)
    ):
        return False
    if not word[0].isdigit():
        ours = word.lower() == "onze" and _DUTCH.search(text)
        return not ours and _word_counts(word.lower(), after, before)
    unit = (match["unit"] or "").strip(".").lower()
    if (
        unit in _TIMES
        or unit in dates.MONTHS
        or re.match(r"\s*(?:%|st\b|nd\b|th\b|[:]\d|\.\d|,\s*\d{4})", after)
    ):
        return False
    if (
        len(word) == 4
        and word.startswith(("19", "20"))
        and unit not in UNIT
        and not re.match(r"\s[A-Z\d]", after)
    ):
        return False
    if _PACK_SIZE.match(after):
        return False
    if any(d.start <= match.start("q") < d.end for d in dates.find(text, _ANY_DAY)):
        return False
    return bool(unit or match["times"] or re.match(r"\s*[(\"]?[A-Za-z]", after))


_HOUSE = re.compile(
    r"\b(?:calle|c/|avda\.?|plaza|via|viale|piazza|corso|rue|avenue|chemin|route)\s+(?:[^\W\d_][\w.'’-]*\s){1,3}$",
    re.IGNORECASE,
)
_PACK_SIZE = re.compile(
    r"er\b|er-|[ -]?(?:ct|pk|pack|tlg|teilig\w*|way|ply|core|pin)\b", re.IGNORECASE
)
""" "10er Pack", "100ct", "4-way": what one piece holds or is like."""
_PACKED = re.compile(
    r"\d+(?:[.,]\d+)?(?:\s?(?:kg|g|l|lt|ltr|litres?|liter|ml|cl|m|mtr|lb|lbs|oz|gal)|(?:mm|cm|in|inch|ft|v|w|kw|ah|hp))\.?\s+[^\W\d_]"
)


def _times_code(text: str, match: re.Match[str]) -> bool:
    """ "100 x 6205-2RS" counts a part number, "12 x 25 kg flour" packs; "100 x 62" is a size."""
    behind = text[match.end("times") :].lstrip() if match["times"] else ""
    spaced = match["times"] and match["times"] in "x×*" and text[match.end("q") :][:1] == " "
    return bool(CODE.match(behind)) or bool(spaced and _PACKED.match(behind))


_ORDERED = re.compile(
    r"\b(?:to|we|i|please|and|kindly|hereby|like)\s+(?:now\s+)?order\s+$", re.IGNORECASE
)
"""Where "order" is the verb, and what follows is no order number."""
_MONEY_BEHIND = re.compile(
    r"\s?(?:[€$£]|(?:euros?|eur|usd|dollars?|gbp|pounds?|chf|franken|francs)(?![^\W\d_]))",
    re.IGNORECASE,
)
_DUTCH = re.compile(
    r"\b(?:jullie|hebben|graag|wij|het|een|niet|groet\w*|wordt|deze|voor|bij)\b", re.IGNORECASE
)
""" "onze" is eleven in French and "our" in Dutch."""
OF_ORDER = re.compile(
    r"\b(?:orders?|po|bestellung|bestelling|auftrag|commande|pedido|ordine|order(?:nummer|nr)?)\s+$",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(
    r"[\w/.,#$€£:-]$|\b(?:ordered|received|delivered us|sent us|quoted(?: us)?|offered(?: us)?|reçu|recibimos|ricevuto|ontvangen|erhalten)\s+(?:the\s+|only\s+)?$|\b(?:no|nr|n°|number|ref|account|customer|kunde\w*|client|cliente|klant\w*)\.?:\s*$|\b(?:EUR|USD|GBP|CHF|INR|CAD|AUD)\s*$|(?:\b(?:po|order|no|nr|n[°º]|ref|acct|account|a/c|acc|konto|compte|cuenta|conto|kostenstelle|kommission|job|number|grade|type|size|version|page|net|model|class|unit|suite|room|dock|gate|building|street|box|week|within|in|at|line|item|\w+(?:str|straße|strasse|weg|platz|gasse|allee|straat|laan)|suis|le|am|el|il|article|référence|art|nave)\.?|#)\s*$",
    re.IGNORECASE,
)
_TIMES = {"uur", "hrs", "heures", "ore", "horas", "o'clock", "days", "day", "weeks", "week", "tage", "tagen", "jours", "giorni", "dias", "días", "dagen", "hours", "months", "h", "am", "pm", "th", "st", "nd", "rd", "uhr", "percent", "gg", "euro", "euros", "eur", "usd", "gbp", "dollars", "pounds"}  # fmt: skip
_STREET = re.compile(
    r"(?:[ ,]+[A-ZÀ-Ü][\w.'-]*){1,3}\s+(?:Road|Rd|Street|St|Avenue|Ave|Lane|Ln|Drive|Dr|Blvd|Boulevard|Way|Court|Ct|Highway|Hwy|Place|Square)\b|[ ,]+(?:rue|avenue|bd|boulevard|chemin|quai|place)\b"
)


def _word(word: str, after: str) -> bool:
    """Whether goods follow the count."""
    return not word[0].isdigit() or bool(re.match(r"\s*[x×]?\s*[^\W\d_]", after))


_ANY_DAY = date(2000, 1, 1)
"""So that days without a year are found too."""
_TOWN = re.compile(r"\s*(?:[A-Z]{2}\s+)?[A-ZÀ-Þ][\w'’-]+")
_STREET_BEFORE = re.compile(
    r"(?:\d+\s?[a-z]?|\b(?:rue|avenue|allée|chemin|place|quai|via|viale|piazza|calle|c/|camino|polígono|pol|nave|plaza|avda|straat|laan|weg|plein|\w+(?:straße|strasse|str\.|weg|platz|gasse|allee|straat|laan|kade|gracht))\b[^,;.]{0,40})\s*(?:,|[-–]|\bin)?\s*(?:[A-Z]{1,2}-)?$",
    re.IGNORECASE,
)


def _is_postcode(text: str, match: re.Match[str]) -> bool:
    """Whether a number is part of an address: "Klosterweg 3, 94259 Kirchberg", "5611 AB Eindhoven", "L40 8TB"."""
    before, word, after = text[: match.start("q")], match["q"], text[match.end("q") :]
    if re.search(r"\b[A-Z]{1,2}\d[\dA-Z]?\s$", before) and re.match(r"[A-Z]{2}\b", after):
        return True
    if not word.isdigit() or len(word) not in (4, 5) or not _TOWN.match(after):
        return False
    unit = (match["unit"] or "").strip(".").lower()
    return word.startswith("0") or (unit not in UNIT and bool(_STREET_BEFORE.search(before)))


_NO_WORDS = frozenset(CURRENCIES) | {"and", "und", "et", "en", "plus", "also", "sowie", "the", "of"}
_ARTICLES = {"ein", "eine", "un", "une", "una", "een", "uno", "einen", "einem", "einer"}
_NO_GOODS = re.compile(
    r"\s+(?:days?|weeks?|months?|years?|hours?|minutes?|tagen?|wochen?|monaten?|stunden?|jours?|semaines?|mois|heures?|d[ií]as?|semanas?|mes(?:es)?|horas?|giorn[oi]|settiman[ae]|mes[ei]|or[ae]|dagen|weken|maanden|uur|uhr|of (?:us|them)|or|thing|things|question|questions|more thing|site|sites|orders?|bestellungen|commandes?|pedidos?|ordini|bestellingen)\b",
    re.IGNORECASE,
)
_PACK_OF_ONE = re.compile(
    r"\s+(?:of|jeu|lot|coffret|bobine|juego|bolsa|bidón|serie|set|kit|box|roll|pack|case|pallet|dutzend|karton|rolle|palette|packung|paar|sack|eimer|kiste|flasche|satz|douzaine|demi-douzaine|carton|rouleau|sac|seau|bidon|bo[iî]te|paire|palette|docena|media docena|caja|rollo|saco|par|palet|bote|dozzina|mezza dozzina|scatola|rotolo|sacco|confezione|bancale|paio|dozijn|half dozijn|doos|rol|zak|emmer|pak|paar|halbes dutzend)\b",
    re.IGNORECASE,
)


_ONE_MORE = re.compile(r"(?:\b(?:und|sowie|dazu|plus|noch)|[,;+&])\s+$", re.IGNORECASE)
_THING = re.compile(
    r"\s+(?!(?:Frage|Bitte|Tag|Abend|Woche|Angebot|Preis|Rückmeldung|Antwort|Bestätigung|Auftragsbestätigung|Lieferschein|Rechnung|Termin|Anruf|Mail|Info|Nachricht|Gruß|Teil|Hinweis|Kopie|Gutschrift|Lieferung|Bestellung|Skonto|Rabatt)\b)[A-ZÄÖÜ][a-zäöüß-]{2,}"
)


def _word_counts(word: str, after: str, before: str = "") -> bool:
    """A number word counts where goods follow; an article only before a pack, or where a German noun joins others."""
    after = re.sub(r"^\s*\(\d+\)", "", after)
    if (
        word in DOZENS
        or word in ("a", "an")
        or word.startswith(("half", "demi", "media", "mezza", "halb"))
    ):
        return True
    if word in _ARTICLES:
        joins = word.startswith("ein") and _ONE_MORE.search(before)
        return bool(_PACK_OF_ONE.match(after) or (joins and _THING.match(after)))
    if word == "one" and re.match(r"\s+of\b", after):
        return False
    return bool(
        re.match(r"\s+(?:\d[\d.,/x×-]*[\"”]?\s?\w{0,3}\s+)?[^\W\d_]{2}", after)
    ) and not _NO_GOODS.match(after)


CLOCK = {"h", "hrs", "uhr", "am", "pm", "uur"}


def _count_in(text: str) -> re.Match[str] | None:
    """A figure with a unit behind it, set off by commas or dashes, a pack rather than a size: "..., 50 sets, ..."."""
    keyed = _KEYED_COUNT.search(text)
    counted = (
        m
        for m in _COUNT.finditer(text)
        if m["unit"].lower() in UNIT
        and m["unit"].lower() not in CLOCK
        and not DIMENSION.match(text[m.end("q") :])
    )
    priced = _PRICED_PER.search(text)
    per = priced["unit"][:3].lower() if priced else ""
    ranked = sorted(
        counted,
        key=lambda m: (m["unit"][:3].lower() != per, bool(MEASURE.fullmatch(m["unit"]))),
    )
    return keyed or next(iter(ranked), None)


_PRICED_PER = re.compile(
    r"[€$£]\s?(?:/|la |el |le |the |per |pro |par |por |je )\s?(?P<unit>[^\W\d_]{3,})",
    re.IGNORECASE,
)
""" "box of 100 pcs - 20 boxes - 5.95 €/box": boxes are counted."""


_UNIT_FIRST = re.compile(
    rf"(?:^|[,;]\s*|\s-\s|\s(?=\w+\.?\s+\d+\s*$))(?P<unit>pz|mt|ml|mq|kg|pcs|stk|st|nr|pezzi|uds?)\.?\s+(?P<q>{FIGURE})(?=\s*(?:[,;]|$))",
    re.IGNORECASE,
)
""" "barra tonda, mt 6, ..." """


_UNIT_LED = re.compile(
    rf"\s*(?P<unit>n[°º.]?|nr\.?|num\.?|kg|gr|lt|mt|mq|ml|pz|cf|conf|ct|sc|rt|pcs|stk|uds?)\.?\s+(?P<q>{FIGURE})\s+(?!(?:ainsi|sowie|und|and|con|mit|avec|et)\b)(?=[^\W\d_]{{2}})",
    re.IGNORECASE,
)
""" "n. 4 cuscinetti", "kg 5 grasso": how Italians count."""


_COUNTING = re.compile(r"n[°º.]?|nr\.?|num\.?", re.IGNORECASE)


def unit_led(text: str) -> re.Match[str] | None:
    """The unit and count that a row opens with, in this order; not a number that only names a thing."""
    found = _UNIT_LED.match(text)
    if found is None or len(found["q"]) > 4 or _STREET.match(text[found.end("q") :]):
        return None
    rest = text[found.end() :]
    other = _count_in(rest)
    counted = other is not None and not _AT_PRICE.search(rest[: other.start("q")])
    return None if counted or dates.find(text[: found.end() + 14], _ANY_DAY) else found


_AT_PRICE = re.compile(r"(?:[€$£@=]|\b(?:a|à|je|at|zu|EUR))\s*$")


_HOLDS = re.compile(r"\s+(?:of|de|à|von|van|da)\s+\d{1,4}(?=[\s.,;)]*$)")
""" "6 boxes of 100" at the end of an item."""
_PRICED = re.compile(r"@|[€$£]|\b(?:at|each|je|à|zu|per)\b", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\s*\((?P<q>\d{1,5})(?P<unit>)\)\s+(?=[\w\"])")
""" "(12) wax rings" """


_LEADERS = re.compile(r"[.…·_]{3,}|[-=]{1,3}>|→")
""" "Bandages ........ 24 pcs", "Gloves -> 10 boxes" """


def _comma(found: re.Match[str]) -> str:
    return "," + " " * (len(found[0]) - 1)


class Goods:
    """One item being read between two places of a passage; what was understood is blanked out of `rest`."""

    def __init__(self, passage: Passage, start: int, end: int, document: Document) -> None:
        text = _LEADERS.sub(_comma, _timeless(passage.text, document)[start:end])
        cut = next((c for c in _CLAUSE.finditer(text) if not _goes_on(text, c)), None)
        self.rest = text[: cut.start()] if cut and cut.start() > 6 else text
        self.shift = passage.start + start
        self.before = passage.text[max(start - 12, 0) : start]
        self.document = document
        self.line: Line = {}

    def read(self) -> Line | None:
        """The line, or None when it counts nothing or names no goods."""
        meant = _MEANT.search(self.rest)
        if meant:
            self.put("quantity", meant["q"], *meant.span("q"), 0.5)
            self._blank(*meant.span())
        keyed = _KEYED_COUNT.search(self.rest)
        if not (
            self._take(_IN_BRACKETS.match(self.rest))
            or self._take(keyed or _UNIT_FIRST.search(self.rest))
            or self._take(self._led())
            or self._multiplied()
            or self._leading()
            or self._trailing()
            or self._inside()
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
        unit = re.match(rf"\s+({_WORD})\.?\s", self.rest[led.end("q") :]) if led else None
        if led and unit and unit[1].lower() in UNIT and _COUNTING.fullmatch(led["unit"]):
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
            or _word_counts(lead["q"].lower(), self.rest[lead.end("q") :], self.before)
        ):
            return False
        if DIMENSION.match(self.rest[lead.end("q") :]) and not _times_code(self.rest, lead):
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
        boxes = unit == "dozen" and self.document.language == "nl"
        if unit in DOZENS and value is not None and word not in DOZENS and not boxes:
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
        unit = re.match(rf"\s*({_WORD})\.?(?=\s)", self.rest[end:])
        if unit and unit[1].lower() in UNIT:
            self.put("uom", unit[1], end + unit.start(1), end + unit.end(1), 0.75)
            end += unit.end(1)
        return end

    def _trailing(self) -> bool:
        tail = _TRAILING.search(self.rest)
        if tail and tail[0].lstrip().startswith("=") and _PRICED.search(self.rest, 0, tail.start()):
            return False  # "2 ea @ 84.50 = 169.00"
        return bool(tail and _is_count(tail)) and self._take(tail)

    def _inside(self) -> bool:
        return self._take(_count_in(self.rest))

    def _take(self, found: re.Match[str] | None) -> bool:
        value = numbers.parse(found["q"], self.document.number_style) if found else None
        if found is None or value is None:
            return False
        self.put("quantity", numbers.printed(value), found.start("q"), found.end("q"), 0.75)
        if found["unit"] and not _COUNTING.fullmatch(found["unit"]):
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
        code = _NAMED_CODE.search(self.rest) or _BRACKETED.search(self.rest)
        named = code is not None
        code = code or CODE.search(self.rest)
        if code is None:
            return
        group = "code" if named else 0
        value = code[group].strip("().")
        if (named and (len(value) >= 4 or not value.isdigit())) or _plausible(value, self.rest):
            self.put(
                prose_owner(value, self.document), value, code.start(group), code.end(group), 0.8
            )
            self._blank(*code.span())

    def _bare_pack(self) -> None:
        """ "2 reels (wall mounted)": a pack of nothing named is the goods itself."""
        uom, told = self.line.get("uom"), self.line.get("description")
        coded = {"supplier_sku", "buyer_sku"} & self.line.keys()
        if uom is None or coded or uom.value.lower() not in _PACKS:
            return
        if told is None or told.value.startswith("("):
            words = f"{uom.value} {told.value}" if told else uom.value
            del self.line["uom"]
            self.line["description"] = replace(told or uom, value=words)

    def _description(self) -> None:
        start = 0
        while True:
            rest = self.rest[start:]
            lead = len(rest) - len(rest.lstrip(" ,.:;|–—-)@x×"))
            joiner = JOINERS.match(rest[lead:])
            if not lead and not joiner:
                break
            start += lead + (joiner.end() if joiner else 0)
            held = re.match(r"\([^()]*\)\s*(?:of|de|di|von|van)\s+(?=\w)", self.rest[start:])
            start += held.end() if held else 0
        goods = _ENDING.sub("", self.rest[start:])
        goods = re.sub(
            r"\s+and\s+(also\s+)?throw in.*$|\bfor the (new|next)\b.*$", "", goods
        ).strip()
        words = bool(re.search(r"[^\W\d_]{2}", goods)) and goods.lower() not in _NO_WORDS
        if words and len(goods) <= 220 and len(tokens(goods)) <= 30:
            self.put(
                "description",
                re.sub(r"[\s,–—-]*\s{2,}[\s,–—-]*", " ", goods).rstrip(" (,").strip(),
                start,
                start + len(goods),
                0.75,
            )


_TELLS_ON = re.compile(
    r"\.\s+(?:qty|quantity|menge|anzahl|stückzahl|quantité|qté|cantidad|cant|quantità|q\.?tà|aantal|(?:unit |net )?price|(?:einzel|stück)?preis|prix|precio|prezzo|prijs)\b",
    re.IGNORECASE,
)


def _goes_on(text: str, cut: re.Match[str]) -> bool:
    """Whether the point that seems to end a clause belongs to a short unit, "200 Stk. Dübel", or its count follows."""
    before = text[: cut.start()]
    word = re.search(r"([^\W\d_]+)$", before)
    unit = word is not None and word[1].lower() in UNIT
    told = _TELLS_ON.match(text, cut.start()) is not None
    return cut[0].startswith(".") and (unit or is_short_word(before) or told)


def _is_count(tail: re.Match[str]) -> bool:
    unit = (tail["unit"] or "").strip(".").lower()
    marked = re.match(r"\s*[x×*:=|(]|\s*[-–—]\s", tail[0]) or re.search(
        r"qty|quant|menge|anzahl|cant|aantal", tail[0], re.IGNORECASE
    )
    return (not unit and bool(marked)) or unit in UNIT


_SIZE = re.compile(
    r"\d{1,4}(?:[.,]\d+)?(?:l|ml|cl|kg|g|mm|cm|m|ah|v|w|kw|hp|oz|lbs?|ct|pk|in|ft|bar|hz|gb|tb)|(?:DN|PN|NW|M)\d{1,3}(?:x\d{1,3})?|\d{1,3}-[a-z]{3,}",
    re.IGNORECASE,
)
""" "30L": what one piece holds, no part number."""


def _plausible(code: str, text: str) -> bool:
    if len(code) < 3 or re.fullmatch(
        r"\d{1,4}|[A-Z]?\d{1,2}([./-]\d+)*|\d{3}-\d{3}-\d{4}|\d{1,2}W-?\d{2}", code
    ):
        return False
    if _SIZE.fullmatch(code):
        return False
    return sum(c.isdigit() for c in code) >= 2 or "-" in code or code == text.strip()


def prose_owner(code: str, document: Document) -> str:
    """Customers who write by hand order by our numbers, unless we know that one is not ours."""
    known = document.context.known_skus
    return (
        "buyer_sku" if known and code not in known and code.upper() not in known else "supplier_sku"
    )
