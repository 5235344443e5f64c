"""What a mail itself tells: its sender, its day, its subject, its signature, and requests made in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from core.inbound.reading import Evidence
from core.inbound.values import Mailbox, Message
from extraction.clues import Clue
from extraction.context import Context
from extraction.document import Document
from extraction.fields import dates, numbers, when
from extraction.fields.companies import looks_like_company
from extraction.fields.header import EMAIL, read_code
from extraction.fields.places import billed_spans, place_spans
from extraction.fields.words import ORDERING
from extraction.goods import opens
from extraction.layout import TextLine
from extraction.passages import passages

_SUBJECT_NUMBER = re.compile(
    r"(?:\bp\.?\s?o\.?\b|purchase order|order|bestell(?:ung|nummer|zeichen|nr\.?)|auftrags?(?:nummer|nr\.?)?|commande|bon de commande|pedido|orden de compra|ordine|bestel(?:ling|nummer|nr\.?)|inkooporder(?:nummer)?|best\.?|requisition|abruf|(?:our|unsere?|notre|nuestra|nostro|ons|onze) (?:ref(?:erence)?|réf(?:érence)?|referenz|zeichen|referencia|riferimento|rif|referentie|kenmerk)\b\.?|(?:our|unsere?|notre|nuestro|nostro|ons|onze) (?:number|nummer|numéro|número|numero)(?: d['’e]\s?\w+)?|n[º°] de pedido)"
    r"(?: (?:nuestro|interno|interne|intern))?(?:\W{1,3}(?:ref(?:erence)?|réf(?:érence)?|rif)\b\.?)?[\s-]*(?:number|no\.?|nr\.?|n[°º.]?|num\.?|#|nummer|numero|número)?\s*(?:[:#–-]|is\b|ist\b|lautet\b|est\b|es\b|è\b)?\s*(?:(?:the|die|der|le|la|el|il|de)\s+)?"
    r"(?<![\w])(?P<code>(?-i:(?!EUR|USD|GBP|CHF|PO |KW|NO |NR )[A-Z][A-Za-z]{0,2}[A-Z] (?=\d))?(?=[\w./-]*\d)[A-Z0-9][\w./-]{2,24})",
    re.IGNORECASE,
)
_UNDER = re.compile(
    r"\b(?i:under|against|unter|sous|bajo|sotto|onder)\s+(?:(?i:po|order|our|unserer?|nr\.?|no\.?|number)\s+){0,3}(?P<code>[A-Z]{1,5}[-/]?\d{3,}[\w/-]{0,12})"
)
FILE_NAMED = 0.4
"""A file's name says less than what is printed in it: "PO_4471_v2 final.pdf"."""
_FILE_TYPE = re.compile(r"\.[A-Za-z]{3,4}$")
_ANSWER = re.compile(r"^\s*(?:re|aw|sv|antw|ref|r)\s*:", re.IGNORECASE)
_CLOSING = re.compile(
    r"^\W*(?:best|kind|warm|many)?\s*(?:regards|wishes)\W*$|^\W*(?:best|thanks|thank you|thx|cheers|sincerely|yours truly|yours sincerely|respectfully|many thanks|thanks again|thanks in advance|best,|br)\b.{0,25}$|"
    r"^\W*(?:mit )?(?:freundlichen?|besten?|viele[nr]?|liebe|herzliche) gr(?:ü|ue)(?:ß|ss)en?\b.{0,20}$|^\W*(?:mfg|vg|lg)\W*$|^\W*(?:bien )?cordialement\W*$|^\W*(?:salutations|bien à vous|merci)\b.{0,25}$|"
    r"^\W*(?:un )?(?:cordial )?(?:saludos?|atentamente|gracias)\b.{0,20}$|^\W*(?:cordiali|distinti) saluti\W*$|^\W*(?:grazie|saluti)\b.{0,15}$|^\W*(?:met )?(?:vriendelijke )?groet(?:en)?\W*$|^\W*(?:mvg|bedankt)\b.{0,15}$|^\s*--\s*$",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"^\W{0,3}(?P<name>[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,3})(?:\s*[,|/–—-]\s*(?P<rest>.{2,60}))?$"
)
_WHEN = re.compile(
    r"\b(?:by|before|until|no later than|not later than|need(?:ed)?(?: it| them| these| this)?(?: there| here)?|deliver(?:y|ed)?|requested|required|due|arrive|ship(?:ped)?|on or before|want it|latest|pick(?:ing)? (?:it |them )?up|collect|graag|"
    r"bis|spätestens|liefer\w*|am|zum|benötigen|brauchen|termin|plazo|délai|avant|pour|livr\w*|au plus tard|antes del?|para|entreg\w*|entro|per|consegn\w*|voor|uiterlijk|lever\w*|op)\b",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"\b(?:order for|on behalf of|for|from|here at|with|at|bei|für|von|pour|chez|de la part de|para|de parte de|per|namens|voor)\s+(?P<name>[A-ZÄÖÜÉ][\w&.'’-]*(?: (?:&|and|und|et|of|de|[A-ZÄÖÜÉ0-9][\w&.'’-]*)){0,5})"
)
_PUBLIC = {
    "gmail.com", "googlemail.com", "yahoo.com", "outlook.com", "hotmail.com", "live.com", "aol.com", "icloud.com", "me.com", "msn.com",
    "gmx.de", "gmx.net", "web.de", "t-online.de", "freenet.de", "orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "libero.it",
    "virgilio.it", "alice.it", "tiscali.it", "telefonica.net", "ziggo.nl", "kpnmail.nl", "planet.nl", "protonmail.com", "proton.me", "mail.com", "yandex.com", "comcast.net", "verizon.net", "att.net", "sbcglobal.net", "bellsouth.net",
}  # fmt: skip


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
        if _is_person(sender.name):
            yield Clue(
                "buyer_contact", sender.name, 0.6, "sender", Evidence(at="From", text=sender.name)
            )
        elif looks_like_company(sender.name):
            yield Clue(
                "buyer_name", sender.name, 0.5, "sender", Evidence(at="From", text=sender.name)
            )
    if message.channel == "mail" and message.date:
        day = message.date.date().isoformat()
        yield Clue("order_date", day, 0.36, "sent", Evidence(at="Date", text=day))
    named = any(message.subject == part.filename for part in message.parts)
    number = _SUBJECT_NUMBER.search(
        _FILE_TYPE.sub("", message.subject) if named else message.subject
    )
    if number and not dates.find(number["code"]):
        value = _whole_code(number).strip(".-/")
        score = FILE_NAMED if named else 0.45 if _ANSWER.match(message.subject) else 0.72
        yield Clue("po_number", value, score, "subject", Evidence(at="Subject", text=number[0]))


