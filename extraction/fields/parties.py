"""Who buys, where the goods go, who pays the invoice: from labelled blocks, the letterhead and e-mail domains."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extraction.context import OwnCompany
from extraction.document import Document
from extraction.fields import domains, letterhead, mail_names, on_behalf, sender_rows
from extraction.fields.blocks import Block, blocks
from extraction.fields.companies import COMPANY, as_name, same_company, telling
from extraction.fields.header.plain import EMAIL
from extraction.fields.labels.find import Labels
from extraction.fields.people import is_person
from extraction.page.segments import Row, evidence_of
from extraction.weighing.clues import Clue


def clues(
    document: Document, labels: Labels, tabled: frozenset[int] = frozenset(), sender: str = ""
) -> Iterator[Clue]:
    """Clues for buyer_name, ship_to, ship_to_name, bill_to and buyer_email.

    tabled: rows of item tables, left out. sender: the mail address that sent the page, "" for a file.
    """
    found = [b for b in blocks(labels, tabled) if b.label.row not in tabled]
    suppliers = supplier_names(found, document.context.own)
    twice = list(_twice_named(found, document, suppliers))
    for block in found:
        for clue in _block_clues(block, document, suppliers):
            if clue.field != "buyer_name" or not _seconds(clue, twice):
                yield clue
    if not document.sells:
        yield from letterhead.clues(document, labels, suppliers)
        yield from sender_rows.sender_rows(document, suppliers)
        yield from on_behalf.clues(document, suppliers, tabled)
    yield from twice
    mails = list(_emails(document, found, suppliers))
    yield from mails
    if not document.sells and document.canvas.kind in ("pdf", "image"):
        yield from mail_names.clues(document, mails)
    if not document.sells:
        yield from domains.of_domains(document, labels, mails, suppliers, sender)


def _seconds(clue: Clue, twice: Sequence[Clue]) -> bool:
    """Whether a place of delivery or payment names the company that both name: no further proof of the buyer."""
    return clue.source in ("ship_to", "bill_to") and any(
        same_company(clue.value, other.value) for other in twice
    )


def _twice_named(
    found: Sequence[Block], document: Document, suppliers: Sequence[str]
) -> Iterator[Clue]:
    """One company both gets the goods and pays: the buyer, also on a supplier's own form."""
    if any(b.party == "buyer" and b.weight >= 1 and _name(b) for b in found):
        return
    places = [b for b in found if b.party == "ship_to" and b.weight >= 1 and _name(b)]
    payers = [b for b in found if b.party == "bill_to" and b.weight >= 1 and _name(b)]
    for payer in payers:
        name = _name(payer)
        if any(same_company(name, s) for s in suppliers):
            continue
        if any(same_company(name, _name(b)) for b in places):
            evidence = evidence_of(document.canvas.part, payer.rows[0].words)
            yield Clue("buyer_name", name, 0.72, "both blocks", evidence, payer.label.head.page)
            return


def supplier_names(found: Sequence[Block], own: OwnCompany) -> list[str]:
    """Names that cannot be the buyer: what is labelled as the supplier, and our own company."""
    named = [_name(block) for block in found if block.party == "supplier" and block.weight >= 1]
    weak = [_name(block) for block in found if block.party == "supplier" and block.weight < 1]
    return [n for n in (*named, *(weak if not named else ()), *own.names) if n]


LONGEST_ROW = 400
_TRADE = re.compile(rf"(?:(?:{COMPANY.pattern}|&|and|und|et)\s*)+", re.IGNORECASE)


def _name(block: Block) -> str:
    """The company of a block: the first of its first three rows that looks like one, else the first row of words."""
    lines = block.lines[:3]
    if lines and lines[0].count(",") >= 2:
        lines = [lines[0].partition(",")[0]]
    if len(lines) > 1 and _TRADE.fullmatch(lines[1]) and not re.search(r"\d", lines[0]):
        lines = [f"{lines[0]} {lines[1]}", *lines[2:]]  # a name broken by a narrow column
    names = [as_name(line) for line in lines]
    company = next((t for t in names if t and COMPANY.search(t)), "")
    return company or (names[0] if names else "")


def _block_clues(block: Block, document: Document, suppliers: Sequence[str]) -> Iterator[Clue]:
    lines = [line for line in block.lines if line]
    if not lines:
        return
    part = document.canvas.part
    words = [w for s in block.rows for w in s.words]
    evidence = evidence_of(part, words)
    page = block.label.head.page
    placed = 0.9 if block.weight >= 1 else 0.5
    if len(lines) == 1 and (_only_code(lines[0]) or not re.search(r"[^\W\d_]{3}", lines[0])):
        return
    if block.weight < 1 and block.party == "ship_to" and not _like_address(lines):
        return
    if block.party in ("ship_to", "bill_to"):
        if block.weight < 1 and len(lines) < 2 and not re.search(r"\d.*,|,.*\d", lines[0]):
            return
        fuller = min(len(lines), 4) * 0.02
        yield Clue(block.party, ", ".join(lines), placed - 0.08 + fuller, "block", evidence, page)
    name = _name(block)
    if not name or any(same_company(name, s) for s in suppliers):
        return
    name_evidence = evidence_of(part, block.rows[0].words)
    if block.party == "ship_to":
        yield Clue("ship_to_name", name, placed, "block", name_evidence, page)
        yield Clue(
            "buyer_name",
            name,
            0.4 if COMPANY.search(name) else 0.3,
            "ship_to",
            name_evidence,
            page,
        )
    elif block.party == "bill_to":
        yield Clue(
            "buyer_name",
            name,
            0.55 if COMPANY.search(name) else 0.42,
            "bill_to",
            name_evidence,
            page,
        )
    elif block.party == "buyer":
        score = 0.8 if block.weight >= 1 else 0.45
        alone = len(lines) == 1 and not COMPANY.search(name)
        if (alone or is_person(name)) and block.label.named("labels", "buyer_contact"):
            score = 0.3  # "Besteller": the person who orders
        yield Clue(
            "buyer_name",
            name,
            score + (0.08 if COMPANY.search(name) else 0),
            "block",
            name_evidence,
            page,
        )


