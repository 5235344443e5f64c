"""Whose paper it is: names at the top of the first page, small rows with the sender's address, names that a mail domain spells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extraction.clues import Clue
from extraction.document import Document
from extraction.fields.blocks import blocks
from extraction.fields.companies import COMPANY, looks_like_company, same_company
from extraction.fields.header import EMAIL
from extraction.fields.labels import Labels
from extraction.segments import Row, Segment
from extraction.vocabulary import matches, meanings, tokens

_TITLE = re.compile(
    r"purchase\s*order|^\W*order\W*$|invoice|bestellung|bon de commande|commande|pedido|orden de compra|ordine|bestelling|inkooporder|quotation|confirmation|^\W*page\b|work order|sales order|order form|requisition|amendment|original|duplicate|^\W*copy\b|reorder|factuur|rechnung|facture|factura|fattura",
    re.IGNORECASE,
)


def clues(document: Document, labels: Labels, suppliers: Sequence[str]) -> Iterator[Clue]:
    """Company names at the top of the first page that no label claims."""
    canvas = document.canvas
    first = [r for r in canvas.rows if r.page == canvas.rows[0].page] if canvas.rows else []
    limit = canvas.pages[0].height * 0.3 if canvas.pages else 1e9
    top = [r for r in first if r.box.top < limit][:14]
    size = sorted(s.size for r in first for s in r.segments)[len(first) // 2] if first else 10
    owned = {id(w) for block in blocks(labels) for s in block.rows for w in s.words}
    headed = False
    for place, row in enumerate(top):
        for segment in row.segments:
            score = _letterhead_score(segment, row, labels, size, place)
            if not score and place < 2 and _plain_name(segment.text) and not _valued(row, segment):
                score = 0.34
            if score and headed and place > 1 and _addressed(top, place, segment):
                score -= 0.3
            if score > 0 and not any(id(w) in owned for w in segment.words):
                name = segment.text.strip(" ,:-|•")
                if not any(same_company(name, s) for s in suppliers):
                    headed = True
                    yield Clue(
                        "buyer_name", name, score, "letterhead", segment.evidence(), segment.page
                    )


def _plain_name(text: str) -> bool:
    """Several capitalised words and nothing else: how a school, a farm or an inn heads its paper."""
    words = text.strip(" ,:-|•").split()
    capital = sum(w[:1].isupper() for w in words)
    return (
        2 <= len(words) <= 7
        and len(text) <= 60
        and capital >= 2
        and capital >= 0.5 * len(words)
        and not re.search(r"[\d@:/]|www\.", text)
        and not _TITLE.search(text)
        and not meanings(text)
        and not matches(text, frozenset({"labels", "decoys", "parties"}))
    )


def _valued(row: Row, segment: Segment) -> bool:
    """Whether a segment stands behind a caption with a colon on its row."""
    at = row.segments.index(segment)
    return at > 0 and row.segments[at - 1].text.rstrip().endswith(":")


def _addressed(top: Sequence[Row], place: int, segment: Segment) -> bool:
    """Whether rows of an address with a town stand right under a name: the window, where the supplier stands."""
    last = segment
    for row in top[place + 1 : place + 6]:
        below = next((s for s in row.segments if abs(s.box.x0 - segment.box.x0) < 4), None)
        if below is None or below.box.top - last.box.bottom > 1.3 * row.height:
            return False
        if _TOWN.search(below.text):
            return True
        last = below
    return False


_PARTED = re.compile(r"\s+[·•|∙▪]\s*|\s*[·•|∙▪]\s+|\s+[–—-]\s+")
_TOWN = re.compile(r"\b\d{4,6}\b|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")


def sender_rows(document: Document, suppliers: Sequence[str]) -> Iterator[Clue]:
    """The small row over the address window, and a row at the foot: "Name · Street 1 · 12345 Town"."""
    for row in document.canvas.rows:
        for segment in row.segments:
            pieces = _PARTED.split(segment.text)
            if not 3 <= len(pieces) <= 7 or not _TOWN.search(segment.text):
                continue
            name = pieces[0].strip(" ,")
            place = segment.cut(0, len(pieces[0]))
            named = looks_like_company(name) and not any(same_company(name, s) for s in suppliers)
            if place and named and not re.search(r"\d", name):
                yield Clue("buyer_name", name, 0.5, "sender row", place.evidence(), row.page)


def of_domains(
    document: Document, labels: Labels, mails: Sequence[Clue], suppliers: Sequence[str]
) -> Iterator[Clue]:
    """A name on the page that the domain of the buyer's mail address spells."""
    domains = {re.sub(r"[^a-z0-9]", "", c.value.rpartition("@")[2].lower()) for c in mails}
    if not domains:
        return
    owned = {
        id(w) for b in blocks(labels) if b.party == "supplier" for s in b.rows for w in s.words
    }
    seen = 0
    for row in document.canvas.rows[:200]:
        for segment in row.segments:
            text = segment.text.strip(" ,:-|•·")
            plain = 3 < len(text) <= 60 and "@" not in text and not re.search(r"\d|www\.|:", text)
            if not plain or any(id(w) in owned for w in segment.words):
                continue
            if any(_spells(text, d) for d in domains) and not any(
                same_company(text, s) for s in suppliers
            ):
                seen += 1
                yield Clue("buyer_name", text, 0.5, "domain", segment.evidence(), row.page)
                if seen > 5:
                    return


def _spells(name: str, domain: str) -> bool:
    """Whether the words of a name that tell it from others stand in a domain, the first of them at least."""
    words = [t.text for t in tokens(name) if len(t.text) > 2 and not COMPANY.fullmatch(t.text)]
    if not words or name.islower():
        return False
    joined = "".join(words)
    return joined[:24] in domain or (len(words[0]) >= 5 and domain.startswith(words[0]))


def _letterhead_score(
    segment: Segment, row: Row, labels: Labels, usual: float, place: int
) -> float:
    text = segment.text.strip()
    if (
        len(text) < 4
        or len(text) > 70
        or _TITLE.search(text)
        or EMAIL.search(text)
        or re.search(r"www\.|https?:", text)
    ):
        return 0.0
    if (
        re.search(r"\d{3}|:$|^[^:]{3,30}: ", text)
        or len(re.findall(r"\d", text)) > 3
        or meanings(text)
    ):
        return 0.0
    found = matches(text, frozenset({"labels", "decoys", "parties"}))
    if found and found[0].start == 0 and not COMPANY.search(text):
        return 0.0
    company = (looks_like_company(text) and not text.endswith(".")) or bool(
        re.search(r"\b(Inc|Co|Ltd|Corp|(?:[A-Z]\.){1,3}[A-Z]|S\.? ?p\.? ?A|s\.r\.o|r\.l)\.$", text)
    )
    large = segment.size > 1.15 * usual or segment.bold
    if not company and not (large and place < 4):
        return 0.0
    return 0.35 + 0.2 * company + 0.12 * large + max(0.12 - 0.03 * place, 0)