def body_clues(
    lines: Sequence[TextLine], signed: Sequence[TextLine], document: Document, sender: Mailbox
) -> Iterator[Clue]:
    """Clues from the words of a mail: numbers, days, places and names said in sentences, and the signature."""
    part = document.canvas.part
    for passage in passages(lines, opens):
        yield from _number(passage.text, passage.start, part, document)
        yield from _day(passage.text, passage.start, part, document)
        yield from _place(passage.text, passage.start, part)
        yield from _sum(passage.text, passage.start, part, document)
        yield from _company(passage.text, passage.start, part, sender)
        yield from _euros(passage.text, passage.start, part)
    yield from _signature([*lines, *signed], document, sender)


_DELIVER_BY = re.compile(
    r"\b(?:deliver(?:y|ed)?|ship(?:ped|ment)?|required|needed|lieferung|liefern sie|zu liefern|livraison|livrer|entrega|entregar|consegna|levering|leveren)\b[^.;]{0,30}?\b(?:by|before|on|until|no later than|bis(?: zum)?|am|spätestens(?: am)?|avant le|pour le|le|antes del|el|entro il|il|voor|op|uiterlijk)\s*:?\s*$",
    re.IGNORECASE,
)


def row_clues(document: Document, tabled: frozenset[int]) -> Iterator[Clue]:
    """A delivery day said in a sentence of a printed document."""
    if document.canvas.kind == "text":
        return
    for number, row in enumerate(document.canvas.rows[:400]):
        for segment in row.segments if number not in tabled else ():
            for day in dates.find(segment.text, document.near) if len(segment.text) < 200 else ():
                place = segment.cut(day.start, day.end)
                if place and _DELIVER_BY.search(segment.text[max(day.start - 60, 0) : day.start]):
                    value = dates.choose(day, document.day_style).isoformat()
                    yield Clue("requested_date", value, 0.6, "sentence", place.evidence(), row.page)


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
            yield Clue(
                "po_number",
                code[0],
                0.55,
                "prose",
                _evidence(part, start + found.start("code"), code[0]),
            )


