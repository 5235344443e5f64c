"""The one public door: a message in, candidates for its order fields out. STEPS is the table of contents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from core.errors import Unreadable
from core.inbound.envelopes import Envelopes
from core.inbound.reading import Extraction, ReadOrder
from core.inbound.values import Finding, Mailbox, Message, Part
from extraction import edi
from extraction.context import Context
from extraction.edi import EdiReading, Sniffed, tree
from extraction.lanes.find import findings_of, judge
from extraction.origin import sender_of
from extraction.page import scanned
from extraction.page.layout import Reading
from extraction.page.words import page_words
from extraction.parts import against_page, copies, parting
from extraction.parts.find import assemble
from extraction.prose import doubts
from extraction.readers.registry import read_part
from extraction.sources import Source, read_source
from extraction.weighing.trust import trusted

MAX_PARTS = 60


@dataclass
class Work:
    """What the steps hand on to each other."""

    message: Message
    context: Context
    sender: Mailbox = field(default_factory=lambda: Mailbox("", ""))
    edi: list[EdiReading] = field(default_factory=list)
    trees: list[Envelopes] = field(default_factory=list)
    broken: list[Sniffed | None] = field(default_factory=list)
    electronic_parts: set[int] = field(default_factory=set)
    readings: dict[int, Reading] = field(default_factory=dict)
    sources: list[Source] = field(default_factory=list)
    orders: tuple[ReadOrder, ...] = ()
    format: str = ""
    lane: str = "other"
    lane_confidence: float = 0.0
    lane_reasons: tuple[str, ...] = ()
    findings: list[Finding] = field(default_factory=list)


def read(message: Message, context: Context) -> Work:
    """All steps over one message, with everything they found on the way."""
    work = Work(message, context)
    for step in STEPS:
        step(work)
    return work


def extract(message: Message, context: Context) -> Extraction:
    """What the message asks for, each value with its place and confidence. Bad input becomes findings."""
    work = read(message, context)
    pages = tuple(
        (r.part, tuple(scanned.size_shown(p) for p in r.pages))
        for r in work.readings.values()
        if r.pages
    )
    return Extraction(
        work.lane,
        work.lane_confidence,
        work.lane_reasons,
        _language(work),
        work.format,
        work.orders,
        tuple(work.findings),
        pages,
        page_words(work.readings.values()),
        tuple((r.part, r.plain) for r in work.readings.values() if r.plain),
        tree.joined(work.trees),
    )


def find_sender(work: Work) -> None:
    """Who wrote it: the sender, or the writer of the forwarded mail when a colleague passed it on."""
    work.sender = sender_of(work.message, work.context)


def read_electronic(work: Work) -> None:
    """Electronic messages, alone or inside a PDF, are read as such."""
    for part in work.message.parts[:MAX_PARTS]:
        if part.kind not in ("attachment", "body-text") or not part.content:
            continue
        is_pdf = part.content.startswith(b"%PDF")
        try:
            found = _read_electronic(part, is_pdf, work.message.sender.address)
        except Unreadable as error:
            work.findings.append(
                Finding(error.code, "error", error.sentence, f"part {part.number}")
            )
            work.trees.append(tree.broken(part.content, part.number, error))
            work.broken.append(edi.sniff_file(part.content))
            work.electronic_parts.add(part.number)
            continue
        if found:
            work.edi.append(found)
            work.trees.append(tree.envelopes_of(found, part.number))
            work.findings.extend(found.findings)
            if not is_pdf:
                work.electronic_parts.add(part.number)


def _read_electronic(part: Part, is_pdf: bool, writer: str) -> edi.EdiReading | None:
    if is_pdf:
        return edi.read_embedded(part.content, part.number)
    is_letter = part.kind == "body-text" and bool(writer)
    return edi.read_any(part.content, part.number, is_letter=is_letter)


def read_parts(work: Work) -> None:
    """Every part that is no electronic message, by the reader that fits it."""
    for part in work.message.parts[:MAX_PARTS]:
        if part.number in work.electronic_parts:
            continue
        reading = read_part(part)
        if reading is not None:
            work.readings[part.number] = reading
            work.findings.extend(reading.findings)


def read_sources(work: Work) -> None:
    """Labels, blocks, tables and sentences of every reading; of each order apart where a file holds several."""
    for part in work.message.parts[:MAX_PARTS]:
        reading = work.readings.get(part.number)
        if reading is not None and (reading.lines or reading.grids):
            once = copies.read_once(reading)
            work.findings.extend(copies.findings(reading))
            source = read_source(part, once, work.context, work.sender, work.message)
            work.sources.extend(_apart(source, work) or [source])


def _apart(source: Source, work: Work) -> list[Source]:
    """The orders in one file as sources of their own; [] unless each has lines and a number that no other has."""
    pieces = parting.pieces(source)
    if len(pieces) < 2:
        return []
    read = [
        read_source(source.part, piece, work.context, work.sender, work.message) for piece in pieces
    ]
    found = [s for s in read if s.lines]
    numbers = parting.numbers_of(found)
    if len(found) < 2 or not all(numbers) or len(set(numbers)) < len(numbers):
        return []
    listed = ", ".join(numbers[:12]) + (" ..." if len(numbers) > 12 else "")
    work.findings.append(
        Finding(
            "orders-parted",
            "warning",
            f"The file holds {len(numbers)} orders ({listed}); each was read apart. Check where one ends.",
            f"part {source.part.number}",
        )
    )
    return found


def build_orders(work: Work) -> None:
    """Electronic orders, held against the pages that show the same; else what all parts together say."""
    carried = [reading for reading in work.edi if reading.orders]
    if carried:
        work.format = carried[0].format
        work.orders = tuple(order for reading in carried for order in reading.orders)
        hold_against_pages(work)
        return
    found = assemble(work.message, work.sender, work.sources, work.context)
    work.format = found.format or next((b.format for b in work.broken if b), "")
    work.orders = tuple(trusted(order) for order in found.orders)
    work.findings.extend(found.findings)


def hold_against_pages(work: Work) -> None:
    """Each electronic order compared with the attachment that shows it to people."""
    shown = [s for s in work.sources if not s.is_body and s.lines]
    pages = [
        (source, trusted(order))
        for source in shown
        for order in assemble(work.message, work.sender, [source], work.context).orders
    ]
    alone = len(work.orders) == len(pages) == 1
    orders, used = [], set()
    for order in work.orders:
        for n, (source, page) in enumerate(pages):
            if against_page.same_order(order, page, alone=alone, part=source.part):
                order, findings = against_page.held(order, page, source.part)
                work.findings.extend(findings)
                used.add(n)
        orders.append(order)
    rest = [page for n, page in enumerate(pages) if n not in used]
    work.findings.extend(against_page.left(source) for source, _ in rest)
    work.orders = tuple(orders)


def weigh_pictures(work: Work) -> None:
    """What was read from a picture is less sure, and stands where the picture shows it."""
    work.orders = scanned.weighed(work.orders, work.readings.values())


def judge_lane(work: Work) -> None:
    """Order, change, question ... by the electronic type, the words and what was found."""
    verdict = judge(work.message, work.sources, work.edi, work.orders)
    work.lane, work.lane_confidence, work.lane_reasons = (
        verdict.lane,
        verdict.confidence,
        verdict.reasons,
    )
    work.findings.extend(findings_of(verdict))


def note_doubts(work: Work) -> None:
    """An order told in words may leave something open."""
    body = next((s for s in work.sources if s.is_body and (s.lines or s.earlier)), None)
    if body is not None and work.lane in ("order", "change"):
        work.findings.extend(doubts.findings(body.text))


def _language(work: Work) -> str:
    return work.sources[0].language if work.sources else ""


STEPS: tuple[Callable[[Work], None], ...] = (
    find_sender,
    read_electronic,
    read_parts,
    read_sources,
    build_orders,
    weigh_pictures,
    judge_lane,
    note_doubts,
)
