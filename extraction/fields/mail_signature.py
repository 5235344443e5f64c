"""Who signs a mail and for whom: the rows under its closing words, or its last short rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core.inbound.values import Mailbox
from extraction.document import Document
from extraction.fields.companies import has_legal_form, looks_like_firm
from extraction.fields.courtesies import greets, is_sign_off, signer_of
from extraction.fields.header.plain import EMAIL
from extraction.fields.mail_domain import bare_domain, matches_domain
from extraction.fields.people import has_duty, is_person
from extraction.fields.places import begins_with_street
from extraction.page.layout import TextLine
from extraction.weighing.clues import Clue

REACH = 10
"""Pieces of a signature that may name somebody."""
_NAME = re.compile(
    r"^\W{0,3}(?P<name>[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,3})(?:\s*[,|/–—-]\s*(?P<rest>.{2,60}))?$"
)
_SIGNS_FOR = re.compile(
    r"^(?:ppa\.?|i\. ?[av]\.|p\.? ?p\.|per pro\.?|gez\.?)\s+(?=[^\W\d_])", re.IGNORECASE
)
_PRONOUNS = re.compile(r"\s*\((?:she|he|they|sie|er|elle|il)[^()]{0,20}\)", re.IGNORECASE)
_CUT = re.compile(r"\s+[|•·–—-]\s+|\s{4,}")
_OF = re.compile(
    r"^.{3,40}?(?:,|\s[-–—@]|\s(?:at|of|bei|von|de|di|van|chez|presso)\s)\s*(?=[A-ZÀ-Þ])"
)


@dataclass
class _Said:
    """What was found so far: the signer's name and whether a company was guessed."""

    name: str = ""
    company: bool = False


def clues(lines: Sequence[TextLine], document: Document, sender: Mailbox) -> Iterator[Clue]:
    """Clues for buyer_contact, buyer_name and buyer_email from the signature at the end of a mail."""
    at = next((i for i in range(len(lines) - 1, -1, -1) if is_sign_off(lines[i].text)), None)
    said = _Said()
    if at is not None:
        name = signer_of(lines[at].text).strip(" ,.!")
        if is_person(name):
            yield from _contact(name, name, lines[at], 0.6, sender, said)
        rows = [piece for line in lines[at + 1 : at + 12] for piece in _pieces(line)][:REACH]
    else:
        rows = [p for ln in _last_paragraph(lines) for p in _pieces(ln) if len(p.text) < 40]
    signed = at is not None or (
        len(rows) > 1 and is_person(rows[0].text) and has_duty(rows[1].text)
    )
    for place, row in enumerate(rows):
        yield from _row(place, row, signed, sender, said)


def _last_paragraph(lines: Sequence[TextLine]) -> Sequence[TextLine]:
    """The last rows up to a blank one, where they are short and a name is first; else the last three."""
    for at in range(len(lines) - 2, max(len(lines) - 7, -1), -1):
        upper, lower = lines[at].evidence.span, lines[at + 1].evidence.span
        if upper and lower and lower[0] - upper[1] > 1:
            rows = lines[at + 1 :]
            short = all(len(row.text) < 50 for row in rows)
            return rows if short and is_person(rows[0].text, 2) else lines[-3:]
    return lines[-3:]


def _row(place: int, line: TextLine, closed: bool, sender: Mailbox, said: _Said) -> Iterator[Clue]:
    text = _PRONOUNS.sub("", _SIGNS_FOR.sub("", line.text.strip(" -–—|*_\t"))).strip(" ,")
    found = _NAME.match(text)
    signs = place < (4 if said.name else 3) and found is not None and _is_signer(found["name"])
    told = closed or line.text.lstrip().startswith("-") or len(text.split()) <= 3
    if found and signs and told and (not said.name or _fuller(found["name"], said.name)):
        signs_for = _SIGNS_FOR.match(line.text.strip()) is not None
        score = 0.68 if signs_for else 0.6 if closed else 0.45
        yield from _contact(found["name"], text, line, score, sender, said)
        rest = found["rest"] or ""
        if rest and not has_duty(rest) and (looks_like_firm(rest) or _spelt(rest, sender)):
            yield Clue("buyer_name", rest.strip(), 0.55, "signature", line.evidence)
            said.company = True
        return
    address = EMAIL.search(text)
    if address:
        yield Clue("buyer_email", address[0].rstrip("."), 0.6, "signature", line.evidence)
        return
    yield from _company(place, text, line, sender, said)