def _day(text: str, start: int, part: int, document: Document) -> Iterator[Clue]:
    for day in dates.find(text, document.near):
        before = text[: day.start]
        if _WHEN.search(before[-60:]):
            value = dates.choose(day, document.day_style).isoformat()
            yield Clue(
                "requested_date",
                value,
                0.55,
                "prose",
                _evidence(part, start + day.start, text[day.start : day.end]),
            )
            return
    yield from _when(text, start, part, document)


def _when(text: str, start: int, part: int, document: Document) -> Iterator[Clue]:
    """A day told in words where it is certain, else the words themselves."""
    if not (ORDERING.search(text) or _WHEN.search(text)):
        return
    for told in when.find(text, document.near)[:1]:
        words = text[told.start : told.end]
        evidence = _evidence(part, start + told.start, words)
        if told.day:
            yield Clue("requested_date", told.day.isoformat(), 0.52, "prose", evidence)
        else:
            yield Clue("notes", words.strip(), 0.5, "prose", evidence)


def _place(text: str, start: int, part: int) -> Iterator[Clue]:
    for a, b in place_spans(text)[:1]:
        place = text[a:b]
        yield Clue("ship_to", place, 0.6, "prose", _evidence(part, start + a, place))
    for a, b in billed_spans(text)[:1]:
        place = text[a:b]
        yield Clue("bill_to", place, 0.55, "prose", _evidence(part, start + a, place))


def _euros(text: str, start: int, part: int) -> Iterator[Clue]:
    found = re.search(r"\d\s?(euros?)\b", text, re.IGNORECASE)
    if found:
        evidence = _evidence(part, start + found.start(1), found[1])
        yield Clue("currency", "EUR", 0.5, "name", evidence)


def _company(text: str, start: int, part: int, sender: Mailbox) -> Iterator[Clue]:
    domain = _bare_domain(sender.address)
    for found in _FOR.finditer(text):
        name = found["name"].strip(" .,")
        like_domain = bool(domain) and _matches_domain(name, domain)
        if looks_like_company(name) or like_domain:
            score = 0.5 + 0.12 * like_domain
            yield Clue(
                "buyer_name",
                name,
                score,
                "prose",
                _evidence(part, start + found.start("name"), name),
            )


def _signature(lines: Sequence[TextLine], document: Document, sender: Mailbox) -> Iterator[Clue]:
    """The rows after the closing words, or the last short rows: name, then company."""
    at = next((i for i in range(len(lines) - 1, -1, -1) if _CLOSING.match(lines[i].text)), None)
    rows = (
        [piece for line in lines[at + 1 : at + 8] for piece in _pieces(line)]
        if at is not None
        else [piece for ln in lines[-3:] for piece in _pieces(ln) if len(piece.text) < 40]
    )
    domain = _bare_domain(sender.address)
    named = company = False
    for place, line in enumerate(rows):
        text = line.text.strip(" -–—|*_")
        evidence = line.evidence
        found = _NAME.match(text)
        if (
            not named
            and place < 2
            and found
            and _is_person(found["name"])
            and (at is not None or line.text.lstrip().startswith("-") or len(text.split()) <= 3)
        ):
            named = True
            score = 0.6 if at is not None else 0.45
            swapped = (
                bool(found["rest"])
                and "," in text
                and _is_person(found["rest"])
                and " " not in found["name"]
            )
            name = text if swapped else _in_full(found["name"], sender)
            yield Clue("buyer_contact", name, score, "signature", evidence)
            if found["rest"] and looks_like_company(found["rest"]):
                yield Clue("buyer_name", found["rest"].strip(), 0.55, "signature", evidence)
            continue
        if named and place <= 3 and not company and _could_be_company(text):
            company = True
            yield Clue("buyer_name", text, 0.45, "signature", evidence)
        if (looks_like_company(text) or (domain and _matches_domain(text, domain))) and (
            len(text) <= 60 and not EMAIL.search(text) and not re.search(r"\d{3}|www|http", text)
        ):
            yield Clue(
                "buyer_name",
                text,
                0.6 + 0.1 * bool(domain and _matches_domain(text, domain)),
                "signature",
                evidence,
            )
        address = EMAIL.search(text)
        if address:
            yield Clue("buyer_email", address[0].rstrip("."), 0.6, "signature", evidence)


