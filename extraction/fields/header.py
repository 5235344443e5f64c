"""Header fields from labels: each field has a small reader that turns a label's words into its value, or refuses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from extraction.clues import Clue
from extraction.document import Document
from extraction.fields import amounts, dates
from extraction.fields.amounts import AMOUNTS, read_amount
from extraction.fields.companies import has_legal_form, looks_like_company
from extraction.fields.currencies import CURRENCIES, SIGNS
from extraction.fields.labels.find import Labels
from extraction.fields.labels.values import Label, Value
from extraction.fields.other_papers import dates_other_paper
from extraction.fields.terms import is_of_delivery
from extraction.segments import Segment
from extraction.vocabulary import matches, meanings

Read = Callable[[str, Document], tuple[str, int, int] | None]

EMAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/\\–-]*(?:\s?[-/]\s?[A-Za-z0-9]+)*")
_PERSON = re.compile(r"[^\W\d_][\w.'’-]*(?:[\s,]+(?:[^\W\d_][\w.'’-]*|&|-)){0,5}")
_PHONE = re.compile(r"(?:1[-.])?\d{3}[-.]\d{3}[-.]\d{4}|0\d{1,4}[-/]\d{2,4}-\d{2,5}(?:-\d{1,4})?")
_PLACE = {"behind": 1.0, "right": 0.97, "below": 0.9, "above": 0.7}


def read_code(text: str, document: Document) -> tuple[str, int, int] | None:
    """A purchase order number: has a figure, is no day, no phone number and no amount."""
    text = _before_last_day(_DASH.sub("-", text))
    text = _NO.sub(lambda m: " " * len(m[0]), text)
    text = _ARTICLE.sub(lambda m: " " * len(m[0]), text)
    found = re.match(r"\W*", text)
    start = found.end() if found else 0
    match = re.match(
        r"[A-Za-z0-9][\w./\\–-]*(?:(?:\s?[-/–]\s?|\s)(?=[\w-]*\d)[A-Za-z0-9][\w.-]*)*", text[start:]
    )
    if not match:
        return None
    value = _before_day(match[0])
    days = [d for d in dates.find(value) if not _is_piece(value, d)]
    if days:
        value = value[: days[0].start].rstrip(" /-–.") if days[0].start else ""
    value = value.strip(" .-/–,")
    if not any(c.isdigit() for c in value) or not 1 <= len(value) <= 32:
        return None
    if re.fullmatch(r"\d{1,3}([.,]\d{3})*[.,]\d{2}", value) or _PHONE.fullmatch(value):
        return None
    return value, start, start + len(value)


_NO = re.compile(
    r"^\W*(?:n\s?\.?\s?[°º]|n[°º]\.?|no\.|nr\.|num\.|č\.)\s*(?=\w*\d)|\.(?:docx?|pdf|xlsx?)$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"^\W*(?:(?:is|ist|lautet|est|es|è|the|die|der|la|le|el|il|de)\s+)+(?=\S*\d)", re.IGNORECASE
)
_DASH = re.compile("[\u2010\u2011\u2212]")


def _is_piece(code: str, day: dates.Day) -> bool:
    """Whether eight figures that could be a day are a piece of a longer code ("WH-20260611-04")."""
    return code[day.start : day.end].isdigit() and len(code) > day.end - day.start


def _plain(text: str) -> str:
    return _DASH.sub("-", text).strip(" °º.#:")


_MARK = re.compile(r"\s*(?:/|\||\s-\s|(?<=\d)-(?=\d{1,2}[./]))\s*")


def _before_last_day(text: str) -> str:
    """The number of "TR/26-27/857 / 13 January 2024": what stands before the first mark with nothing but a day behind it."""
    for mark in _MARK.finditer(text):
        rest = text[mark.end() :].rstrip(" .")
        days = dates.find(rest)
        numbered = any(c.isdigit() for c in text[: mark.start()])
        whole = bool(numbered and days) and days[0].start == 0 and days[0].end == len(rest)
        if whole and days[0].year_given:
            return text[: mark.start()]
    return text


def _before_day(value: str) -> str:
    """The number of "4711/03/23/2026": what stands before a mark behind which there is only a day."""
    for mark in re.finditer(r"[/|]", value):
        days = dates.find(value[mark.end() :])
        if (
            days
            and days[0].start == 0
            and days[0].end == len(value) - mark.end()
            and days[0].year_given
        ):
            return value[: mark.start()]
    return value


def read_day(text: str, document: Document) -> tuple[str, int, int] | None:
    days = dates.find(text, document.near)
    if not days or days[0].start > 28:
        return None
    return dates.choose(days[0], document.day_style).isoformat(), days[0].start, days[0].end


def read_currency(text: str, document: Document) -> tuple[str, int, int] | None:
    for match in re.finditer(r"[A-Za-z]{3,5}(?: dollars?)?|[€£₹]", text):
        word = match[0].lower()
        if word in CURRENCIES:
            return word.upper(), match.start(), match.end()
        if word in SIGNS:
            return SIGNS[word], match.start(), match.end()
    return None


def read_person(text: str, document: Document) -> tuple[str, int, int] | None:
    """A person's name, or the name of a desk: words without figures, no mail address."""
    cut = re.split(
        r"\s*[(/|;<]\s*|,?\s*\S+@|\s[-–—]\s|\s*\b(?:tel|phone|email|e-mail|ph|fax|mobile)\b|,?\s+(?:zi|zimmer|raum|room|rm|ext|extn|durchwahl|dw|app)\b\.?(?=\s*\d)|,?\s+\+?\d{3,}",
        text,
        maxsplit=1,
        flags=re.IGNORECASE,
    )[0]
    parts = cut.strip(" :,.-").split(",")
    cut = (
        parts[0]
        if len(parts) > 2
        or (len(parts) == 2 and (len(parts[1].split()) > 2 or re.search(r"\d", parts[1])))
        else ",".join(parts)
    )
    cut = cut.strip(" :,.-")
    if _opens_with_label(text) or set(cut.lower().split()) & _SENTENCE:
        return None
    if _names_firm(cut):
        return None
    initials = re.fullmatch(
        r"(?:[A-Z]\.\s?){2,3}", cut + ("." if text.rstrip().endswith(".") else "")
    )
    if initials:
        return initials[0].strip(), text.find(cut), text.find(cut) + len(initials[0].strip())
    if (
        not cut
        or cut.startswith("[")
        or "@" in cut
        or re.search(r"\d", cut)
        or not re.search(r"[^\W\d_]{2}", cut)
        or len(cut.split()) > 6
    ):
        return None
    if any(m.group in ("labels", "decoys") for m in meanings(cut)):
        return None
    start = text.find(cut)
    return cut, start, start + len(cut)