def _like_address(lines: Sequence[str]) -> bool:
    """Rows short enough for an address, at least one with a number of a house or town."""
    numbered = any(re.search(r"\b\d{1,5}\b", line) for line in lines)
    return numbered and max(len(line) for line in lines) <= (60 if len(lines) > 1 else 140)


def _only_code(text: str) -> bool:
    return bool(re.fullmatch(r"[\w./#-]*\d[\w./#-]*", text))


def _emails(document: Document, found: Sequence[Block], suppliers: Sequence[str]) -> Iterator[Clue]:
    """Mail addresses on the page, the supplier's own and those for invoices set back."""
    own = document.context.own
    supplier_rows = [b for b in found if b.party == "supplier"]
    for number, row in enumerate(document.canvas.rows):
        for address in _addresses(document.canvas.rows, number):
            domain = address.rpartition("@")[2].lower()
            if domain in own.mail_domains or any(
                telling(s) and _in_domain(s, domain) for s in suppliers
            ):
                continue
            score = 0.5
            if re.search(
                r"invoice|account|billing|\bap\b|payable|rechnung|factur|fattur",
                f"{address} {row.text[:LONGEST_ROW]}",
                re.IGNORECASE,
            ):
                score = 0.25
            if re.search(
                r"purchas|procure|buyer|order|einkauf|achat|compras|acquist|inkoop",
                address,
                re.IGNORECASE,
            ):
                score += 0.12
            if _RETURNED.search(row.text) and document.canvas.kind == "sheet":
                score -= 0.35
            if any(_beside(row, b) for b in supplier_rows):
                score -= 0.2
            local = address.partition("@")[0]
            segment = next((s for s in row.segments if local in s.text), row.segments[0])
            yield Clue("buyer_email", address, score, "page", segment.evidence(), row.page)


_RETURNED = re.compile(
    r"\b(?:send|return|submit|e-?mail|mail|fax)\b.{0,40}\bto\b|\b(?:an|à|a|naar)\b\s+\S+@\S+\s+(?:zurück)?(?:senden|schicken|mailen|sturen)|\b(?:envoyer|renvoyer|enviar|inviare|rinviare)\b.{0,30}\s(?:à|a)\s",
    re.IGNORECASE,
)
"""Where a form goes when it is filled in: to the supplier who made it."""
_CUT = re.compile(r"(?<![\w.+'-])[\w.+'-]{1,64}@?[\w.-]*$")


def _addresses(rows: Sequence[Row], number: int) -> Iterator[str]:
    """The mail addresses that begin in a row; one that a narrow column broke is joined with what stands below."""
    row = rows[number]
    for segment in row.segments:
        if "@" not in segment.text:
            continue
        whole = [m[0].strip(".") for m in EMAIL.finditer(segment.text)]
        cut = _CUT.search(segment.text)
        lower = rows[number + 1] if number + 1 < len(rows) else None
        if cut and lower and lower.page == row.page:
            below = next((s for s in lower.segments if abs(s.box.x0 - segment.box.x0) < 8), None)
            rest = re.match(r"[\w.-]+", below.text) if below else None
            joined = cut[0] + rest[0] if rest else ""
            at = "@" in cut[0]
            broken = cut[0].endswith(("-", ".", "@")) or (
                at and "." not in cut[0].partition("@")[2]
            )
            broken = broken or (at and len(cut[0]) >= 16 and cut[0] not in whole)
            opens = rest is not None and rest[0].count(".") >= 1 and not rest[0][:1].isupper()
            if rest and at and EMAIL.fullmatch(joined) and (broken or (opens and _runs_on(cut[0]))):
                whole = [a for a in whole if a not in cut[0]] + [joined.strip(".")]
        yield from whole


def _runs_on(address: str) -> bool:
    """Whether an address ends in what is no ending of a domain: "a@b.exampl"."""
    return not re.search(r"\.(?:[a-z]{2,3}|info|example|email|group|company)$", address)


def _in_domain(name: str, domain: str) -> bool:
    return any(len(word) >= 4 and word in domain for word in telling(name))


def _beside(row: Row, block: Block) -> bool:
    last = block.rows[-1]
    return row.page == last.page and -2 <= row.box.top - last.box.bottom < 40
