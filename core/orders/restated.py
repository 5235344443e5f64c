"""A change of the customer's held against our offer: which offered lines it states as we offer them, and what else it says.

Quantities are compared in stock units by exact factors, prices for one stock unit, dates as days. What a change does not
say stays as it was ordered, so it is no word on a figure in which our offer differs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.drafts.tables import Draft, DraftLine
from core.inbound.tables import InboundDocument
from core.messages.offer import of_text
from core.orders.lapse import holds_now
from core.orders.pairing import pair_lines
from core.orders.revise import terms_of
from core.orders.rows import lines_of, schedule_of
from core.orders.said import Days, Said
from core.orders.tables import Hold, Order, OrderLine
from core.values import plain

CONSENT = "consent"
ALL = frozenset({"quantity-changed", "price-changed", "date-changed"})
DATED = frozenset({"date-changed", "split", "backordered"})


@dataclass(frozen=True, slots=True)
class LineWord:
    """What the change says of one line. differs: (what, theirs, ours) of "quantity", "price", "date", "item" and "unsaid";
    () when it is as we offer it. Days are ISO, quantities and prices for the order line's unit."""

    name: str
    differs: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Spoken:
    line: OrderLine
    parts: tuple[DraftLine, ...]
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Restated:
    """lines: each offered line. others: (what, name) that it changes beside them: "line", "new", "untaken", "place",
    "currency", or a field of TERMS or FIRST_TERMS of core.orders.said. spoken: each order line that it names, by which draft lines, for which days."""

    holds: tuple[Hold, ...]
    lines: tuple[LineWord, ...]
    others: tuple[tuple[str, str], ...]
    spoken: tuple[Spoken, ...]

    @property
    def agrees(self) -> bool:
        as_offered = not any(line.differs for line in self.lines)
        return bool(self.spoken) and as_offered and not self.others


def restated(
    session: Session, order: Order, draft: Draft, document: InboundDocument | None
) -> Restated | None:
    """None when nothing waits for the customer's word, or this change was sent before we asked for it."""
    if draft.kind != "change" or document is None:
        return None
    holds = session.scalars(
        select(Hold)
        .where(
            Hold.order_id == order.id,
            Hold.kind == CONSENT,
            holds_now(document.received_at),
            Hold.created_at <= document.received_at,
        )
        .order_by(Hold.id)
    ).all()
    return _compared(session, order, draft, document, holds) if holds else None


def _compared(
    session: Session,
    order: Order,
    draft: Draft,
    document: InboundDocument,
    holds: Sequence[Hold],
) -> Restated:
    lines = [x for x in lines_of(session, order) if x.stock_quantity > x.cancelled_quantity]
    theirs = session.scalars(
        select(DraftLine)
        .where(DraftLine.draft_id == draft.id, DraftLine.removed.is_(False))
        .order_by(DraftLine.position)
    ).all()
    said = Said(session, order, draft, document, theirs)
    told: dict[int, list[DraftLine]] = {}
    new: list[DraftLine] = []
    for ours, one in pair_lines(session, lines, list(theirs)):
        twin = ours or next((x for x in lines if said.is_more_of(one, x)), None)
        told.setdefault(twin.id, []).append(one) if twin else new.append(one)
    offers, untaken = _offers(holds, lines)
    words: list[LineWord] = []
    others: list[tuple[str, str]] = []
    for ours in lines:
        codes, parts = offers.get(ours.id, frozenset()), told.get(ours.id, [])
        word = LineWord(
            ours.customer_line_no or str(ours.position),
            tuple(_differences(session, ours, codes, parts, said)),
        )
        if codes:
            words.append(word)
        elif (parts or said.whole) and word.differs:
            others.append(("line", word.name))
    gone = {said.number(one) for one in new if not one.quantity}
    others += [("new", said.number(one) or str(one.position)) for one in new if one.quantity]
    others += [("untaken", n) for n in untaken if n not in gone and not said.whole]
    others += said.of_the_whole()
    spoken = (
        Spoken(x, tuple(told[x.id]), said.named_days(told[x.id])) for x in lines if x.id in told
    )
    return Restated(tuple(holds), tuple(words), tuple(others), tuple(spoken))


