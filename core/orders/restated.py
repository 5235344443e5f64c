"""A change of the customer's held against our offer: which offered lines it states as we offer them, and what else it says.

Quantities are compared in stock units by exact factors, prices for one stock unit, dates as days. What a change does not
say stays as it was ordered, so it is no word on a figure in which our offer differs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.drafts.tables import Draft, DraftField, DraftLine
from core.inbound.tables import InboundDocument
from core.messages.offer import of_text
from core.orders.amendment import restates_all
from core.orders.lapse import holds_now
from core.orders.pairing import pair_lines
from core.orders.readdress import new_place
from core.orders.revise import terms_of
from core.orders.rows import lines_of, schedule_of
from core.orders.tables import Hold, Order, OrderLine
from core.values import exact, plain

CONSENT = "consent"
ALL = frozenset({"quantity-changed", "price-changed", "date-changed"})
DATED = frozenset({"date-changed", "split", "backordered"})
TERMS = ("payment_terms", "incoterms", "ship_via", "notes")
Days = dict[date | None, Fraction]


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
    "currency", or a field of TERMS. spoken: each order line that it names, by which draft lines, for which days."""

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
    said = _Said(session, order, draft, document, theirs)
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
    said: _Said,
) -> Iterator[tuple[str, str, str]]:
    if not parts:
        yield "unsaid", "", ""
        return
    if any(p.item_id != ours.item_id or p.revision not in ("", ours.revision) for p in parts) or (
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


def _days(
    session: Session, ours: OrderLine, codes: frozenset[str], theirs: Days
) -> Iterator[tuple[str, str, str]]:
    promised: Days = defaultdict(Fraction)
    for row in schedule_of(session, [ours.id]):
        if row.quantity > 0:
            promised[row.promised_date] += Fraction(row.quantity)
    if set(theirs) <= {None}:
        if codes & DATED:
            yield "date", "", _listed(promised)
    elif theirs != promised and (codes & DATED or set(theirs) != {ours.requested_date}):
        yield "date", _listed(theirs), _listed(promised)


def _listed(days: Mapping[date | None, Fraction]) -> str:
    return " ".join(sorted(day.isoformat() if day else "-" for day in days))


def _figure(value: Fraction) -> str:
    return plain(round(Decimal(value.numerator) / value.denominator, 6))


class _Said:
    """What the change says in words: of lines their numbers, goods and days, of the whole its terms."""

    def __init__(
        self,
        session: Session,
        order: Order,
        draft: Draft,
        document: InboundDocument,
        lines: Sequence[DraftLine],
    ) -> None:
        self.session, self.order, self.draft, self.document = session, order, draft, document
        self.whole = restates_all(session, draft)
        rows = session.scalars(select(DraftField).where(DraftField.draft_id == draft.id))
        self.texts = {(row.line_id, row.name): row.value.strip() for row in rows}
        header = draft.requested_date
        self.header_day = header if header != order.requested_date else None
        self.read = _read_order(draft, document, len(lines))

    def number(self, line: DraftLine) -> str:
        return self.texts.get((line.id, "line_no"), "").lstrip("0")

    def is_more_of(self, line: DraftLine, ours: OrderLine) -> bool:
        """Another delivery of a line that was named before."""
        number = ours.customer_line_no.strip().lstrip("0")
        return bool(number) and self.number(line) == number and line.item_id == ours.item_id

    def names_goods(self, line: DraftLine) -> bool:
        names = ("buyer_sku", "supplier_sku", "gtin", "manufacturer_sku")
        return any(self.texts.get((line.id, name)) for name in names)

    def days(self, lines: Sequence[DraftLine]) -> Days:
        """Stock quantity by day; a line that is split brings its deliveries."""
        found: Days = defaultdict(Fraction)
        for line in lines:
            factor = Fraction(line.factor_numerator, line.factor_denominator)
            split = self.read.get("schedules", {}).get(str(line.position - 1), ())
            for one in split:
                day = one.get("requested_date", "")
                found[date.fromisoformat(day) if day else None] += (
                    Fraction(exact(one.get("quantity") or "0")) * factor
                )
            if not split:
                found[line.requested_date or self.header_day] += Fraction(line.stock_quantity or 0)
        return found

    def named_days(self, lines: Sequence[DraftLine]) -> tuple[date, ...]:
        return tuple(sorted(day for day in self.days(lines) if day is not None))

    def of_the_whole(self) -> list[tuple[str, str]]:
        """What the change says beside its lines that is not as the order has it."""
        found = []
        if new_place(self.session, self.order, self.draft) is not None:
            found.append(("place", ""))
        if self.draft.currency != self.order.currency:
            found.append(("currency", ""))
        told = ((name, self.texts.get((None, name), "")) for name in TERMS)
        found += [
            (name, "")
            for name, text in told
            if text and _plain(text) != _plain(getattr(self.order, name))
        ]
        return found


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()


def _read_order(draft: Draft, document: InboundDocument, count: int) -> dict[str, Any]:
    """The order of the reading that the draft was opened from; {} when the reading is not kept or is another's."""
    orders = document.reading.get("orders", [])
    found = orders[draft.ordinal - 1] if 0 < draft.ordinal <= len(orders) else {}
    return found if len(found.get("lines", ())) == count else {}
