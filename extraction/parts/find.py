"""Which parts carry the order, and how what the other parts say joins it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from core.inbound.reading import Earlier, ReadOrder
from core.inbound.values import Finding, Mailbox, Message
from extraction.context import Context
from extraction.fields import mail
from extraction.memory import recall
from extraction.parts.comparing import Difference, compared, sentence
from extraction.parts.joining import Joined, joined
from extraction.sources import Source
from extraction.weighing.clues import Clue
from extraction.weighing.resolve import resolve

_FORMATS = {"html": "text/html", "text": "text/plain", "image": "image"}
MAX_DIFFERENCES = 20


@dataclass
class Assembled:
    """format: media type of the part that carries the first order, "" when none does."""

    orders: list[ReadOrder] = field(default_factory=list)
    format: str = ""
    findings: list[Finding] = field(default_factory=list)


def assemble(
    message: Message, sender: Mailbox, sources: Sequence[Source], context: Context
) -> Assembled:
    """The orders of a message without electronic parts, put together from its sources."""
    found = Assembled()
    put = _put_together(sources)
    found.findings += put.findings
    headers = list(mail.sender_clues(message, sender, context))
    twins = [source for _, source in put.twins]
    for number, carrier in enumerate(put.carriers):
        own = [s for n, s in put.twins if n == number]
        parts = {carrier.part.number, *(s.part.number for s in twins)}
        beside = [s for s in sources if s.part.number not in parts and s not in put.carriers]
        order = _order(carrier, [*own, *beside], headers, context)
        if not (order.fields or order.lines or order.earlier):
            continue
        for twin in own:
            said = ReadOrder(resolve(twin.clues, twin.lines, context), tuple(twin.lines))
            order, told = compared(order, said, lit=False)
            found.findings += differences(told, carrier, twin)
        found.orders.append(order)
    if put.carriers:
        first = put.carriers[0]
        is_pdf = b"%PDF-" in first.part.content[:1024]
        kind = "application/pdf" if is_pdf else first.part.content_type
        found.format = _FORMATS.get(first.reading.kind, kind)
    return found


def _order(
    carrier: Source, beside: list[Source], headers: list[Clue], context: Context
) -> ReadOrder:
    clues = list(carrier.clues)
    for other in beside:
        clues.extend(_weakened(other.clues, 0.82 if other.is_body else 0.6))
    clues.extend(headers if carrier.is_body else _weakened(headers, 0.8))
    if carrier.earlier:
        clues = [c for c in clues if not _names(c, carrier.earlier)]
    documents = [d for s in (carrier, *beside) for d in s.documents]
    fields = resolve(recall.weighed(clues, documents), carrier.lines, context)
    return ReadOrder(fields, tuple(carrier.lines), carrier.earlier)


def differences(told: Sequence[Difference], first: Source, second: Source) -> list[Finding]:
    """What two files say differently about the same order."""
    names = [s.part.filename or f"part {s.part.number}" for s in (first, second)]
    found = [
        Finding(
            "files-differ",
            "warning",
            sentence(d, f"in {names[0]}", f"in {names[1]}"),
            f"part {second.part.number}",
        )
        for d in told[:MAX_DIFFERENCES]
    ]
    if len(first.lines) != len(second.lines):
        text = f"{names[0]} has {len(first.lines)} lines, {names[1]} has {len(second.lines)}."
        found.append(Finding("files-differ", "warning", text, f"part {second.part.number}"))
    return found


def _names(clue: Clue, earlier: Earlier) -> bool:
    """Whether a number or day told of this order is that of the earlier one."""
    if clue.field == "po_number":
        return clue.value.casefold() == earlier.number.casefold()
    return clue.field in ("requested_date", "order_date") and clue.value == earlier.day


def carriers_of(sources: Sequence[Source]) -> list[Source]:
    """Attachments with order lines, one for each purchase order number; else the body; else the fullest part."""
    return _put_together(sources).carriers


def _put_together(sources: Sequence[Source]) -> Joined:
    attached = [s for s in sources if not s.is_body and s.lines]
    if attached:
        return joined(attached)
    bodies = [s for s in sources if s.is_body and (s.lines or s.earlier)]
    if bodies:
        best = max(bodies, key=_told_by)
        return Joined([best])
    fullest = max(sources, key=lambda s: (not s.is_body, len(s.clues)), default=None)
    return Joined([fullest] if fullest else [])


def _told_by(body: Source) -> tuple[bool, int, int, bool]:
    """How well a mail's text or its HTML tells the order: a table, more lines, more of them counted; else the text."""
    counted = sum("quantity" in line for line in body.lines)
    return body.tabled, len(body.lines), counted, body.part.kind == "body-text"


def _weakened(clues: Sequence[Clue], factor: float) -> list[Clue]:
    return [replace(c, score=c.score * factor) for c in clues]