def _offers(
    holds: Sequence[Hold], lines: Sequence[OrderLine]
) -> tuple[dict[int, frozenset[str]], list[str]]:
    """By order line what our answer differs in, and names of lines that we did not take.

    A hold that does not say which lines it is about, or speaks of lines as they were before a change, is about all.
    """
    named = [pair for hold in holds for pair in of_text(str(hold.facts.get("ids", "")))]
    codes = {int(line_id): frozenset(found) for line_id, found in named}
    untaken = [
        name
        for hold in holds
        for name, found in of_text(str(hold.facts.get("lines", "")))
        if "rejected" in found
    ]
    if set(codes) - {line.draft_line_id for line in lines} or not (codes or untaken):
        return {line.id: ALL for line in lines}, untaken
    return {
        line.id: codes[line.draft_line_id] for line in lines if line.draft_line_id in codes
    }, untaken


def _differences(
    session: Session,
    ours: OrderLine,
    codes: frozenset[str],
    parts: Sequence[DraftLine],
    said: Said,
) -> Iterator[tuple[str, str, str]]:
    if not parts:
        yield "unsaid", "", ""
        return
    if not all(_is_of(ours, p) for p in parts) or (
        "substituted" in codes and not all(map(said.names_goods, parts))
    ):
        yield "item", "", ""
        return
    factor = Fraction(ours.factor_numerator, ours.factor_denominator)
    wanted = sum((Fraction(p.stock_quantity or 0) for p in parts), Fraction(0))
    agreed = Fraction(terms_of(ours).stock_quantity)
    if wanted != agreed:
        yield "quantity", _figure(wanted / factor), _figure(agreed / factor)
    price = Fraction(ours.price) / factor
    for p in parts:
        if p.unit_price is None and "price-changed" in codes:
            yield "price", "", plain(ours.price)
        elif p.unit_price is not None:
            asked = Fraction(p.unit_price) / Fraction(p.factor_numerator, p.factor_denominator)
            if asked != price:
                yield "price", _figure(asked * factor), plain(ours.price)
    yield from _days(session, ours, codes, said.days(parts))


def _is_of(ours: OrderLine, theirs: DraftLine) -> bool:
    """Of the same goods, as far as the change says which."""
    return (
        theirs.item_id == ours.item_id
        and theirs.revision in ("", ours.revision)
        and theirs.configuration in ({}, ours.configuration)
    )


def _days(
    session: Session, ours: OrderLine, codes: frozenset[str], theirs: Days
) -> Iterator[tuple[str, str, str]]:
    promised: Days = defaultdict(Fraction)
    for row in schedule_of(session, [ours.id]):
        if row.quantity > 0:
            promised[row.promised_date] += Fraction(row.quantity)
    factor = Fraction(ours.factor_numerator, ours.factor_denominator)
    if set(theirs) <= {None}:
        if codes & DATED:
            yield "date", "", _listed(promised, factor)
    elif not _same_days(theirs, promised) and (
        codes & DATED or set(theirs) != {ours.requested_date}
    ):
        yield "date", _listed(theirs, factor), _listed(promised, factor)


def _same_days(theirs: Days, promised: Days) -> bool:
    """Where the quantity differs, which is told by itself, only the days count."""
    if sum(theirs.values()) != sum(promised.values()):
        return set(theirs) == set(promised)
    return theirs == promised


def _listed(days: Days, factor: Fraction) -> str:
    """ "2026-11-25", of several parts "4@2026-11-25 6@2026-12-02"; "-" is a day to follow."""
    found = sorted((day.isoformat() if day else "-", quantity) for day, quantity in days.items())
    if len(found) == 1:
        return found[0][0]
    return " ".join(f"{_figure(quantity / factor)}@{day}" for day, quantity in found)


def _figure(value: Fraction) -> str:
    return plain(round(Decimal(value.numerator) / value.denominator, 6))