def _holds_office(text: str) -> bool:
    """Whether a row ends with a duty ("School Business Manager"), rather than naming a team or house by one."""
    return has_duty(" ".join(text.split()[-1:])) or (has_duty(text) and "," in text)


def _is_signer(name: str) -> bool:
    return is_person(name) and not looks_like_firm(name)


def _company(place: int, text: str, line: TextLine, sender: Mailbox, said: _Said) -> Iterator[Clue]:
    spelt = _spelt(text, sender)
    short = len(text) <= 60 and not re.search(r"\d{3}|www|http", text)
    of = _OF.match(text) if has_duty(text) else None
    employer = text[of.end() :].strip() if of else ""
    if employer and not re.search(r"\d|[?!:;]", employer) and not has_duty(employer):
        score = 0.6 if looks_like_firm(employer) or _spelt(employer, sender) else 0.45
        said.company = True
        yield Clue("buyer_name", employer, score, "signature", line.evidence)
        return
    duty = _holds_office(text) and not has_legal_form(text) and not spelt
    if short and (looks_like_firm(text) or spelt) and not greets(text) and not duty:
        yield Clue("buyer_name", text, 0.6 + 0.1 * spelt, "signature", line.evidence)
        said.company = True
    elif said.name and place <= 3 and not said.company and _could_be_company(text):
        said.company = True
        yield Clue("buyer_name", text, 0.45, "signature", line.evidence)


def _contact(
    name: str, text: str, line: TextLine, score: float, sender: Mailbox, said: _Said
) -> Iterator[Clue]:
    said.name = name
    yield Clue("buyer_contact", full_name(name, sender), score, "signature", line.evidence)


def _fuller(name: str, known: str) -> bool:
    """Whether a name is the one known with more words: "Tomasz Wilk" after "Tomasz"."""
    return set(known.lower().split()) <= set(name.lower().split())


def _spelt(text: str, sender: Mailbox) -> bool:
    domain = bare_domain(sender.address)
    return bool(domain) and matches_domain(text, domain)


def _pieces(line: TextLine) -> Iterator[TextLine]:
    """A signature row cut at its bars, and before an address: "Buyer | Hart Ltd", "Hart Ltd, 3 Mill Lane"."""
    for piece in _CUT.split(line.text):
        kept = _before_street(piece)
        if kept.strip():
            yield replace(line, text=kept.strip()) if kept != line.text else line


def _before_street(piece: str) -> str:
    """ "Bar Roma, via Dante 4, Lecce" -> "Bar Roma"."""
    parts = piece.split(", ")
    at = next((n for n, part in enumerate(parts) if n and _is_street(part)), None)
    return ", ".join(parts[:at]) if at else piece


def _is_street(part: str) -> bool:
    return begins_with_street(part) or re.search(r"\d", part) is not None


def full_name(name: str, sender: Mailbox) -> str:
    """The name as the sender's mailbox has it, when the signature shortens it ("Pilar", "F. Kurz")."""
    sent = given_first(sender.name)
    short, full = name.lower().replace(".", "").split(), sent.lower().split()
    shortened = len(name.split()) == 1 or any(len(w) == 1 for w in short)
    fits = all(any(f.startswith(w) for f in full) for w in short)
    return sent if shortened and fits and len(full) > 1 and is_person(sent) else name


def given_first(name: str) -> str:
    """A name as people say it: "Hargreaves, Neil" -> "Neil Hargreaves"."""
    family, comma, given = name.partition(", ")
    swapped = f"{given.strip()} {family.strip()}"
    return swapped if comma and " " not in family.strip() and is_person(swapped, 2) else name


def _could_be_company(text: str) -> bool:
    """A row below the signer's name that is no duty, address, number or sentence."""
    words = text.split()
    plain = 1 <= len(words) <= 6 and not re.search(r"\d|@|www\.|[?!:;]", text)
    return plain and not greets(text) and words[0][:1].isupper() and not has_duty(text)
