"""Which parts carry the order, and how what the other parts say joins it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.inbound.reading import Earlier, ReadOrder
from core.inbound.values import Mailbox, Message
from extraction.clues import Clue
from extraction.context import Context
from extraction.fields import mail
from extraction.memory import recall
from extraction.resolve import resolve
from extraction.sources import Source

_FORMATS = {"pdf": "application/pdf", "html": "text/html", "text": "text/plain", "image": "image"}


def assemble(
    message: Message, sender: Mailbox, sources: Sequence[Source], context: Context
) -> tuple[tuple[ReadOrder, ...], str]:
    """The orders of a message without electronic parts, and the media type of the part that carries them."""
    carriers = carriers_of(sources)
    if not carriers:
        return (), ""
    headers = list(mail.sender_clues(message, sender, context))
    orders = []
    for carrier in carriers:
        clues = list(carrier.clues)
        beside = [s for s in sources if s is not carrier and s not in carriers]
        for other in beside:
            clues.extend(_weakened(other.clues, 0.82 if other.is_body else 0.6))
        clues.extend(headers if carrier.is_body else _weakened(headers, 0.8))
        if carrier.earlier:
            clues = [c for c in clues if not _names(c, carrier.earlier)]
        documents = [d for s in (carrier, *beside) for d in s.documents]
        fields = resolve(recall.weighed(clues, documents), carrier.lines, context)
        if fields or carrier.lines or carrier.earlier:
            orders.append(ReadOrder(fields, tuple(carrier.lines), carrier.earlier))
    first = carriers[0]
    return tuple(orders), _FORMATS.get(first.reading.kind, first.part.content_type)


def _names(clue: Clue, earlier: Earlier) -> bool:
    """Whether a number or day told of this order is that of the earlier one."""
    if clue.field == "po_number":
        return clue.value.casefold() == earlier.number.casefold()
    return clue.field in ("requested_date", "order_date") and clue.value == earlier.day


def carriers_of(sources: Sequence[Source]) -> list[Source]:
    """Attachments with order lines, one for each purchase order number; else the body; else the fullest part."""
    attached = [s for s in sources if not s.is_body and s.lines]
    if attached:
        return _distinct(attached)
    bodies = [s for s in sources if s.is_body and (s.lines or s.earlier)]
    if bodies:
        return [max(bodies, key=lambda s: (s.tabled, len(s.lines), s.part.kind == "body-text"))]
    return [max(sources, key=lambda s: (not s.is_body, len(s.clues)))] if sources else []


def _distinct(attached: list[Source]) -> list[Source]:
    """One source a purchase order number: the one with the most lines."""
    kept: dict[str, Source] = {}
    for source in sorted(attached, key=lambda s: (not s.sells, len(s.lines)), reverse=True):
        best = max(
            (c for c in source.clues if c.field == "po_number"), key=lambda c: c.score, default=None
        )
        key = best.value.casefold() if best else ""
        if key in kept or (not key and kept):
            continue
        kept[key] = source
    return sorted(kept.values(), key=lambda s: s.part.number)


def _weakened(clues: Sequence[Clue], factor: float) -> list[Clue]:
    return [replace(c, score=c.score * factor) for c in clues]
