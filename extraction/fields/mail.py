"""What a mail itself tells: its sender, its day, its subject, its signature, and requests made in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from core.inbound.reading import Evidence
from core.inbound.values import Mailbox, Message
from extraction.context import Context
from extraction.document import Document
from extraction.fields import addresses, dates, mail_days, mail_signature, mail_terms, numbers
from extraction.fields.companies import looks_like_company, looks_like_firm
from extraction.fields.courtesies import greets
from extraction.fields.header.code import read_code
from extraction.fields.mail_domain import bare_domain, is_all_of, matches_domain
from extraction.fields.people import is_person
from extraction.fields.places import billed_spans, destinations
from extraction.goods.opening import opens
from extraction.page.layout import TextLine
from extraction.prose.passages import passages
from extraction.weighing.clues import Clue

_SUBJECT_NUMBER = re.compile(
    r"(?:\bp\.?\s?o\.?\b|purchase order|order|bestell(?:ung|nummer|zeichen|nr\.?)|auftrags?(?:nummer|nr\.?)?|commande|bon de commande|bon(?:nummer)?(?=\s+(?:n|\d{3}))|buono d['’]ordine|pedido|orden de compra|ordine|bestel(?:ling|nummer|nr\.?)|inkooporder(?:nummer)?|best\.?|requisition|abruf|(?:our|unsere?|notre|nuestra|nostro|ons|onze) (?:ref(?:erence)?|réf(?:érence)?|referenz|zeichen|referencia|riferimento|rif|referentie|kenmerk)\b\.?|(?:our|unsere?|notre|nuestro|nostro|ons|onze) (?:number|nummer|numéro|número|numero)(?: d['’e]\s?\w+)?|n[º°] de pedido)"
    r"(?: (?:nuestro|interno|interne|intern))?(?:\W{1,3}(?:ref(?:erence)?|réf(?:érence)?|rif)\b\.?)?[\s-]*(?:number|no\.?|nr\.?|n[°º.]?|num\.?|#|nummer|numero|número)?\s*(?:[:#–-]|is\b|ist\b|lautet\b|est\b|es\b|è\b)?\s*(?:(?:the|die|der|le|la|el|il|de)\s+)?"
    r"(?<![\w])(?P<code>(?-i:(?!EUR|USD|GBP|CHF|PO |KW|NO |NR )[A-Z][A-Za-z]{0,2}[A-Z] (?=\d))?(?=[\w./-]*\d)[A-Z0-9][\w./-]{2,24}(?:\s(?-i:[A-Z])\d{1,2}(?!\w))?)",
    re.IGNORECASE,
)
_UNDER = re.compile(
    r"\b(?i:under|against|unter|sous|bajo|sotto|onder)\s+(?:(?i:po|order|our|unserer?|nr\.?|no\.?|number)\s+){0,3}(?P<code>[A-Z]{1,5}[-/]?\d{3,}[\w/-]{0,12})"
)
_FRAME = re.compile(
    r"(?:rahmen-?|blanket |frame(?:work)? |standing |master |cadre |marco |quadro |raam-?|mantel-?)$",
    re.IGNORECASE,
)
""" "Rahmenauftrag 1100-2025": the agreement that an order calls off from."""
_SUBJECT_LATER = re.compile(
    r"\b(?:p\.?\s?o\.?|purchase order|order|bestell(?:ung|nr\.?)|commande|pedido|orden de compra|ordine|bestelling|inkooporder)\b[^#\d]{3,48}?(?:\bn[°º.]|\bno\.?|\bnr\.?|#|\s[-–—]\s|:)\s*(?P<code>(?=[\w./-]*\d{2})[A-Z0-9][\w./-]{2,24})",
    re.IGNORECASE,
)
""" "PO for panel items - AB/12/0312", "ordine ricambi n. 88/26"."""
_SUBJECT_DATED = re.compile(
    r"^\s*,?\s*(?:dt\.?|dtd\.?|dated|of|vom|du|del|van|d\.?d\.?)\s+", re.IGNORECASE
)
FILE_NAMED = 0.4
"""A file's name says less than what is printed in it: "PO_4471_v2 final.pdf"."""
_FILE_TYPE = re.compile(r"\.[A-Za-z]{3,4}$")
_ANSWER = re.compile(r"^\s*(?:re|aw|sv|antw|ref|r)\s*:", re.IGNORECASE)
_FOR = re.compile(
    r"\b(?:order for|on behalf of|for|from|here at|with|at|bei|für|von|pour|chez|de la part de|para|de parte de|per|namens|voor)\s+(?P<name>[A-ZÄÖÜÉ][\w&.'’-]*(?: (?:&|and|und|et|of|de|[A-ZÄÖÜÉ0-9][\w&.'’-]*)){0,5})"
)


