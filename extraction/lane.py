"""Which lane a message belongs to: by its electronic type, its words, and what was read from it."""

from __future__ import annotations

from collections.abc import Sequence

from core.inbound.reading import ReadOrder
from core.inbound.values import Message
from extraction import nlp
from extraction.classify import LaneVerdict, classify
from extraction.edi import EdiReading
from extraction.sources import Source


def judge(
    message: Message,
    sources: Sequence[Source],
    electronic: Sequence[EdiReading],
    orders: Sequence[ReadOrder],
) -> LaneVerdict:
    """The lane with its confidence and reasons in words."""
    told = next((e for e in electronic if e.orders), None)
    if told is None and electronic and not orders:
        told = electronic[0]
    if told:
        return LaneVerdict(told.lane, 0.99, (f"electronic message {told.format}",))
    bodies = [s for s in sources if s.is_body]
    attached = [s for s in sources if not s.is_body]
    body = "\n".join(s.text for s in bodies[:2])
    if not body.strip() and attached:
        body = attached[0].text[:4_000]
    names = tuple(p.filename for p in message.parts if p.kind == "attachment" and p.filename)
    grid = any(s.lines and s.tabled and not s.sells for s in sources)
    if attached and not bodies and all(s.sells for s in attached):
        return LaneVerdict("other", 0.8, ("the document is a seller's paper, not an order",))
    return classify(
        message.subject,
        body,
        attachment_names=names,
        automatic=message.automatic,
        has_order_grid=grid,
        repeats=any(o.earlier for o in orders),
        model_scores=nlp.lanes_of(f"{message.subject}\n\n{body}") if bodies else None,
    )
