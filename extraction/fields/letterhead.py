"""Whose paper it is: names at the top of the first page, small rows with the sender's address, names that a mail domain spells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extraction.clues import Clue
from extraction.document import Document
from extraction.fields import dates
from extraction.fields.blocks import blocks
from extraction.fields.companies import (
    COMPANY,
    PUBLIC_BODY,
    has_legal_form,
    is_street,
    looks_like_company,
    same_company,
)
from extraction.fields.header.plain import EMAIL
from extraction.fields.header.readers import READERS
from extraction.fields.labels.find import Labels
from extraction.fields.labels.values import Label, is_salute
from extraction.segments import Row, Segment
from extraction.vocabulary import fold, matches, meanings, tokens

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
    led = headed = bool(lead and canvas.pages and _sender(lead, lead.text))
    opening = _opening(top, labels) if canvas.kind in ("pdf", "image", "sheet") else None
    for place, row in enumerate(top):
        for segment in row.segments:
            beside = place < 2 and segment is row.segments[0] and _heads_page(top, place, segment)
            among = not beside and _among_labels(labels, place, row, segment)
            if among or _GREETING.match(fold(segment.text)):
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
            if _TITLE.search(text) or _GREETING.match(fold(text)):
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


def may_head(text: str) -> bool:
    """Whether words could be all of a name: capitalised, no place, no label, no way to reach somebody."""
    words = text.split()
    small = sum(not w[:1].isupper() for w in words)
    if not 1 <= len(words) <= 8 or len(text) > 70 or small > 0.5 * len(words):
        return False
    if not looks_like_company(text) and re.search(r"[\d,]", text):
        return False
    if re.search(r"[@:]|www\.|\d{3}", text) or not re.search(r"[^\W\d_]{2}", text):
        return False
    if is_street(text) or meanings(text):
        return False
    known = matches(text, frozenset({"labels", "decoys", "parties", "columns"}))
    return sum(len(m.phrase.split()) for m in known) < 0.6 * len(words) or bool(
        COMPANY.search(text)
    )


_GREETING = re.compile(
    r"(?:hi|hello|dear|hey|good (?:morning|afternoon|day)|morning|to whom|guten|hallo|servus|gr[uü](?:ss|ß|ezi)|liebe[rs]?|sehr geehrte|moin|bonjour|bonsoir|chere?s?|madame|monsieur|hola|buen[oa]s|estimad[oa]s?|querid[oa]|salve|buon\w*|gentil\w*|egregi\w*|spett\w*|ciao|geachte|beste|goede\w*|dag)\b"
)


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
        if _TOWN.search(below.text) and not _REACHED.search(below.text):
            return True
        last = below
    return False


def _level(one: Segment, other: Segment) -> bool:
    """Whether two segments begin, end or have their middles at one place."""
    a, b = one.box, other.box
    return abs(a.x0 - b.x0) < 4 or abs(a.x1 - b.x1) < 4 or abs(a.x0 + a.x1 - b.x0 - b.x1) < 8


_REACHED = re.compile(r"\b(?:fax|tel|phone|call|ph)\b", re.IGNORECASE)
_PARTED = re.compile(r"\s+[·•|∙▪]\s*|\s*[·•|∙▪]\s+|\s+[–—-]\s+")
_TOWN = re.compile(r"\b\d{4,6}\b|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")


def sender_rows(document: Document, suppliers: Sequence[str]) -> Iterator[Clue]:
    """The small row over the address window, and a row at the foot: "Name · Street 1 · 12345 Town"."""
    if document.canvas.kind == "text":
        return
    rows, paged = document.canvas.rows, bool(document.canvas.pages)
    for number, row in enumerate(rows):
        foot = _at_foot(document, row)
        for segment in row.segments[:1] if foot else row.segments:
            name = _sender(segment, row.text if foot else segment.text)
            edge = paged and (number < 3 or foot)
            if not name or not (edge or looks_like_company(name)):
                continue
            if not edge and len(_PARTED.split(segment.text)) < 3:
                continue
            place = segment.cut(0, len(name))
            if place and not any(same_company(name, s) for s in suppliers):
                leads = paged and number < 2 and len(_PARTED.split(segment.text)) > 2
                score = 0.62 if edge and (leads or looks_like_company(name)) else 0.5
                yield Clue("buyer_name", name, score, "sender row", place.evidence(), row.page)


def _sender(segment: Segment, row: str) -> str:
    """The name that opens a row with an address in it; "" where there is none."""
    text = segment.text
    if not _TOWN.search(row) or len(row) > 220:
        return ""
    pieces = _PARTED.split(text)
    if len(pieces) > 7:
        return ""
    name = pieces[0]
    if len(pieces) < 3:
        form = _FORM_END.match(name)
        name = name.partition(",")[0]
        name = form[0] if form else re.split(r"\s(?=\S*\d)", name)[0]
        if row == text and "," not in text:
            return ""
    name = name.strip(" ,")
    if _ADDRESSED.match(name) or _GREETING.match(fold(name)):
        return ""
    if is_street(text) or dates.find(text):
        return ""
    return name if name and not re.search(r"\d", name) and may_head(name) else ""


_ADDRESSED = re.compile(r"(?:to|an|à|aan|messrs|spett)\b", re.IGNORECASE)
_FORM_END = re.compile(
    r"\S[^,\d]{2,50}?,?\s(?:inc|ltd|limited|llc|corp|gmbh|ag|kg|sas|sarl|s\.a|sa|srl|s\.r\.l|spa|s\.p\.a|b\.?v|n\.?v|plc|s\.l|sl|e\.k)\b\.?(?=\s|,|$)",
    re.IGNORECASE,
)


def _at_foot(document: Document, row: Row) -> bool:
    """Whether a row stands in the last tenth of the first page."""
    pages = document.canvas.pages
    return bool(pages) and row.page == pages[0].number and row.box.top > 0.9 * pages[0].height


def of_domains(
    document: Document,
    labels: Labels,
    mails: Sequence[Clue],
    suppliers: Sequence[str],
    sender: str = "",
) -> Iterator[Clue]:
    """A name on the page that the domain of the buyer's mail address spells. sender: who sent the page, "" for a file."""
    domains = {_joined(c.value) for c in mails}
    sent = {_joined(sender)} if sender else set()
    domains |= sent
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
                score = 0.72 if any(_spells(text, d) for d in sent) else 0.5
                yield Clue("buyer_name", text, score, "domain", segment.evidence(), row.page)
                if seen > 5:
                    return


def _joined(address: str) -> str:
    return re.sub(r"[^a-z0-9]", "", address.rpartition("@")[2].lower())


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