def _whole_code(found: re.Match[str]) -> str:
    """The number with a short label that a hyphen ties to it: "PO-77-120" is all number."""
    label = found.string[found.start() : found.start("code")]
    return label + found["code"] if re.fullmatch(r"[A-Za-z]{2,4}-", label) else found["code"]


def sender_clues(message: Message, sender: Mailbox, context: Context) -> Iterator[Clue]:
    """Clues from the headers: who sent it and when; our own colleagues are nobody's buyer."""
    domain = sender.address.rpartition("@")[2]
    if sender.address and domain not in context.own.mail_domains:
        yield Clue(
            "buyer_email", sender.address, 0.62, "sender", Evidence(at="From", text=sender.address)
        )
        yield from _sender_named(sender)
    if message.channel == "mail" and message.date:
        day = message.date.date().isoformat()
        yield Clue("order_date", day, 0.36, "sent", Evidence(at="Date", text=day))
    named = any(message.subject == part.filename for part in message.parts)
    number = _SUBJECT_NUMBER.search(
        _FILE_TYPE.sub("", message.subject) if named else message.subject
    )
    if number is None and not named:
        number = _SUBJECT_LATER.search(message.subject)
    if number and not dates.find(number["code"]):
        value = _whole_code(number).strip(".-/")
        score = FILE_NAMED if named else 0.45 if _ANSWER.match(message.subject) else 0.72
        score *= 0.5 if _FRAME.search(message.subject[: number.start()]) else 1.0
        yield Clue("po_number", value, score, "subject", Evidence(at="Subject", text=number[0]))
        yield from _dated(message.subject[number.end() :], context)


def _dated(rest: str, context: Context) -> Iterator[Clue]:
    """The day of the order, where a subject tells it behind the number: "... 0312 dt 18.07.2026"."""
    lead = _SUBJECT_DATED.match(rest)
    days = dates.find(rest) if lead else []
    if lead and days and days[0].start <= lead.end():
        day = dates.choose(days[0], dates.DayStyle(context.day_first is not False))
        text = rest[days[0].start : days[0].end]
        yield Clue("order_date", day.isoformat(), 0.6, "subject", Evidence(at="Subject", text=text))


def _sender_named(sender: Mailbox) -> Iterator[Clue]:
    """A mailbox bears the name of a person or of a firm; one whose every word the domain spells is mostly the firm's."""
    name = mail_signature.given_first(sender.name)
    evidence = Evidence(at="From", text=sender.name)
    firm = looks_like_firm(name) or is_all_of(name, sender.address)
    if is_person(name):
        yield Clue("buyer_contact", name, 0.42 if firm else 0.6, "sender", evidence)
    if firm and not greets(name):
        yield Clue("buyer_name", name, 0.5, "sender", evidence)


def body_clues(
    lines: Sequence[TextLine], signed: Sequence[TextLine], document: Document, sender: Mailbox
) -> Iterator[Clue]:
    """Clues from the words of a mail: numbers, days, places and names said in sentences, and the signature."""
    part = document.canvas.part
    told = list(passages(lines, opens))
    yield from mail_days.clues(told, document)
    for passage in told:
        yield from _number(passage.text, passage.start, part, document)
        yield from _place(passage.text, passage.start, part, sender)
        yield from _sum(passage.text, passage.start, part, document)
        yield from _company(passage.text, passage.start, part, sender)
        yield from mail_terms.clues(passage, part)
        yield from _euros(passage.text, passage.start, part)
    yield from mail_signature.clues([*lines, *signed], document, sender)


