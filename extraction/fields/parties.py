"""Who buys, where the goods go, who pays the invoice: from labelled blocks, the letterhead and e-mail domains."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extraction.clues import Clue
from extraction.context import OwnCompany
from extraction.document import Document
from extraction.fields.blocks import Block, blocks
from extraction.fields.header import EMAIL
from extraction.fields.labels import Labels
from extraction.segments import Canvas, Row, Segment, evidence_of
from extraction.vocabulary import fold, matches, meanings, tokens

_COMPANY = re.compile(
    r"\b(inc|incorporated|ltd|limited|llc|llp|l\.?l\.?c|corp|corporation|company|co|gmbh|ag|kg|ohg|se|sas|sarl|s\.a\.s|s\.a\.r\.l|sa|s\.?a|srl|s\.r\.l|spa|s\.p\.a|bv|b\.v|nv|n\.v|v\.?o\.?f|co-op|coop|pte|lda|ltda|s\.r\.o|a\.s|asa|oü|ou|oyj|zrt|d\.o\.o|a/s|i/s|k\.k|kk|bvba|sprl|eirl|plc|pty|pvt|lp|l\.p|sl|s\.l|slu|sau|ab|oy|as|aps|kft|sp\. ?z ?o\. ?o|e\.k|mbh|cie|group|industries|enterprises|holdings|foods|farms|supply|services|systems|trading|manufacturing|international|university|hospital|school|college|county|city of|department|district|associates|partners|solutions|technologies|products|stores|distributors|wholesale|industrial|electronics|engineering|works|brands|bros|brothers|sons|industrie|technik|handel|bedrijf|groep|soci[eé]t[eé]|etablissements|ets|mills?|church|hotel|restaurants?|bakery|bakehouse|clinic|council|county of|ministry|institute|laborator(?:y|ies)|labs|logistics|retail|pharma|energy|textiles?|chemicals?|steel|metals?|plastics|packaging|motors|marine|aviation|academy|orchards?|dairy|brewery|winery|refining|bindery|studios?|merchants|printers|gmbh & co\. kg)\b\.?",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"purchase\s*order|^\W*order\W*$|invoice|bestellung|bon de commande|commande|pedido|orden de compra|ordine|bestelling|inkooporder|quotation|confirmation|^\W*page\b|work order|sales order|order form|requisition|amendment|original|duplicate|^\W*copy\b|reorder|factuur|rechnung|facture|factura|fattura",
    re.IGNORECASE,
)
_LEGAL = re.compile(r"^\W*(m/s\.?|messrs\.?|spett\.?(le)?|firma|fa\.|attn:?|an)\s+", re.IGNORECASE)


def clues(
    document: Document, labels: Labels, tabled: frozenset[int] = frozenset()
) -> Iterator[Clue]:
    """Clues for buyer_name, ship_to, ship_to_name, bill_to and buyer_email. tabled: rows of item tables, left out."""
    found = [b for b in blocks(labels, tabled) if b.label.row not in tabled]
    suppliers = supplier_names(found, document.context.own)
    for block in found:
        yield from _block_clues(block, document, suppliers)
    if not document.sells:
        yield from _letterhead(document, labels, suppliers)
        yield from _sender_rows(document, suppliers)
    yield from _twice_named(found, document, suppliers)
    mails = list(_emails(document, found, suppliers))
    yield from mails
    if not document.sells:
        yield from _of_domains(document, labels, mails, suppliers)


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
            yield Clue("buyer_name", name, 0.66, "both blocks", evidence, payer.label.head.page)
            return


def supplier_names(found: Sequence[Block], own: OwnCompany) -> list[str]:
    """Names that cannot be the buyer: what is labelled as the supplier, and our own company."""
    named = [_name(block) for block in found if block.party == "supplier" and block.weight >= 1]
    weak = [_name(block) for block in found if block.party == "supplier" and block.weight < 1]
    return [n for n in (*named, *(weak if not named else ()), *own.names) if n]


_SELLER_TITLE = re.compile(
    r"(tax |proforma |pro forma |commercial )?invoice\b|factuur\b|rechnung\b|facture\b|factura\b|fattura\b|sales order\b|invoice and shipping address|order confirmation|auftragsbestatigung|order acknowledg\w+$|delivery note$|lieferschein\b(?! nr)|packing (?:slip|list)$|bon de livraison$|albaran\b|documento di trasporto|pakbon$"
)
_SELLER_BLOCK = "invoice and shipping address"
_INVOICE_FIELD = re.compile(
    r"(?<!shipping )address|to\b|adresse|adres|only|terms|\b(?:an?|aan|naar|por|per|bitte|senden|sturen|envoyer|inviare|enviar)\b"
)


def sells(canvas: Canvas) -> bool:
    """Whether the document is the seller's own paper (invoice, sales order), whose letterhead is the supplier."""
    for row in canvas.rows[:25]:
        for segment in row.segments:
            text = fold(segment.text).strip(" .:#")
            titled = len(text) < 40 and _SELLER_TITLE.match(text)
            payer = any(m.group == "parties" for m in meanings(text))
            labelled = payer and text != _SELLER_BLOCK
            if titled and not (labelled or _INVOICE_FIELD.search(text)):
                return True
    return False


def looks_like_company(text: str) -> bool:
    """Whether a text carries a legal form or a word that firms put in their names."""
    return len(text) <= 80 and any(
        m[0][:1].isupper() or "." in m[0] for m in _COMPANY.finditer(text)
    )


