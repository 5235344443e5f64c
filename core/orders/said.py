"""What a change of an order says: of its lines their numbers, goods and days, of the whole its terms."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.drafts.tables import Draft, DraftField, DraftLine
from core.inbound.tables import InboundDocument
from core.orders.amendment import restates_all
from core.orders.readdress import new_place
from core.orders.tables import Order, OrderLine
from core.values import exact

TERMS = ("payment_terms", "incoterms", "ship_via", "notes")
FIRST_TERMS = ("discount", "freight", "quote_number", "contract_number")
"""Texts of which the order keeps none: they are held against those of the draft that it was booked from."""
GOODS = ("buyer_sku", "supplier_sku", "gtin", "manufacturer_sku")
Days = dict[date | None, Fraction]
"""Stock quantity by day, None for what has none."""


class Said:
    """whole: it gives the whole order anew. header_day: a day for all lines that is not the one agreed."""

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
        return any(self.texts.get((line.id, name)) for name in GOODS)

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
        if new_place(self.session, self.order, self.draft) is not None or self._goes_to_several():
            found.append(("place", ""))
        if self.draft.currency != self.order.currency:
            found.append(("currency", ""))
        told = ((name, self.texts.get((None, name), "")) for name in TERMS)
        found += [
            (name, "")
            for name, text in told
            if text and _plain(text) != _plain(getattr(self.order, name))
        ]
        first = _header(self.session, self.order.draft_id)
        for name in FIRST_TERMS:
            text = self.texts.get((None, name), "")
            if text and _plain(text) != _plain(first.get(name, "")):
                found.append((name, ""))
        return found

    def _goes_to_several(self) -> bool:
        deliveries = (one for found in self.read.get("schedules", {}).values() for one in found)
        return any(one.get("ship_to") for one in deliveries)


def _header(session: Session, draft_id: int | None) -> dict[str, str]:
    rows = session.scalars(
        select(DraftField).where(
            DraftField.draft_id == draft_id,
            DraftField.line_id.is_(None),
            DraftField.name.in_(FIRST_TERMS),
        )
    )
    return {row.name: row.value for row in rows}


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()


def _read_order(draft: Draft, document: InboundDocument, count: int) -> dict[str, Any]:
    """The order of the reading that the draft was opened from; {} when the reading is not kept or is another's."""
    orders = document.reading.get("orders", [])
    found = orders[draft.ordinal - 1] if 0 < draft.ordinal <= len(orders) else {}
    return found if len(found.get("lines", ())) == count else {}