def _pieces(line: TextLine) -> Iterator[TextLine]:
    """A signature row cut at its bars, and before an address: "Buyer | Hart Ltd", "Hart Ltd, 3 Mill Lane"."""
    for piece in re.split(r"\s+[|•·]\s+|,\s+(?=\d+\w?\s+[A-Z])", line.text):
        if piece.strip():
            yield replace(line, text=piece.strip()) if piece != line.text else line


def _in_full(name: str, sender: Mailbox) -> str:
    """The name as the sender's mailbox has it, when the signature shortens it ("Pilar", "F. Kurz")."""
    short, full = name.lower().replace(".", "").split(), sender.name.lower().split()
    shortened = len(name.split()) == 1 or any(len(w) == 1 for w in short)
    fits = all(any(f.startswith(w) for f in full) for w in short)
    return sender.name if shortened and fits and _is_person(sender.name) else name


_DUTY = re.compile(
    r"\b(manager|director|buyer|purchas\w*|procurement|owner|assistant|officer|engineer|head|lead|sales|leiter\w*|einkauf\w*|einkäufer\w*|abteilung|geschäftsführ\w*|sachbearbeit\w*|achats?|acheteu\w*|responsable|directeur|directrice|compras|comprador\w*|jefe|acquist\w*|responsabile|direttore|inkoop\w*|hoofd|department|dept|team|prof\w*|enseign\w*|teacher|supervisor|technician|planner|coordinator|clerk|administrator|secr[eé]t\w*|sekret\w*|meister\w*|inhaber\w*|gérant\w*|tecnico|técnico|técnica|sent from|gesendet von|phone|tel|mobile|fax)\b",
    re.IGNORECASE,
)


_GREETING = re.compile(
    r"\W*(?:hi|hey|hello|dear|good (?:morning|afternoon|day)|morning|hallo|moin|guten (?:tag|morgen)|liebe[rs]?|sehr geehrte\w*|bonjour|bonsoir|cher|chère|hola|buenos días|buenas tardes|ciao|buongiorno|gentile|beste|hoi|dag)\b",
    re.IGNORECASE,
)


def _could_be_company(text: str) -> bool:
    """A row below the signer's name that is no duty, address, number or sentence."""
    words = text.split()
    plain = 1 <= len(words) <= 6 and not re.search(r"\d|@|www\.|[?!:;]", text)
    greets = _GREETING.match(text)
    return plain and not greets and words[0][:1].isupper() and not _DUTY.search(text)


def _bare_domain(address: str) -> str:
    domain = address.rpartition("@")[2].lower()
    return "" if domain in _PUBLIC else domain.rpartition(".")[0]


def _matches_domain(name: str, domain: str) -> bool:
    """Whether the telling words of a name stand in the mail domain ("Reed Tools" in reedtoolshop)."""
    bare = re.sub(r"[^a-z0-9]", "", domain)
    words = [w for w in re.findall(r"[a-z0-9]+", name.lower()) if len(w) > 2]
    joined = "".join(words)
    return (
        bool(words)
        and len(joined) >= 4
        and (
            joined in bare
            or (bare in joined and len(bare) >= 5)
            or (len(words[0]) >= 5 and words[0] in bare)
        )
    )


def _is_person(text: str) -> bool:
    words = text.replace(",", " ").split()
    if not 1 <= len(words) <= 4 or looks_like_company(text) or re.search(r"\d|@", text):
        return False
    dull = {
        "team",
        "purchasing",
        "orders",
        "order",
        "procurement",
        "einkauf",
        "sales",
        "info",
        "dept",
        "department",
        "achats",
        "compras",
        "acquisti",
        "inkoop",
        "service",
        "office",
        "the",
        "thanks",
        "sent",
        "accounts",
        "phone",
        "tel",
        "mobile",
        "procurment",
        "admin",
        "support",
        "inventory",
        "ops",
        "operations",
        "kitchen",
        "kontakt",
        "contact",
        "stores",
        "warehouse",
        "buying",
        "logistics",
        "lager",
        "magazzino",
        "almacén",
        "administration",
        "verwaltung",
        "shop",
    }
    small = {
        "de",
        "del",
        "della",
        "di",
        "da",
        "du",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "la",
        "le",
        "zu",
    }
    named = [w for w in words if w not in small]
    return (
        bool(named)
        and all(w[:1].isupper() for w in named)
        and not any(w.lower().strip(".") in dull for w in words)
    )
