"""Which lane a message belongs to: by its electronic type, its words, and what was read from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from core.inbound.reading import ReadOrder
from core.inbound.values import Finding, Message
from extraction.edi import EdiReading
from extraction.lanes.classify import LaneVerdict, classify
from extraction.lanes.mixed import ASKED, also_asked
from extraction.learned import nlp
from extraction.page.paper import denies, paper_of
from extraction.sources import Source

TITLE_AREA = 900
"""Characters at the head of a paper that say what it is; conditions below speak of returns and cancellations too."""
UNSURE = 0.7
ORDER_FIRST = ("status_question", "return_request", "cancellation")


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
    grid = any(s.lines and s.tabled and not s.sells for s in sources)
    if not body.strip() and attached:
        body = attached[0].text[: TITLE_AREA if grid else 4_000]
    names = tuple(p.filename for p in message.parts if p.kind == "attachment" and p.filename)
    if attached and not bodies and all(s.sells for s in attached):
        return LaneVerdict("other", 0.8, ("the document is a seller's paper, not an order",))
    titled = next((t for s in attached for t in _titles(s)), None) if not bodies else None
    if titled:
        return LaneVerdict(titled[0], 0.85, (f"the paper's title says what it is: “{titled[1]}”",))
    told_goods = any(s.lines and not s.tabled and not s.sells for s in bodies)
    verdict = classify(
        message.subject,
        body,
        attachment_names=names,
        automatic=message.automatic,
        has_order_grid=grid,
        has_order_words=told_goods,
        repeats=any(o.earlier for o in orders),
        model_scores=nlp.lanes_of(f"{message.subject}\n\n{body}") if bodies else None,
    )
    if attached and not bodies and verdict.confidence < UNSURE and _is_order_paper(orders):
        reason = "the paper has an order number and order lines, and its title says nothing else"
        verdict = LaneVerdict("order", UNSURE, (reason,))
    if verdict.lane == "order" and not bodies and _is_blank(attached, orders):
        reason = "the form has neither an order number nor lines: nobody filled it in"
        verdict = LaneVerdict("other", UNSURE, (reason,))
    found = _with_also(verdict, body, told_goods)
    repeats = any(o.earlier for o in orders)
    return replace(found, also=tuple(a for a in found.also if not (repeats and a[0] == "change")))


def _titles(source: Source) -> Iterator[tuple[str, str]]:
    """(lane, words) of a title that is no order's, and of a row that says itself that this is none."""
    for document in source.documents:
        paper = paper_of(document.canvas)
        if paper is not None and paper.lane != "order" and not paper.sells:
            yield paper.lane, paper.words
        denial = denies(document.canvas)
        if denial:
            yield "other", denial


def _is_order_paper(orders: Sequence[ReadOrder]) -> bool:
    return any(o.lines and "po_number" in o.fields for o in orders)


FORM_ROWS = 12


def _is_blank(attached: Sequence[Source], orders: Sequence[ReadOrder]) -> bool:
    """Whether printed pages with rows enough for a form tell no number and no line; pictures may only be unreadable."""
    printed = [d.canvas for s in attached for d in s.documents if d.canvas.kind == "pdf"]
    told = any(o.lines or "po_number" in o.fields for o in orders)
    return not told and any(len(c.rows) >= FORM_ROWS for c in printed)


def _with_also(verdict: LaneVerdict, body: str, told_goods: bool) -> LaneVerdict:
    """An order beside a question or complaint comes first: it must not wait unseen in another lane."""
    also = dict(also_asked(verdict.lane, body))
    if told_goods and "order" in also and verdict.lane in ORDER_FIRST:
        reason = f"It orders goods: “{also['order']}”"
        turned = replace(verdict, lane="order", reasons=(reason, *verdict.reasons))
        return replace(turned, also=tuple(also_asked("order", body)))
    return replace(verdict, also=tuple(also.items()))


def findings_of(verdict: LaneVerdict) -> list[Finding]:
    """What a person must know of the lane: a mail that asks for two things is two pieces of work."""
    return [
        Finding("also-asked", "warning", f"The mail also {ASKED[lane]}: “{words}”")
        for lane, words in verdict.also
    ]