def trimmed(clue: Clue) -> Clue:
    """An address without the words of the sentence behind it: "Via Po 3, 47921 Rimini entro il 30 settembre."."""
    found = addresses.find(clue.value) if clue.field in ("ship_to", "bill_to") else []
    if not found or len(clue.value[found[-1].end :].split()) < 2:
        return clue
    rest = clue.value[found[-1].end :]
    return replace(clue, value=clue.value[: found[-1].end]) if _GOES_ON.search(rest) else clue


_GOES_ON = re.compile(
    r"\b(?:by|before|until|required|delivery|please|bis|zum|spätestens|bitte|lieferung|avant|pour le|livraison|merci|antes|para el|entrega|por favor|entro|per il|consegna|grazie|voor|uiterlijk|graag|levering)\b",
    re.IGNORECASE,
)
_SUM = re.compile(
    r"(?:\b(?:in total|total|makes|gesamt\w*(?: netto)?|summe|totale|totaal|comes to|zusammen)\b[^\d\n]{0,18})(?P<a>\d[\d.,' ]*\d)|(?:[€$£]|[A-Z]{3}) ?(?P<b>\d[\d.,]*\d)\s+(?:in total|total|insgesamt|altogether|en tout|en total|in totale|in totaal)",
    re.IGNORECASE,
)


def _sum(text: str, start: int, part: int, document: Document) -> Iterator[Clue]:
    for found in _SUM.finditer(text):
        group = "a" if found["a"] else "b"
        value = numbers.parse(found[group].strip(" .,"), document.number_style)
        if value is not None:
            gap = text[found.start() : found.start(group)]
            net = re.search(
                r"\b(?:HT|net|netto|excl\w*|before (?:tax|vat)|hors taxes?|imponible|imponibile)\b",
                gap,
                re.IGNORECASE,
            )
            yield Clue(
                "subtotal" if net else "total",
                numbers.printed(value),
                0.5,
                "prose",
                _evidence(part, start + found.start(group), found[group]),
            )
            return


def _evidence(part: int, start: int, text: str) -> Evidence:
    return Evidence(part, span=(start, start + len(text)), text=text[:200])


def _number(text: str, start: int, part: int, document: Document) -> Iterator[Clue]:
    for found in (*_SUBJECT_NUMBER.finditer(text), *_UNDER.finditer(text)):
        code = read_code(_whole_code(found).rstrip(".,;:)"), document)
        if code and not dates.find(found["code"]) and len(code[0]) >= 3:
            framed = _FRAME.search(text[: found.start()])
            yield Clue(
                "po_number",
                code[0],
                0.33 if framed else 0.55,
                "prose",
                _evidence(part, start + found.start("code"), code[0]),
            )


def _place(text: str, start: int, part: int, sender: Mailbox) -> Iterator[Clue]:
    domain = bare_domain(sender.address)
    for a, b in destinations(text)[:1]:
        place = text[a:b]
        if "\t" in place:
            return
        yield Clue("ship_to", place, 0.6, "prose", _evidence(part, start + a, place))
        for name in place.split(", "):
            if domain and matches_domain(name, domain) and not re.search(r"\d", name):
                yield Clue("buyer_name", name, 0.45, "ship_to", _evidence(part, start + a, place))
    for a, b in billed_spans(text)[:1]:
        place = text[a:b]
        yield Clue("bill_to", place, 0.55, "prose", _evidence(part, start + a, place))


def _euros(text: str, start: int, part: int) -> Iterator[Clue]:
    found = re.search(r"\d\s?(euros?)\b", text, re.IGNORECASE)
    if found:
        evidence = _evidence(part, start + found.start(1), found[1])
        yield Clue("currency", "EUR", 0.5, "name", evidence)


def _company(text: str, start: int, part: int, sender: Mailbox) -> Iterator[Clue]:
    domain = bare_domain(sender.address)
    for found in _FOR.finditer(text):
        name = found["name"].strip(" .,")
        like_domain = bool(domain) and matches_domain(name, domain)
        named = re.match(r"(?i:on behalf of|namens|im auftrag|de la part de|per conto)", found[0])
        if looks_like_company(name) or like_domain or named:
            score = 0.5 + 0.12 * like_domain
            yield Clue(
                "buyer_name",
                name,
                score,
                "prose",
                _evidence(part, start + found.start("name"), name),
            )