_DESK = re.compile(
    r"\b(?:purchas\w*|procurement|buy\w*|einkauf\w*|achats?|compras|acquisti|inkoop\w*|dep(?:artmen)?t|department|office|service|team|desk|abteilung|ufficio|afdeling|manager)\b",
    re.IGNORECASE,
)
_SURNAMES = re.compile(
    r"\b(?:mills?|church|sons|bond|marine|farms?|labs|works|steels?)\b", re.IGNORECASE
)


def _names_firm(text: str) -> bool:
    """Whether words name a company rather than a person or a desk of one."""
    if has_legal_form(text):
        return True
    return looks_like_company(_SURNAMES.sub(" ", text)) and not _DESK.search(text)


_SENTENCE = {
    "this",
    "is",
    "the",
    "order",
    "please",
    "and",
    "will",
    "must",
    "for",
    "as",
    "or",
    "not",
    "be",
    "to",
    "are",
    "by",
    "shall",
    "address",
    "date",
    "signature",
    "number",
}


def _opens_with_label(text: str) -> bool:
    """Whether the words begin with a label of their own ("Company: ...")."""
    found = matches(text, frozenset({"labels", "decoys", "parties"}))
    return bool(found) and found[0].start == 0 and bool(re.match(r"\s*:", text[found[0].end :]))


def read_email(text: str, document: Document) -> tuple[str, int, int] | None:
    found = EMAIL.search(text)
    return (found[0].strip("."), found.start(), found.end()) if found else None


