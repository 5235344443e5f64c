"""What the customer's document asks of a line that we offer otherwise, where a clerk's correction stands in its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.drafts.tables import DraftField
from core.drafts.typed import day, number
from core.messages.facts import Asked

Written = Mapping[str, str]
NAMES = ("quantity", "unit_price", "price_basis", "requested_date")


def written_of(
    session: Session, offered: Mapping[int, tuple[str, ...]]
) -> dict[int, dict[str, str]]:
    """By draft line and name the text as it was read. offered: codes of core.messages.outcome by draft line."""
    if not offered:
        return {}
    rows = session.scalars(
        select(DraftField).where(
            DraftField.line_id.in_(sorted(offered)),
            DraftField.name.in_(NAMES),
            DraftField.read_value != "",
        )
    )
    found: dict[int, dict[str, str]] = {}
    for row in rows:
        assert row.line_id is not None
        found.setdefault(row.line_id, {})[row.name] = row.read_value
    return found


def as_asked(asked: Asked, codes: tuple[str, ...], written: Written) -> Asked:
    """The figures in which the answer differs as the document has them; a price for more than one unit stays ours."""
    quantity = number(written.get("quantity", "")) if "quantity-changed" in codes else None
    price, wish = None, None
    if "price-changed" in codes and "price_basis" not in written:
        price = number(written.get("unit_price", ""))
    if "date-changed" in codes:
        wish = day(written.get("requested_date", ""))
    return replace(
        asked,
        quantity=asked.quantity if quantity is None else quantity,
        price=asked.price if price is None else price,
        requested_date=wish or asked.requested_date,
    )
