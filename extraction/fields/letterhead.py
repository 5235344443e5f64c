"""Whose paper it is: names at the top of the first page, small rows with the sender's address, names that a mail domain spells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extraction.document import Document
from extraction.fields.blocks import blocks
from extraction.fields.companies import (
    COMPANY,
    PUBLIC_BODY,
    has_legal_form,
    looks_like_company,
    same_company,
)
from extraction.fields.header.plain import EMAIL
from extraction.fields.header.readers import READERS
from extraction.fields.labels.find import Labels
from extraction.fields.labels.values import Label, is_salute
from extraction.fields.name_words import GREETING, may_head
from extraction.fields.sender_rows import REACHED, TOWN, sender
from extraction.page.segments import Row, Segment
from extraction.vocabulary import fold, matches, meanings
from extraction.weighing.clues import Clue

_TITLE = re.compile(
    r"purchase\s*order|^\W*order\W*$|invoice|bestellung|bon de commande|commande|pedido|orden de compra|ordine|bestelling|inkooporder|quotation|confirmation|^\W*page\b|work order|sales order|order form|requisition|amendment|original|duplicate|^\W*copy\b|reorder|factuur|rechnung|facture|factura|fattura|^\W*auftrag\W*$|orden|inkoop|einkauf|^order for\b|supplies or services|^conditions of|terms (?:and|&) conditions",
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
    owned |= _told(document, labels, len(top))
    lead = top[0].segments[0] if top else None
    led = headed = bool(lead and canvas.pages and sender(lead, lead.text))
    opening = _opening(top, labels) if canvas.kind in ("pdf", "image", "sheet") else None
    for place, row in enumerate(top):
        for segment in row.segments:
            beside = place < 2 and segment is row.segments[0] and _heads_page(top, place, segment)
            among = not beside and _among_labels(labels, place, row, segment)
            if among or GREETING.match(fold(segment.text)):
                continue
            score = _letterhead_score(segment, row, labels, size, place)
            if beside:
                score = max(score, 0.45)
            if not score and place < 2 and _plain_name(segment.text) and not _valued(row, segment):
                score = 0.34
            if segment is opening and not (headed and place):
                sure = canvas.kind == "sheet" or looks_like_company(segment.text)
                bare = 0.06 if sure else 0.0
                score = max(score, 0.5) + (0.2 if _addressed(top, place, segment) else bare)
            elif score and headed and place > 1 - led and _addressed(top, place, segment):
                score -= 0.3
            if score > 0 and not any(id(w) in owned for w in segment.words):
                whole = _over_rows(top, place, segment, size)
                name = whole.text.strip(" ,:-|•")
                if not any(same_company(name, s) for s in suppliers):
                    headed = True  # what follows over an address is in the window
                    yield Clue(
                        "buyer_name", name, score, "letterhead", whole.evidence(), segment.page
                    )


def _heads_page(top: Sequence[Row], place: int, segment: Segment) -> bool:
    """Whether a name with its address under it opens the page at the left, beside the boxes with number and day."""
    named = _plain_name(segment.text) or looks_like_company(segment.text)
    return len(top[place].segments) > 2 and named and _addressed(top, place, segment)


def _over_rows(top: Sequence[Row], place: int, segment: Segment, usual: float) -> Segment:
    """A name in large letters with what it runs on into on the rows right below, in letters of the same size."""
    words, last = list(segment.words), segment
    for row in top[place + 1 : place + 3]:
        below = next((s for s in row.segments if _level(s, segment)), None)
        if below is None or segment.size < 1.15 * usual or has_legal_form(last.text):
            break
        close = below.box.top - last.box.bottom < 0.5 * (last.box.bottom - last.box.top)
        same = abs(below.size - segment.size) < 0.3 and below.bold == segment.bold
        if not (close and same and may_head(below.text)) or _TITLE.search(below.text):
            break
        words += below.words
        last = below
    return Segment(segment.part, tuple(words))


def _told(document: Document, labels: Labels, rows: int) -> set[int]:
    """The words at the top that are the value of a label."""
    found = set()
    for label in labels.found:
        if label.row >= rows:
            break
        if not (label.alone or label.colon) or any(m.group == "parties" for m in label.meanings):
            continue
        value = next(labels.values(label), None)
        if value is None or value.where == "above":
            continue
        readers = [READERS[m.name] for m in label.meanings if m.name in READERS]
        if not readers or any(read(value.segment.text, document) for read in readers):
            found |= {id(w) for w in value.segment.words}
    return found


def _opening(top: Sequence[Row], labels: Labels) -> Segment | None:
    """The name that a page opens with: its first words beside or under the title, before anything with a label."""
    for number, row in enumerate(top[:4]):
        for segment in row.segments:
            text = segment.text.strip(" ,:-|•")
            if _TITLE.search(text) or GREETING.match(fold(text)):
                continue
            if _among_labels(labels, number, row, segment) or not may_head(text):
                return None
            if len(row.segments) > 2 and not looks_like_company(text):
                return None
            return _larger(top, number, segment) or segment
    return None


def _larger(top: Sequence[Row], number: int, first: Segment) -> Segment | None:
    """The name in larger or bolder type right under the first words, which are then what the firm says of itself."""
    lower = top[number + 1] if number + 1 < len(top) else None
    second = next((s for s in lower.segments if _level(s, first)), None) if lower else None
    if lower is None or second is None or not may_head(second.text.strip(" ,")):
        return None
    stronger = second.size > first.size + 1 or (second.bold and not first.bold)
    return second if stronger and _addressed(top, number + 1, second) else None


def _receives(label: Label) -> bool:
    """Whether a label heads an address of the buyer's side, beside which an address without a label is the supplier's."""
    parties = {m.name for m in label.meanings if m.group == "parties" and m.weight >= 1}
    return bool(parties) and "supplier" not in parties and not is_salute(label)


def _among_labels(labels: Labels, number: int, row: Row, segment: Segment) -> bool:
    """Whether a segment stands in a row of labels or of column heads, or beside the label of an address."""
    here = labels.on_row(number)
    if any(k.segment is not segment and _receives(k) for k in here):
        return True
    alone = [k for k in here if k.alone and not k.colon and k.segment is not segment]
    heads = sum(bool(meanings(s.text)) for s in row.segments)
    crowded = bool(alone) and len(row.segments) > 2 and not looks_like_company(segment.text)
    return len(alone) > 1 or crowded or heads > 2


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
        below = next((s for s in row.segments if _level(s, segment)), None)
        if below is None or below.box.top - last.box.bottom > 1.3 * max(
            row.height, last.box.bottom - last.box.top
        ):
            return False
        if TOWN.search(below.text) and not REACHED.search(below.text):
            return True
        last = below
    return False


def _level(one: Segment, other: Segment) -> bool:
    """Whether two segments begin, end or have their middles at one place."""
    a, b = one.box, other.box
    return abs(a.x0 - b.x0) < 4 or abs(a.x1 - b.x1) < 4 or abs(a.x0 + a.x1 - b.x0 - b.x1) < 8


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
        re.search(r"\d{3}|:$|^[^:]{3,30}: |^\d+\W", text)
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
    public = bool(PUBLIC_BODY.search(text))
    company = company or public
    large = segment.size > 1.15 * usual or segment.bold
    if not company and not (large and place < 4):
        return 0.0
    return 0.35 + 0.15 * public + 0.2 * company + 0.12 * large + max(0.12 - 0.03 * place, 0)