def read_words(text: str, document: Document) -> tuple[str, int, int] | None:
    value = (
        text.strip(" :-–_|*.,")
        if not re.search(r"[A-Za-z]\.$", text.strip())
        else text.strip(" :-–_|*,")
    )
    if len(value) < 2 or len(value) > 160 or not re.search(r"[^\W_]", value):
        return None
    if any(m.group in ("labels", "decoys", "parties") for m in meanings(value)):
        return None
    return value, 0, len(text)


_VERBS = re.compile(
    r"^(?:(?:will|shall|is|are|to|be|made|due|wird|erfolgt|sera|se fera)\s+)+(?=\d|within|in|net)",
    re.IGNORECASE,
)


def read_terms(text: str, document: Document) -> tuple[str, int, int] | None:
    first = re.split(r"(?<=[a-z\d)])\.\s+(?=[A-ZÀ-Þ][a-z])", text)[0]
    found = read_words(re.sub(r"(?<=[^\W\d_]{4})\.$", "", _VERBS.sub("", first)), document)
    return None if found is None or _is_day(found[0]) or "@" in found[0] else found


_PAID = re.compile(
    r"(?:pre-?paid|pre-?payment|c\.?o\.?d\.?|cash|card|credit card|pro-?forma|vorkasse|vorauskasse|contado|comptant|contant|contanti|anticipato|account)",
    re.IGNORECASE,
)


def read_payment(text: str, document: Document) -> tuple[str, int, int] | None:
    """Terms of payment; here a word that heads a charge elsewhere ("Prepaid") may be the value."""
    bare = text.strip(" :.,-_")
    return (bare, 0, len(text)) if _PAID.fullmatch(bare) else read_terms(text, document)


_INCOTERM_WORDS = re.compile(
    r"\b(exw|fca|fas|fob|cfr|cif|cpt|cip|dap|dpu|ddp|ddu|dat|f\.o\.[bcr]|c\.i\.[fp]|ex[ -]?works|ab werk|ab lager|frei haus|free|prepaid|collect|un?frei|fracht\w*|frank?[oc]o?|porte?|pagado|pago|assegnato|f\.?a\.?b|f\.?o\.?r|départ|rendu|origine?|vrij|af fabriek|af magazijn|destination|destino|delivered|door(?:[ -]to[ -]door)?|domicil\w*|ppd|ppa|for|dock|paid|carriage|en fábrica|franco fabbrica|reso|enlèvement|ritiro)\b",
    re.IGNORECASE,
)
_OF_TERMS = re.compile(
    r"\b(?:terms?|condit\w*|condiz\w*|condic\w*|terminos|resa|basis)\b|bedingung|kondition|voorwaard"
)
_WORDS_FOR_GOODS = frozenset({"incoterms", "ship_via", "freight", "ship_to", "decoy"})


def read_incoterms(text: str, document: Document) -> tuple[str, int, int] | None:
    """Terms of delivery: words that name where the goods pass, at most eight of them.

    Words that head fields of their own elsewhere ("FOB Destination") may be the value here.
    """
    known = {m.name for m in meanings(text) if m.group in ("labels", "decoys", "parties")}
    told = bool(known) and known <= _WORDS_FOR_GOODS and bool(_INCOTERM_WORDS.search(text))
    found = (text.strip(" :-–_|*.,"), 0, len(text)) if told else read_terms(text, document)
    if found is None or len(found[0].split()) > 8:
        return None
    return found


def read_terms_of_delivery(text: str, document: Document) -> tuple[str, int, int] | None:
    """As read_delivery_terms, for labels that name terms: a few words without figures do as well."""
    found = read_incoterms(text, document)
    if found is None:
        return None
    few = len(found[0].split()) <= 3 and not re.search(r"[\d:%]", found[0])
    return found if few or _INCOTERM_WORDS.search(found[0]) else None


def read_delivery_terms(text: str, document: Document) -> tuple[str, int, int] | None:
    """As read_incoterms, for labels that may also head other things: a known term must stand in it."""
    found = read_incoterms(text, document)
    return found if found and _INCOTERM_WORDS.search(found[0]) else None


