"""Generated documents of every kind as messages, each with the reading that it should give and the knobs it shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random

from core.inbound.values import Mailbox, Message, Part
from extraction.training import files, words
from extraction.training.degrade import Damage, pictures, scanned_pdf
from extraction.training.grids import Parts, flat_cells, html_of, parts_of, sheet_cells
from extraction.training.knobs import Knobs
from extraction.training.letters import letter
from extraction.training.paper.compose import made_paper
from extraction.training.paper.making import Making
from extraction.training.surface import pdf_of
from extraction.training.words import LANGUAGES

KINDS = {"pdf": 54, "mail": 16, "html": 9, "xlsx": 7, "csv": 5, "ods": 2, "docx": 4, "lookalike": 3}

WRITERS = frozenset(
    {"buyer_name", "buyer_contact", "buyer_email", "ship_to", "bill_to", "requested_date"}
)
"""Whose they are, or what day they mean, turns on who writes the paper."""


@dataclass(frozen=True)
class Document:
    """truth: header fields, lines: line fields, both as Candidate values are written; lenient: count only when read right.

    knobs: what it shows, its kind and language among them. order: whether it is one.
    """

    message: Message
    truth: Mapping[str, str]
    lines: tuple[Mapping[str, str], ...]
    lenient: frozenset[str]
    kind: str
    knobs: frozenset[str]
    order: bool = True


def documents(
    count: int, seed: int, held_out: bool = True, kinds: Mapping[str, float] = KINDS
) -> Iterator[Document]:
    """`count` documents, the same for the same seed and kinds."""
    for number in range(count):
        yield nth(seed, number, held_out, kinds)


def nth(
    seed: int, number: int, held_out: bool = True, kinds: Mapping[str, float] = KINDS
) -> Document:
    """The document of this number among those of a seed."""
    r = Random(f"document:{seed}:{number}")
    return document(r, r.choices(tuple(kinds), tuple(kinds.values()))[0], held_out)


def document(r: Random, kind: str, held_out: bool) -> Document:
    language = r.choice((*LANGUAGES, "en", "en"))
    knobs = Knobs(r)
    message, truth, lines, lenient = MAKERS[kind](r, language, held_out, knobs)
    order = kind != "lookalike"
    used = frozenset({*knobs.used, f"language: {language}"})
    return Document(message, truth, tuple(lines), frozenset(lenient), kind, used, order)


Made = tuple[Message, dict[str, str], list[dict[str, str]], set[str]]


def _attached(content: bytes, content_type: str, name: str) -> Message:
    return Message("upload", parts=(Part(1, "attachment", content_type, name, content),))


def _paper(r: Random, language: str, held_out: bool, knobs: Knobs) -> Made:
    made = made_paper(r, language, held_out, knobs)
    return _read_as(made, _attached(pdf_of(made.surface), "application/pdf", "order.pdf"))


def _scan(r: Random, language: str, held_out: bool, knobs: Knobs) -> Made:
    made = made_paper(r, language, held_out, knobs)
    damage = Damage(
        dpi=r.choice((150, 200)),
        skew=r.uniform(-2, 2),
        noise=r.choice((0, 6, 12)),
        specks=r.choice((0, 40)),
        blur=r.choice((0, 0.6)),
        fax=r.random() < 0.2,
    )
    return _read_as(
        made,
        _attached(
            scanned_pdf(pictures(pdf_of(made.surface), damage), damage),
            "application/pdf",
            "scan.pdf",
        ),
    )


def _read_as(made: Making, message: Message) -> Made:
    return message, made.truth, made.lines, made.lenient


def _lookalike(r: Random, language: str, held_out: bool, knobs: Knobs) -> Made:
    """A paper of another kind: an invoice, a quotation, a delivery note, or a form that nobody filled in.

    Labelled like an order where it has the field; who of the two parties writes is left open.
    """
    if knobs.has("blank form", 0.25):
        made = made_paper(r, language, held_out, knobs)
        pieces = made.surface.pieces
        made.surface.pieces = [p for p in pieces if not p.label and not re.search(r"\d", p.text)]
        made.truth, made.lines, made.lenient = {}, [], set()
    else:
        made = made_paper(r, language, held_out, knobs, title="lookalike")
        made.lenient |= WRITERS & made.truth.keys()
    return _read_as(made, _attached(pdf_of(made.surface), "application/pdf", "document.pdf"))


def _mail(r: Random, language: str, held_out: bool, knobs: Knobs) -> Made:
    told = letter(r, language, held_out, knobs)
    body = Part(1, "body-text", "text/plain", "", told.text.encode(), told.text)
    message = Message("mail", told.subject, Mailbox(*told.sender), parts=(body,))
    return message, told.truth, list(told.lines), set(told.lenient)


def _html(r: Random, language: str, held_out: bool, knobs: Knobs) -> Made:
    parts = parts_of(r, language, held_out, knobs)
    made, text = parts.made, html_of(parts)
    facts = made.facts
    sender = Mailbox(facts.contact, words.mail_address(r, facts.contact, facts.buyer))
    made.truth["buyer_email"] = sender.address
    body = Part(1, "body-html", "text/html", "", text.encode(), text)
    return _read_as(made, Message("mail", f"{made.title} {facts.po}", sender, parts=(body,)))


def _sheet(
    save: Callable[[Random, Parts], bytes], content_type: str, name: str
) -> Callable[[Random, str, bool, Knobs], Made]:
    def make(r: Random, language: str, held_out: bool, knobs: Knobs) -> Made:
        parts = parts_of(r, language, held_out, knobs)
        content = save(r, parts)
        return _read_as(parts.made, _attached(content, content_type, name))

    return make


def _csv(r: Random, parts: Parts) -> bytes:
    flat = parts.made.knobs.has("one row a line with the head in it", 0.6)
    return files.csv_text(flat_cells(parts) if flat else sheet_cells(parts), r)


MAKERS: dict[str, Callable[[Random, str, bool, Knobs], Made]] = {
    "pdf": _paper,
    "scan": _scan,
    "mail": _mail,
    "html": _html,
    "lookalike": _lookalike,
    "xlsx": _sheet(
        lambda r, p: files.xlsx(sheet_cells(p), r.random() < 0.5 and p.made.order.decimal == "."),
        files.XLSX,
        "order.xlsx",
    ),
    "ods": _sheet(lambda r, p: files.ods(sheet_cells(p)), files.ODS, "order.ods"),
    "csv": _sheet(_csv, "text/csv", "order.csv"),
    "docx": _sheet(lambda r, p: files.docx(p), files.DOCX, "order.docx"),
}