_FORM = re.compile(
    r"\b(?:inc|ltd|limited|llc|llp|corp|corporation|gmbh|ag|kg|ohg|sas|sarl|s\.a|sa|srl|s\.r\.l|spa|s\.p\.a|bv|b\.v|nv|n\.v|v\.?o\.?f|plc|pty|pvt|sl|s\.l|ab|oy|as|aps|s\.r\.o|a\.s|sp\. ?z ?o\. ?o|e\.k|lda|ltda|eg|oü|kk|co\., ltd)\b\.?\)?$",
    re.IGNORECASE,
)


def has_legal_form(name: str) -> bool:
    """Whether a name ends in a legal form, as full names of companies do."""
    return bool(_FORM.search(name.strip(" ,")))


def same_company(a: str, b: str) -> bool:
    """Whether two names mean one company: their telling words agree."""
    ours, theirs = _telling(a), _telling(b)
    if not ours or not theirs:
        return False
    shared = len(ours & theirs)
    return shared >= 0.6 * min(len(ours), len(theirs)) and (
        shared >= 2 or min(len(ours), len(theirs)) == 1
    )


def _telling(name: str) -> set[str]:
    """The words that tell one company from another: legal forms and trades are set aside where others remain."""
    words = {t.text for t in tokens(name) if len(t.text) > 1}
    return {w for w in words if w not in _DULL and not _COMPANY.fullmatch(w)} or words


_DULL = frozenset(
    [
        "the",
        "of",
        "and",
        "und",
        "et",
        "y",
        "usa",
        "us",
        "schools",
        "city",
        "inc",
        "co",
        "corp",
        "llc",
    ]
)


def _name(block: Block) -> str:
    """The company of a block: the first of its first three rows that looks like one, else the first row of words."""
    lines = block.lines[:3]
    if lines and lines[0].count(",") >= 2:
        lines = [lines[0].partition(",")[0]]
    names = [_as_name(line) for line in lines]
    company = next((t for t in names if t and _COMPANY.search(t)), "")
    return company or (names[0] if names else "")


def _as_name(line: str) -> str:
    text = _LEGAL.sub("", line).strip(" ,:-")
    if meanings(text) and not _COMPANY.search(text):
        return ""
    plain = re.search(r"[^\W\d_]{2}", text) and not re.match(
        r"\d|p\.?\s?o\.? box|attn|c/o|street|road|z\.? ?hd|t\.?a\.?v|à l'att|att\.",
        text,
        re.IGNORECASE,
    )
    return text if plain and len(text) < 80 and not re.search(r"\b\d{5}\b", text) else ""


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
            0.4 if _COMPANY.search(name) else 0.3,
            "ship_to",
            name_evidence,
            page,
        )
    elif block.party == "bill_to":
        yield Clue(
            "buyer_name",
            name,
            0.55 if _COMPANY.search(name) else 0.42,
            "bill_to",
            name_evidence,
            page,
        )
    elif block.party == "buyer":
        score = 0.8 if block.weight >= 1 else 0.45
        yield Clue(
            "buyer_name",
            name,
            score + (0.08 if _COMPANY.search(name) else 0),
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


def _letterhead(document: Document, labels: Labels, suppliers: Sequence[str]) -> Iterator[Clue]:
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


def _sender_rows(document: Document, suppliers: Sequence[str]) -> Iterator[Clue]:
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


def _of_domains(
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
    words = [t.text for t in tokens(name) if len(t.text) > 2 and not _COMPANY.fullmatch(t.text)]
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
    if found and found[0].start == 0 and not _COMPANY.search(text):
        return 0.0
    company = (looks_like_company(text) and not text.endswith(".")) or bool(
        re.search(r"\b(Inc|Co|Ltd|Corp|(?:[A-Z]\.){1,3}[A-Z]|S\.? ?p\.? ?A|s\.r\.o|r\.l)\.$", text)
    )
    large = segment.size > 1.15 * usual or segment.bold
    if not company and not (large and place < 4):
        return 0.0
    return 0.35 + 0.2 * company + 0.12 * large + max(0.12 - 0.03 * place, 0)


def _emails(document: Document, found: Sequence[Block], suppliers: Sequence[str]) -> Iterator[Clue]:
    """Mail addresses on the page, the supplier's own and those for invoices set back."""
    own = document.context.own
    supplier_rows = [b for b in found if b.party == "supplier"]
    for number, row in enumerate(document.canvas.rows):
        for address in _addresses(document.canvas.rows, number):
            domain = address.rpartition("@")[2].lower()
            if domain in own.mail_domains or any(
                _telling(s) and _in_domain(s, domain) for s in suppliers
            ):
                continue
            score = 0.5
            if re.search(
                r"invoice|account|billing|\bap\b|payable|rechnung|factur|fattur",
                f"{address} {row.text}",
                re.IGNORECASE,
            ):
                score = 0.25
            if re.search(
                r"purchas|procure|buyer|order|einkauf|achat|compras|acquist|inkoop",
                address,
                re.IGNORECASE,
            ):
                score += 0.12
            if any(_beside(row, b) for b in supplier_rows):
                score -= 0.2
            local = address.partition("@")[0]
            segment = next((s for s in row.segments if local in s.text), row.segments[0])
            yield Clue("buyer_email", address, score, "page", segment.evidence(), row.page)


_CUT = re.compile(r"(?<![\w.+'-])[\w.+'-]{1,64}@?[\w.-]*$")


def _addresses(rows: Sequence[Row], number: int) -> Iterator[str]:
    """The mail addresses that begin in a row; one that a narrow column broke is joined with what stands below."""
    row = rows[number]
    for segment in row.segments:
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
    return any(len(word) >= 4 and word in domain for word in _telling(name))


def _beside(row: Row, block: Block) -> bool:
    last = block.rows[-1]
    return row.page == last.page and -2 <= row.box.top - last.box.bottom < 40