def read_ship_via(text: str, document: Document) -> tuple[str, int, int] | None:
    """How goods travel; here a word that heads the field elsewhere ("Spedition") may be the value."""
    known = {m.name for m in meanings(text) if m.group in ("labels", "decoys", "parties")}
    own = known and known <= {"ship_via", "freight", "incoterms"}
    found = (text.strip(), 0, len(text)) if own else read_terms(text, document)
    plain = found is not None and re.search(r"[^\W\d_]{2}", found[0]) and "%" not in found[0]
    return found if plain else None


def _is_day(text: str) -> bool:
    days = dates.find(text)
    return bool(days) and days[0].end - days[0].start >= len(text) - 2


READERS: dict[str, Read] = {
    "po_number": read_code,
    "order_date": read_day,
    "invoice_date": read_day,
    "requested_date": read_day,
    "currency": read_currency,
    "payment_terms": read_payment,
    "incoterms": read_incoterms,
    "ship_via": read_ship_via,
    "buyer_contact": read_person,
    "buyer_email": read_email,
    "buyer_id": read_code,
    "ship_to_id": read_code,
    "subtotal": read_amount,
    "tax": read_amount,
    "tax_part": read_amount,
    "freight": read_amount,
    "total": read_amount,
}


def clues(
    document: Document, labels: Labels, tabled: frozenset[int] = frozenset()
) -> Iterator[Clue]:
    """One clue for each label whose words read as a value of its field. tabled: rows of item tables, left out."""
    taken = _taken(document, labels)
    repeated = _of_lines(labels, tabled)
    for label in labels.found:
        if label.row in tabled or (_is_taken(label, taken)):
            continue
        if id(label) in repeated:
            continue
        for meaning in label.meanings:
            reader = READERS.get(meaning.name) if meaning.group == "labels" else None
            if reader is None:
                continue
            if meaning.name == "incoterms" and not re.search(r"inco|fob|f o b|trade", label.phrase):
                terms = meaning.weight == 1.0 and _OF_TERMS.search(label.phrase)
                reader = read_terms_of_delivery if terms else read_delivery_terms
            if meaning.name == "order_date" and dates_other_paper(labels, label):
                continue
            if meaning.name in AMOUNTS:
                yield from amounts.clues(document, labels, label, meaning.name)
                continue
            if meaning.name == "po_number":
                yield from _dated_number(document, labels, label)
            for place, value in enumerate(_values(labels, label)):
                if meaning.name == "ship_via" and read_amount(value.segment.text, document):
                    break
                if (
                    meaning.name == "buyer_contact"
                    and place
                    and _STREETS.search(value.segment.text)
                ):
                    break
                clue = _clue(document, label, meaning.name, meaning.weight, reader, value, place)
                if clue and label.phrase in _ANYBODYS:
                    yield replace(clue, score=0.85 * clue.score)
                elif clue:
                    yield _of_delivery(clue)
                    break


def _of_lines(labels: Labels, tabled: frozenset[int]) -> set[int]:
    """Labels of days that stand among the rows of a table, once for each line ("Delivery: 3 May" under the goods)."""
    if not tabled:
        return set()
    days = [k for k in labels.found if any(m.name == "requested_date" for m in k.meanings)]
    above = any(k.row < min(tabled) for k in days)
    among = [k for k in days if k.row not in tabled and min(tabled) < k.row <= max(tabled) + 1]
    phrases = {k.phrase for k in among if min(tabled) < k.row < max(tabled)}
    return {id(k) for k in among if above or k.phrase in phrases}


_STREETS = re.compile(r"\d")  # rows of an address under a label that heads a firm's block
_TERM = frozenset({"fob", "f o b", "fab", "f a b", "for", "f o r", "franco", "porto"})


def _values(labels: Labels, label: Label) -> Iterator[Value]:
    """The places of a label's value; a code of delivery with its place behind it ("FOB Leeds") is value from its start."""
    if label.phrase in _TERM and label.tail is not None and not label.colon:
        text = label.segment.text
        start, end = text.find(label.head.text), text.find(label.tail.text) + len(label.tail.text)
        whole = label.segment.cut(start, end)
        if whole is not None and len(whole.words) <= 6:
            yield Value(whole, "behind")
            return
    yield from labels.values(label)


_ANYBODYS = frozenset({"email", "e mail", "mail", "email address", "e mail address"})
"""Labels that stand in everybody's address, the receiving dock's too."""


def _of_delivery(clue: Clue) -> Clue:
    """Terms that a page heads "Terms" though they are terms of delivery."""
    if clue.field == "payment_terms" and is_of_delivery(clue.value):
        return replace(clue, field="incoterms")
    return clue


def _key(segment: Segment) -> tuple[int, float, float, str]:
    first = segment.words[0]
    return first.page, first.box.x0, first.box.top, first.text


def _is_taken(label: Label, taken: set[tuple[int, float, float, str]]) -> bool:
    """Whether what could be a label is the value of another; labels of sums always count."""
    sums = any(m.name in AMOUNTS for m in label.meanings)
    return not (label.colon or label.alone or sums) and _key(label.segment) in taken


def _taken(document: Document, labels: Labels) -> set[tuple[int, float, float, str]]:
    """Where the values of labels that stand alone begin; words there are values even if they could be labels."""
    taken = set()
    for label in labels.found:
        readers = [
            READERS[m.name]
            for m in label.meanings
            if m.group == "labels" and m.name in READERS and m.weight == 1.0
        ]
        if not readers or not (label.alone or (label.colon and label.tail is None)):
            continue
        value = next(labels.values(label), None)
        if value is not None and any(reader(value.segment.text, document) for reader in readers):
            taken.add(_key(value.segment))
    return taken


_OF_DAY = re.compile(
    r"\s*[/|,(-]?\s*(?:dated|dtd?\.?|of|vom|v\.|du|del|dd|d\.d\.|van|z dnia|ze dne|date|datum|:)?\s*",
    re.IGNORECASE,
)


def _dated_number(document: Document, labels: Labels, label: Label) -> Iterator[Clue]:
    """The day in a cell that holds number and day ("4711 / 03/02/2026")."""
    named = bool(re.search(r"dat[eua]|fecha| / ", label.phrase))
    for value in labels.values(label):
        text = value.segment.text
        code = read_code(text, document)
        after = text[code[2] :] if code else text
        day = _OF_DAY.match(after)
        found = read_day(after[day.end() :] if day else "", document)
        at = len(text) - len(after) + (day.end() if day else 0)
        if named and (found is None or found[1]):
            found, at = read_day(text, document), 0
        if found and (named or found[1] == 0):
            where = value.segment.cut(at + found[1], at + found[2]) or value.segment
            score = 0.9 * min(m.weight for m in label.meanings if m.name == "po_number")
            yield Clue("order_date", found[0], score, "label", where.evidence(), label.head.page)
            return
        if code:
            return


def _clue(
    document: Document,
    label: Label,
    name: str,
    weight: float,
    reader: Read,
    value: Value,
    place: int,
) -> Clue | None:
    text = value.segment.text
    found = reader(text, document)
    if found is None:
        return None
    read, start, end = found
    if value.where == "behind" and not label.colon and not _fits_without_colon(name, read, text):
        return None
    where = value.segment.cut(start, end) or value.segment
    score = (
        weight
        * _PLACE[value.where]
        * (1.0 if label.colon or value.where == "below" else 0.93)
        * (0.95**place)
    )
    return Clue(name, read, score, "label", where.evidence(), label.head.page, label.phrase)


def _fits_without_colon(name: str, read: str, text: str) -> bool:
    """Words behind a label without a colon are its value only where the kind of value makes it plain."""
    if name in ("po_number", "buyer_id", "ship_to_id"):
        return sum(c.isdigit() for c in read) >= 2 and _plain(text).startswith(read[:3])
    if name in ("order_date", "requested_date", "invoice_date"):
        return len(text) < 40
    if name in ("payment_terms", "incoterms", "ship_via"):
        return len(text) < 60 and not re.match(
            r"(and|of|the|to|for|und|et|y|e|en)\b", text, re.IGNORECASE
        )
    if name == "buyer_contact":
        styled = re.match(r"(?:dhr|mevr|mw|hr|fr|sig|dott|mme|m|sr|sra|ing)\b\.?\s+[A-ZÀ-Þ]", text)
        return len(text) < 40 and (text[:1].isupper() or bool(styled))
    return True
